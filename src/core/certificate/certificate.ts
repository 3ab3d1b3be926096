import type { Instant } from '../instant.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { CertificateExtensions } from './certificate-extensions.ts'
import type { KeyEncodingDeviation } from './key-encoding.ts'

/** SHA-256 over a certificate's whole DER, in lower-case hexadecimal. Identifies the certificate; is never a pin. */
export type CertificateFingerprint = string & { readonly certificateFingerprint: unique symbol }

/** A subject or issuer name. Every text in it was chosen by whoever made the certificate and is hostile input. */
export interface DistinguishedName {
  /** All attributes, in the order and notation of RFC 4514, for example `CN=Example CA,O=Example,C=US`. */
  readonly text: string
  readonly commonName: string | null
  readonly organization: string | null
}

export interface PublicKeyDescription {
  /** `RSA`, `EC`, `Ed25519` …; the dotted object identifier when the algorithm has no name here. */
  readonly algorithm: string
  /** Size of an RSA or DSA modulus, or of an elliptic-curve field; null where that says nothing. */
  readonly bits: number | null
  /** `P-256` …; the dotted object identifier of a curve without a name; `explicit` for curve parameters; null when not EC. */
  readonly curve: string | null
  /** Of an RSA key whose exponent is not 65537, which nearly all have. */
  readonly exponent?: 'unusual'
}

/** One X.509 certificate as plain data: what is shown and what rules ask. The bytes stay in the engine. */
export interface Certificate {
  readonly sha256: CertificateFingerprint
  /** The older fingerprint, in lower-case hexadecimal; shown for those who have nothing else to compare with. */
  readonly sha1: string
  readonly pin: SpkiPin
  readonly subject: DistinguishedName
  readonly issuer: DistinguishedName
  /** Lower-case hexadecimal. */
  readonly serialNumber: string
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Subject alternative names: DNS names in lower case, possibly `*.…`; IP addresses as text. */
  readonly dnsNames: readonly string[]
  readonly ipAddresses: readonly string[]
  /** What the basic constraints say; a certificate without them is no CA here, whatever its version. */
  readonly isCa: boolean
  /** Subject and issuer names are the same bytes. Says nothing about the signature. */
  readonly isSelfIssued: boolean
  readonly publicKey: PublicKeyDescription
  /** Each at most once; empty when every platform encodes the key in these very bytes. */
  readonly keyEncoding: readonly KeyEncodingDeviation[]
  /** For example `SHA-256 with RSA`, or the dotted object identifier. */
  readonly signatureAlgorithm: string
  readonly extensions: CertificateExtensions
}

export type Validity = 'not-yet-valid' | 'valid' | 'expired'

/** RFC 5280 §4.1.2.5: both ends are part of the validity period. */
export function validityAt(certificate: Certificate, now: Instant): Validity {
  if (now < certificate.notBefore) return 'not-yet-valid'
  return now > certificate.notAfter ? 'expired' : 'valid'
}

/** What to call a certificate on screen and in comments; never empty. Hostile text: escape it where it is printed. */
export function certificateName(certificate: Certificate): string {
  const { commonName, organization, text } = certificate.subject
  const names = [commonName, certificate.dnsNames[0], organization, text]
  return names.find((name) => name?.trim()) ?? `serial number ${certificate.serialNumber}`
}

/** What a browser's address bar could hold, and nothing that looks like another address than it is. */
const HTTP_URL = /^http:\/\/[\x21-\x7E]{1,1000}$/i

/** Where the issuer's certificate can be had over plain http, as CAs publish it (RFC 5280 §4.2.2.1). Hostile text. */
export function httpIssuerUrls({ extensions }: Certificate): readonly string[] {
  return extensions.issuerUrls.filter((url) => HTTP_URL.test(url))
}

/**
 * Whether the certificate is valid for a host, by RFC 9525 as phones apply it: DNS names of the subject alternative
 * name only (the common name is not consulted), `*` stands for exactly one whole left-most label.
 *
 * @param host lower-case A-labels without a trailing dot
 */
export function coversHost(certificate: Certificate, host: string): boolean {
  const parent = host.slice(host.indexOf('.') + 1)
  return certificate.dnsNames.some(
    (name) => name === host || (name.startsWith('*.') && host.includes('.') && name.slice(2) === parent),
  )
}
