// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for device.example.com
// The builder asks for an end of every pin set: 9999-12-31 stands for none.
package com.example.app

import android.net.http.HttpEngine
import android.util.Base64
import java.time.Instant

object CertificatePins {
    fun addTo(builder: HttpEngine.Builder) {
        // The pins would not be checked for chains that end at a CA which was added to the device.
        builder.setEnablePublicKeyPinningBypassForLocalTrustAnchors(false)
        builder.pin(
            host = "device.example.com",
            includeSubdomains = false,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // leaf: device.example.com, valid until 2027-03-31
                "BS27BkaH50ylRBOjcE25TjwkWgNgVNTLnP9EqY8nFrY="
            )
        )
    }

    private fun HttpEngine.Builder.pin(host: String, includeSubdomains: Boolean, end: Long, pins: Set<String>) {
        val hashes = pins.map { Base64.decode(it, Base64.DEFAULT) }.toSet()
        addPublicKeyPins(host, hashes, includeSubdomains, Instant.ofEpochMilli(end))
    }
}
