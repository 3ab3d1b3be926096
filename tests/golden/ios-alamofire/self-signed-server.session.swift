// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for device.example.com
import Alamofire
import CryptoKit
import Foundation
import Security

func makePinnedSession() -> Session {
    let evaluators: [String: any ServerTrustEvaluating] = [
        "device.example.com": PinnedKeysEvaluator(pins: [
            // leaf: device.example.com, valid until 2027-03-31
            "BS27BkaH50ylRBOjcE25TjwkWgNgVNTLnP9EqY8nFrY=",
        ]),
    ]
    // Other hosts are evaluated as without a manager: they would fail if all had to be in the table.
    let manager = PinnedHosts(allHostsMustBeEvaluated: false, evaluators: evaluators)
    return Session(serverTrustManager: manager)
}

/// Alamofire looks a host up as the URL has it; this one as it stands in the table.
private final class PinnedHosts: ServerTrustManager, @unchecked Sendable {
    override func serverTrustEvaluator(forHost host: String) throws -> (any ServerTrustEvaluating)? {
        var name = host.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        return try super.serverTrustEvaluator(forHost: name)
    }
}

private struct NoPinnedKey: Error {}

private final class PinnedKeysEvaluator: ServerTrustEvaluating {
    private let pins: Set<String>

    init(pins: Set<String>) {
        self.pins = pins
    }

    func evaluate(_ trust: SecTrust, forHost host: String) throws {
        try DefaultTrustEvaluator().evaluate(trust, forHost: host)
        guard chain(of: trust, hasKeyIn: pins) else { throw NoPinnedKey() }
    }
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
