// Each part adds itself to the first; pbe.js brings the ciphers along.
import forge from 'node-forge/lib/forge.js'
import 'node-forge/lib/pbe.js'
import 'node-forge/lib/sha512.js'
import type { HashName } from './password-encryption.ts'

/** What the key is for (RFC 7292 appendix B.3). */
export type KeyPurpose = 'encryption' | 'initialization-vector' | 'mac'

/** Ciphers that WebCrypto does not have; AES with 192 bits is missing in Chromium alone. */
export type LegacyCipher = 'aes-192' | 'triple-des' | 'rc2-40' | 'rc2-128'

const DIGEST = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const

const PURPOSE_ID: Readonly<Record<KeyPurpose, number>> = { encryption: 1, 'initialization-vector': 2, mac: 3 }

/**
 * The key derivation of PKCS#12 (RFC 7292 appendix B.2).
 *
 * @param password null: no bytes at all, where the empty text is a terminating zero
 */
export function derivePkcs12Key(
  password: string | null,
  salt: Uint8Array,
  purpose: KeyPurpose,
  iterations: number,
  length: number,
  hash: HashName,
): Uint8Array {
  const digest = forge.md[DIGEST[hash]].create()
  const saltBuffer = forge.util.createBuffer(toBinary(salt))
  const key = forge.pbe.generatePkcs12Key(password, saltBuffer, PURPOSE_ID[purpose], iterations, length, digest)
  return fromBinary(key.getBytes())
}

/** forge's RC2 takes time by the square of what it is given between two starts. */
const SEGMENT = 4096

/**
 * Deciphers CBC and removes the padding of PKCS#7 (RFC 5652 §6.3).
 *
 * @returns null when the padding is not sound: nearly always, the key is another one
 */
export function decipherCbc(
  cipher: LegacyCipher,
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
): Uint8Array | null {
  if (data.length === 0 || data.length % iv.length > 0) return null
  const decipher = startDecipher(cipher, toBinary(key))
  const plain = new Uint8Array(data.length)
  let chained = iv
  for (let position = 0; position < data.length; position += SEGMENT) {
    const segment = data.subarray(position, position + SEGMENT)
    decipher.start(toBinary(chained))
    decipher.update(forge.util.createBuffer(toBinary(segment)))
    if (!decipher.finish(keepPadding)) return null
    plain.set(fromBinary(decipher.output.getBytes()), position)
    chained = segment.subarray(-iv.length)
  }
  const padding = plain.at(-1) ?? 0
  const isPadding = padding > 0 && padding <= iv.length && plain.subarray(-padding).every((byte) => byte === padding)
  return isPadding ? plain.subarray(0, plain.length - padding) : null
}

function startDecipher(cipher: LegacyCipher, key: string) {
  switch (cipher) {
    case 'aes-192':
      return forge.aes.createDecryptionCipher(key, 'CBC')
    case 'triple-des':
      return forge.des.createDecryptionCipher(key, 'CBC')
    case 'rc2-40':
      return forge.rc2.createDecryptionCipher(key, 40)
    case 'rc2-128':
      return forge.rc2.createDecryptionCipher(key, 128)
  }
}

function keepPadding(): boolean {
  return true
}

function toBinary(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCodePoint(byte)
  return text
}

function fromBinary(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.codePointAt(0) ?? 0)
}
