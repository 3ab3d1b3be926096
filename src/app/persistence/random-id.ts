import { encodeHex } from '../../core/pins/encoding.ts'

/** An id that no other tab comes up with. `crypto.randomUUID` is not there on pages served over plain http. */
export function randomId(): string {
  return encodeHex(crypto.getRandomValues(new Uint8Array(16)))
}
