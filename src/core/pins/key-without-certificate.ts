import type { PublicKeyDescription } from '../certificate/certificate.ts'
import type { SpkiPin } from './spki-pin.ts'

/** Where a key without a certificate comes from; `private-key`: its public half, taken when the user asked for it. */
export type KeyOrigin = 'certificate-request' | 'public-key' | 'private-key'

/** A key that no certificate is there for yet: a candidate for a backup pin. */
export interface KeyWithoutCertificate {
  readonly pin: SpkiPin
  readonly origin: KeyOrigin
  /** A request's subject, an OpenSSH key's comment, a JWK's identifier; empty when there is none. Hostile text. */
  readonly name: string
  /** Null when the key is of a kind that cannot be described. */
  readonly publicKey: PublicKeyDescription | null
}
