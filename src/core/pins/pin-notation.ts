import { isOkHttpLog, mentionsByLine, type LogMention } from './okhttp-log.ts'
import { withoutPadding } from './encoding.ts'
import { withoutPemBlocks, type PastedKind } from './pasted-blocks.ts'

export type DigestName = 'MD5' | 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** A piece of text that should be a pin. */
export interface WrittenPin {
  readonly kind: 'pin'
  /** Without prefix and quotes. */
  readonly value: string
  /** As it stands, cut short. Hostile text. */
  readonly written: string
  /** The digest that a prefix or an attribute names. */
  readonly digest: DigestName | null
  /** `openssl x509 -fingerprint` printed it: a hash over the certificate. */
  readonly isFingerprint: boolean
  readonly mention: LogMention | null
}

export type PinPiece =
  | WrittenPin
  | { readonly kind: 'pasted'; readonly what: PastedKind }
  /** Text that nothing marks as a pin, and that does not look like one. */
  | { readonly kind: 'other'; readonly written: string }

/**
 * Cuts text into what should be pins. Configuration files, code and logs are full of other words, which are passed
 * over; in a plain list every word counts. Each step looks at a character a bounded number of times, since people
 * paste whole logs.
 */
export function piecesOf(text: string): PinPiece[] {
  // JSON writes `\/`, `\"` and, in one line, `\n`; HTML `&quot;`, and invisible characters where a line may break.
  const plain = text
    .replaceAll('\\/', '/')
    .replaceAll('\\"', '"')
    .replaceAll(/\\[nrt]/g, '\n')
    .replaceAll(/&(?:quot|apos|#34|#39);/gi, ' ')
    .replaceAll(/\p{Cf}/gu, '')
  const { rest, pasted } = withoutPemBlocks(plain)
  const pieces: PinPiece[] = [...pasted.map((what) => ({ kind: 'pasted', what }) as const), ...scan(rest)]
  return pieces.length === 0 && text.trim() !== '' ? [{ kind: 'other', written: cutShort(text.trim()) }] : pieces
}

const LONGEST_WRITTEN = 120

function cutShort(text: string): string {
  return text.length > LONGEST_WRITTEN ? `${text.slice(0, LONGEST_WRITTEN - 1)}…` : text
}

/** A run of characters between separators, or one of `<>,;`. */
interface Token {
  readonly text: string
  /** Where it ends in its line. */
  readonly end: number
}

const TOKEN = /[^\s"'`“”„‘’«»,;<>()[\]{}|]+|[<>,;]/g
const MARKUP = /<(?:pin|key|string|network-security-config|domain-config)\b/i
const CODE = /[(){}[\]<>]|pin-sha256/i

/** `sha256/`, `sha256//`, `SHA-256:`, `pin-sha256=`, `md5:` with what follows, which may be nothing. */
const PREFIX = /^(pin-)?(sha-?(?:1|224|256|384|512)|md5)(\/{1,2}|[:=])(.*)$/i
const DIGEST_WORD = /^(?:sha-?(?:1|224|256|384|512)|sha2-(?:224|256|384|512)|md5)$/i
const FINGERPRINT = /^fingerprint=(.+)$/i
const HEX_GROUP = /^[\da-f]{2}(?::?[\da-f]{2})*:?$/i
const BASE64_WORD = /^[\w+/-]+={0,2}$/
const PUNCTUATION = /^[:=.#/*\\-]+$/
/** One pin in four thousand begins with the signs of a comment. */
const COMMENT = /^\s*(?:#|\/\/(?![\w+/-]{41}=?(?![\w+/=-])))/
/** The first bytes of a DER structure that is long enough for a certificate. */
const BARE_DER = /^MI[\w+/]{58,}={0,2}$/

/** What the text so far says about the next word. */
interface State {
  /** Of the `<pin>` that is open, or of the prefix. */
  digest: DigestName | null
  /** A prefix stands alone: what comes next in this line is meant to be its value. */
  isPrefixed: boolean
  isInTag: boolean
  /** Inside `<pin>`, or inside the `<string>` of an SPKI key. */
  isInPin: boolean
  isAfterSpkiKey: boolean
  isInBareDer: boolean
}

function* scan(text: string): Generator<PinPiece> {
  const lines = joinHexLines(text.split(/\r\n|[\n\r\u2028\u2029]/))
  const mentions = mentionsByLine(lines)
  const isMarkup = MARKUP.test(text)
  const isStrict = isMarkup || isOkHttpLog(text)
  const isList = !isStrict && !CODE.test(text)
  const state: State = {
    digest: null,
    isPrefixed: false,
    isInTag: false,
    isInPin: false,
    isAfterSpkiKey: false,
    isInBareDer: false,
  }
  for (const [number, line] of lines.entries()) {
    if (isList && COMMENT.test(line)) continue
    state.isPrefixed = false
    const tokens = tokensOf(line)
    let words: string[] = []
    let hasPin = false
    for (let index = 0; index <= tokens.length; index += 1) {
      const token = tokens[index]
      if (!token || /^[<>,;]$/.test(token.text)) {
        if (isList && !hasPin && words.length > 0) yield { kind: 'other', written: cutShort(words.join(' ')) }
        words = []
        hasPin = false
        if (token && isMarkup) state.isInTag = token.text === '<' || (state.isInTag && token.text !== '>')
        continue
      }
      if (isBareDer(token.text, state)) {
        if (!state.isInBareDer) yield { kind: 'pasted', what: 'other' }
        state.isInBareDer = true
        hasPin = true
        continue
      }
      state.isInBareDer = false
      if (noteContext(token.text, state)) continue
      const taken = takePin(tokens, index, state, isStrict)
      if (taken === null) {
        words.push(token.text)
        continue
      }
      hasPin = true
      index = taken.last
      const mention = mentions[number]?.(line.slice(tokens[index]?.end)) ?? null
      const { value, written, isFingerprint } = taken
      yield { kind: 'pin', value, written: cutShort(written), digest: taken.digest, isFingerprint, mention }
      state.isPrefixed = false
    }
  }
}

const HALF_OF_HEX = /^\s*(?:[\da-f]{2}[\s:]+){15}[\da-f]{2}:?\s*$/i

/** Certificate viewers print 32 bytes as two lines of 16. */
function joinHexLines(lines: readonly string[]): string[] {
  const joined: string[] = []
  let half: string | null = null
  for (const line of lines) {
    if (!HALF_OF_HEX.test(line)) {
      half = null
      joined.push(line)
    } else if (half === null) {
      half = line
      joined.push(line)
    } else {
      joined[joined.length - 1] = `${half} ${line}`
      half = null
    }
  }
  return joined
}

function tokensOf(line: string): Token[] {
  return Array.from(line.matchAll(TOKEN), (found) => ({ text: found[0], end: found.index + found[0].length }))
}

/** DER in base64 without PEM around it, as some tools print certificates: the lines after the first go with it. */
function isBareDer(word: string, { isInBareDer }: State): boolean {
  return BARE_DER.test(word) || (isInBareDer && BASE64_WORD.test(word) && withoutPadding(word).length !== PIN_LENGTH)
}

/** Takes note of a word that only says what comes next; false when it may be a pin itself. */
function noteContext(word: string, state: State): boolean {
  if (state.isInTag) {
    const name = word.toLowerCase()
    if (name === 'pin' || (name === 'string' && state.isAfterSpkiKey)) {
      state.isInPin = true
      state.digest = null
    }
    if (state.isInPin && DIGEST_WORD.test(word)) state.digest = digestName(word)
    if (name === '/pin' || name === '/string') {
      state.isInPin = false
      state.isAfterSpkiKey = false
    }
    return true
  }
  if (/^spki-sha256-base64$/i.test(word)) {
    state.isAfterSpkiKey = true
    return true
  }
  const [, , digest, separator, value] = PREFIX.exec(word) ?? []
  if (digest !== undefined && value === '') {
    // A colon may just as well be that of a sentence.
    if (separator !== ':') {
      state.digest = digestName(digest)
      state.isPrefixed = true
    }
    return true
  }
  return DIGEST_WORD.test(word) || PUNCTUATION.test(word)
}

/** A pin, and how far it goes. */
interface Taken extends Pick<WrittenPin, 'value' | 'written' | 'digest' | 'isFingerprint'> {
  /** The index of the last token that belongs to it. */
  readonly last: number
}

function takePin(tokens: readonly Token[], index: number, state: State, isStrict: boolean): Taken | null {
  const word = tokens[index]?.text ?? ''
  const digest = state.isPrefixed || state.isInPin ? state.digest : null
  const [, fingerprint] = FINGERPRINT.exec(word) ?? []
  if (fingerprint !== undefined) return { value: fingerprint, written: word, digest, isFingerprint: true, last: index }
  const { named, value } = prefixed(word)
  const group = hexGroup(value ?? word, tokens, index)
  const own = named === undefined ? digest : digestName(named)
  if (group !== null) {
    const written = [word, ...group.words.slice(1)].join(' ')
    return { value: group.words.join(''), written, digest: own, isFingerprint: false, last: group.last }
  }
  if (value !== undefined) return { value, written: word, digest: own, isFingerprint: false, last: index }
  if (!state.isPrefixed && !state.isInPin && !isPinShaped(word, isStrict)) return null
  return { value: word, written: word, digest, isFingerprint: false, last: index }
}

/** `sha256//` is how curl writes it, and just as well OkHttp's `sha256/` before a pin that begins with a slash. */
function prefixed(word: string): { readonly named?: string; readonly value?: string } {
  const [, , named, separator, value] = PREFIX.exec(word) ?? []
  if (named === undefined || value === undefined) return {}
  const isPartOfPin = separator === '//' && withoutPadding(value.replace(/:$/, '')).length === PIN_LENGTH - 1
  return { named, value: isPartOfPin ? `/${value}` : value }
}

const SHORTEST_HEX_RUN = 8
const LONGEST_HEX_GROUP = 16

/** Bytes in groups, as `AB CD …` or `abcd ef01 …`; fewer than eight bytes are words that happen to be hexadecimal. */
function hexGroup(
  first: string,
  tokens: readonly Token[],
  start: number,
): { readonly words: string[]; readonly last: number } | null {
  const words: string[] = []
  let digits = 0
  for (let word = first; isHexGroup(word, words); word = tokens[start + words.length]?.text ?? '') {
    words.push(word)
    digits += word.replaceAll(':', '').length
  }
  return words.length > 1 && digits >= 2 * SHORTEST_HEX_RUN ? { words, last: start + words.length - 1 } : null
}

/** A long one is a pin by itself, unless a colon joins it to its neighbour. */
function isHexGroup(word: string, before: readonly string[]): boolean {
  const isJoined = word.endsWith(':') || (before.at(-1) ?? '').endsWith(':')
  return HEX_GROUP.test(word) && (word.length <= LONGEST_HEX_GROUP || isJoined)
}

const SHORTEST_HEX = 32
const PIN_LENGTH = 43
/** From here on even letters alone are no word of a language. */
const LONGER_THAN_WORDS = 40
const SHORTEST_BASE64 = 16

function isPinShaped(text: string, isStrict: boolean): boolean {
  const word = text.replace(/[:.]$/, '')
  if (HEX_GROUP.test(word) && word.replaceAll(':', '').length >= SHORTEST_HEX) return true
  if (!BASE64_WORD.test(word)) return false
  const { length } = withoutPadding(word)
  if (isStrict) return length === PIN_LENGTH
  return length >= LONGER_THAN_WORDS || (length >= SHORTEST_BASE64 && /[\d+=]/.test(word))
}

function digestName(word: string): DigestName | null {
  const [size = ''] = /(?:1|224|256|384|512)$/.exec(word.replace(/^sha2-/i, '')) ?? []
  const names: Readonly<Record<string, DigestName>> = {
    '': 'MD5',
    '1': 'SHA-1',
    '224': 'SHA-224',
    '256': 'SHA-256',
    '384': 'SHA-384',
    '512': 'SHA-512',
  }
  return names[size] ?? null
}
