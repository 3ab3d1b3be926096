// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 5 keys for api.example.com and unknown.example.org
package com.example.app

import okhttp3.CertificatePinner

object CertificatePins {
    val pinner: CertificatePinner = CertificatePinner.Builder()
        .apply {
            add(
                "api.example.com",
                // leaf: api.example.com, valid until 2027-03-31
                "sha256/veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
                // typed in: leaf pin
                "sha256/tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=",
                // intermediate: Example TLS CA 1, valid until 2029-03-12, also typed in
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // typed in: CA pin, the key of Other Root X1
                "sha256/Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
                // typed in: leaf or CA pin, nobody said which
                "sha256/836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg="
            )
            add(
                "unknown.example.org",
                // typed in: leaf or CA pin, nobody said which
                "sha256/836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg="
            )
        }
        .build()
}
