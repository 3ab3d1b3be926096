package io.ktor.client.engine.darwin

import platform.Foundation.*

typealias ChallengeHandler = (
    session: NSURLSession,
    task: NSURLSessionTask,
    challenge: NSURLAuthenticationChallenge,
    completionHandler: (NSURLSessionAuthChallengeDisposition, NSURLCredential?) -> Unit
) -> Unit

class DarwinClientEngineConfig {
    var challengeHandler: ChallengeHandler? = null
        private set

    fun handleChallenge(block: ChallengeHandler) {
        challengeHandler = block
    }
}

object Darwin
