// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 4 keys for api.example.com, intranet.example.com and 4 more
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
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
        )
        builder.pin(
            host = "intranet.example.com",
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // root: Example Private Root, valid until 2040-01-01
                "e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc="
            )
        )
        builder.pin(
            host = "wiki.intranet.example.com",
            // Its sub-domains would be unpinned otherwise, although intranet.example.com includes them.
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=",
                // root (pin of intranet.example.com, whose sub-domains include this host): Example Private Root, valid until 2040-01-01
                "e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc="
            )
        )
        builder.pin(
            host = "new.intranet.example.com",
            // Its sub-domains would be unpinned otherwise, although intranet.example.com includes them.
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // typed in: leaf pin
                "tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=",
                // root (pin of intranet.example.com, whose sub-domains include this host): Example Private Root, valid until 2040-01-01
                "e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc="
            )
        )
        builder.pin(
            host = "moving.example.com",
            includeSubdomains = false,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // root: Example Private Root, valid until 2040-01-01
                "e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=",
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
        )
        builder.pin(
            host = "proxied.example.com",
            includeSubdomains = false,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // root: mitmproxy, valid until 2036-01-01
                "t51bkfhYRV8/y+gZK/Uk0FjNN8AOgGjjeZYSvI3fq8s="
            )
        )
    }

    private fun HttpEngine.Builder.pin(host: String, includeSubdomains: Boolean, end: Long, pins: Set<String>) {
        val hashes = pins.map { Base64.decode(it, Base64.DEFAULT) }.toSet()
        addPublicKeyPins(host, hashes, includeSubdomains, Instant.ofEpochMilli(end))
    }
}
