import type { KeyWithoutCertificate } from '../core/pins/key-without-certificate.ts'
import type { SpkiPin } from '../core/pins/spki-pin.ts'
import type { ContainerFailure } from './content.ts'
import type { CertificateParts } from './der.ts'
import type { DamageReason, InputFormat } from './inspection.ts'

/** What one block of an input turned out to be. */
export type Block =
  | { readonly kind: 'certificate'; readonly parts: CertificateParts }
  | { readonly kind: 'key'; readonly key: KeyWithoutCertificate }
  /** Already forgotten; `pin` is of its public half. */
  | { readonly kind: 'private-key'; readonly encrypted: boolean; readonly pin: SpkiPin | null }
  /** Sound, and of no use here. */
  | { readonly kind: 'other'; readonly format: InputFormat }
  | { readonly kind: 'damaged'; readonly reason: DamageReason; readonly looksLike: InputFormat }
  /** A container that did not open. */
  | { readonly kind: 'closed'; readonly format: InputFormat; readonly failure: ContainerFailure }
