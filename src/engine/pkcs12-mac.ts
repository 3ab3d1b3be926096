import { CryptoEngine } from 'pkijs'
import { failed, ok, type Result } from '../core/result.ts'
import { childrenOf, countOf, identifierOf, octetsOf, type BerValue } from './ber-value.ts'
import type { ContainerFailure } from './content.ts'
import {
  HASH_BYTES,
  legacyDerivationWork,
  readPbkdf2,
  type Derivation,
  type HashName,
  type Password,
} from './password-encryption.ts'

/** The checksum under the password that shows whether it is the right one (RFC 7292 §5.1). */
export interface Pkcs12Mac extends Derivation {
  /** Of the empty password without bytes; null when it is the same as the empty one with its end mark. */
  readonly emptyPasswordWork: number | null
  verify(password: Password, content: Uint8Array): Promise<boolean>
}

const HASHES: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

const HMACS: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.2.7': 'SHA-1',
  '1.2.840.113549.2.9': 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
}

const PBMAC1 = '1.2.840.113549.1.5.14'
const MAX_SALT = 1024
const MAX_KEY = 128

/** Microseconds for one iteration in pkijs, rounded up. */
const WORK: Readonly<Record<HashName, number>> = { 'SHA-1': 1.8, 'SHA-256': 2, 'SHA-384': 4.5, 'SHA-512': 4.5 }

/**
 * Reads the MacData without deriving anything. Never throws.
 *
 * @returns null when its algorithm is not known, so that it can be neither confirmed nor denied
 */
export function readMac(
  macData: BerValue,
): Result<Pkcs12Mac | null, Extract<ContainerFailure, { kind: 'container-damaged' }>> {
  const [digestInfo, saltValue, iterationsValue] = childrenOf(macData)
  const [algorithm, digestValue] = childrenOf(digestInfo)
  const [identifier, parameters] = childrenOf(algorithm)
  const oid = identifierOf(identifier)
  const digest = octetsOf(digestValue)?.slice()
  if (oid === null || !digest) return failed({ kind: 'container-damaged' })
  if (oid === PBMAC1) return ok(readPbmac1(parameters, digest))
  const salt = octetsOf(saltValue)?.slice()
  const iterations = iterationsValue ? countOf(iterationsValue) : 1
  const hash = HASHES[oid]
  if (!hash) return ok(null)
  const isSound = digest.length === HASH_BYTES[hash] && salt !== undefined && salt.length <= MAX_SALT
  if (!isSound || iterations === null) return failed({ kind: 'container-damaged' })
  return ok({
    iterations,
    work: iterations * WORK[hash],
    emptyPasswordWork: legacyDerivationWork(hash, iterations),
    verify: async (password, content) => {
      if (password === null) {
        const { derivePkcs12Key } = await import('./legacy-ciphers.ts')
        const key = derivePkcs12Key(null, salt, 'mac', iterations, digest.length, hash)
        return verifyHmac(key.slice(), hash, digest, content)
      }
      return new CryptoEngine({ crypto: globalThis.crypto }).verifyDataStampedWithPassword({
        password: new TextEncoder().encode(password).buffer,
        hashAlgorithm: hash,
        salt: salt.buffer,
        iterationCount: iterations,
        contentToVerify: content.slice().buffer,
        signatureToVerify: digest.buffer,
      })
    },
  })
}

/** RFC 9579: the key comes from PBKDF2; salt and iterations of the MacData itself say nothing. */
function readPbmac1(parameters: BerValue | undefined, digest: Uint8Array<ArrayBuffer>): Pkcs12Mac | null {
  const [derivation, scheme] = childrenOf(parameters)
  const hash = HMACS[identifierOf(childrenOf(scheme)[0]) ?? '']
  // §5: keyLength, elsewhere optional, has to be there.
  const keyLength = countOf(childrenOf(childrenOf(derivation)[1])[2])
  if (!hash || keyLength === null || keyLength > MAX_KEY) return null
  const pbkdf2 = readPbkdf2(derivation, keyLength)
  if (!pbkdf2.ok) return null
  const { iterations, work } = pbkdf2.value
  return {
    iterations,
    work,
    emptyPasswordWork: null,
    verify: async (password, content) =>
      verifyHmac(await pbkdf2.value.derive(password, keyLength), hash, digest, content),
  }
}

async function verifyHmac(
  keyBytes: Uint8Array<ArrayBuffer>,
  hash: HashName,
  digest: Uint8Array<ArrayBuffer>,
  content: Uint8Array,
): Promise<boolean> {
  const { subtle } = globalThis.crypto
  const key = await subtle.importKey('raw', keyBytes, { name: 'HMAC', hash }, false, ['verify'])
  return subtle.verify('HMAC', key, digest, content.slice())
}
