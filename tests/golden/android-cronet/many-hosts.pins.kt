// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 6 keys for api.example.com, auth.example.com and 4 more
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
                // intermediate: Example TLS CA 1, valid until 2029-03-12
                "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
                // root: Example Root R1, valid until 2035-06-04
                "VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY="
            )
        )
        builder.pin(
            host = "auth.example.com",
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
            host = "img.example.com",
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
            host = "static.example.com",
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
        builder.pin(
            host = "pay.example.net",
            includeSubdomains = false,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // leaf: pay.example.net, valid until 2027-03-31
                "zvQp5MkDs2foDY1+Mu/i78UrkVrkOCPOVk7O/AVfeko=",
                // leaf: pay.example.net, valid until 2027-03-31
                "zjG4DDFz+kWPaCd9QEOBGsEuklc6p+w+3yquziE9wf8="
            )
        )
        builder.pin(
            host = "partner.example.org",
            includeSubdomains = true,
            // 00:00 UTC of 9999-12-31
            end = 253402214400000L,
            pins = setOf(
                // intermediate: Other Issuing CA 7, valid until 2028-12-31
                "RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=",
                // root: Other Root X1, valid until 2040-09-17
                "Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE="
            )
        )
    }

    private fun CronetEngine.Builder.pin(host: String, includeSubdomains: Boolean, end: Long, pins: Set<String>) {
        val hashes = pins.map { Base64.decode(it, Base64.DEFAULT) }.toSet()
        addPublicKeyPins(host, hashes, includeSubdomains, Date(end))
    }
}
