import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { RowChains, StoreMembership } from '../core/chain/chain.ts'
import type { Instant } from '../core/instant.ts'
import type { Result } from '../core/result.ts'
import type { KeyWithoutCertificate } from '../core/pins/key-without-certificate.ts'
import type { SpkiPin } from '../core/pins/spki-pin.ts'
import type { ContainerFailure } from './content.ts'

/** What an input turned out to be, recognised by content, never by its name. */
export type InputFormat =
  | 'pem'
  | 'der'
  | 'pkcs7'
  | 'pkcs12'
  | 'java-keystore'
  | 'certificate-request'
  | 'public-key'
  | 'private-key'
  | 'crl'
  | 'zip'
  | 'apk'
  | 'aab'
  | 'ipa'
  | 'html'
  | 'unknown'

export interface InspectedCertificate {
  /** The certificate's own bytes, cut out of the input. */
  readonly der: Uint8Array
  readonly pin: SpkiPin
  readonly sha256: CertificateFingerprint
  /** 1 for the first block of the input, whatever the block holds. */
  readonly position: number
}

/** A key that came without a certificate: of a request, or a public key. */
export interface InspectedKey extends KeyWithoutCertificate {
  readonly position: number
}

/** A block that should have been a certificate or a key. The others count all the same. */
export interface DamagedBlock {
  readonly position: number
  readonly reason: DamageReason
  /** Missing when it should have been a certificate. */
  readonly looksLike?: InputFormat
  /** The name of the file in an archive. Hostile text. */
  readonly file?: string
}

export type DamageReason =
  | 'no-end-line'
  | 'not-base64'
  | 'empty-block'
  | 'truncated'
  | 'not-a-certificate'
  /** The structure is sound as far as the key, but its details could not be decoded. */
  | 'not-decodable'
  /** Of a file in an archive. */
  | 'compression-not-supported'
  /** A container within the input that could not be opened. */
  | ContainerFailure['kind']

/** A block that is sound but neither a certificate nor a public key, beside those. */
export interface IgnoredBlock {
  readonly position: number
  readonly kind: InputFormat
  /** Of a private key's public half, where that can be had without a password. */
  readonly pin?: SpkiPin
  /** The name of the file in an archive. Hostile text. */
  readonly file?: string
}

/** What one input holds. */
export interface Inspection {
  readonly format: InputFormat
  /** In the order of the input, repetitions included. */
  readonly certificates: readonly InspectedCertificate[]
  /** Keys of requests, and public keys: candidates for a backup pin. Never of a private key. */
  readonly keys: readonly InspectedKey[]
  readonly damaged: readonly DamagedBlock[]
  readonly ignored: readonly IgnoredBlock[]
}

/** Why an input gave nothing. Wording is chosen in `app/failure-text.ts`. */
export type EngineFailure =
  | { readonly kind: 'empty-input' }
  | { readonly kind: 'not-a-certificate'; readonly looksLike: InputFormat }
  /** Every block that should have been a certificate is damaged. */
  | { readonly kind: 'damaged-block'; readonly damaged: readonly DamagedBlock[] }
  /** Nothing but private keys. `pin` is of the public half; null when that cannot be had, as when it is encrypted. */
  | { readonly kind: 'private-key-given'; readonly encrypted: boolean; readonly pin: SpkiPin | null }
  | ContainerFailure
  /** An archive that unpacks to more than the limit, or holds more files. */
  | { readonly kind: 'unpacks-too-large'; readonly bytes: number; readonly files: number }
  | { readonly kind: 'format-not-supported'; readonly format: InputFormat }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly kind: 'too-many'; readonly limit: number }
  | { readonly kind: 'deadline'; readonly seconds: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'engine-crashed' }

/** The chains of a row, and the certificates whose details could not be decoded. */
export interface ChainReport extends RowChains {
  readonly notDecodable: readonly CertificateFingerprint[]
  /** How many certificates were too many to be put into chains. */
  readonly leftOut: number
  /** The DER of every root that was added from the bundled store. */
  readonly addedRoots: ReadonlyMap<CertificateFingerprint, Uint8Array>
  /** `unavailable`: what the chains need of it did not load, so chains end where the given certificates end. */
  readonly rootStore: 'loaded' | 'unavailable'
  /** The day of its data, `yyyy-MM-dd`; null when not even that did load. */
  readonly rootStoreDate: string | null
}

/** One certificate of a root; a few roots were issued more than once for one key. */
export interface RootEdition {
  readonly sha256: CertificateFingerprint
  readonly notBefore: Instant
  readonly notAfter: Instant
  readonly stores: StoreMembership
}

/** A root of the bundled store. */
export interface IdentifiedRoot {
  /** Hostile text. */
  readonly name: string
  /** What the digest should have been, when it is the root's fingerprint. */
  readonly pin: SpkiPin
  /** All certificates of the store with this key, and so with this pin. Never empty. */
  readonly editions: readonly RootEdition[]
}

export type IdentifiedRoots = ReadonlyMap<SpkiPin, IdentifiedRoot>

/** What may be said of an input beside its bytes. */
export interface InspectOptions {
  /** What the input is called; formats are recognised by content, so this never decides. */
  readonly name?: string
  /** For PKCS#12. Undefined: nobody was asked yet, so only the empty one is tried. */
  readonly password?: string
}

/** The door to the X.509 libraries, as the app sees it. */
export interface Engine {
  /** One input → its certificates. Rejects never; every outcome is in the Result. */
  inspect(bytes: Uint8Array, options?: InspectOptions, signal?: AbortSignal): Promise<Result<Inspection, EngineFailure>>
  /**
   * All certificates of a row → its chains, links verified, completed from the bundled root store.
   *
   * @param certificates DER, in the order given; repetitions are dropped
   */
  buildChains(
    certificates: readonly Uint8Array[],
    now: number,
    signal?: AbortSignal,
  ): Promise<Result<ChainReport, EngineFailure>>
  /**
   * Digests → the bundled roots that they are the pin or the fingerprint of: what was typed, or the pins of roots whose
   * other editions and stores are asked for. None when the store does not load.
   */
  identifyRoots(digests: readonly SpkiPin[]): Promise<Result<IdentifiedRoots, EngineFailure>>
  /**
   * The bundled roots that may have issued a certificate, by the issuer's name and its key identifier alone: something to
   * offer where a chain lacks its issuer. Nothing is confirmed by a signature. None when the store does not load.
   *
   * @param certificate DER of the last certificate of the chain
   */
  candidateRoots(certificate: Uint8Array): Promise<Result<readonly IdentifiedRoot[], EngineFailure>>
}
