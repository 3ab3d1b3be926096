// Ktor's pinner for the Darwin engine as it behaves, with its own signatures: it picks by host whether to check, and
// then takes a pin of any host that it was given.

package io.ktor.client.engine.darwin.certificates

import io.ktor.client.engine.darwin.ChallengeHandler
import platform.Foundation.*

class CertificatePinner private constructor(
    private val pins: List<Pair<String, String>>,
    private val validateTrust: Boolean
) : ChallengeHandler {
    override fun invoke(
        session: NSURLSession,
        task: NSURLSessionTask,
        challenge: NSURLAuthenticationChallenge,
        completionHandler: (NSURLSessionAuthChallengeDisposition, NSURLCredential?) -> Unit
    ) {
        check(validateTrust) { "the chain is not validated" }
        val space = challenge.protectionSpace
        if (pins.none { (pattern, _) -> matches(pattern, space.host) }) {
            completionHandler(NSURLSessionAuthChallengePerformDefaultHandling, null)
            return
        }
        check(pins.any { (_, pin) -> pin in space.chainPins.map { "sha256/$it" } }) { "Certificate pinning failure!" }
        completionHandler(NSURLSessionAuthChallengeUseCredential, challenge.proposedCredential)
    }

    private fun matches(pattern: String, host: String): Boolean = when {
        pattern.startsWith("**.") -> host == pattern.drop(3) || host.endsWith(pattern.drop(2))
        pattern.startsWith("*.") -> host.endsWith(pattern.drop(1)) && '.' !in host.dropLast(pattern.length - 1)
        else -> host == pattern
    }

    class Builder {
        private val pins = ArrayList<Pair<String, String>>()
        private var validateTrust = true

        fun add(pattern: String, vararg pins: String): Builder = apply {
            for (pin in pins) {
                require('*' !in pattern.removePrefix("**.").removePrefix("*.")) { "Unexpected pattern: $pattern" }
                require(pin.startsWith("sha256/")) { "Pins must start with 'sha256/': $pin" }
                this.pins.add(pattern to pin)
            }
        }

        fun validateTrust(validateTrust: Boolean): Builder = apply { this.validateTrust = validateTrust }

        fun build(): CertificatePinner = CertificatePinner(pins, validateTrust)
    }
}
