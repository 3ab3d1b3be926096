// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for device.example.com
package com.example.app

import okhttp3.CertificatePinner

object CertificatePins {
    val pinner: CertificatePinner = CertificatePinner.Builder()
        .apply {
            add(
                "device.example.com",
                // leaf: device.example.com, valid until 2027-03-31
                "sha256/BS27BkaH50ylRBOjcE25TjwkWgNgVNTLnP9EqY8nFrY="
            )
        }
        .build()
}
