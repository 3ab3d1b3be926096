import type { Certificate } from '../certificate/certificate.ts'
import { judgePin, type PinJudgement } from './judge-pin.ts'
import type { LogMention } from './okhttp-log.ts'
import type { PastedKind } from './pasted-blocks.ts'
import { piecesOf, type PinPiece } from './pin-notation.ts'

interface Found {
  /** As it stood, cut short; empty for a block, whose content is not kept. Hostile text. */
  readonly written: string
  /** Where it stood in OkHttp's "Certificate pinning failure!"; a pin may be in both lists, and several times. */
  readonly mentions: readonly LogMention[]
}

/** One thing that was found: a pin, or why it is none. */
export type PinEntry = Found &
  (
    | PinJudgement
    /** Neither base64 nor hexadecimal, nor marked as a pin. */
    | { readonly kind: 'not-a-pin' }
    /** A certificate or a key itself, where its pin belongs. */
    | { readonly kind: 'pasted'; readonly what: PastedKind }
  )

export interface PinReading {
  /** Each pin once, each problem once, in the order of the text. */
  readonly entries: readonly PinEntry[]
  /** Why the text was not read to its end. */
  readonly cut: 'too-long' | 'too-many' | null
}

export const LONGEST_PIN_TEXT = 200_000
export const MOST_PIN_ENTRIES = 200

/**
 * Text that a user typed or pasted → what it holds: ready pins in any notation, lists, HPKP headers, parts of
 * configuration files and OkHttp's log of a pinning failure. Never fails: what is no pin is an entry that says why.
 *
 * @param known certificates whose fingerprint somebody may have taken for a pin
 */
export function readPins(text: string, known: readonly Certificate[] = []): PinReading {
  const entries = new Map<string, PinEntry>()
  let isTooMany = false
  for (const piece of piecesOf(text.slice(0, LONGEST_PIN_TEXT))) {
    const entry = entryOf(piece, known)
    const identity = identityOf(entry)
    const before = entries.get(identity)
    if (before) entries.set(identity, { ...before, mentions: joined(before.mentions, entry.mentions) })
    else if (entries.size < MOST_PIN_ENTRIES) entries.set(identity, entry)
    else isTooMany = true
  }
  const isTooLong = text.length > LONGEST_PIN_TEXT
  return { entries: [...entries.values()], cut: isTooLong ? 'too-long' : isTooMany ? 'too-many' : null }
}

function entryOf(piece: PinPiece, known: readonly Certificate[]): PinEntry {
  switch (piece.kind) {
    case 'pin':
      return { ...judgePin(piece, known), written: piece.written, mentions: piece.mention ? [piece.mention] : [] }
    case 'pasted':
      return { kind: 'pasted', what: piece.what, written: '', mentions: [] }
    case 'other':
      return { kind: 'not-a-pin', written: piece.written, mentions: [] }
  }
}

function identityOf(entry: PinEntry): string {
  if (entry.kind === 'pin') return entry.pin
  return entry.kind === 'pasted' ? `pasted ${entry.what}` : `${entry.kind} ${entry.written}`
}

const MOST_MENTIONS = 20

function joined(before: readonly LogMention[], added: readonly LogMention[]): readonly LogMention[] {
  const distinct = new Map([...before, ...added].map((mention) => [JSON.stringify(mention), mention]))
  return [...distinct.values()].slice(0, MOST_MENTIONS)
}
