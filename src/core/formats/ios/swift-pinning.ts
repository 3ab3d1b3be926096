import { withoutRoles, type HostPolicy } from '../../pins/plan-pins.ts'
import { slashComment, swiftString } from '../escape.ts'
import { pinComment } from '../pin-comment.ts'
import { KEY_HEADERS } from '../rebuilt-keys.ts'

const KEY_TYPES = {
  RSA: 'kSecAttrKeyTypeRSA',
  'P-256': 'kSecAttrKeyTypeECSECPrimeRandom',
  'P-384': 'kSecAttrKeyTypeECSECPrimeRandom',
} as const

/**
 * Swift that says whether a chain holds one of some keys; whoever calls it has found the chain valid. A certificate
 * whose key has no header in the table is passed over, as it can match no pin.
 */
export const CHAIN_CHECK: readonly string[] = [
  '/// Security hands out a key without its header, and a pin is the hash of both.',
  'private let keyHeaders: [(type: String, bits: Int, header: String)] = [',
  ...KEY_HEADERS.map(
    ({ algorithm, bits, base64 }) => `    (${KEY_TYPES[algorithm]} as String, ${bits}, ${swiftString(base64)}),`,
  ),
  ']',
  '',
  'private func chain(of trust: SecTrust, hasKeyIn pins: Set<String>) -> Bool {',
  '    let certificates = SecTrustCopyCertificateChain(trust) as? [SecCertificate] ?? []',
  '    return certificates.contains { certificate in',
  '        guard let hash = keyHash(of: certificate) else { return false }',
  '        return pins.contains(hash)',
  '    }',
  '}',
  '',
  'private func keyHash(of certificate: SecCertificate) -> String? {',
  '    guard let key = SecCertificateCopyKey(certificate),',
  '          let attributes = SecKeyCopyAttributes(key) as? [String: Any],',
  '          let type = attributes[kSecAttrKeyType as String] as? String,',
  '          let bits = attributes[kSecAttrKeySizeInBits as String] as? Int,',
  '          let known = keyHeaders.first(where: { $0.type == type && $0.bits == bits }),',
  '          let header = Data(base64Encoded: known.header),',
  '          let bytes = SecKeyCopyExternalRepresentation(key, nil) as Data?',
  '    else { return nil }',
  '    return Data(SHA256.hash(data: header + bytes)).base64EncodedString()',
  '}',
]

/** The elements of a Swift array or set of a policy's pins, each below its comment. */
export function swiftPins({ pins }: HostPolicy): string[] {
  return withoutRoles(pins).flatMap((pin) => [slashComment(pinComment(pin)), `${swiftString(pin.pin)},`])
}
