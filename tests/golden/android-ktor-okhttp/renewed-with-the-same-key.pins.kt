// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
package com.example.app

import okhttp3.CertificatePinner

object CertificatePins {
    val pinner: CertificatePinner = CertificatePinner.Builder()
        .apply {
            add(
                "api.example.com",
                // leaf: api.example.com, valid until 2027-09-30, and 1 more certificate with this key
                "sha256/veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc="
            )
        }
        .build()
}
