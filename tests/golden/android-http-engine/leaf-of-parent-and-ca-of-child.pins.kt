// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for example.com and api.example.com
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
            host = "example.com",
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // leaf: example.com, valid until 2027-03-31
                "f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA="
            )
        )
        builder.pin(
            host = "api.example.com",
            // Its sub-domains would be unpinned otherwise, although example.com includes them.
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // root: Other Root X1, valid until 2040-09-17
                "Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
                // leaf (pin of example.com, whose sub-domains include this host): example.com, valid until 2027-03-31
                "f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA="
            )
        )
    }

    private fun HttpEngine.Builder.pin(host: String, includeSubdomains: Boolean, end: Long, pins: Set<String>) {
        val hashes = pins.map { Base64.decode(it, Base64.DEFAULT) }.toSet()
        addPublicKeyPins(host, hashes, includeSubdomains, Instant.ofEpochMilli(end))
    }
}
