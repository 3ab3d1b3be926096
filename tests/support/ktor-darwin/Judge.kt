// Asks a compiled client: each line is its package, a host and the pins of the chain, each answer what iOS would do.

package judge

import io.ktor.client.HttpClient
import platform.Foundation.*

fun main() {
    for (line in generateSequence(::readLine)) {
        val (name, host, pins) = line.split("\t")
        val client = Class.forName("$name.UsageKt").getMethod("client").invoke(null) as HttpClient
        println(answer(client, host, pins.split(" ")))
    }
}

private fun answer(client: HttpClient, host: String, pins: List<String>): String {
    var answer = "none"
    val challenge = NSURLAuthenticationChallenge(NSURLProtectionSpace(host, pins))
    try {
        client.engineConfig.challengeHandler!!(NSURLSession(), NSURLSessionTask(), challenge) { disposition, _ ->
            answer = when (disposition) {
                NSURLSessionAuthChallengeUseCredential -> "pinned"
                NSURLSessionAuthChallengePerformDefaultHandling -> "not pinned"
                else -> "cancelled"
            }
        }
    } catch (failure: IllegalStateException) {
        answer = failure.message ?: "failed"
    }
    return answer
}
