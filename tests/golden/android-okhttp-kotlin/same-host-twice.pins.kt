// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for api.example.com
// Needs OkHttp 4.3 or later: earlier versions accept **. and pin nothing for it.
package com.example.app

import okhttp3.CertificatePinner

object CertificatePins {
    val pinner: CertificatePinner = CertificatePinner.Builder()
        .apply {
            add(
                "**.api.example.com",
                // leaf: api.example.com, valid until 2027-03-31
                "sha256/veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
                // leaf: api.example.com, valid until 2027-03-31
                "sha256/zjG4DDFz+kWPaCd9QEOBGsEuklc6p+w+3yquziE9wf8=",
                // root: Other Root X1, valid until 2040-09-17
                "sha256/Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE="
            )
        }
        .build()
}
