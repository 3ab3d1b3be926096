import type { DamageReason, InputFormat } from './inspection.ts'

/**
 * What opening the containers of one input may cost, in microseconds of the machine where the speeds of the ciphers
 * were measured. It leaves room for a file whose keys are all derived with 600 000 iterations.
 */
export const MOST_WORK = 1_900_000

/** How much of it is left. */
export interface WorkAllowance {
  microseconds: number
}

/** Where a reader that lists may stop: `inspect` takes fewer. */
export const MOST_CONTENTS = 10_100

/** One thing that a container such as PKCS#12 or a keystore holds, in its order; not yet looked into. */
export type Content =
  /** Should be a certificate; the bytes are as the container holds them, never encoded again. */
  | { readonly kind: 'certificate'; readonly bytes: Uint8Array }
  /**
   * PKCS#8 (RFC 5958), deciphered; null when it stays encrypted. Whoever receives the bytes overwrites them when the
   * public half is known.
   */
  | { readonly kind: 'private-key'; readonly pkcs8: Uint8Array | null }
  /** Sound, and of no use here. */
  | { readonly kind: 'other'; readonly format: InputFormat }
  | { readonly kind: 'damaged'; readonly reason: DamageReason }

/** Why nothing of a container could be read. */
export type ContainerFailure =
  | { readonly kind: 'container-damaged' }
  /** It is encrypted, no password was given, and the empty one is not it. */
  | { readonly kind: 'password-needed' }
  | { readonly kind: 'wrong-password' }
  /** Its key derivation would hold the machine for long; made to do so, or by mistake. */
  | { readonly kind: 'too-many-iterations'; readonly iterations: number; readonly limit: number }
  /** @property algorithm a name, or the dotted object identifier; empty when only parts of a file have it */
  | { readonly kind: 'encryption-not-supported'; readonly algorithm: string }
  /** The page is served over plain http, where browsers offer no cryptography. */
  | { readonly kind: 'no-web-crypto' }
