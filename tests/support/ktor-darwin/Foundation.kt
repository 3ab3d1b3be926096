// As much of Foundation as the output and Ktor's pinner name; Kotlin/Native alone has it.

package platform.Foundation

typealias NSURLSessionAuthChallengeDisposition = Long

const val NSURLSessionAuthChallengeUseCredential: NSURLSessionAuthChallengeDisposition = 0
const val NSURLSessionAuthChallengePerformDefaultHandling: NSURLSessionAuthChallengeDisposition = 1
const val NSURLSessionAuthChallengeCancelAuthenticationChallenge: NSURLSessionAuthChallengeDisposition = 2

class NSURLSession

class NSURLSessionTask

class NSURLCredential

/** Not Foundation's: the chain of the server as the pins of its keys, all of it valid. */
class NSURLProtectionSpace(val host: String, val chainPins: List<String>)

class NSURLAuthenticationChallenge(val protectionSpace: NSURLProtectionSpace) {
    val proposedCredential: NSURLCredential? = NSURLCredential()
}
