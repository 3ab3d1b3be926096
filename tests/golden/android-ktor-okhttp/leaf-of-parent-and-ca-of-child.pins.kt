// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for example.com and api.example.com
// Needs Ktor 1.4 or later: earlier versions accept **. and pin nothing for it.
package com.example.app

import okhttp3.CertificatePinner

object CertificatePins {
    val pinner: CertificatePinner = CertificatePinner.Builder()
        .apply {
            add(
                "**.example.com",
                // leaf: example.com, valid until 2027-03-31
                "sha256/f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA="
            )
            add(
                "api.example.com",
                // root: Other Root X1, valid until 2040-09-17
                "sha256/Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
                // leaf (pin of example.com, whose sub-domains include this host): example.com, valid until 2027-03-31
                "sha256/f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA="
            )
        }
        .build()
}
