// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
import CryptoKit
import Foundation
import Security

private struct PinnedHost {
    let includesSubdomains: Bool
    let pins: Set<String>
}

private let pinnedHosts: [String: PinnedHost] = [
    "api.example.com": PinnedHost(
        includesSubdomains: false,
        pins: [
            // leaf: api.example.com, valid until 2027-03-31
            "veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
        ]
    ),
]

final class PinningDelegate: NSObject, URLSessionDelegate {
    func urlSession(
        _ session: URLSession,
        didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        let space = challenge.protectionSpace
        guard space.authenticationMethod == NSURLAuthenticationMethodServerTrust,
              let pins = pinsToFind(for: space.host)
        else {
            completionHandler(.performDefaultHandling, nil)
            return
        }
        guard let trust = space.serverTrust,
              SecTrustEvaluateWithError(trust, nil),
              chain(of: trust, hasKeyIn: pins)
        else {
            completionHandler(.cancelAuthenticationChallenge, nil)
            return
        }
        // iOS goes on with its own checks, which a credential would skip.
        completionHandler(.performDefaultHandling, nil)
    }
}

/// The pins of the host itself, else of the nearest parent that includes its sub-domains; nil: not pinned.
private func pinsToFind(for host: String) -> Set<String>? {
    var name = host.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    if let own = pinnedHosts[name] { return own.pins }
    while let dot = name.firstIndex(of: ".") {
        name = String(name[name.index(after: dot)...])
        if let parent = pinnedHosts[name], parent.includesSubdomains { return parent.pins }
    }
    return nil
}

/// Security hands out a key without its header, and a pin is the hash of both.
private let keyHeaders: [(type: String, bits: Int, header: String)] = [
    (kSecAttrKeyTypeRSA as String, 2048, "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"),
    (kSecAttrKeyTypeRSA as String, 3072, "MIIBojANBgkqhkiG9w0BAQEFAAOCAY8A"),
    (kSecAttrKeyTypeRSA as String, 4096, "MIICIjANBgkqhkiG9w0BAQEFAAOCAg8A"),
    (kSecAttrKeyTypeECSECPrimeRandom as String, 256, "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgA="),
    (kSecAttrKeyTypeECSECPrimeRandom as String, 384, "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgA="),
]

private func chain(of trust: SecTrust, hasKeyIn pins: Set<String>) -> Bool {
    let certificates = SecTrustCopyCertificateChain(trust) as? [SecCertificate] ?? []
    return certificates.contains { certificate in
        guard let hash = keyHash(of: certificate) else { return false }
        return pins.contains(hash)
    }
}

private func keyHash(of certificate: SecCertificate) -> String? {
    guard let key = SecCertificateCopyKey(certificate),
          let attributes = SecKeyCopyAttributes(key) as? [String: Any],
          let type = attributes[kSecAttrKeyType as String] as? String,
          let bits = attributes[kSecAttrKeySizeInBits as String] as? Int,
          let known = keyHeaders.first(where: { $0.type == type && $0.bits == bits }),
          let header = Data(base64Encoded: known.header),
          let bytes = SecKeyCopyExternalRepresentation(key, nil) as Data?
    else { return nil }
    return Data(SHA256.hash(data: header + bytes)).base64EncodedString()
}
