import type { KeyWithoutCertificate } from '../core/pins/key-without-certificate.ts'
import type { Block } from './block.ts'
import { certificateParts } from './certificate-parts.ts'
import { requestParts } from './certificate-request.ts'
import { MAX_CONTENTS, type Content } from './content.ts'
import { readElement, TAG } from './der.ts'
import { readDistinguishedName } from './distinguished-name.ts'
import { pinOf } from './fingerprint.ts'
import type { InputFormat, InspectOptions } from './inspection.ts'
import { publicHalf } from './private-key.ts'
import { readPkcs7 } from './pkcs7.ts'
import { describePublicKey } from './public-key.ts'
import type { RecognisedFormat } from './recognise-format.ts'
import { rsaKeyInfo } from './subject-public-key-info.ts'

/**
 * Reads a binary that is no certificate. Never throws.
 *
 * @param bytes begin with what was recognised; more may follow
 */
export async function readBinary(
  bytes: Uint8Array,
  { format, encrypted }: RecognisedFormat,
  options: InspectOptions,
): Promise<readonly Block[]> {
  switch (format) {
    case 'pkcs7':
      return blocksOf(readPkcs7(bytes), format)
    case 'pkcs12': {
      const { readPkcs12 } = await import('./pkcs12.ts')
      const contents = await readPkcs12(bytes, options.password)
      return contents.ok ? blocksOf(contents.value, format) : [{ kind: 'closed', format, failure: contents.failure }]
    }
    case 'java-keystore': {
      const { readJavaKeystore } = await import('./java-keystore.ts')
      const contents = readJavaKeystore(bytes)
      return contents.ok ? blocksOf(contents.value, format) : [{ kind: 'closed', format, failure: contents.failure }]
    }
    case 'certificate-request':
      return [readRequest(bytes)]
    case 'public-key':
      return [readPublicKey(bytes)]
    case 'private-key':
      return [await readPrivateKey(bytes, encrypted)]
    case 'pem':
    case 'der':
    case 'crl':
    case 'zip':
    case 'apk':
    case 'aab':
    case 'ipa':
    case 'html':
    case 'unknown':
      return [{ kind: 'other', format }]
  }
}

/** @param encrypted what is known beforehand, from a label or a header */
export async function readPrivateKey(bytes: Uint8Array, encrypted: boolean): Promise<Block> {
  const keyInfo = encrypted ? null : await publicHalf(bytes)
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
  const name = readDistinguishedName(parts.value.subject)?.text ?? ''
  return keyBlock(parts.value.subjectPublicKeyInfo, { origin: 'certificate-request', name })
}

/** SubjectPublicKeyInfo (RFC 5280 §4.1) or the RSAPublicKey (RFC 8017 §A.1.1) that is in one. */
function readPublicKey(bytes: Uint8Array): Block {
  const outer = readElement(bytes, 0)
  if (!outer.ok) return { kind: 'damaged', reason: 'truncated', looksLike: 'public-key' }
  const key = bytes.subarray(0, outer.value.end)
  const isPkcs1 = key[outer.value.contentStart] === TAG.integer
  return keyBlock(isPkcs1 ? rsaKeyInfo(key) : key, { origin: 'public-key', name: '' })
}

function blocksOf(contents: readonly Content[], container: InputFormat): Promise<readonly Block[]> {
  return Promise.all(contents.slice(0, MAX_CONTENTS).map((content) => blockOf(content, container)))
}

async function blockOf(content: Content, container: InputFormat): Promise<Block> {
  switch (content.kind) {
    case 'certificate': {
      const parts = certificateParts(content.bytes)
      return parts.ok
        ? { kind: 'certificate', parts: parts.value }
        : { kind: 'damaged', reason: parts.failure, looksLike: 'der' }
    }
    case 'private-key': {
      if (!content.pkcs8) return { kind: 'private-key', encrypted: true, pin: null }
      const block = await readPrivateKey(content.pkcs8, false)
      content.pkcs8.fill(0)
      return block
    }
    case 'other':
      return content
    case 'damaged':
      return { ...content, looksLike: container }
  }
}
