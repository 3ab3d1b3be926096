// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for xn--bcher-kva.example
package com.example.app

import io.ktor.client.engine.darwin.ChallengeHandler
import io.ktor.client.engine.darwin.certificates.CertificatePinner
import platform.Foundation.NSURLSessionAuthChallengeCancelAuthenticationChallenge
import platform.Foundation.NSURLSessionAuthChallengePerformDefaultHandling

@OptIn(kotlinx.cinterop.UnsafeNumber::class)
object CertificatePins {
    private class PinnedHost(val includesSubdomains: Boolean, val pinner: CertificatePinner)

    private val pinnedHosts = HashMap<String, PinnedHost>()

    // Each host has a pinner of its own: one for all of them would accept a pin of any host.
    private fun pin(host: String, includesSubdomains: Boolean, vararg pins: String) {
        val pattern = if (includesSubdomains) "**." + host else host
        val pinner = CertificatePinner.Builder().add(pattern, *pins).validateTrust(true).build()
        pinnedHosts[host] = PinnedHost(includesSubdomains, pinner)
    }

    // The host itself, else the nearest parent that includes its sub-domains; null: not pinned.
    private fun pinnerFor(host: String): CertificatePinner? {
        pinnedHosts[host]?.let { return it.pinner }
        var parent = host.substringAfter('.', "")
        while (parent.isNotEmpty()) {
            pinnedHosts[parent]?.let { if (it.includesSubdomains) return it.pinner }
            parent = parent.substringAfter('.', "")
        }
        return null
    }

    val handler: ChallengeHandler = { session, task, challenge, completionHandler ->
        val host = challenge.protectionSpace.host
        val name = host.lowercase().removeSuffix(".")
        val pinner = pinnerFor(name)
        when {
            pinner == null -> completionHandler(NSURLSessionAuthChallengePerformDefaultHandling, null)
            // The pinner compares letter by letter and would not check another spelling.
            host != name -> completionHandler(NSURLSessionAuthChallengeCancelAuthenticationChallenge, null)
            else -> pinner(session, task, challenge, completionHandler)
        }
    }

    init {
        pin(
            "xn--bcher-kva.example",
            true,
            // leaf: bücher.example, valid until 2027-03-31
            "sha256/AkWKA0DRokPEgQaPrxehEreVe5oV66+flHMahGZ+/8o="
        )
    }
}
