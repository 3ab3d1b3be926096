import { decodeBase64 } from '../core/pins/encoding.ts'
import { dsaKeyInfo, ecKeyInfo, isCurveName, rawKeyInfo, rsaKeyInfoOf } from './subject-public-key-info.ts'

/** A public key as `ssh-keygen` prints it; `blob` is RFC 4253 §6.6. */
export interface OpenSshKey {
  readonly blob: Uint8Array
  /** Hostile text. */
  readonly comment: string
}

/** Options may stand before the type, as in `authorized_keys`. Bounded, so that matching takes linear time. */
const KEY_LINE =
  /(?<![^\s"])(?:ssh-(?:rsa|dss|ed25519|ed448)|ecdsa-sha2-nistp(?:256|384|521))[ \t]+(AAAA[\d+/=A-Za-z]+)(?:[ \t]+([^\r\n]{0,200}))?/g

/** The keys of a text, one for each line of `id_….pub`, `authorized_keys` or `known_hosts`. */
export function* openSshKeys(text: string): Generator<OpenSshKey, void, undefined> {
  for (const [, base64 = '', comment = ''] of text.matchAll(KEY_LINE)) {
    yield { blob: decodeBase64(base64) ?? new Uint8Array(), comment: comment.trim() }
  }
}

/**
 * A key of RFC 4253 §6.6, RFC 5656 §3.1 or RFC 8709 §4 as DER SubjectPublicKeyInfo.
 *
 * @returns null when it is cut off or of another kind
 */
export function openSshKeyInfo(blob: Uint8Array): Uint8Array | null {
  const fields = readStrings(blob)
  const type = latin1(fields?.[0] ?? new Uint8Array())
  const [, first, second, third, fourth] = fields ?? []
  switch (type) {
    case 'ssh-rsa':
      return first && second ? rsaKeyInfoOf(second, first) : null
    case 'ssh-dss':
      return first && second && third && fourth ? dsaKeyInfo(first, second, third, fourth) : null
    case 'ssh-ed25519':
      return first?.length === 32 ? rawKeyInfo('Ed25519', first) : null
    case 'ssh-ed448':
      return first?.length === 57 ? rawKeyInfo('Ed448', first) : null
    default: {
      const curve = `P-${/^ecdsa-sha2-nistp(256|384|521)$/.exec(type)?.[1]}`
      return isCurveName(curve) && second?.[0] === 0x04 ? ecKeyInfo(curve, second) : null
    }
  }
}

const MAGIC = 'openssh-key-v1\0'

/** OpenSSH's own private key file (PROTOCOL.key): its public half stands before the private one, never encrypted. */
export interface OpenSshPrivateKey {
  readonly encrypted: boolean
  readonly publicBlob: Uint8Array
}

/** @returns null when it is no such file */
export function readOpenSshPrivateKey(bytes: Uint8Array): OpenSshPrivateKey | null {
  if (latin1(bytes.subarray(0, MAGIC.length)) !== MAGIC) return null
  let position = MAGIC.length
  const strings: Uint8Array[] = []
  // Cipher, key derivation and its options; then how many keys there are, four octets; then the first key.
  while (strings.length < 4) {
    const string = readString(bytes, position)
    if (!string) return null
    strings.push(string)
    position += 4 + string.length + (strings.length === 3 ? 4 : 0)
  }
  const [cipher, , , publicBlob] = strings
  return cipher && publicBlob ? { encrypted: latin1(cipher) !== 'none', publicBlob } : null
}

function readStrings(blob: Uint8Array): Uint8Array[] | null {
  const strings: Uint8Array[] = []
  let position = 0
  while (position < blob.length && strings.length < 8) {
    const string = readString(blob, position)
    if (!string) return null
    strings.push(string)
    position += 4 + string.length
  }
  return strings
}

/** RFC 4251 §5: four octets of length, then as many octets. */
function readString(bytes: Uint8Array, position: number): Uint8Array | null {
  if (position + 4 > bytes.length) return null
  const length = new DataView(bytes.buffer, bytes.byteOffset + position, 4).getUint32(0)
  const start = position + 4
  return start + length <= bytes.length ? bytes.subarray(start, start + length) : null
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 64))
}
