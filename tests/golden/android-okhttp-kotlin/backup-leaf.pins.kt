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
                // leaf: api.example.com, valid until 2027-06-30
                "sha256/zjG4DDFz+kWPaCd9QEOBGsEuklc6p+w+3yquziE9wf8="
            )
        }
        .build()
}
