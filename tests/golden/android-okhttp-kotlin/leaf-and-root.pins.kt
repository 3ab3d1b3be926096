// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com
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
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
        }
        .build()
}
