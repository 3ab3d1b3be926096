// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 5 keys for api.example.com and unknown.example.org
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
            host = "api.example.com",
            includeSubdomains = false,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // leaf: api.example.com, valid until 2027-03-31
                "veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
                // typed in: leaf pin
                "tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=",
                // intermediate: Example TLS CA 1, valid until 2029-03-12, also typed in
                "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // typed in: CA pin, the key of Other Root X1
                "Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
                // typed in: leaf or CA pin, nobody said which
                "836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg="
            )
        )
        builder.pin(
            host = "unknown.example.org",
            includeSubdomains = false,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // typed in: leaf or CA pin, nobody said which
                "836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg="
            )
        )
    }

    private fun CronetEngine.Builder.pin(host: String, includeSubdomains: Boolean, end: Long, pins: Set<String>) {
        val hashes = pins.map { Base64.decode(it, Base64.DEFAULT) }.toSet()
        addPublicKeyPins(host, hashes, includeSubdomains, Date(end))
    }
}
