// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 11 keys for api.example.com
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
                // backup key: certificate request CN=api.example.com,O=Example
                "sha256/dYxBeowYyCo/53rFyv549ja4EFgxx976fPr/gRxcpwI=",
                // backup key: certificate request second reserve
                "sha256/9eXicCjcX1P8YO4xeII5lycLCz/7+APtpw29KD4Id20=",
                // typed in: leaf pin
                "sha256/tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=",
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "sha256/60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // intermediate: Other Issuing CA 7, valid until 2028-12-31
                "sha256/RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                // root: Example Root R1, valid until 2035-06-04
                "sha256/VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
                // root: Other Root X1, valid until 2040-09-17
                "sha256/Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
                // typed in: CA pin
                "sha256/ewHeWyjFsYjdfiHsmPDQe4zSRZFxI8DlLTVp0oc/tiM=",
                // typed in: leaf or CA pin, nobody said which
                "sha256/836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg="
            )
        }
        .build()
}
