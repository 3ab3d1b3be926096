import { failed, ok, type Result } from '../core/result.ts'
import type { DamageReason } from './inspection.ts'
import { readDirectory, type ArchiveEntry } from './zip-directory.ts'

export interface ArchiveFile {
  /** With folders. Hostile text: never a path to write to. */
  readonly name: string
  readonly content: Result<Uint8Array, DamageReason>
}

export type ArchiveFailure =
  | { readonly kind: 'container-damaged' }
  /** Told apart by what it holds; an app's certificates are not what its server uses. */
  | { readonly kind: 'app-package'; readonly format: 'apk' | 'aab' | 'ipa' }
  /** The limits that it goes beyond. */
  | { readonly kind: 'unpacks-too-large'; readonly bytes: number; readonly files: number }

export const MAX_ARCHIVE_FILES = 1000
export const MAX_UNPACKED_BYTES = 32 * 1024 * 1024

/** Deflate makes at most some thousand bytes of one, so that a step can go beyond the limit by four megabytes. */
const STEP_BYTES = 4096

/** A stream of nothing but code tables costs much time and unpacks to nothing. */
const DEADLINE_MILLISECONDS = 1500

const METHOD = { stored: 0, deflated: 8 } as const

/**
 * Unpacks a zip archive (PKWARE's APPNOTE.TXT) in memory. Folders and what macOS adds are left out; a zip in the zip
 * stays a file. Every file is held against its checksum: a certificate with one wrong bit would give a wrong pin.
 * Never throws.
 *
 * @returns a file that is encrypted or damaged has that as its content; a list of files that cannot be read, as when
 *   the end of the archive is missing, is `container-damaged`
 */
export async function readArchive(bytes: Uint8Array): Promise<Result<readonly ArchiveFile[], ArchiveFailure>> {
  const directory = readDirectory(bytes)
  if (!directory.ok) return failed({ kind: 'container-damaged' })
  const format = appFormat(directory.value)
  if (format !== null) return failed({ kind: 'app-package', format })
  const entries = directory.value.filter(({ name }) => isWanted(name))
  const packedBytes = entries.reduce((sum, { packed }) => sum + (packed?.length ?? 0), 0)
  // Entries that share their bytes are how a small archive unpacks to a large one without nesting.
  if (entries.length > MAX_ARCHIVE_FILES || packedBytes > bytes.length) return failed(tooLarge())
  const { Inflate } = await import('fflate')
  const allowance = { bytes: MAX_UNPACKED_BYTES, until: performance.now() + DEADLINE_MILLISECONDS }
  const files: ArchiveFile[] = []
  for (const entry of entries) {
    const content = unpack(entry, allowance, Inflate)
    if (allowance.bytes < 0) return failed(tooLarge())
    files.push({ name: entry.name, content })
  }
  return ok(files)
}

function tooLarge() {
  return { kind: 'unpacks-too-large', bytes: MAX_UNPACKED_BYTES, files: MAX_ARCHIVE_FILES } as const
}

function appFormat(entries: readonly ArchiveEntry[]): 'apk' | 'aab' | 'ipa' | null {
  const names = new Set(entries.map(({ name }) => name))
  if (names.has('BundleConfig.pb') || names.has('base/manifest/AndroidManifest.xml')) return 'aab'
  if (names.has('AndroidManifest.xml') || (names.has('classes.dex') && names.has('resources.arsc'))) return 'apk'
  return entries.some(({ name }) => /^Payload\/[^/]+\.app\//.test(name)) ? 'ipa' : null
}

function isWanted(name: string): boolean {
  return !name.endsWith('/') && !/^__MACOSX\/|(?:^|\/)\.DS_Store$/.test(name)
}

/** What all files together may still take; `bytes` below zero is the end. */
interface Allowance {
  bytes: number
  readonly until: number
}

type InflateClass = typeof import('fflate').Inflate

function unpack(entry: ArchiveEntry, allowance: Allowance, Inflate: InflateClass): Result<Uint8Array, DamageReason> {
  const { packed, method } = entry
  if (entry.isEncrypted) return failed('encryption-not-supported')
  if (method !== METHOD.stored && method !== METHOD.deflated) return failed('compression-not-supported')
  if (packed === null) return failed('container-damaged')
  const content = method === METHOD.stored ? packed.slice() : inflate(packed, allowance, Inflate)
  if (method === METHOD.stored) allowance.bytes -= packed.length
  const isSound = content?.length === entry.size && crc32(content) === entry.crc32
  return isSound ? ok(content) : failed('container-damaged')
}

/** Counts what comes out, in small steps; sizes in the archive are the word of whoever made it. */
function inflate(packed: Uint8Array, allowance: Allowance, Inflate: InflateClass): Uint8Array | null {
  const pieces: Uint8Array[] = []
  let length = 0
  const stream = new Inflate((piece) => {
    pieces.push(piece)
    length += piece.length
    allowance.bytes -= piece.length
  })
  try {
    for (let position = 0; position < packed.length; position += STEP_BYTES) {
      const end = position + STEP_BYTES
      stream.push(packed.subarray(position, end), end >= packed.length)
      if (performance.now() > allowance.until) allowance.bytes = -1
      if (allowance.bytes < 0) return null
    }
  } catch {
    // fflate's only sign of an unsound stream.
    return null
  }
  const content = new Uint8Array(length)
  let position = 0
  for (const piece of pieces) {
    content.set(piece, position)
    position += piece.length
  }
  return content
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let remainder = octet
  for (let bit = 0; bit < 8; bit += 1) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0)
  return remainder
})

/** The checksum of APPNOTE.TXT §4.4.7; fflate keeps its own to itself. */
function crc32(bytes: Uint8Array): number {
  let checksum = 0xffffffff
  for (const octet of bytes) checksum = (checksum >>> 8) ^ (CRC_TABLE[(checksum ^ octet) & 0xff] ?? 0)
  return ~checksum >>> 0
}
