import { failed, ok, type Result } from '../core/result.ts'
import { childrenOf, countOf, identifierOf, octetsOf, type BerValue } from './ber-value.ts'
import type { ContainerFailure } from './content.ts'
import type { LegacyCipher } from './legacy-ciphers.ts'

/** Null: no bytes at all, which some tools write for the empty password (RFC 7292 appendix B.1). */
export type Password = string | null

export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** A derivation that a file asks for; nothing is derived before all of them were counted. */
export interface Derivation {
  readonly iterations: number
  /** The time it takes, in microseconds on the machine this was measured on. */
  readonly work: number
}

export interface PasswordEncryption extends Derivation {
  /** Whether the two forms of the empty password give different keys. */
  readonly hasTwoEmptyPasswords: boolean
  /** @returns null when the result cannot be right: nearly always, the password is another one */
  decrypt(password: Password, data: Uint8Array): Promise<Uint8Array | null>
}

export interface Pbkdf2 extends Derivation {
  derive(password: Password, length: number): Promise<Uint8Array<ArrayBuffer>>
}

export type UnreadableEncryption = Extract<
  ContainerFailure,
  { readonly kind: 'container-damaged' | 'encryption-not-supported' }
>

/** Salts are 8 to 64 bytes; every derivation begins with a pass over the whole. */
const MAX_SALT = 1024

/** Microseconds, rounded up; node-forge's times are for one block of output. */
const WORK = {
  call: 600,
  pbkdf2: { 'SHA-1': 0.7, 'SHA-256': 0.5, 'SHA-384': 0.9, 'SHA-512': 0.9 },
  legacyDerivation: 3.2,
  legacyCipherPerByte: 0.6,
} as const

export const HASH_BYTES = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 } as const

/** RFC 8018 appendix B.1.2. */
const HASH_BY_HMAC: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.2.7': 'SHA-1',
  '1.2.840.113549.2.9': 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
}

/** What people may have heard of; others are shown as they are. */
const NAMES: Readonly<Record<string, string>> = {
  '1.3.6.1.4.1.11591.4.11': 'scrypt',
  '1.2.840.113549.1.12.1.1': 'RC4',
  '1.2.840.113549.1.12.1.2': 'RC4',
  '1.2.840.113549.2.8': 'HMAC-SHA-224',
  '1.3.14.3.2.7': 'DES',
  '2.16.840.1.101.3.4.1.6': 'AES-128-GCM',
  '2.16.840.1.101.3.4.1.26': 'AES-192-GCM',
  '2.16.840.1.101.3.4.1.46': 'AES-256-GCM',
}

/** RFC 7292 appendix C; all with SHA-1. A key of two parts is used as one of three, the first again at the end. */
const PKCS12_CIPHERS: Readonly<Record<string, { readonly cipher: LegacyCipher; readonly keyBytes: number }>> = {
  '1.2.840.113549.1.12.1.3': { cipher: 'triple-des', keyBytes: 24 },
  '1.2.840.113549.1.12.1.4': { cipher: 'triple-des', keyBytes: 16 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2-128', keyBytes: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2-40', keyBytes: 5 },
}

/** RFC 8018 appendix B.2, RFC 3565 §4.1; null: WebCrypto has it everywhere. */
const PBES2_CIPHERS: Readonly<Record<string, { readonly cipher: LegacyCipher | null; readonly keyBytes: number }>> = {
  '2.16.840.1.101.3.4.1.2': { cipher: null, keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { cipher: 'aes-192', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { cipher: null, keyBytes: 32 },
  '1.2.840.113549.3.7': { cipher: 'triple-des', keyBytes: 24 },
}

const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'

/**
 * Reads how something is encrypted, without deriving anything. Never throws.
 *
 * @param algorithm an AlgorithmIdentifier of RFC 7292 appendix C or of PBES2 (RFC 8018 §6.2)
 * @param dataBytes how much there is to decipher
 */
export function readPasswordEncryption(
  algorithm: BerValue | undefined,
  dataBytes: number,
): Result<PasswordEncryption, UnreadableEncryption> {
  const [identifier, parameters] = childrenOf(algorithm)
  const oid = identifierOf(identifier)
  if (oid === null) return damaged()
  if (oid === PBES2) return readPbes2(parameters, dataBytes)
  const known = PKCS12_CIPHERS[oid]
  return known ? readPkcs12Encryption(known.cipher, known.keyBytes, parameters, dataBytes) : notSupported(oid)
}

function readPkcs12Encryption(
  cipher: LegacyCipher,
  keyBytes: number,
  parameters: BerValue | undefined,
  dataBytes: number,
): Result<PasswordEncryption, UnreadableEncryption> {
  const [saltValue, iterationsValue] = childrenOf(parameters)
  const salt = octetsOf(saltValue)
  const iterations = countOf(iterationsValue)
  if (!salt || salt.length > MAX_SALT || iterations === null) return damaged()
  const blocks = Math.ceil(keyBytes / HASH_BYTES['SHA-1']) + 1
  return ok({
    iterations,
    work: WORK.call + legacyDerivationWork('SHA-1', iterations) * blocks + dataBytes * WORK.legacyCipherPerByte,
    hasTwoEmptyPasswords: true,
    decrypt: async (password, data) => {
      const { decipherCbc, derivePkcs12Key } = await import('./legacy-ciphers.ts')
      const key = derivePkcs12Key(password, salt, 'encryption', iterations, keyBytes, 'SHA-1')
      const iv = derivePkcs12Key(password, salt, 'initialization-vector', iterations, 8, 'SHA-1')
      const isTwoKey = cipher === 'triple-des' && keyBytes === 16
      return decipherCbc(cipher, isTwoKey ? new Uint8Array([...key, ...key.subarray(0, 8)]) : key, iv, data)
    },
  })
}

/** One block of output of the key derivation of PKCS#12 in node-forge. */
export function legacyDerivationWork(hash: HashName, iterations: number): number {
  return iterations * WORK.legacyDerivation * (HASH_BYTES[hash] > 32 ? 2 : 1)
}

function readPbes2(
  parameters: BerValue | undefined,
  dataBytes: number,
): Result<PasswordEncryption, UnreadableEncryption> {
  const [derivation, scheme] = childrenOf(parameters)
  const [cipherIdentifier, ivValue] = childrenOf(scheme)
  const oid = identifierOf(cipherIdentifier)
  const known = PBES2_CIPHERS[oid ?? '']
  if (oid === null) return damaged()
  if (!known) return notSupported(oid)
  const { cipher, keyBytes } = known
  const pbkdf2 = readPbkdf2(derivation, keyBytes)
  if (!pbkdf2.ok) return pbkdf2
  const iv = octetsOf(ivValue)
  if (iv?.length !== (cipher === 'triple-des' ? 8 : 16)) return damaged()
  const { iterations, work } = pbkdf2.value
  return ok({
    iterations,
    work: work + (cipher === null ? 0 : dataBytes * WORK.legacyCipherPerByte),
    hasTwoEmptyPasswords: false,
    decrypt: async (password, data) => {
      const key = await pbkdf2.value.derive(password, keyBytes)
      if (cipher === null) return decipherAes(key, iv, data)
      const { decipherCbc } = await import('./legacy-ciphers.ts')
      return decipherCbc(cipher, key, iv, data)
    },
  })
}

/**
 * PBKDF2 (RFC 8018 appendix A.2).
 *
 * @param keyBytes how much will be derived: every block of the hash's size takes all iterations again
 */
export function readPbkdf2(algorithm: BerValue | undefined, keyBytes: number): Result<Pbkdf2, UnreadableEncryption> {
  const [identifier, parameters] = childrenOf(algorithm)
  const oid = identifierOf(identifier)
  if (oid === null) return damaged()
  if (oid !== PBKDF2) return notSupported(oid)
  const [saltValue, iterationsValue, ...optional] = childrenOf(parameters)
  const salt = octetsOf(saltValue)
  const iterations = countOf(iterationsValue)
  if (!salt || salt.length > MAX_SALT || iterations === null) return damaged()
  const [hmacValue] = childrenOf(optional.find(({ tag }) => tag === 0x30))
  const hmac = hmacValue ? identifierOf(hmacValue) : '1.2.840.113549.2.7'
  const hash = HASH_BY_HMAC[hmac ?? '']
  if (hmac === null) return damaged()
  if (!hash) return notSupported(hmac)
  return ok({
    iterations,
    work: WORK.call + iterations * WORK.pbkdf2[hash] * Math.ceil(keyBytes / HASH_BYTES[hash]),
    derive: async (password, length) => {
      const { subtle } = globalThis.crypto
      const secret = new TextEncoder().encode(password ?? '')
      const key = await subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits'])
      const parameterSet = { name: 'PBKDF2', hash, salt: salt.slice(), iterations }
      return new Uint8Array(await subtle.deriveBits(parameterSet, key, length * 8))
    },
  })
}

async function decipherAes(
  keyBytes: Uint8Array<ArrayBuffer>,
  iv: Uint8Array,
  data: Uint8Array,
): Promise<Uint8Array | null> {
  const { subtle } = globalThis.crypto
  try {
    const key = await subtle.importKey('raw', keyBytes, 'AES-CBC', false, ['decrypt'])
    return new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv: iv.slice() }, key, data.slice()))
  } catch {
    // WebCrypto's only sign of unsound padding.
    return null
  }
}

function damaged() {
  return failed({ kind: 'container-damaged' as const })
}

function notSupported(oid: string) {
  return failed({ kind: 'encryption-not-supported' as const, algorithm: NAMES[oid] ?? oid })
}
