import { sha256 } from '@noble/hashes/sha2.js'
import { commonNameOf, KEY_FILE_ITERATIONS } from '../core/pins/backup-key.ts'
import { decodeHex, encodeHex, encodePem } from '../core/pins/encoding.ts'
import type { SpkiPin } from '../core/pins/spki-pin.ts'
import { failed, ok, type Result } from '../core/result.ts'
import { requestParts } from './certificate-request.ts'
import { TAG } from './der.ts'
import { encodeDer, encodeUnsigned } from './encode-der.ts'
import { pinOf } from './fingerprint.ts'
import { Pkcs10CertificateRequestGenerator, SubjectAlternativeNameExtension } from './x509.ts'

export type BackupKeyType = 'p-256' | 'p-384' | 'rsa-2048' | 'rsa-3072' | 'rsa-4096'

export interface BackupKeyOrder {
  readonly keyType: BackupKeyType
  /** What the request asks a certificate for: clean hosts, each perhaps behind `*.`; at least one. */
  readonly names: readonly string[]
  /** Not empty; used once and kept nowhere. */
  readonly passphrase: string
}

export interface BackupKey {
  /** `ENCRYPTED PRIVATE KEY` (RFC 7468 §11). The key leaves the browser's own code in no other form. */
  readonly encryptedKey: string
  /** `CERTIFICATE REQUEST` (RFC 7468 §7). */
  readonly request: string
  /** SHA-256 of the request's DER, as lower-case hexadecimal. */
  readonly requestFingerprint: string
  readonly pin: SpkiPin
}

export type BackupKeyFailure =
  | { readonly kind: 'no-web-crypto' }
  | { readonly kind: 'deadline'; readonly seconds: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'engine-crashed' }

const PUBLIC_EXPONENT = Uint8Array.of(1, 0, 1)

const KEY_ALGORITHMS: Readonly<Record<BackupKeyType, EcKeyGenParams | RsaHashedKeyGenParams>> = {
  'p-256': { name: 'ECDSA', namedCurve: 'P-256' },
  'p-384': { name: 'ECDSA', namedCurve: 'P-384' },
  'rsa-2048': rsa(2048),
  'rsa-3072': rsa(3072),
  'rsa-4096': rsa(4096),
}

function rsa(modulusLength: number): RsaHashedKeyGenParams {
  return { name: 'RSASSA-PKCS1-v1_5', modulusLength, publicExponent: PUBLIC_EXPONENT, hash: 'SHA-256' }
}

/**
 * Makes a key pair, its request, and its file. The browser's own code encrypts the private key, so that its bytes are
 * never in the hands of a script.
 *
 * @param crypto `crypto.subtle` is missing where a page is served over plain http
 */
export async function makeBackupKey(
  { keyType, names, passphrase }: BackupKeyOrder,
  crypto: Partial<Crypto> | undefined = globalThis.crypto,
): Promise<Result<BackupKey, BackupKeyFailure>> {
  if (!crypto?.subtle) return failed({ kind: 'no-web-crypto' })
  const present = crypto as Crypto
  // Extractable, since wrapping counts as that as well.
  const keys = await present.subtle.generateKey(KEY_ALGORITHMS[keyType], true, ['sign', 'verify'])
  const request = await signRequest(keys, names, keyType === 'p-384' ? 'SHA-384' : 'SHA-256', present)
  const parts = requestParts(request)
  if (!parts.ok) throw new Error(`A request that was just made is ${parts.failure}`)
  return ok({
    encryptedKey: encodePem(await encrypt(keys.privateKey, passphrase, present), 'ENCRYPTED PRIVATE KEY'),
    request: encodePem(request, 'CERTIFICATE REQUEST'),
    requestFingerprint: encodeHex(sha256(request)),
    pin: pinOf(parts.value.subjectPublicKeyInfo),
  })
}

async function signRequest(
  keys: CryptoKeyPair,
  names: readonly string[],
  hash: 'SHA-256' | 'SHA-384',
  crypto: Crypto,
): Promise<Uint8Array> {
  const commonName = commonNameOf(names)
  const subjectAlternativeNames = new SubjectAlternativeNameExtension(
    names.map((value) => ({ type: 'dns' as const, value })),
    // Where the subject is empty (RFC 5280 §4.2.1.6).
    commonName === undefined,
  )
  const { rawData } = await Pkcs10CertificateRequestGenerator.create(
    {
      keys,
      signingAlgorithm: { name: keys.privateKey.algorithm.name, hash },
      name: commonName === undefined ? [] : [{ CN: [commonName] }],
      extensions: [subjectAlternativeNames],
    },
    crypto,
  )
  return new Uint8Array(rawData)
}

/** EncryptedPrivateKeyInfo (RFC 5958 §3): PBES2 with PBKDF2 and AES-256 in CBC mode (RFC 8018 §6.2, RFC 3565 §4.1). */
async function encrypt(privateKey: CryptoKey, passphrase: string, crypto: Crypto): Promise<Uint8Array> {
  const { subtle } = crypto
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(16))
  const secret = await subtle.importKey('raw', new TextEncoder().encode(passphrase), 'PBKDF2', false, ['deriveKey'])
  const cipherKey = await subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: KEY_FILE_ITERATIONS },
    secret,
    { name: 'AES-CBC', length: 256 },
    false,
    ['wrapKey'],
  )
  const encrypted = await subtle.wrapKey('pkcs8', privateKey, cipherKey, { name: 'AES-CBC', iv })
  const iterations = Uint8Array.of(KEY_FILE_ITERATIONS >> 16, KEY_FILE_ITERATIONS >> 8, KEY_FILE_ITERATIONS)
  const hmacWithSha256 = algorithm('2a864886f70d0209', encodeDer(TAG.null))
  const derivation = algorithm(
    '2a864886f70d01050c',
    encodeDer(TAG.sequence, encodeDer(TAG.octetString, salt), encodeUnsigned(iterations), hmacWithSha256),
  )
  const cipher = algorithm('60864801650304012a', encodeDer(TAG.octetString, iv))
  const pbes2 = algorithm('2a864886f70d01050d', encodeDer(TAG.sequence, derivation, cipher))
  return encodeDer(TAG.sequence, pbes2, encodeDer(TAG.octetString, new Uint8Array(encrypted)))
}

/** @param identifier the object identifier's content in hexadecimal */
function algorithm(identifier: string, parameters: Uint8Array): Uint8Array {
  const content = decodeHex(identifier) ?? new Uint8Array()
  return encodeDer(TAG.sequence, encodeDer(TAG.objectIdentifier, content), parameters)
}
