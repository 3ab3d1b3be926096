import { decodeBase64, encodeHex } from '../../core/pins/encoding.ts'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'

export interface KeyFileNames {
  readonly key: string
  readonly request: string
}

/** File systems end a name at 255. */
const LONGEST_HOST = 100
const PIN_DIGITS = 8

/**
 * The files of one key carry its host and the beginning of its pin, so that they find each other again. No name needs
 * quotes in a shell or is one that Windows keeps for itself.
 *
 * @param name the first of the request, as `readRequestNames` makes it
 */
export function keyFileNames(name: string, pin: SpkiPin): KeyFileNames {
  const digits = encodeHex(decodeBase64(pin) ?? new Uint8Array()).slice(0, PIN_DIGITS)
  const stem = `backup-${name.replace('*.', '').slice(0, LONGEST_HOST)}-${digits}`
  return { key: `${stem}.key`, request: `${stem}.csr` }
}
