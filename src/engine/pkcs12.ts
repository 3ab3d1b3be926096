import { failed, ok, type Result } from '../core/result.ts'
import {
  childrenOf,
  identifierOf,
  octetsOf,
  readBer,
  readChildren,
  type BerValue,
  type BerValueBudget,
} from './ber-value.ts'
import { MOST_WORK, type ContainerFailure, type Content, type WorkAllowance } from './content.ts'
import { readMac, type Pkcs12Mac } from './pkcs12-mac.ts'
import { readPasswordEncryption, type Password, type PasswordEncryption } from './password-encryption.ts'

/** What opening a file costs beside its key derivations. */
const OPENING_WORK = 20_000

/** Some 10 000 certificates with their attributes. */
const MAX_VALUES = 200_000

const DATA = '1.2.840.113549.1.7.1'
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
const ENVELOPED_DATA = '1.2.840.113549.1.7.3'
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1'

const BAG = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  crl: '1.2.840.113549.1.12.10.1.4',
  safeContents: '1.2.840.113549.1.12.10.1.6',
} as const

/**
 * Reads a PKCS#12 file (RFC 7292), in DER or BER. Never throws. Certificates come out byte for byte, in the order of
 * the file; what cannot be deciphered does not cost the others.
 *
 * @param password undefined: nobody was asked yet, so only the empty one is tried, in both its forms
 * @returns `container-damaged`, `password-needed` or `wrong-password` when the checksum does not verify, or when there
 *   is none and nothing could be deciphered; `encryption-not-supported` when nothing else is in it;
 *   `too-many-iterations` before anything was derived. Private keys count for none of these: what cannot be had is
 *   null. A sound file that holds nothing gives an empty list.
 */
export async function readPkcs12(
  bytes: Uint8Array,
  password: string | undefined,
  allowance: WorkAllowance = { microseconds: MOST_WORK },
): Promise<Result<readonly Content[], ContainerFailure>> {
  if (!isWebCryptoThere()) return failed({ kind: 'no-web-crypto' })
  const budget = { values: MAX_VALUES }
  const file = readFile(bytes, budget)
  if (!file.ok) return file
  const { mac, authenticatedSafe, parts } = file.value
  const derivations = [mac, ...parts.map(({ encryption }) => encryption)].filter((derivation) => derivation !== null)
  const work = derivations.reduce((sum, derivation) => sum + derivation.work, 0)
  if (work + OPENING_WORK > allowance.microseconds) {
    const iterations = derivations.reduce((sum, derivation) => sum + derivation.iterations, 0)
    return failed({ kind: 'too-many-iterations', iterations, limit: Math.floor((iterations / work) * MOST_WORK) })
  }
  allowance.microseconds -= work + OPENING_WORK
  const opening: Opening = {
    passwords: password ? [password] : ['', null],
    rejection: { kind: password === undefined ? 'password-needed' : 'wrong-password' },
    allowance,
    budget,
    contents: [],
    failures: [],
  }
  if (mac) {
    const verified = await verifiedPassword(mac, authenticatedSafe, opening)
    if (verified === undefined) return failed(opening.rejection)
    opening.passwords = [verified]
    opening.rejection = { kind: 'container-damaged' }
  }
  for (const part of parts) await openPart(part, opening)
  return outcome(opening)
}

/** Over plain http browsers leave it out, whatever the types say. */
function isWebCryptoThere(): boolean {
  const { crypto } = globalThis as { readonly crypto?: Partial<Crypto> }
  return crypto?.subtle !== undefined
}

interface Pkcs12File {
  /** Null when there is none, or none that can be checked. */
  readonly mac: Pkcs12Mac | null
  readonly authenticatedSafe: Uint8Array
  readonly parts: readonly Part[]
}

/** One ContentInfo of the AuthenticatedSafe. Without `encryption` it is plain, or it failed. */
type Part =
  | { readonly encryption: PasswordEncryption; readonly data: Uint8Array }
  | { readonly encryption: null; readonly data: Uint8Array }
  | { readonly encryption: null; readonly data: null; readonly failure: ContainerFailure }

/** What the parts of a file have in common while they are opened one after the other. */
interface Opening {
  /** Those that may be it, best first. */
  passwords: readonly Password[]
  /** What it means when something cannot be deciphered. */
  rejection: ContainerFailure
  /** What is left for derivations that were not counted at the beginning. */
  readonly allowance: WorkAllowance
  readonly budget: BerValueBudget
  readonly contents: Content[]
  readonly failures: ContainerFailure[]
}

function readFile(bytes: Uint8Array, budget: BerValueBudget): Result<Pkcs12File, ContainerFailure> {
  const [version, authSafe, macData] = childrenOf(readBer(bytes, budget))
  const content = version?.tag === 0x02 ? dataOf(authSafe) : null
  const safe = content && readBer(content, budget)
  if (!safe || safe.tag !== 0x30) return failed({ kind: 'container-damaged' })
  const mac = macData ? readMac(macData) : ok(null)
  if (!mac.ok) return mac
  const { values, complete } = readChildren(safe)
  const parts = values.map(readPart)
  if (!complete) parts.push(failedPart({ kind: 'container-damaged' }))
  return ok({ mac: mac.value, authenticatedSafe: content, parts })
}

/** The octets of a ContentInfo of type data (RFC 5652 §4); null for any other. */
function dataOf(contentInfo: BerValue | undefined): Uint8Array | null {
  const [type, explicit] = childrenOf(contentInfo)
  return identifierOf(type) === DATA ? octetsOf(childrenOf(explicit)[0]) : null
}

function readPart(contentInfo: BerValue): Part {
  const data = dataOf(contentInfo)
  if (data) return { encryption: null, data }
  const [type, explicit] = childrenOf(contentInfo)
  const oid = identifierOf(type)
  if (oid === ENVELOPED_DATA) return failedPart({ kind: 'encryption-not-supported', algorithm: 'EnvelopedData' })
  if (oid !== ENCRYPTED_DATA) return failedPart({ kind: 'container-damaged' })
  // EncryptedData (RFC 5652 §8): version, then type, algorithm and content, the last tagged [0] in place of its own.
  const [, encryptedContentInfo] = childrenOf(childrenOf(explicit)[0])
  const [, algorithm, encryptedContent] = childrenOf(encryptedContentInfo)
  const encrypted = octetsOf(encryptedContent, 0x80)
  if (!encrypted) return failedPart({ kind: 'container-damaged' })
  const encryption = readPasswordEncryption(algorithm, encrypted.length)
  return encryption.ok ? { encryption: encryption.value, data: encrypted } : failedPart(encryption.failure)
}

function failedPart(failure: ContainerFailure): Part {
  return { encryption: null, data: null, failure }
}

/** Undefined when it is none of those that may be it. */
async function verifiedPassword(mac: Pkcs12Mac, content: Uint8Array, opening: Opening): Promise<Password | undefined> {
  for (const password of opening.passwords) {
    // What is counted already is the first attempt.
    const isAffordable = password !== null || (mac.emptyPasswordWork !== null && spend(mac.emptyPasswordWork, opening))
    if (isAffordable && (await mac.verify(password, content))) return password
  }
  return undefined
}

function spend(work: number, opening: Opening): boolean {
  if (work > opening.allowance.microseconds) return false
  opening.allowance.microseconds -= work
  return true
}

async function openPart(part: Part, opening: Opening): Promise<void> {
  if (part.data === null) return reportDamage(part.failure, opening)
  const isSafe = (plain: Uint8Array) => readWhole(plain, opening.budget) !== null
  const plain = part.encryption ? await decrypt(part.encryption, part.data, isSafe, true, opening) : part.data
  const safe = plain && readWhole(plain, opening.budget)
  if (!safe) return reportDamage(part.encryption ? opening.rejection : { kind: 'container-damaged' }, opening)
  await collectBags(safe, opening)
}

function reportDamage(failure: ContainerFailure, { contents, failures }: Opening): void {
  contents.push({ kind: 'damaged', reason: failure.kind })
  failures.push(failure)
}

/** A sequence that fills the bytes: what a wrong key gives is none, even where its padding happens to be sound. */
function readWhole(bytes: Uint8Array, budget: BerValueBudget): BerValue | null {
  const value = readBer(bytes, budget)
  return value?.tag === 0x30 && value.whole.length === bytes.length ? value : null
}

/** @param isCounted whether the first attempt is part of the work that was counted at the beginning */
async function decrypt(
  encryption: PasswordEncryption,
  data: Uint8Array,
  isSound: (plain: Uint8Array) => boolean,
  isCounted: boolean,
  opening: Opening,
): Promise<Uint8Array | null> {
  const attempts = encryption.hasTwoEmptyPasswords ? opening.passwords : opening.passwords.slice(0, 1)
  for (const [index, password] of attempts.entries()) {
    if ((index > 0 || !isCounted) && !spend(encryption.work, opening)) return null
    const plain = await encryption.decrypt(password, data)
    if (plain && isSound(plain)) {
      if (encryption.hasTwoEmptyPasswords) opening.passwords = [password]
      return plain
    }
  }
  return null
}

async function collectBags(safe: BerValue, opening: Opening): Promise<void> {
  const { values, complete } = readChildren(safe)
  for (const bag of values) {
    const [type, explicit] = childrenOf(bag)
    await collectBag(identifierOf(type), childrenOf(explicit)[0], opening)
  }
  if (!complete) reportDamage({ kind: 'container-damaged' }, opening)
}

async function collectBag(type: string | null, value: BerValue | undefined, opening: Opening): Promise<void> {
  const { contents } = opening
  if (type === null || !value) return reportDamage({ kind: 'container-damaged' }, opening)
  switch (type) {
    case BAG.certificate:
      return collectCertificate(value, opening)
    case BAG.key:
      contents.push({ kind: 'private-key', pkcs8: value.whole.slice() })
      return
    case BAG.shroudedKey:
      contents.push({ kind: 'private-key', pkcs8: await decipherKey(value, opening) })
      return
    case BAG.crl:
      contents.push({ kind: 'other', format: 'crl' })
      return
    case BAG.safeContents:
      return collectBags(value, opening)
    default:
      contents.push({ kind: 'other', format: 'unknown' })
  }
}

function collectCertificate(value: BerValue, opening: Opening): void {
  const [type, explicit] = childrenOf(value)
  const oid = identifierOf(type)
  const certificate = octetsOf(childrenOf(explicit)[0])
  if (oid !== null && oid !== X509_CERTIFICATE) opening.contents.push({ kind: 'other', format: 'unknown' })
  else if (certificate) opening.contents.push({ kind: 'certificate', bytes: certificate })
  else reportDamage({ kind: 'container-damaged' }, opening)
}

/** EncryptedPrivateKeyInfo (RFC 5958 §3). */
async function decipherKey(value: BerValue, opening: Opening): Promise<Uint8Array | null> {
  const [algorithm, encryptedValue] = childrenOf(value)
  const encrypted = octetsOf(encryptedValue)
  const encryption = encrypted && readPasswordEncryption(algorithm, encrypted.length)
  if (!encrypted || !encryption?.ok) return null
  const isAffordable = encryption.value.work <= opening.allowance.microseconds
  const isKey = (plain: Uint8Array) => childrenOf(readWhole(plain, opening.budget))[2]?.tag === 0x04
  const key = await decrypt(encryption.value, encrypted, isKey, false, opening)
  // Under a password that is known to be right, the key has one of its own: Java allows that.
  if (!key && isAffordable && opening.rejection.kind !== 'container-damaged') opening.failures.push(opening.rejection)
  return key
}

function isRead(content: Content): boolean {
  return content.kind !== 'damaged' && (content.kind !== 'private-key' || content.pkcs8 !== null)
}

function outcome({ contents, failures }: Opening): Result<readonly Content[], ContainerFailure> {
  if (failures.length === 0 || contents.some(isRead)) return ok(contents)
  const mostTelling =
    failures.find(({ kind }) => kind === 'password-needed' || kind === 'wrong-password') ??
    failures.find(({ kind }) => kind === 'encryption-not-supported') ??
    failures[0]
  return mostTelling ? failed(mostTelling) : ok(contents)
}
