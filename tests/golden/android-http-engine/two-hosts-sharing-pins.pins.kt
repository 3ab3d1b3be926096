// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com and www.example.org
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
            host = "api.example.com",
            includeSubdomains = false,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
        )
        builder.pin(
            host = "www.example.org",
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
        )
    }

    private fun HttpEngine.Builder.pin(host: String, includeSubdomains: Boolean, end: Long, pins: Set<String>) {
        val hashes = pins.map { Base64.decode(it, Base64.DEFAULT) }.toSet()
        addPublicKeyPins(host, hashes, includeSubdomains, Instant.ofEpochMilli(end))
    }
}
