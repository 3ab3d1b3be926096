import { failed, ok, type Result } from '../core/result.ts'
import { MOST_CONTENTS, type ContainerFailure, type Content } from './content.ts'

const JKS = 0xfeedfeed
const JCEKS = 0xcececece

const TAG = { privateKey: 1, trustedCertificate: 2, secretKey: 3 } as const

/** A hash under the password ends the store (SHA-1); without a password it cannot be checked. */
const DIGEST_BYTES = 20

/** "X.509". */
const X509 = Uint8Array.of(0x58, 0x2e, 0x35, 0x30, 0x39)

/** A serialised Java object begins with magic and version (Java Object Serialization Specification §6.4.2). */
const SERIALISED = 0xaced0005

/**
 * Reads a Java keystore, JKS or JCEKS, in the layout of the JDK (`sun.security.provider.JavaKeyStore`,
 * `com.sun.crypto.provider.JceKeyStore`). Its certificates are not encrypted, so no password is asked for and nothing
 * is checked against one; private keys stay encrypted. Never throws.
 *
 * @returns entries in their order, each key followed by its chain, and `truncated` at the end of a store that was cut
 *   off; `container-damaged` when not even one entry could be read. A sound store without entries gives an empty list.
 */
export function readJavaKeystore(bytes: Uint8Array): Result<readonly Content[], ContainerFailure> {
  const store = reader(bytes)
  const magic = store.unsigned32()
  const version = store.unsigned32()
  const count = store.unsigned32()
  const isKnown = (magic === JKS || magic === JCEKS) && (version === 1 || version === 2)
  if (!isKnown || count === null) return failed({ kind: 'container-damaged' })
  const contents: Content[] = []
  for (let entry = 0; entry < count && contents.length < MOST_CONTENTS; entry += 1) {
    const problem = readEntry(store, version, entry + 1 === count, contents)
    if (problem !== null) {
      if (contents.length === 0) return failed({ kind: 'container-damaged' })
      contents.push({ kind: 'damaged', reason: problem })
      return ok(contents)
    }
  }
  if (store.left() < DIGEST_BYTES && contents.length < MOST_CONTENTS)
    contents.push({ kind: 'damaged', reason: 'truncated' })
  return ok(contents)
}

type Problem = 'truncated' | 'container-damaged'

/** What was read before a problem is in `contents`. */
function readEntry(store: Reader, version: number, isLast: boolean, contents: Content[]): Problem | null {
  const tag = store.unsigned32()
  const alias = store.text()
  const date = store.take(8)
  if (tag === null || alias === null || date === null) return 'truncated'
  switch (tag) {
    case TAG.privateKey:
      return readPrivateKey(store, version, contents)
    case TAG.trustedCertificate:
      return readCertificate(store, version, contents)
    case TAG.secretKey:
      contents.push({ kind: 'other', format: 'unknown' })
      return skipSerialised(store, version) || isLast ? null : 'truncated'
    default:
      return 'container-damaged'
  }
}

function readPrivateKey(store: Reader, version: number, contents: Content[]): Problem | null {
  const encrypted = store.block()
  if (encrypted === null) return 'truncated'
  contents.push({ kind: 'private-key', pkcs8: null })
  const chainLength = store.unsigned32()
  if (chainLength === null) return 'truncated'
  for (let position = 0; position < chainLength && contents.length < MOST_CONTENTS; position += 1) {
    const problem = readCertificate(store, version, contents)
    if (problem !== null) return problem
  }
  return null
}

/** Version 1 does not say what kind of certificate it is. */
function readCertificate(store: Reader, version: number, contents: Content[]): Problem | null {
  const type = version === 1 ? X509 : store.text()
  const certificate = store.block()
  if (type === null || certificate === null) return 'truncated'
  contents.push(isX509(type) ? { kind: 'certificate', bytes: certificate } : { kind: 'other', format: 'unknown' })
  return null
}

function isX509(type: Uint8Array): boolean {
  return type.length === X509.length && type.every((octet, index) => octet === X509[index])
}

/**
 * A secret key is a serialised object whose end only Java knows: the next thing that looks like an entry is it.
 *
 * @returns false when there is none; then only the digest is left
 */
function skipSerialised(store: Reader, version: number): boolean {
  const { bytes } = store
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length - DIGEST_BYTES
  for (let position = store.position(); position < end; position += 1) {
    if (isEntry(view, position, version)) {
      store.moveTo(position)
      return true
    }
  }
  store.moveTo(Math.max(store.position(), end))
  return false
}

/** Takes the same time whatever the bytes are. */
function isEntry(view: DataView, start: number, version: number): boolean {
  const has = (position: number, length: number) => position + length <= view.byteLength
  if (!has(start, 6)) return false
  const tag = view.getUint32(start)
  if (tag < TAG.privateKey || tag > TAG.secretKey) return false
  const date = start + 6 + view.getUint16(start + 4)
  // Milliseconds since 1970; with anything in the first 16 bits it would be in the year 10 889 or later.
  if (!has(date, 12) || view.getUint16(date) !== 0) return false
  const rest = date + 8
  if (tag === TAG.secretKey) return view.getUint32(rest) === SERIALISED
  const isTyped = tag === TAG.trustedCertificate && version !== 1
  if (isTyped && view.getUint16(rest) !== X509.length) return false
  const block = isTyped ? rest + 2 + X509.length : rest
  // Certificates and encrypted keys are both a sequence.
  return has(block, 5) && has(block + 4, view.getUint32(block)) && view.getUint8(block + 4) === 0x30
}

type Reader = ReturnType<typeof reader>

/** Steps through big-endian values; null, here and from then on, is the end of the bytes. */
function reader(bytes: Uint8Array) {
  let position = 0
  const take = (length: number): Uint8Array | null => {
    if (length > bytes.length - position) {
      position = bytes.length
      return null
    }
    position += length
    return bytes.subarray(position - length, position)
  }
  const unsigned = (length: number): number | null => {
    const octets = take(length)
    if (octets === null) return null
    let number = 0
    for (const octet of octets) number = number * 256 + octet
    return number
  }
  const sized = (length: number | null): Uint8Array | null => (length === null ? null : take(length))
  return {
    bytes,
    take,
    unsigned32: () => unsigned(4),
    /** Java's modified UTF-8, not decoded: only ASCII is ever compared. */
    text: () => sized(unsigned(2)),
    block: () => sized(unsigned(4)),
    left: () => bytes.length - position,
    position: () => position,
    moveTo: (target: number) => {
      position = target
    },
  }
}
