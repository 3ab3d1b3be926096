// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for intranet.example.com
// The builder asks for an end of every pin set: 9999-12-31 stands for none.
package com.example.app

import android.util.Base64
import java.util.Date
import org.chromium.net.CronetEngine

object CertificatePins {
    fun addTo(builder: CronetEngine.Builder) {
        // The pins would not be checked for chains that end at a CA which was added to the device.
        builder.enablePublicKeyPinningBypassForLocalTrustAnchors(false)
        builder.pin(
            host = "intranet.example.com",
            includeSubdomains = false,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // root: Example Private Root, valid until 2040-01-01
                "e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc="
            )
        )
    }

    private fun CronetEngine.Builder.pin(host: String, includeSubdomains: Boolean, end: Long, pins: Set<String>) {
        val hashes = pins.map { Base64.decode(it, Base64.DEFAULT) }.toSet()
        addPublicKeyPins(host, hashes, includeSubdomains, Date(end))
    }
}
