// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for intranet.example.com
package com.example.app

import okhttp3.CertificatePinner

object CertificatePins {
    val pinner: CertificatePinner = CertificatePinner.Builder()
        .apply {
            add(
                "intranet.example.com",
                // root: Example Private Root, valid until 2040-01-01
                "sha256/e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=",
                // root: Example Private Root G2, valid until 2046-01-01
                "sha256/aoMgi2vyGa7URRkoUWVexk0TqgjRcl9zHeHFB0CHTkA="
            )
        }
        .build()
}
