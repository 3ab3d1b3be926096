import { sha1 } from '@noble/hashes/legacy.js'
import type { Certificate } from '../core/certificate/certificate.ts'
import { encodeHex } from '../core/pins/encoding.ts'
import { failed, ok, type Result } from '../core/result.ts'
import { readExtensionList, readExtensions, type RawExtension } from './certificate-extensions.ts'
import { certificateParts } from './certificate-parts.ts'
import { readValidity, type ValidityPeriod } from './certificate-time.ts'
import { readChildren, readElement, TAG, type CertificateParts } from './der.ts'
import { readDistinguishedName } from './distinguished-name.ts'
import { fingerprintOf, pinOf } from './fingerprint.ts'
import type { DamageReason } from './inspection.ts'
import { findKeyEncodingDeviations } from './key-encoding.ts'
import { describePublicKey } from './public-key.ts'
import { X509Certificate, type HashedAlgorithm, type Name } from './x509.ts'

/** The library takes eight seconds and gigabytes for what is large and no certificate. */
const MAX_BYTES = 1024 * 1024

/**
 * Decodes one certificate for display and rules. Pin and fingerprint are taken over the bytes given, never over what
 * a library encodes again. Never throws.
 *
 * @returns the reason of `certificateParts`, or `not-decodable` when the names, the dates or the extensions that
 *   decide about hosts and CAs cannot be read; other extensions may hold anything
 */
export async function describe(der: Uint8Array): Promise<Result<Certificate, DamageReason>> {
  const parts = certificateParts(der)
  if (!parts.ok) return parts
  if (parts.value.certificate.length > MAX_BYTES) return failed('not-decodable')
  try {
    const certificate = decode(parts.value)
    return certificate ? ok(certificate) : failed('not-decodable')
  } catch {
    return failed('not-decodable')
  }
}

/** Looking into octet strings costs time and the limit of 10 000 nodes, and nothing here needs it. */
const PARSING = { berOptions: { parseEmbedded: false } }

function decode(parts: CertificateParts): Certificate | null {
  const decoded = new X509Certificate(ownBuffer(parts.certificate), PARSING)
  const fields = readFields(parts.tbsCertificate, decoded)
  // In BER a name or a key may have an indefinite length; what the library encodes says the same in DER.
  const subject = readDistinguishedName(parts.subject) ?? readDistinguishedName(encodedName(decoded.subjectName))
  const issuer = readDistinguishedName(parts.issuer) ?? readDistinguishedName(encodedName(decoded.issuerName))
  const publicKey =
    describePublicKey(parts.subjectPublicKeyInfo) ?? describePublicKey(new Uint8Array(decoded.publicKey.rawData))
  const extensions = readExtensions(fields.extensions)
  if (!fields.validity || !subject || !issuer || !publicKey || !extensions) return null
  return {
    sha256: fingerprintOf(parts.certificate),
    sha1: encodeHex(sha1(parts.certificate)),
    pin: pinOf(parts.subjectPublicKeyInfo),
    subject,
    issuer,
    serialNumber: decoded.serialNumber,
    notBefore: fields.validity.notBefore,
    notAfter: fields.validity.notAfter,
    dnsNames: extensions.dnsNames,
    ipAddresses: extensions.ipAddresses,
    isCa: extensions.isCa,
    isSelfIssued: encodeHex(parts.subject) === encodeHex(parts.issuer),
    publicKey,
    keyEncoding: findKeyEncodingDeviations(parts.subjectPublicKeyInfo),
    signatureAlgorithm: describeSignatureAlgorithm(decoded.signatureAlgorithm),
    extensions: extensions.shown,
  }
}

/** The library keeps the buffer it is given; a view would keep the whole input alive. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer
}

function encodedName(name: Name): Uint8Array {
  return new Uint8Array(name.toArrayBuffer())
}

/** The validity and the extensions by their own bytes; the library's reading of them where they are BER. */
function readFields(
  tbsCertificate: Uint8Array,
  decoded: X509Certificate,
): { validity: ValidityPeriod | null; extensions: readonly RawExtension[] } {
  const outer = readElement(tbsCertificate, 0)
  const all = outer.ok ? readChildren(tbsCertificate, outer.value) : null
  const fields = all?.[0]?.tag === TAG.explicit0 ? all.slice(1) : all
  const validity = fields?.[3]
    ? readValidity(tbsCertificate, fields[3].start)
    : { notBefore: decoded.notBefore.getTime(), notAfter: decoded.notAfter.getTime() }
  const extensions = fields && readExtensionList(tbsCertificate, fields)
  return {
    validity,
    extensions: extensions ?? decoded.extensions.map(({ type, rawData }) => ({ type, der: rawData })),
  }
}

/** Algorithms that the library gives as their identifier only. */
const OTHER_SIGNATURE_ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'MD2 with RSA',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.3.14.3.2.29': 'SHA-1 with RSA',
  '1.2.840.10040.4.3': 'SHA-1 with DSA',
  '2.16.840.1.101.3.4.3.2': 'SHA-256 with DSA',
  '1.3.101.113': 'Ed448',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
}

const SIGNATURE_SCHEMES: Readonly<Record<string, string>> = {
  'RSASSA-PKCS1-v1_5': 'RSA',
  'RSA-PSS': 'RSA-PSS',
  ECDSA: 'ECDSA',
}

function describeSignatureAlgorithm(algorithm: HashedAlgorithm | Algorithm): string {
  const scheme = SIGNATURE_SCHEMES[algorithm.name]
  const hash = 'hash' in algorithm ? algorithm.hash : undefined
  const hashName = typeof hash === 'object' && 'name' in hash ? hash.name : hash
  if (scheme && typeof hashName === 'string') return `${hashName} with ${scheme}`
  return OTHER_SIGNATURE_ALGORITHMS[algorithm.name] ?? algorithm.name
}
