// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for xn--bcher-kva.example
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
            host = "xn--bcher-kva.example",
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // leaf: bücher.example, valid until 2027-03-31
                "AkWKA0DRokPEgQaPrxehEreVe5oV66+flHMahGZ+/8o="
            )
        )
    }

    private fun CronetEngine.Builder.pin(host: String, includeSubdomains: Boolean, end: Long, pins: Set<String>) {
        val hashes = pins.map { Base64.decode(it, Base64.DEFAULT) }.toSet()
        addPublicKeyPins(host, hashes, includeSubdomains, Date(end))
    }
}
