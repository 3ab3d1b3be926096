import { decodeBase64 } from '../core/pins/encoding.ts'
import { failed, ok, type Result } from '../core/result.ts'
import type { DamageReason } from './inspection.ts'

/** One `-----BEGIN …-----` block, sound or not. */
export interface PemBlock {
  readonly label: string
  readonly content: Result<Uint8Array, DamageReason>
  /** A header of RFC 1421 §4.6 says that the content is encrypted, as in old private key files. */
  readonly encrypted: boolean
}

/** The labels of blocks that should hold a certificate. */
export function isCertificateLabel(label: string): boolean {
  return label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE'
}

/** Bounded and without overlapping alternatives, so that matching takes linear time on any text. */
const MARKER = /-----(BEGIN|END) ([^-\r\n]{1,64})-----/g

/** Thousands of certificates; mending more would take seconds. */
const LONGEST_MENDED = 4 * 1024 * 1024

/**
 * What copying leaves in a block: line ends as JSON writes them or as markup does, and the signs with which mails,
 * logs and comments begin their lines. None of them is base64.
 */
const LEFT_BY_COPYING =
  /\\[rn]|&#(?:x0*[ad]|0*1[03]);?|&nbsp;|&lt;\/?[a-z]{1,10} *\/?&gt;|<\/?[a-z]{1,10}(?: [^<>]{0,60})?\/?>|\xc2?\xa0|\xe2\x80[\x8b-\x8f]|^[ \t]*(?:(?:\/\/|--|[#*<>|;])[ \t]*)+/gim

/**
 * Finds the PEM blocks of a text (RFC 7468), whatever stands around them. More tolerant than the RFC: any white space
 * may stand in and before lines, so indented and blank lines, lone carriage returns and final lines without an end
 * are read. Reading is lazy: stop when enough was seen.
 */
export function* pemBlocks(text: string): Generator<PemBlock, void, undefined> {
  let begin: { label: string; contentStart: number } | null = null
  for (const marker of text.matchAll(MARKER)) {
    const [whole, kind, label = ''] = marker
    if (kind === 'BEGIN') {
      if (begin) yield withoutEnd(begin.label)
      begin = { label, contentStart: marker.index + whole.length }
    } else if (begin) {
      yield begin.label === label
        ? readBlock(label, text.slice(begin.contentStart, marker.index))
        : withoutEnd(begin.label)
      begin = null
    }
  }
  if (begin) yield withoutEnd(begin.label)
}

function withoutEnd(label: string): PemBlock {
  return { label, content: failed('no-end-line'), encrypted: false }
}

function readBlock(label: string, lines: string): PemBlock {
  const { headers, body } = splitHeaders(lines)
  const encrypted = headers.includes('ENCRYPTED')
  // Slashes are base64, too; but no DER begins with those bits.
  const isCommented = /^\s*\/\//.test(body)
  const bytes = (isCommented ? null : decodeBase64(body)) ?? decodeMended(body)
  if (!bytes) return { label, content: failed('not-base64'), encrypted }
  return { label, content: bytes.length > 0 ? ok(bytes) : failed('empty-block'), encrypted }
}

function decodeMended(body: string): Uint8Array | null {
  const bytes = body.length <= LONGEST_MENDED ? decodeBase64(body.replaceAll(LEFT_BY_COPYING, '')) : null
  return bytes?.length === 0 ? null : bytes
}

/** Headers such as `Proc-Type: 4,ENCRYPTED` end with a blank line; base64 has no colon. */
function splitHeaders(lines: string): { headers: string; body: string } {
  const lastColon = lines.lastIndexOf(':')
  if (lastColon < 0) return { headers: '', body: lines }
  const blankLine = /\r?\n[ \t]*\r?\n/g
  blankLine.lastIndex = lastColon
  const end = blankLine.exec(lines)
  return end ? { headers: lines.slice(0, end.index), body: lines.slice(end.index) } : { headers: '', body: lines }
}
