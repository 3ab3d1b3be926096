// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com and www.example.org
// Needs OkHttp 4.3 or later: earlier versions accept **. and pin nothing for it.
package com.example.app

import okhttp3.CertificatePinner

object CertificatePins {
    val pinner: CertificatePinner = CertificatePinner.Builder()
        .apply {
            add(
                "api.example.com",
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
            add(
                "**.www.example.org",
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
        }
        .build()
}
