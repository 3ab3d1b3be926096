import type { Instant } from '../instant.ts'

/** How far a CA looked into who asked for a certificate (CA/Browser Forum Baseline Requirements §7.1.6.1). */
export type ValidationLevel =
  'domain-validated' | 'organization-validated' | 'individual-validated' | 'extended-validation'

export interface CertificatePolicy {
  /** Dotted object identifier. */
  readonly identifier: string
  /** Null for a policy that only its CA can explain. */
  readonly validation: ValidationLevel | null
}

/** A log's promise to publish the certificate, embedded in it (RFC 6962 §3.3). Its signature is not checked. */
export interface SignedCertificateTimestamp {
  /** SHA-256 of the log's key, in lower-case hexadecimal; null for a version other than v1. */
  readonly logId: string | null
  /** When the log promised it; null for a version other than v1, and for a time that no calendar has. */
  readonly timestamp: Instant | null
}

/**
 * What a certificate's extensions say (RFC 5280 §4.2) beside the names of hosts and whether it is a CA. A text in it was
 * chosen by whoever made the certificate and is hostile input. Of an extension that is absent or cannot be read, nothing
 * is known: null, or no items.
 */
export interface CertificateExtensions {
  /** In OpenSSL's words, for example `Digital Signature`. */
  readonly keyUsage: readonly string[] | null
  /** In OpenSSL's words, or dotted object identifiers. */
  readonly extendedKeyUsage: readonly string[] | null
  /** How many CAs may follow below this one, the leaf not counted. */
  readonly pathLength: number | null
  /** Lower-case hexadecimal, as is the next. */
  readonly subjectKeyIdentifier: string | null
  readonly authorityKeyIdentifier: string | null
  /** Where the issuer's certificate can be had; never asked here. */
  readonly issuerUrls: readonly string[]
  readonly policies: readonly CertificatePolicy[]
  /** The certificate asks for a stapled OCSP answer (RFC 7633). */
  readonly mustStaple: boolean
  readonly signedCertificateTimestamps: readonly SignedCertificateTimestamp[]
  /** Subject alternative names that are neither a DNS name nor an address, with their kind: `email:…`, `URI:…`. */
  readonly otherNames: readonly string[]
  /** Those among the extensions above that are there and cannot be read, by name. */
  readonly unreadable: readonly string[]
}
