// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 5 keys for api.example.com and unknown.example.org
import Alamofire
import CryptoKit
import Foundation
import Security

func makePinnedSession() -> Session {
    let evaluators: [String: any ServerTrustEvaluating] = [
        "api.example.com": PinnedKeysEvaluator(pins: [
            // leaf: api.example.com, valid until 2027-03-31
            "veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
            // typed in: leaf pin
            "tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=",
            // intermediate: Example TLS CA 1, valid until 2029-03-12, also typed in
            "60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=",
            // typed in: CA pin, the key of Other Root X1
            "Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=",
            // typed in: leaf or CA pin, nobody said which
            "836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg=",
        ]),
        "unknown.example.org": PinnedKeysEvaluator(pins: [
            // typed in: leaf or CA pin, nobody said which
            "836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg=",
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
