import { failed, ok, type Result } from '../core/result.ts'
import { certificateParts, type BerBudget } from './certificate-parts.ts'
import { readElement, TAG } from './der.ts'
import { fingerprintOf, pinOf } from './fingerprint.ts'
import type { DamagedBlock, EngineFailure, IgnoredBlock, InspectedCertificate, Inspection } from './inspection.ts'
import { isCertificateLabel, type PemBlock } from './pem.ts'
import { readInput } from './read-input.ts'
import type { RecognisedFormat } from './recognise-format.ts'

export const MAX_INPUT_BYTES = 16 * 1024 * 1024
export const MAX_CERTIFICATES = 10_000

/** A BER certificate takes asn1js up to some 35 ms; a file full of them must not take longer than a user waits. */
const MAX_BER_ATTEMPTS = 32

/**
 * Reads one input into certificates with their pins. Sound blocks count even when others are damaged; every block
 * that gave no certificate is listed. Runs in plain Node as well, loads no X.509 library for DER, and never throws.
 *
 * @returns a failure when there is no certificate in the input at all
 */
export async function inspect(bytes: Uint8Array): Promise<Result<Inspection, EngineFailure>> {
  if (bytes.length > MAX_INPUT_BYTES) return failed({ kind: 'too-large', bytes: bytes.length, limit: MAX_INPUT_BYTES })
  const input = readInput(bytes)
  if (input.kind === 'blank') return failed({ kind: 'empty-input' })
  if (input.kind === 'other') {
    const { recogniseBytes } = await import('./recognise-format.ts')
    return failed(failureOf(recogniseBytes(bytes)))
  }
  const found: Findings = {
    certificates: [],
    damaged: [],
    ignored: [],
    berBudget: { attempts: MAX_BER_ATTEMPTS },
    encryptedKey: false,
    blocks: 0,
  }
  if (input.kind === 'der') {
    await collectFromDer(input.bytes, found, false)
  } else {
    for (const block of input.blocks) {
      await collectFromPem(block, found)
      if (isTooMany(found)) break
    }
  }
  return outcome(input.kind, found)
}

/** What the blocks of one input turned out to be, so far. */
interface Findings {
  readonly certificates: InspectedCertificate[]
  readonly damaged: DamagedBlock[]
  readonly ignored: IgnoredBlock[]
  readonly berBudget: BerBudget
  encryptedKey: boolean
  blocks: number
}

/** Damaged and ignored blocks are capped like certificates: nobody reads ten thousand complaints. */
function isTooMany({ certificates, damaged, ignored }: Findings): boolean {
  return Math.max(certificates.length, damaged.length, ignored.length) > MAX_CERTIFICATES
}

async function collectFromPem(block: PemBlock, found: Findings): Promise<void> {
  const { label, content, encrypted } = block
  if (isCertificateLabel(label)) {
    if (content.ok) return collectFromDer(content.value, found, label === 'TRUSTED CERTIFICATE')
    found.blocks += 1
    found.damaged.push({ position: found.blocks, reason: content.failure })
    return
  }
  const { recogniseBytes, recogniseLabel } = await import('./recognise-format.ts')
  const bytes = content.ok ? content.value : null
  const recognised = recogniseLabel(label, encrypted, bytes)
  // Exporters mix labels up, so the content has the last word; a private key is not looked into.
  if (bytes && recognised.format !== 'private-key' && (await certificateParts(bytes, found.berBudget)).ok) {
    return collectFromDer(bytes, found, false)
  }
  found.blocks += 1
  ignore(recognised.format === 'unknown' && bytes ? recogniseBytes(bytes) : recognised, found)
}

/** @param firstOnly what OpenSSL's TRUSTED CERTIFICATE appends to a certificate is not another one */
async function collectFromDer(bytes: Uint8Array, found: Findings, firstOnly: boolean): Promise<void> {
  let offset = 0
  while (offset < bytes.length && !isTooMany(found)) {
    const rest = bytes.subarray(offset)
    if (offset > 0 && (firstOnly || isPadding(rest))) return
    found.blocks += 1
    const parts = await certificateParts(rest, found.berBudget)
    if (parts.ok) {
      const { certificate, subjectPublicKeyInfo } = parts.value
      found.certificates.push({
        der: certificate.slice(),
        pin: pinOf(subjectPublicKeyInfo),
        sha256: fingerprintOf(certificate),
        position: found.blocks,
      })
      offset += certificate.length
    } else {
      const { recogniseBytes } = await import('./recognise-format.ts')
      const recognised = recogniseBytes(rest)
      if (recognised.format === 'unknown') found.damaged.push({ position: found.blocks, reason: parts.failure })
      else ignore(recognised, found)
      const element = readElement(rest, 0)
      if (!element.ok || element.value.tag !== TAG.sequence) return
      offset += element.value.end
    }
  }
}

function ignore(recognised: RecognisedFormat, found: Findings): void {
  found.ignored.push({ position: found.blocks, format: recognised.format })
  if (recognised.encrypted) found.encryptedKey = true
}

/** Editors and transfers leave line ends or zero bytes behind a binary. */
function isPadding(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x00 || byte === 0x0a || byte === 0x0d || byte === 0x20)
}

function outcome(format: 'pem' | 'der', found: Findings): Result<Inspection, EngineFailure> {
  const { certificates, damaged, ignored } = found
  if (isTooMany(found)) return failed({ kind: 'too-many', limit: MAX_CERTIFICATES })
  if (certificates.length > 0) return ok({ format, certificates, damaged, ignored })
  // In PEM every block says what it should be; in a binary only its beginning tells, the rest follows from it.
  const shouldHaveBeenCertificate = format === 'pem' ? damaged.length > 0 : damaged[0]?.position === 1
  if (shouldHaveBeenCertificate) return failed({ kind: 'damaged-block', damaged })
  const formats = ignored.map((block) => block.format)
  const named = formats.includes('private-key') ? 'private-key' : formats.find((name) => name !== 'unknown')
  return failed(failureOf({ format: named ?? 'unknown', encrypted: found.encryptedKey }))
}

function failureOf({ format, encrypted }: RecognisedFormat): EngineFailure {
  if (format === 'private-key') return { kind: 'private-key-given', encrypted }
  if (format === 'html' || format === 'unknown') return { kind: 'not-a-certificate', looksLike: format }
  return { kind: 'format-not-supported', format }
}
