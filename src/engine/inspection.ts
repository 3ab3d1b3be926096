import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { RowChains } from '../core/chain/chain.ts'
import type { Result } from '../core/result.ts'
import type { SpkiPin } from '../core/pins/spki-pin.ts'

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

/** A block that should have been a certificate. The others count all the same. */
export interface DamagedBlock {
  readonly position: number
  readonly reason: DamageReason
}

export type DamageReason =
  | 'no-end-line'
  | 'not-base64'
  | 'empty-block'
  | 'truncated'
  | 'not-a-certificate'
  /** The structure is sound as far as the key, but its details could not be decoded. */
  | 'not-decodable'

/** A block that is sound but no certificate, beside certificates. */
export interface IgnoredBlock {
  readonly position: number
  readonly format: InputFormat
}

/** What one input holds. */
export interface Inspection {
  readonly format: InputFormat
  /** In the order of the input, repetitions included. */
  readonly certificates: readonly InspectedCertificate[]
  readonly damaged: readonly DamagedBlock[]
  readonly ignored: readonly IgnoredBlock[]
}

/** Why an input gave nothing. Wording is chosen in `app/failure-text.ts`. */
export type EngineFailure =
  | { readonly kind: 'empty-input' }
  | { readonly kind: 'not-a-certificate'; readonly looksLike: InputFormat }
  /** Every block that should have been a certificate is damaged. */
  | { readonly kind: 'damaged-block'; readonly damaged: readonly DamagedBlock[] }
  | { readonly kind: 'private-key-given'; readonly encrypted: boolean }
  | { readonly kind: 'format-not-supported'; readonly format: InputFormat }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly kind: 'too-many'; readonly limit: number }
  | { readonly kind: 'deadline'; readonly seconds: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'engine-crashed' }

/** The chains of a row, and the certificates whose details could not be decoded. */
export interface ChainReport extends RowChains {
  readonly notDecodable: readonly CertificateFingerprint[]
  /** The DER of every root that was added from the bundled store. */
  readonly addedRoots: ReadonlyMap<CertificateFingerprint, Uint8Array>
  /** `unavailable`: its asset did not load, so chains end where the given certificates end. */
  readonly rootStore: 'loaded' | 'unavailable'
}

/** The door to the X.509 libraries, as the app sees it. */
export interface Engine {
  /** One input → its certificates. Rejects never; every outcome is in the Result. */
  inspect(bytes: Uint8Array, signal?: AbortSignal): Promise<Result<Inspection, EngineFailure>>
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
}
