import Papa from 'papaparse'
import type { HostName } from '../core/pins/host-rule.ts'
import { cleanHost, type CleanHost, type HostFailure } from './clean-host.ts'

/** Why a text of a list becomes no row. */
export type HostListFailure =
  | HostFailure
  /** An address with the names that a hosts file gives it. */
  | { readonly kind: 'hosts-file-line'; readonly address: string }
  /** One word beside others, as in a sentence or in a column of a table without header. */
  | { readonly kind: 'word-among-others' }
  | { readonly kind: 'mail-address' }
  /** This and all that follows it: the list was read no further. */
  | { readonly kind: 'beyond-limit'; readonly limit: number }

export type HostListOutcome =
  | { readonly kind: 'host'; readonly host: CleanHost }
  /** An earlier line of the list or a row that is there has the same host. */
  | {
      readonly kind: 'duplicate'
      readonly host: HostName
      readonly of: { readonly kind: 'line' | 'row'; readonly number: number }
    }
  | { readonly kind: 'refused'; readonly failure: HostListFailure }
  | { readonly kind: 'comment' }
  /** The line that names the columns; of the others nothing is read. */
  | { readonly kind: 'header'; readonly column: string; readonly otherColumns: readonly string[] }

export interface HostListEntry {
  /** 1 for the first line. */
  readonly line: number
  /** As typed, without quotes and brackets around it. Hostile text. */
  readonly text: string
  readonly outcome: HostListOutcome
}

export const MOST_ENTRIES = 2_000

/**
 * Takes a list of hosts apart: lines, commas, semicolons, tabs, spaces, URLs, a table with a header (CSV, or copied from
 * a spreadsheet), comments behind `#`. Every text is in exactly one entry; only punctuation, list numbers and the
 * columns that the header entry names are in none. Beyond `MOST_ENTRIES` one last entry holds all the rest.
 *
 * @param rows the hosts of the rows that are there, in their order; null for a row without one
 */
export function readHostList(text: string, rows: readonly (HostName | null)[] = []): readonly HostListEntry[] {
  const known = new Map<HostName, Extract<HostListOutcome, { kind: 'duplicate' }>['of']>()
  for (const [index, host] of rows.entries()) {
    if (host !== null && !known.has(host)) known.set(host, { kind: 'row', number: index + 1 })
  }
  const judge = ({ line, text: typed, outcome }: Item): HostListOutcome => {
    if (outcome) return outcome
    const cleaned = cleanHost(typed)
    if (!cleaned.ok) return { kind: 'refused', failure: cleaned.failure }
    const { host } = cleaned.value
    const of = known.get(host)
    if (of) return { kind: 'duplicate', host, of }
    known.set(host, { kind: 'line', number: line })
    return { kind: 'host', host: cleaned.value }
  }

  const list = text.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n')
  const entries: HostListEntry[] = []
  for (const item of readItems(list)) {
    const { line, start } = item
    if (entries.length === MOST_ENTRIES) {
      const failure = { kind: 'beyond-limit', limit: MOST_ENTRIES } as const
      entries.push({ line, text: list.slice(start).trimEnd(), outcome: { kind: 'refused', failure } })
      break
    }
    entries.push({ line, text: item.text, outcome: judge(item) })
  }
  return entries
}

/** A part of the list, before it is known what it is. */
interface Item {
  readonly line: number
  /** Where it, or the record that it stands in, starts in the list. */
  readonly start: number
  readonly text: string
  /** Set where the place decides and not the text alone. */
  readonly outcome?: HostListOutcome
}

interface Line {
  readonly number: number
  readonly start: number
  readonly text: string
}

function* readItems(list: string): Generator<Item> {
  let isFirst = true
  for (const line of linesOf(list)) {
    const content = line.text.trim()
    if (!isFirst || content === '' || content.startsWith('#')) {
      yield* itemsOfLine(line)
      continue
    }
    isFirst = false
    const header = readHeader(content)
    if (!header) {
      yield* itemsOfLine(line)
      continue
    }
    const { column, otherColumns } = header
    yield { line: line.number, start: line.start, text: content, outcome: { kind: 'header', column, otherColumns } }
    if (otherColumns.length === 0) continue
    yield* itemsOfTable(list, line, header)
    return
  }
}

function* linesOf(list: string): Generator<Line> {
  let start = 0
  for (let number = 1; start <= list.length; number += 1) {
    const end = list.indexOf('\n', start)
    const text = list.slice(start, end < 0 ? undefined : end)
    yield { number, start, text }
    if (end < 0) return
    start = end + 1
  }
}

interface Header {
  readonly delimiter: string
  readonly index: number
  readonly column: string
  readonly otherColumns: readonly string[]
}

const DELIMITERS = [',', ';', '\t', '|'] as const
const HOST_COLUMNS = new Set(['host', 'hostname', 'domain', 'domainname', 'url', 'fqdn'])

function isHostColumn(name: string): boolean {
  return HOST_COLUMNS.has(
    name
      .toLowerCase()
      .replaceAll(/[\s_-]/g, '')
      .replace(/s$/, ''),
  )
}

/** The columns that a line names; null when none of them is one of hosts. */
function readHeader(line: string): Header | null {
  for (const delimiter of DELIMITERS) {
    const cells = (readTable(line, delimiter)[0] ?? []).map((cell) => cell.trim())
    const index = cells.findIndex(isHostColumn)
    const column = cells[index]
    if (column !== undefined) {
      return { delimiter, index, column, otherColumns: cells.filter((cell, other) => other !== index && cell !== '') }
    }
  }
  return null
}

function readTable(text: string, delimiter: string): readonly (readonly string[])[] {
  const options = { delimiter, newline: '\n' } as const
  const { data, errors } = Papa.parse<string[]>(text, options)
  // A quote that is never closed would swallow every line behind it.
  const isBroken = errors.some(({ type }) => type === 'Quotes')
  return isBroken ? Papa.parse<string[]>(text, { ...options, quoteChar: '\0' }).data : data
}

function* itemsOfTable(list: string, header: Line, { delimiter, index }: Header): Generator<Item> {
  let { number: line, start } = header
  for (const [position, cells] of readTable(list.slice(header.start), delimiter).entries()) {
    const height = cells.join('').split('\n').length
    const end = endOfLines(list, start, height)
    if (position > 0) yield* itemsOfRecord({ number: line, start, text: list.slice(start, end) }, cells[index] ?? '')
    line += height
    start = end + 1
  }
}

function endOfLines(list: string, start: number, count: number): number {
  let end = start - 1
  for (let line = 0; line < count; line += 1) {
    const next = list.indexOf('\n', end + 1)
    if (next < 0) return list.length
    end = next
  }
  return end
}

function* itemsOfRecord(record: Line, cell: string): Generator<Item> {
  const text = record.text.trim()
  if (!hasLetterOrDigit(text)) return
  if (text.startsWith('#')) yield { line: record.number, start: record.start, text, outcome: { kind: 'comment' } }
  else if (hasLetterOrDigit(cell)) {
    for (const item of itemsOfLine({ ...record, text: cell })) yield { ...item, start: record.start }
  } else {
    const outcome = { kind: 'refused', failure: { kind: 'host-empty' } } as const
    yield { line: record.number, start: record.start, text, outcome }
  }
}

/** A list number or a bullet and white space. */
const LIST_NUMBER = /^\s*\d{1,4}[.)]\s+/
/** `#` inside a URL is part of it. */
const COMMENT = /(?:^|[\s,;])#/

function* itemsOfLine({ number: line, start: lineStart, text }: Line): Generator<Item> {
  const found = COMMENT.exec(text)
  const commentStart = found ? found.index + found[0].length - 1 : text.length
  const contentStart = LIST_NUMBER.exec(text)?.[0].length ?? 0
  const content = text.slice(contentStart, commentStart)
  const pieces = piecesOf(content)
  const address = hostsFileAddress(content, pieces)
  if (address === null) {
    for (const piece of pieces) {
      const outcome = outcomeByPlace(piece.text, pieces.length)
      const start = lineStart + contentStart + piece.start
      yield { line, start, text: piece.text, ...(outcome && { outcome }) }
    }
  } else {
    const outcome = { kind: 'refused', failure: { kind: 'hosts-file-line', address } } as const
    yield { line, start: lineStart, text: content.trim(), outcome }
  }
  const comment = text.slice(commentStart).trim()
  if (comment !== '') yield { line, start: lineStart + commentStart, text: comment, outcome: { kind: 'comment' } }
}

interface Piece {
  readonly start: number
  readonly text: string
}

function piecesOf(content: string): readonly Piece[] {
  return [...content.matchAll(/\S+/g)].flatMap(({ index, 0: word }) =>
    partsOf(word)
      .map(({ start, text }) => withoutWrapping({ start: index + start, text }))
      .filter(({ text }) => hasLetterOrDigit(text)),
  )
}

/** Splits at commas and semicolons, but for those in a path, which `cleanHost` takes as part of it. */
function partsOf(word: string): Piece[] {
  const parts: Piece[] = []
  for (const { index, 0: text } of word.matchAll(/[^,;]+/g)) {
    const before = parts.at(-1)
    if (before && hasPath(before.text) && !startsHost(text)) {
      parts.splice(-1, 1, { start: before.start, text: word.slice(before.start, index + text.length) })
    } else parts.push({ start: index, text })
  }
  return parts
}

const SCHEME = /^["'`<([{]*(?:[a-z][a-z0-9+.-]*:)?\/\//i

function hasPath(text: string): boolean {
  return /[/?#\\]/.test(text.replace(SCHEME, ''))
}

/** A scheme, or a name with a dot and no number behind it, before any path. */
function startsHost(text: string): boolean {
  return SCHEME.test(text) || /^[^/?]*\.[^\d/?]/.test(text)
}

function withoutWrapping({ start, text }: Piece): Piece {
  // The brackets of an IPv6 address are its own.
  if (/^\[[\da-f:.]*:[\da-f:.]*\]/i.test(text)) return { start, text }
  const leading = /^["'`<([{]*/.exec(text)?.[0].length ?? 0
  const inner = text.slice(leading).replace(/["'`>)\]}]+$/, '')
  // Markup is not something in brackets.
  return /[<>]/.test(inner) ? { start, text } : { start: start + leading, text: inner }
}

function hasLetterOrDigit(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

/** The address of a line such as `192.0.2.1 api.example.com`; null for any other line. */
function hostsFileAddress(content: string, [first, second]: readonly Piece[]): string | null {
  if (!first || !second || !isAddress(first.text) || isAddress(second.text)) return null
  const between = content.slice(first.start + first.text.length, second.start)
  return between.trim() === '' ? first.text : null
}

function isAddress(text: string): boolean {
  const cleaned = cleanHost(text)
  return !cleaned.ok && cleaned.failure.kind === 'ip-address'
}

/** What a text is by itself and by the number of texts in its line; null when `cleanHost` has to tell. */
function outcomeByPlace(text: string, count: number): HostListOutcome | null {
  if (/^[^/:@]+@[^/:@]+$/.test(text)) return { kind: 'refused', failure: { kind: 'mail-address' } }
  const isWord = count > 1 && !/[.:/]/.test(text) && cleanHost(text).ok
  return isWord ? { kind: 'refused', failure: { kind: 'word-among-others' } } : null
}
