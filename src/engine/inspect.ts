import { failed, ok, type Result } from '../core/result.ts'
import type { Block } from './block.ts'
import { certificateParts } from './certificate-parts.ts'
import { MOST_WORK, type ContainerFailure } from './content.ts'
import { readChildren, readElement, TAG } from './der.ts'
import { fingerprintOf, pinOf } from './fingerprint.ts'
import type {
  DamagedBlock,
  EngineFailure,
  IgnoredBlock,
  InputFormat,
  InspectedCertificate,
  InspectedKey,
  InspectOptions,
  Inspection,
} from './inspection.ts'
import { isCertificateLabel, type PemBlock } from './pem.ts'
import type { Effort } from './read-binary.ts'
import { readInput } from './read-input.ts'

export const MAX_INPUT_BYTES = 16 * 1024 * 1024
export const MAX_CERTIFICATES = 10_000
/** Private keys beyond it are named as such, without a pin. */
const MAX_PUBLIC_HALVES = 50

/**
 * Reads one input, whatever its format, into certificates and keys with their pins. Sound blocks count even when others
 * are damaged; every block that gave nothing is listed. Runs in plain Node as well, loads no X.509 library for PEM and
 * DER certificates, and never throws. The bytes given are left as they are.
 *
 * @returns a failure when there is neither a certificate nor a public key in the input
 */
export async function inspect(
  bytes: Uint8Array,
  options: InspectOptions = {},
): Promise<Result<Inspection, EngineFailure>> {
  if (bytes.length > MAX_INPUT_BYTES) return failed({ kind: 'too-large', bytes: bytes.length, limit: MAX_INPUT_BYTES })
  const found = createFindings()
  const collected = await collect(bytes, options, found)
  return collected.ok ? outcome(collected.value, found) : collected
}

/** What the blocks of one input turned out to be, so far. */
interface Findings {
  readonly certificates: InspectedCertificate[]
  readonly keys: InspectedKey[]
  readonly damaged: DamagedBlock[]
  readonly ignored: IgnoredBlock[]
  readonly privateKeys: Extract<Block, { readonly kind: 'private-key' }>[]
  readonly closed: ContainerFailure[]
  readonly effort: Effort
  blocks: number
  /** The name of the file, while one of an archive is read. */
  file: string | null
}

function createFindings(): Findings {
  const effort = { publicHalves: MAX_PUBLIC_HALVES, containers: { microseconds: MOST_WORK } }
  return {
    certificates: [],
    keys: [],
    damaged: [],
    ignored: [],
    privateKeys: [],
    closed: [],
    effort,
    blocks: 0,
    file: null,
  }
}

/** Damaged and ignored blocks are capped like certificates: nobody reads ten thousand complaints. */
function isTooMany({ certificates, keys, damaged, ignored }: Findings): boolean {
  return Math.max(certificates.length, keys.length, damaged.length, ignored.length) > MAX_CERTIFICATES
}

/** @returns what the input is as a whole, or why nothing of it can be read */
async function collect(
  bytes: Uint8Array,
  options: InspectOptions,
  found: Findings,
): Promise<Result<InputFormat, EngineFailure>> {
  const input = readInput(bytes)
  switch (input.kind) {
    case 'blank':
      return failed({ kind: 'empty-input' })
    case 'pem':
      for (const block of input.blocks) {
        await collectFromPem(block, options, found)
        if (isTooMany(found)) break
      }
      return ok('pem')
    case 'der':
      return ok(await collectFromBinary(input.bytes, options, found, { only: 'all', meant: 'by-shape' }))
    case 'other':
      return collectFromOther(bytes, input.text, options, found)
  }
}

async function collectFromPem(block: PemBlock, options: InspectOptions, found: Findings): Promise<void> {
  const { label, content } = block
  if (isCertificateLabel(label) && content.ok) {
    const only = label === 'TRUSTED CERTIFICATE' ? 'first' : 'all'
    await collectFromBinary(content.value, options, found, { only, meant: 'der' })
    return
  }
  const { recogniseLabel } = await import('./recognise-format.ts')
  const bytes = content.ok ? content.value : null
  const recognised = recogniseLabel(label, block.encrypted, bytes)
  if (recognised.format === 'private-key') {
    const { readPrivateKey } = await import('./read-binary.ts')
    add(await readPrivateKey(bytes ?? new Uint8Array(), recognised.encrypted, found.effort), found)
    bytes?.fill(0)
  } else if (content.ok && label.endsWith('PARAMETERS')) {
    // Of DH, DSA and curves; their content looks like a key.
    add({ kind: 'other', format: 'unknown' }, found)
  } else if (content.ok) {
    // Exporters mix labels up, so the content has the last word.
    await collectFromBinary(content.value, options, found, { only: 'all', meant: recognised.format })
  } else {
    const looksLike = isCertificateLabel(label) ? 'der' : recognised.format
    add({ kind: 'damaged', reason: content.failure, looksLike }, found)
  }
}

interface BinaryExpectation {
  /** What OpenSSL's TRUSTED CERTIFICATE appends to a certificate is not another one. */
  readonly only: 'first' | 'all'
  /** What something that nobody knows should have been, by its label or by its own shape. */
  readonly meant: InputFormat | 'by-shape'
}

/**
 * One value after the other.
 *
 * @returns what the first value is
 */
async function collectFromBinary(
  bytes: Uint8Array,
  options: InspectOptions,
  found: Findings,
  { only, meant }: BinaryExpectation,
): Promise<InputFormat> {
  let first: InputFormat | null = null
  let offset = 0
  while (offset < bytes.length && !isTooMany(found)) {
    const rest = bytes.subarray(offset)
    if (offset > 0 && only === 'first') break
    if (offset > 0 && isPadding(rest[0])) {
      offset += 1
      continue
    }
    const parts = certificateParts(rest)
    if (parts.ok) {
      add({ kind: 'certificate', parts: parts.value }, found)
      first ??= 'der'
      offset += parts.value.certificate.length
      continue
    }
    const { recogniseBytes } = await import('./recognise-format.ts')
    const recognised = recogniseBytes(rest)
    const looksLike = meant === 'by-shape' ? formatByShape(rest) : meant
    if (recognised.format === 'unknown' && looksLike !== 'unknown') {
      add({ kind: 'damaged', reason: parts.failure, looksLike }, found)
    } else {
      const { readBinary } = await import('./read-binary.ts')
      await addAll(readBinary(rest, recognised, options, found.effort), found)
    }
    first ??= recognised.format
    const element = readElement(rest, 0)
    if (!element.ok || element.value.tag !== TAG.sequence) break
    offset += element.value.end
  }
  return first ?? 'unknown'
}

/** Neither PEM nor DER. */
async function collectFromOther(
  bytes: Uint8Array,
  text: string,
  options: InspectOptions,
  found: Findings,
): Promise<Result<InputFormat, EngineFailure>> {
  const { recogniseBytes } = await import('./recognise-format.ts')
  const recognised = recogniseBytes(bytes)
  if (recognised.format === 'zip') return collectFromArchive(bytes, options, found)
  if (recognised.format === 'unknown') {
    const { readKeyText } = await import('./read-text.ts')
    await addAll(readKeyText(text), found)
    return ok(found.keys.length > 0 ? 'public-key' : 'unknown')
  }
  const { readBinary } = await import('./read-binary.ts')
  await addAll(readBinary(bytes, recognised, options, found.effort), found)
  return ok(recognised.format)
}

/** The files of an archive, each as if it had been given alone; archives within are not opened. */
async function collectFromArchive(
  bytes: Uint8Array,
  options: InspectOptions,
  found: Findings,
): Promise<Result<InputFormat, EngineFailure>> {
  if (found.file !== null) {
    add({ kind: 'other', format: 'zip' }, found)
    return ok('zip')
  }
  const { readArchive } = await import('./archive.ts')
  const archive = await readArchive(bytes)
  if (!archive.ok) {
    return failed(
      archive.failure.kind === 'app-package'
        ? { kind: 'format-not-supported', format: archive.failure.format }
        : archive.failure,
    )
  }
  for (const { name, content } of archive.value) {
    if (isTooMany(found)) break
    found.file = name
    const blocksBefore = found.blocks
    if (content.ok) await collect(content.value, options, found)
    else add({ kind: 'damaged', reason: content.failure, looksLike: 'unknown' }, found)
    if (found.blocks === blocksBefore) add({ kind: 'other', format: 'unknown' }, found)
  }
  return ok('zip')
}

/** Of a file in an archive, as far as it is shown. */
const LONGEST_FILE_NAME = 200

/** As many as are wanted; what is left is not even read. */
async function addAll(blocks: Iterable<Block> | AsyncIterable<Block>, found: Findings): Promise<void> {
  for await (const block of blocks) {
    add(block, found)
    if (isTooMany(found)) break
  }
}

function add(block: Block, found: Findings): void {
  found.blocks += 1
  const place = {
    position: found.blocks,
    ...(found.file === null ? {} : { file: found.file.slice(0, LONGEST_FILE_NAME) }),
  }
  switch (block.kind) {
    case 'certificate': {
      const { certificate, subjectPublicKeyInfo } = block.parts
      found.certificates.push({
        der: certificate.slice(),
        pin: pinOf(subjectPublicKeyInfo),
        sha256: fingerprintOf(certificate),
        position: found.blocks,
      })
      break
    }
    case 'key':
      found.keys.push({ ...block.key, position: found.blocks })
      break
    case 'private-key':
      found.privateKeys.push(block)
      found.ignored.push({ ...place, kind: 'private-key', ...(block.pin === null ? {} : { pin: block.pin }) })
      break
    case 'other':
      found.ignored.push({ ...place, kind: block.format })
      break
    case 'damaged': {
      const { reason, looksLike } = block
      found.damaged.push({ ...place, reason, ...(looksLike === 'der' ? {} : { looksLike }) })
      break
    }
    case 'closed':
      found.closed.push(block.failure)
      found.damaged.push({ ...place, reason: block.failure.kind, looksLike: block.format })
      break
  }
}

/** Editors and transfers leave line ends or zero bytes behind a binary, and between two. */
function isPadding(byte: number | undefined): boolean {
  return byte === 0x00 || byte === 0x0a || byte === 0x0d || byte === 0x20
}

/** `unknown` is a sound value that is not built like a certificate: sequence, sequence, bit string (RFC 5280 §4.1). */
function formatByShape(bytes: Uint8Array): 'der' | 'unknown' {
  const outer = readElement(bytes, 0)
  const parts = outer.ok && outer.value.tag === TAG.sequence ? readChildren(bytes, outer.value, 4) : null
  return parts === null || (parts.length === 3 && parts[2]?.tag === TAG.bitString) ? 'der' : 'unknown'
}

function outcome(format: InputFormat, found: Findings): Result<Inspection, EngineFailure> {
  const { certificates, keys, damaged, ignored, privateKeys, closed } = found
  if (isTooMany(found)) return failed({ kind: 'too-many', limit: MAX_CERTIFICATES })
  if (certificates.length > 0 || keys.length > 0) return ok({ format, certificates, keys, damaged, ignored })
  const [containerFailure] = closed
  if (containerFailure) return failed(containerFailure)
  // Beside a private key that could be deciphered; the certificates could not.
  if (damaged.some(({ reason }) => reason === 'encryption-not-supported')) {
    return failed({ kind: 'encryption-not-supported', algorithm: '' })
  }
  // In a binary of unknown kind only its beginning tells that it should have been a certificate.
  const isMeant = format === 'unknown' ? damaged[0]?.position === 1 : damaged.length > 0
  if (isMeant) return failed({ kind: 'damaged-block', damaged })
  const [privateKey] = privateKeys.toSorted((one, other) => Number(other.pin !== null) - Number(one.pin !== null))
  if (privateKey) return failed({ kind: 'private-key-given', encrypted: privateKey.encrypted, pin: privateKey.pin })
  const named = ignored.map(({ kind }) => kind).find((kind) => kind !== 'unknown')
  return failed({ kind: 'not-a-certificate', looksLike: named ?? (format === 'pem' ? 'unknown' : format) })
}
