import type { KeyWithoutCertificate } from '../core/pins/key-without-certificate.ts'
import type { Block } from './block.ts'
import { certificateParts } from './certificate-parts.ts'
import { requestParts } from './certificate-request.ts'
import type { Content, WorkAllowance } from './content.ts'
import { readElement, TAG } from './der.ts'
import { readDistinguishedName } from './distinguished-name.ts'
import { pinOf } from './fingerprint.ts'
import type { InputFormat, InspectOptions } from './inspection.ts'
import { publicHalf } from './private-key.ts'
import { readPkcs7 } from './pkcs7.ts'
import { describePublicKey } from './public-key.ts'
import type { RecognisedFormat } from './recognise-format.ts'
import { rsaKeyInfo } from './subject-public-key-info.ts'

/** Far more than any; a forged one of the largest input would take seconds and gigabytes to describe. */
const MAX_KEY_BYTES = 1024 * 1024

/** What an input may still cost. */
export interface Effort {
  /** How many public halves may still be had: where one has to be computed, that takes milliseconds. */
  publicHalves: number
  readonly containers: WorkAllowance
}

/**
 * Reads a binary that is no certificate. Never throws. Reading is lazy: a forged container has room for millions of
 * blocks, so stop when enough was seen. There is always at least one.
 *
 * @param bytes begin with what was recognised; more may follow
 */
export async function* readBinary(
  bytes: Uint8Array,
  { format, encrypted }: RecognisedFormat,
  options: InspectOptions,
  effort: Effort,
): AsyncGenerator<Block, void, undefined> {
  switch (format) {
    case 'pkcs7':
      yield* blocksOf(readPkcs7(bytes), format, effort)
      return
    case 'pkcs12': {
      const { readPkcs12 } = await import('./pkcs12.ts')
      const contents = await readPkcs12(bytes, options.password, effort.containers)
      if (contents.ok) yield* blocksOf(contents.value, format, effort)
      else yield { kind: 'closed', format, failure: contents.failure }
      return
    }
    case 'java-keystore': {
      const { readJavaKeystore } = await import('./java-keystore.ts')
      const contents = readJavaKeystore(bytes)
      if (contents.ok) yield* blocksOf(contents.value, format, effort)
      else yield { kind: 'closed', format, failure: contents.failure }
      return
    }
    case 'certificate-request':
      yield readRequest(bytes)
      return
    case 'public-key':
      yield readPublicKey(bytes)
      return
    case 'private-key':
      yield await readPrivateKey(bytes, encrypted, effort)
      return
    case 'pem':
    case 'der':
    case 'crl':
    case 'zip':
    case 'apk':
    case 'aab':
    case 'ipa':
    case 'html':
    case 'unknown':
      yield { kind: 'other', format }
  }
}

/** @param encrypted what is known beforehand, from a label or a header */
export async function readPrivateKey(bytes: Uint8Array, encrypted: boolean, effort: Effort): Promise<Block> {
  effort.publicHalves -= 1
  const keyInfo = encrypted || effort.publicHalves < 0 ? null : await publicHalf(bytes)
  return { kind: 'private-key', encrypted, pin: keyInfo && pinOf(keyInfo) }
}

/** A name is kept with the project; a forged one may have megabytes. */
const LONGEST_NAME = 500

/** @param subjectPublicKeyInfo with tag and length */
export function keyBlock(
  subjectPublicKeyInfo: Uint8Array,
  { origin, name }: Pick<KeyWithoutCertificate, 'origin' | 'name'>,
): Block {
  const publicKey = describePublicKey(subjectPublicKeyInfo)
  return {
    kind: 'key',
    key: { pin: pinOf(subjectPublicKeyInfo), origin, name: name.slice(0, LONGEST_NAME), publicKey },
  }
}

function readRequest(bytes: Uint8Array): Block {
  const parts = requestParts(bytes)
  if (!parts.ok) return { kind: 'damaged', reason: parts.failure, looksLike: 'certificate-request' }
  const { subject, subjectPublicKeyInfo } = parts.value
  if (subject.length + subjectPublicKeyInfo.length > MAX_KEY_BYTES) {
    return { kind: 'damaged', reason: 'not-decodable', looksLike: 'certificate-request' }
  }
  const name = readDistinguishedName(subject)?.text ?? ''
  return keyBlock(subjectPublicKeyInfo, { origin: 'certificate-request', name })
}

/** SubjectPublicKeyInfo (RFC 5280 §4.1) or the RSAPublicKey (RFC 8017 §A.1.1) that is in one. */
function readPublicKey(bytes: Uint8Array): Block {
  const outer = readElement(bytes, 0)
  if (!outer.ok) return { kind: 'damaged', reason: 'truncated', looksLike: 'public-key' }
  const key = bytes.subarray(0, outer.value.end)
  if (key.length > MAX_KEY_BYTES) return { kind: 'damaged', reason: 'not-decodable', looksLike: 'public-key' }
  const isPkcs1 = key[outer.value.contentStart] === TAG.integer
  return keyBlock(isPkcs1 ? rsaKeyInfo(key) : key, { origin: 'public-key', name: '' })
}

/** An empty container is a block by itself: thousands of them in a row have to count as well. */
async function* blocksOf(
  contents: Iterable<Content>,
  container: InputFormat,
  effort: Effort,
): AsyncGenerator<Block, void, undefined> {
  let isEmpty = true
  for (const content of contents) {
    isEmpty = false
    yield await blockOf(content, container, effort)
  }
  if (isEmpty) yield { kind: 'other', format: container }
}

async function blockOf(content: Content, container: InputFormat, effort: Effort): Promise<Block> {
  switch (content.kind) {
    case 'certificate': {
      const parts = certificateParts(content.bytes)
      return parts.ok
        ? { kind: 'certificate', parts: parts.value }
        : { kind: 'damaged', reason: parts.failure, looksLike: 'der' }
    }
    case 'private-key': {
      if (!content.pkcs8) return { kind: 'private-key', encrypted: true, pin: null }
      const block = await readPrivateKey(content.pkcs8, false, effort)
      content.pkcs8.fill(0)
      return block
    }
    case 'other':
      return content
    case 'damaged':
      return { ...content, looksLike: container }
  }
}
