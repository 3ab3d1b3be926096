// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for example.com, eu.example.com and 1 more
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
            host = "example.com",
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
        )
        builder.pin(
            host = "eu.example.com",
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // intermediate: Other Issuing CA 7, valid until 2028-12-31
                "RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                // root (pin of example.com, whose sub-domains include this host): Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
        )
        builder.pin(
            host = "api.eu.example.com",
            // Its sub-domains would be unpinned otherwise, although eu.example.com includes them.
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // intermediate (pin of eu.example.com, whose sub-domains include this host): Other Issuing CA 7, valid until 2028-12-31
                "RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                // root (pin of example.com, whose sub-domains include this host): Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
        )
    }

    private fun CronetEngine.Builder.pin(host: String, includeSubdomains: Boolean, end: Long, pins: Set<String>) {
        val hashes = pins.map { Base64.decode(it, Base64.DEFAULT) }.toSet()
        addPublicKeyPins(host, hashes, includeSubdomains, Date(end))
    }
}
