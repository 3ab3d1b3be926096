import type { PublicKeyDescription } from '../core/certificate/certificate.ts'
import { encodeHex } from '../core/pins/encoding.ts'
import { contentOf, readChildren, readElement, TAG, type DerElement } from './der.ts'
import { readObjectIdentifier } from './object-identifier.ts'

const KEY_ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10045.2.1': 'EC',
  '1.2.840.10040.4.1': 'DSA',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
}

const CURVES: Readonly<Record<string, { readonly name: string; readonly bits: number }>> = {
  '1.2.840.10045.3.1.1': { name: 'P-192', bits: 192 },
  '1.3.132.0.33': { name: 'P-224', bits: 224 },
  '1.2.840.10045.3.1.7': { name: 'P-256', bits: 256 },
  '1.3.132.0.34': { name: 'P-384', bits: 384 },
  '1.3.132.0.35': { name: 'P-521', bits: 521 },
  '1.3.132.0.10': { name: 'secp256k1', bits: 256 },
  '1.3.36.3.3.2.8.1.1.7': { name: 'brainpoolP256r1', bits: 256 },
  '1.3.36.3.3.2.8.1.1.11': { name: 'brainpoolP384r1', bits: 384 },
  '1.3.36.3.3.2.8.1.1.13': { name: 'brainpoolP512r1', bits: 512 },
}

/**
 * Describes a DER SubjectPublicKeyInfo. Not left to @peculiar/x509, which knows neither DSA nor explicit curves and
 * rounds the size of an RSA key to whole bytes.
 *
 * @returns null when not even the algorithm can be read
 */
export function describePublicKey(subjectPublicKeyInfo: Uint8Array): PublicKeyDescription | null {
  const bytes = subjectPublicKeyInfo
  const outer = readElement(bytes, 0)
  const [algorithm, publicKey] = (outer.ok && readChildren(bytes, outer.value)) || []
  const [type, parameters] = (algorithm && readChildren(bytes, algorithm, 2)) ?? []
  const identifier = type?.tag === TAG.objectIdentifier ? readObjectIdentifier(contentOf(bytes, type)) : null
  if (!identifier) return null
  const name = KEY_ALGORITHMS[identifier] ?? identifier
  switch (name) {
    case 'RSA':
    case 'RSA-PSS':
      return {
        algorithm: name,
        ...(publicKey ? describeRsaKey(contentOf(bytes, publicKey)) : { bits: null }),
        curve: null,
      }
    case 'DSA':
      return { algorithm: name, bits: firstIntegerBits(bytes, parameters), curve: null }
    case 'EC':
      return { algorithm: name, ...describeCurve(bytes, parameters) }
    default:
      return { algorithm: name, bits: null, curve: null }
  }
}

/** RFC 8017 §A.1.1: the bit string holds the modulus and the exponent, after one octet for the unused bits. */
function describeRsaKey(bitString: Uint8Array): Pick<PublicKeyDescription, 'bits' | 'exponent'> {
  const key = readElement(bitString, 1)
  if (!key.ok) return { bits: null }
  const [, exponent] = readChildren(bitString, key.value, 2) ?? []
  const isUnusual = exponent !== undefined && encodeHex(contentOf(bitString, exponent)) !== USUAL_EXPONENT
  return { bits: firstIntegerBits(bitString, key.value), ...(isUnusual && { exponent: 'unusual' }) }
}

/** 65537. */
const USUAL_EXPONENT = '010001'

/** RFC 5480 §2.1.1: a curve has a name; explicit parameters (SEC 1 §C.2) are forbidden, and they occur. */
function describeCurve(
  bytes: Uint8Array,
  parameters: DerElement | undefined,
): { readonly bits: number | null; readonly curve: string | null } {
  if (parameters?.tag === TAG.objectIdentifier) {
    const identifier = readObjectIdentifier(contentOf(bytes, parameters))
    const curve = identifier ? CURVES[identifier] : undefined
    return { bits: curve?.bits ?? null, curve: curve?.name ?? identifier }
  }
  if (parameters?.tag !== TAG.sequence) return { bits: null, curve: null }
  const [, field] = readChildren(bytes, parameters, 2) ?? []
  const [, prime] = (field && readChildren(bytes, field, 2)) ?? []
  return { bits: prime?.tag === TAG.integer ? integerBits(contentOf(bytes, prime)) : null, curve: 'explicit' }
}

function firstIntegerBits(bytes: Uint8Array, parent: DerElement | undefined): number | null {
  const [integer] = (parent?.tag === TAG.sequence && readChildren(bytes, parent, 1)) || []
  return integer?.tag === TAG.integer ? integerBits(contentOf(bytes, integer)) : null
}

function integerBits(content: Uint8Array): number {
  const first = content.findIndex((byte) => byte !== 0)
  return first < 0 ? 0 : (content.length - first - 1) * 8 + (32 - Math.clz32(content[first] ?? 0))
}
