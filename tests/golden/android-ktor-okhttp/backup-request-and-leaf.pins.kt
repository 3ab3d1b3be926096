// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com
package com.example.app

import okhttp3.CertificatePinner

object CertificatePins {
    val pinner: CertificatePinner = CertificatePinner.Builder()
        .apply {
            add(
                "api.example.com",
                // leaf: api.example.com, valid until 2027-03-31
                "sha256/veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
                // backup key: certificate request CN=api.example.com,O=Example
                "sha256/dYxBeowYyCo/53rFyv549ja4EFgxx976fPr/gRxcpwI="
            )
        }
        .build()
}
