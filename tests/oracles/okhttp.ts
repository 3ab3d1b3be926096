/**
 * OkHttp's CertificatePinner as a model: what it is told in Java or Kotlin, what it refuses, which pins apply to a host
 * and when a connection passes. Written from the platform reference (section C.1) and the languages' lexical rules,
 * deliberately without a look at the generator, so that the two can disagree. `tests/core/formats/android/okhttp.test.ts`
 * holds it against OkHttp itself.
 */
import { domainToASCII } from 'node:url'
import type { Judgement } from '../support/tools.ts'

/** One pattern with one pin: the canonical host pattern, and the hash as padded base64. */
export interface OkHttpPin {
  readonly pattern: string
  readonly hash: string
}

/** Since 4.3 `**.` means every depth; before that such a pattern is accepted and matches nothing. */
export type OkHttpVersion = 'since 4.3' | '3.x'

export type SourceLanguage = 'java' | 'kotlin'

interface Token {
  readonly kind: 'string' | 'other'
  readonly text: string
}

/** The pins of every call of `add` in a source file, in their order. */
export function readPins(source: string, language: SourceLanguage): Judgement<readonly OkHttpPin[]> {
  const { accepted: tokens, problem } = tokensOf(source, language)
  if (problem !== undefined) return { problem }
  const pins: OkHttpPin[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    if (!isOther(tokens[at], 'add') || !isOther(tokens[at + 1], '(')) continue
    const { accepted: texts, problem: noStrings } = stringArguments(tokens.slice(at + 2))
    if (noStrings !== undefined) return { problem: noStrings }
    const [pattern = '', ...hashes] = texts
    for (const hash of hashes) {
      const { accepted: pin, problem: refusal } = addPin(pattern, hash)
      if (refusal !== undefined) return { problem: refusal }
      pins.push(pin)
    }
  }
  return { accepted: pins }
}

/** What every string of a source stands for, in their order. */
export function readStrings(source: string, language: SourceLanguage): Judgement<readonly string[]> {
  const { accepted: tokens, problem } = tokensOf(source, language)
  if (problem !== undefined) return { problem }
  return { accepted: tokens.filter(({ kind }) => kind === 'string').map(({ text }) => text) }
}

/** What `Builder.add` makes of a pattern and a pin: since 4.3 it throws for what cannot be one. */
export function addPin(pattern: string, pin: string): Judgement<OkHttpPin> {
  if (!/^(?:\*\*?\.)?[^*]*$/.test(pattern)) return { problem: `Unexpected pattern: ${pattern}` }
  const host = pattern.replace(/^\*+\./, '')
  const wildcard = pattern.slice(0, pattern.length - host.length)
  // OkHttp takes a wildcard of nothing for a pattern, which matches nothing.
  const ascii = host === '' && wildcard !== '' ? '' : canonicalHost(host)
  // Checked with the wildcard, which takes its part of the length.
  if (ascii === null || `${wildcard}${ascii}`.length > 253) return { problem: `Invalid pattern: ${pattern}` }
  const text = /^sha(?:1|256)\/([A-Za-z\d+/\-_\s]*=*)$/.exec(pin)?.[1]
  if (text === undefined) return { problem: `Not a pin: ${pin}` }
  const hash = Buffer.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString('base64')
  return { accepted: { pattern: `${wildcard}${ascii}`, hash: pin.startsWith('sha1/') ? `SHA-1 ${hash}` : hash } }
}

/** Lower case, as A-labels; null for what no host has in it. A dot at the end stays. */
function canonicalHost(host: string): string | null {
  // oxlint-disable-next-line no-control-regex -- they are what no host has
  if (host === '' || /[\u0000-\u0020\u007f #%/:?@[\\\]]/.test(host)) return null
  const ascii = /^[\u0021-\u007e]*$/.test(host) ? host.toLowerCase() : domainToASCII(host)
  return ascii === '' || ascii.split('.').some((label) => label.length > 63) ? null : ascii
}

/** Of all patterns that match; null when none does: then the host is not pinned. */
export function matchingPins(
  pins: readonly OkHttpPin[],
  host: string,
  version: OkHttpVersion = 'since 4.3',
): ReadonlySet<string> | null {
  const matching = pins.filter(({ pattern }) => matches(pattern, host, version))
  return matching.length === 0 ? null : new Set(matching.map(({ hash }) => hash))
}

/** One pin of all that match has to be in the chain, wherever. */
export function connects(pins: readonly OkHttpPin[], host: string, chainPins: readonly string[]): boolean {
  const wanted = matchingPins(pins, host)
  return wanted === null || chainPins.some((pin) => wanted.has(pin))
}

function matches(pattern: string, host: string, version: OkHttpVersion): boolean {
  if (pattern.startsWith('**.')) {
    const apex = pattern.slice('**.'.length)
    return version === 'since 4.3' && (host === apex || host.endsWith(`.${apex}`))
  }
  if (pattern.startsWith('*.')) {
    return host.includes('.') && host.slice(host.indexOf('.') + 1) === pattern.slice('*.'.length)
  }
  return host === pattern
}

function isOther(token: Token | undefined, text: string): boolean {
  return token?.kind === 'other' && token.text === text
}

/** What stands up to the closing parenthesis: strings and commas between them. */
function stringArguments(tokens: readonly Token[]): Judgement<readonly string[]> {
  const texts: string[] = []
  for (let at = 0; at < tokens.length; at += 2) {
    const [token, after] = [tokens[at], tokens[at + 1]]
    if (token?.kind !== 'string') return { problem: `not a string: ${token?.text}` }
    texts.push(token.text)
    if (isOther(after, ')')) return { accepted: texts }
    if (!isOther(after, ',')) return { problem: `neither a comma nor the end: ${after?.text}` }
  }
  return { problem: 'the call does not end' }
}

/** Source without comments, strings as what they stand for. */
function tokensOf(source: string, language: SourceLanguage): Judgement<readonly Token[]> {
  const { accepted: text, problem } = language === 'java' ? withoutUnicodeEscapes(source) : { accepted: source }
  if (problem !== undefined) return { problem }
  const tokens: Token[] = []
  const pattern = /\s+|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n\r]|\\.)*"|[A-Za-z_$][\w$]*|[\s\S]/gu
  for (const [found] of text.matchAll(pattern)) {
    if (/^\s|^\/[/*]/.test(found)) continue
    if (!found.startsWith('"')) tokens.push({ kind: 'other', text: found })
    else {
      const { accepted: content, problem: unreadable } = stringContent(found, language)
      if (unreadable !== undefined) return { problem: unreadable }
      tokens.push({ kind: 'string', text: content })
    }
  }
  return { accepted: tokens }
}

/** Java reads `\u000a` everywhere, in comments too, unless an odd number of backslashes stands before it. */
function withoutUnicodeEscapes(source: string): Judgement<string> {
  if (/\\u+(?!u|[\da-fA-F]{4})/.test(source.replaceAll('\\\\', ''))) return { problem: 'illegal unicode escape' }
  return {
    accepted: source.replaceAll(/\\\\|\\u+([\da-fA-F]{4})/g, (whole, hex?: string) =>
      hex === undefined ? whole : String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b' }

function stringContent(literal: string, language: SourceLanguage): Judgement<string> {
  if (literal.length < 2 || !literal.endsWith('"')) return { problem: `a string does not end: ${literal}` }
  const inside = literal.slice(1, -1)
  if (language === 'kotlin' && /(?:^|[^\\])(?:\\\\)*\$[\w{]/.test(inside)) return { problem: `a template: ${literal}` }
  return { accepted: inside.replaceAll(/\\(.)/g, (_whole, escaped: string) => ESCAPES[escaped] ?? escaped) }
}
