/**
 * Android's Network Security Configuration as a model: what the platform accepts, ignores and refuses, which entry
 * applies to a host and when a connection passes. Written from the platform reference (sections A.2 to A.8 and A.11)
 * and deliberately without a look at the generator, so that the two can disagree.
 */
import { childElements, isElement, ownText, parseStrictXml } from './strict-xml.ts'
import type { Element } from '@xmldom/xmldom'

export interface PinSet {
  /** Each in canonical padded base64, whatever the file wrote. */
  readonly pins: ReadonlySet<string>
  readonly expiration: CalendarDay | null
}

export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

export interface TrustAnchor {
  /** `system`, `user`, `wfa` or `@raw/…`. */
  readonly src: string
  readonly overridePins: boolean
}

/** What one config says or inherits; null where the platform default decides. */
export interface Settings {
  readonly pinSet: PinSet | null
  readonly trustAnchors: readonly TrustAnchor[] | null
  readonly cleartextTrafficPermitted: boolean | null
  readonly certificateTransparency: boolean | null
  readonly domainEncryption: 'disabled' | 'opportunistic' | 'enabled' | 'default' | null
}

export interface DomainRule {
  /** Trimmed and lower-cased, otherwise as written. */
  readonly domain: string
  readonly includeSubdomains: boolean
  /** Inheritance is already applied. */
  readonly settings: Settings
}

export interface NetworkSecurityConfig {
  readonly base: Settings
  readonly domains: readonly DomainRule[]
  /** Empty unless parsed for a debuggable build. */
  readonly debugAnchors: readonly TrustAnchor[]
}

export type ParsedConfig =
  | { readonly accepted: NetworkSecurityConfig; readonly refused?: never }
  | { readonly accepted?: never; readonly refused: string }

export interface Build {
  /** `debug-overrides` count, and are checked, in debuggable builds alone. */
  readonly debuggable: boolean
}

/** The device's clock. Pins expire at local midnight, so the offset matters. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: number
  /** Minutes east of Greenwich. */
  readonly utcOffsetMinutes: number
}

export interface Connection extends Clock {
  /** Where the anchor of the verified chain comes from. */
  readonly anchor?: string
}

/** A.3 "throws": the whole file is refused. */
class Refusal extends Error {}

function refuse(reason: string): never {
  throw new Refusal(reason)
}

const NOTHING_SET: Settings = {
  pinSet: null,
  trustAnchors: null,
  cleartextTrafficPermitted: null,
  certificateTransparency: null,
  domainEncryption: null,
}

export function parseNetworkSecurityConfig(xml: string, build: Build = { debuggable: false }): ParsedConfig {
  const document = parseStrictXml(xml)
  if (document.problem !== undefined) return { refused: `not well-formed: ${document.problem}` }
  try {
    return { accepted: readRoot(document.root, build) }
  } catch (cause) {
    if (cause instanceof Refusal) return { refused: cause.message }
    throw cause
  }
}

function readRoot(root: Element, build: Build): NetworkSecurityConfig {
  if (root.localName !== 'network-security-config') refuse(`root element is ${root.localName}`)
  refuseMisplaced(root, ['domain', 'pin-set'])
  const baseConfigs = childrenNamed(root, 'base-config')
  const debugOverrides = childrenNamed(root, 'debug-overrides')
  if (baseConfigs.length > 1) refuse('second base-config')
  if (debugOverrides.length > 1) refuse('second debug-overrides')

  const baseConfig = baseConfigs[0]
  if (baseConfig) refuseMisplaced(baseConfig, ['domain', 'pin-set', 'domain-config'])
  // The base config may stand after the domain configs that inherit from it (A.2), so it is read first.
  const base = baseConfig ? readSettings(baseConfig, NOTHING_SET) : NOTHING_SET
  const seen = new Set<string>()
  const domains = childrenNamed(root, 'domain-config').flatMap((config) => readDomainConfig(config, base, seen))
  const overrides = build.debuggable ? debugOverrides[0] : undefined
  return { base, domains, debugAnchors: overrides ? readDebugOverrides(overrides) : [] }
}

function readDebugOverrides(overrides: Element): TrustAnchor[] {
  refuseMisplaced(overrides, ['domain', 'pin-set', 'domain-config', 'certificateTransparency', 'domainEncryption'])
  return readTrustAnchors(overrides, true) ?? []
}

function readDomainConfig(config: Element, parent: Settings, seen: Set<string>): DomainRule[] {
  const settings = readSettings(config, parent)
  const domains = childrenNamed(config, 'domain')
  if (domains.length === 0) refuse('domain-config without a domain of its own')
  const own = domains.map((element): DomainRule => {
    const domain = readDomain(element)
    if (seen.has(domain)) refuse(`domain ${domain} twice`)
    seen.add(domain)
    return { domain, includeSubdomains: booleanAttribute(element, 'includeSubdomains') ?? false, settings }
  })
  return [
    ...own,
    ...childrenNamed(config, 'domain-config').flatMap((nested) => readDomainConfig(nested, settings, seen)),
  ]
}

function readDomain(element: Element): string {
  if (childElements(element).length > 0) refuse('element inside domain')
  const domain = trim(ownText(element)).toLowerCase()
  if (domain === '') refuse('empty domain')
  return domain
}

/** A.8: every setting is inherited on its own, and a set value replaces the inherited one. */
function readSettings(config: Element, inherited: Settings): Settings {
  return {
    pinSet: readPinSet(config) ?? inherited.pinSet,
    trustAnchors: readTrustAnchors(config, false) ?? inherited.trustAnchors,
    cleartextTrafficPermitted:
      booleanAttribute(config, 'cleartextTrafficPermitted') ?? inherited.cleartextTrafficPermitted,
    certificateTransparency: readCertificateTransparency(config) ?? inherited.certificateTransparency,
    domainEncryption: readDomainEncryption(config) ?? inherited.domainEncryption,
  }
}

function readCertificateTransparency(config: Element): boolean | null {
  const last = childrenNamed(config, 'certificateTransparency').at(-1)
  return last ? (booleanAttribute(last, 'enabled') ?? false) : null
}

function readDomainEncryption(config: Element): Settings['domainEncryption'] {
  const last = childrenNamed(config, 'domainEncryption').at(-1)
  if (!last) return null
  const mode = attribute(last, 'mode')
  return mode === 'disabled' || mode === 'opportunistic' || mode === 'enabled' ? mode : 'default'
}

function readPinSet(config: Element): PinSet | null {
  const [pinSet, second] = childrenNamed(config, 'pin-set')
  if (second) refuse('second pin-set in one config')
  if (!pinSet) return null
  const expiration = attribute(pinSet, 'expiration')
  return {
    pins: new Set(childrenNamed(pinSet, 'pin').map(readPin)),
    expiration: expiration === null ? null : readExpiration(expiration),
  }
}

const DIGEST_LENGTH = 32

function readPin(pin: Element): string {
  const digest = attribute(pin, 'digest')
  if (digest === null) refuse('pin without digest')
  if (digest.toUpperCase() !== 'SHA-256') refuse(`unsupported pin digest ${digest}`)
  if (childElements(pin).length > 0) refuse('element inside pin')
  const bytes = decodeLikeAndroid(ownText(pin))
  if (bytes === null) refuse('pin is not base64')
  if (bytes.length !== DIGEST_LENGTH) refuse(`pin has ${bytes.length} bytes`)
  return Buffer.from(bytes).toString('base64')
}

const BASE64_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Android's decoder: characters outside the standard alphabet are skipped, `-` and `_` among them; padding may be
 * missing, but where it stands it has to complete the last group and nothing may follow it.
 *
 * @returns null where it throws
 */
export function decodeLikeAndroid(text: string): Uint8Array | null {
  const bytes: number[] = []
  let group: number[] = []
  let padding = 0
  for (const character of text) {
    const value = BASE64_ALPHABET.indexOf(character)
    if (character === '=') padding += 1
    else if (value >= 0) {
      if (padding > 0) return null
      group.push(value)
      if (group.length === 4) {
        bytes.push(...bytesOfGroup(group))
        group = []
      }
    }
  }
  if (padding > 0 && (group.length < 2 || group.length + padding !== 4)) return null
  if (group.length === 1) return null
  return Uint8Array.from([...bytes, ...bytesOfGroup(group)])
}

/** Two, three or four values of six bits make one, two or three bytes. */
function bytesOfGroup(group: readonly number[]): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = group
  return [(a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d].slice(0, Math.max(0, group.length - 1))
}

/**
 * `yyyy-MM-dd` as a non-lenient SimpleDateFormat reads it: any number of digits, blanks in front of a number, text
 * after the day ignored, impossible dates refused.
 */
function readExpiration(text: string): CalendarDay {
  const [, year, month, day] = (/^[ \t]*(\d+)-[ \t]*(\d+)-[ \t]*(\d+)/.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) refuse(`expiration "${text}" is no yyyy-MM-dd`)
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    refuse(`expiration "${text}" is no date`)
  }
  return { year, month, day }
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function readTrustAnchors(config: Element, overridePinsByDefault: boolean): TrustAnchor[] | null {
  const [anchors, second] = childrenNamed(config, 'trust-anchors')
  if (second) refuse('second trust-anchors in one config')
  if (!anchors) return null
  return childrenNamed(anchors, 'certificates').map((certificates) => {
    const src = attribute(certificates, 'src')
    if (src === null) refuse('certificates without src')
    if (!/^(?:system|user|wfa|@raw\/\w+)$/.test(src)) refuse(`unknown certificates src ${src}`)
    return { src, overridePins: booleanAttribute(certificates, 'overridePins') ?? overridePinsByDefault }
  })
}

/** Names are compared without a namespace; anything unknown is skipped with all it contains. */
function childrenNamed(parent: Element, name: string): Element[] {
  return childElements(parent).filter((child) => child.localName === name)
}

function refuseMisplaced(parent: Element, names: readonly string[]): void {
  for (const child of childElements(parent)) {
    if (names.includes(child.localName ?? '')) refuse(`${child.localName} inside ${parent.localName}`)
  }
}

/** A.2: an attribute with a namespace prefix is another attribute. */
function attribute(element: Element, name: string): string | null {
  return element.hasAttributeNS(null, name) ? element.getAttributeNS(null, name) : null
}

function booleanAttribute(element: Element, name: string): boolean | null {
  const value = attribute(element, name)
  return value === null ? null : compiledBoolean(value)
}

/**
 * The boolean that the runtime sees in a compiled attribute. The resource compiler types `true` and `false` in any
 * letter case, integers and colours; text that it leaves a string, such as `YES`, gives null: the default.
 */
export function compiledBoolean(value: string): boolean | null {
  if (/^true$/i.test(value)) return true
  if (/^false$/i.test(value)) return false
  const number = value.trimStart()
  if (/^(?:-?\d+|0x[\da-f]{1,8})$/i.test(number)) {
    const integer = Number(number)
    // Larger decimal numbers become floating point, which is neither integer nor boolean.
    return integer >= -0x80000000 && integer <= 0xffffffff && !(integer > 0x7fffffff && !/x/i.test(number))
      ? integer !== 0
      : null
  }
  // A colour without an alpha digit is opaque, hence never 0.
  const colour = /^#(?:([\da-f]{3}|[\da-f]{6})|([\da-f]{4}|[\da-f]{8}))$/i.exec(number)
  if (!colour) return null
  return colour[1] !== undefined || /[^0]/.test(colour[2] ?? '')
}

/** `String.trim()` of Java. */
function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end -= 1
  return text.slice(start, end)
}

/** A.4: the one entry that applies to a host; null when the base config does. */
export function ruleFor(config: NetworkSecurityConfig, host: string): DomainRule | null {
  const name = host.toLowerCase().replace(/\.$/, '')
  const exact = config.domains.find((rule) => rule.domain === name)
  if (exact) return exact
  const parents = config.domains.filter((rule) => rule.includeSubdomains && name.endsWith(`.${rule.domain}`))
  return parents.reduce<DomainRule | null>(
    (longest, rule) => (longest && longest.domain.length >= rule.domain.length ? longest : rule),
    null,
  )
}

/** The pins that a connection has to meet; null when the host is not pinned (any more). */
export function enforcedPins(config: NetworkSecurityConfig, host: string, clock: Clock): ReadonlySet<string> | null {
  const pinSet = ruleFor(config, host)?.settings.pinSet
  if (!pinSet || pinSet.pins.size === 0) return null
  // A.5 skips the check once now is past the expiration; at that very instant it still runs.
  return pinSet.expiration && clock.now > expiryInstant(pinSet.expiration, clock.utcOffsetMinutes) ? null : pinSet.pins
}

/** A.6: 00:00 local time at the start of the named day. */
export function expiryInstant({ year, month, day }: CalendarDay, utcOffsetMinutes: number): number {
  const start = new Date(0)
  // Not Date.UTC, which moves the years 0 to 99 into the twentieth century.
  start.setUTCFullYear(year, month - 1, day)
  const instant = start.getTime() - utcOffsetMinutes * 60_000
  return Number.isNaN(instant) ? Infinity : instant
}

/** A.7: the defaults of targetSdk 24 and newer. */
const PLATFORM_ANCHORS: readonly TrustAnchor[] = [{ src: 'system', overridePins: false }]

/**
 * A.7: where the trust anchors of a host come from. A config's own list stands in place of the inherited one; an empty
 * one trusts nothing (A.3).
 */
export function anchorsFor(config: NetworkSecurityConfig, host: string): readonly TrustAnchor[] {
  const own = ruleFor(config, host)?.settings.trustAnchors ?? config.base.trustAnchors ?? PLATFORM_ANCHORS
  return [...own, ...config.debugAnchors]
}

/**
 * Whether a connection passes, given the pins of the verified chain including its anchor. The chain itself is taken to
 * be valid; whether its anchor is trusted here is part of the question.
 */
export function connects(
  config: NetworkSecurityConfig,
  host: string,
  chainPins: Iterable<string>,
  { anchor = 'system', ...clock }: Connection,
): boolean {
  const matching = anchorsFor(config, host).filter(({ src }) => src === anchor)
  if (matching.length === 0) return false
  if (matching.some(({ overridePins }) => overridePins)) return true
  const pins = enforcedPins(config, host, clock)
  return pins === null || [...chainPins].some((pin) => pins.has(pin))
}

export interface LintFinding {
  readonly id:
    | 'NetworkSecurityConfig'
    | 'PinSetExpiry'
    | 'MissingBackupPin'
    | 'AcceptsUserCertificates'
    | 'InsecureBaseConfiguration'
  readonly severity: 'fatal' | 'warning'
  readonly message: string
}

const DAYS_BEFORE_EXPIRY_WARNING = 10
const MILLISECONDS_PER_DAY = 86_400_000

const KNOWN_ROOT_CHILDREN = new Set(['base-config', 'domain-config', 'debug-overrides'])

const KNOWN_CHILDREN: Readonly<Record<string, readonly string[]>> = {
  'base-config': ['trust-anchors', 'certificateTransparency', 'domainEncryption'],
  'domain-config': [
    'domain',
    'trust-anchors',
    'pin-set',
    'domain-config',
    'certificateTransparency',
    'domainEncryption',
  ],
  'debug-overrides': ['trust-anchors'],
  'pin-set': ['pin'],
  'trust-anchors': ['certificates'],
}

/** What Android lint says of a file (A.11). The fatal ones stop a release build although the platform may accept. */
export function lintFindings(xml: string, clock: Clock): LintFinding[] {
  const document = parseStrictXml(xml)
  if (document.problem !== undefined) return [fatal(`not well-formed: ${document.problem}`)]
  const { root } = document
  const everything = Array.from(root.getElementsByTagName('*'))
  const named = (name: string) => everything.filter((element) => element.localName === name)
  return [
    ...lintRoot(root),
    ...everything.flatMap(lintChildren),
    ...lintDomains(named('domain')),
    ...named('pin-set').flatMap((pinSet) => lintPinSet(pinSet, clock)),
    ...named('pin').flatMap(lintPin),
    ...named('base-config').flatMap(lintBaseConfig),
  ]
}

function fatal(message: string): LintFinding {
  return { id: 'NetworkSecurityConfig', severity: 'fatal', message }
}

function warning(id: LintFinding['id'], message: string): LintFinding {
  return { id, severity: 'warning', message }
}

function lintRoot(root: Element): LintFinding[] {
  const findings = childElements(root)
    .filter((child) => !KNOWN_ROOT_CHILDREN.has(child.localName ?? ''))
    .map((child) => fatal(`unknown element ${child.localName}`))
  if (childrenNamed(root, 'base-config').length > 1) findings.push(fatal('second base-config'))
  if (childrenNamed(root, 'debug-overrides').length > 1) findings.push(fatal('second debug-overrides'))
  return findings
}

function lintChildren(element: Element): LintFinding[] {
  const known = KNOWN_CHILDREN[element.localName ?? '']
  if (!known) return []
  const findings: LintFinding[] = []
  for (const name of childElements(element).map((child) => child.localName ?? '')) {
    const meant = known.find((candidate) => candidate !== name && editDistance(candidate, name) <= 3)
    if (!known.includes(name) && meant !== undefined) findings.push(fatal(`${name} is probably ${meant}`))
  }
  if (childrenNamed(element, 'pin-set').length > 1) findings.push(fatal('second pin-set in one config'))
  if (childrenNamed(element, 'trust-anchors').length > 1) findings.push(fatal('second trust-anchors in one config'))
  return findings
}

function lintDomains(domains: readonly Element[]): LintFinding[] {
  const seen = new Set<string>()
  return domains.flatMap((element) => {
    const domain = trim(ownText(element)).toLowerCase()
    const findings: LintFinding[] = []
    if (attribute(element, 'includeSubdomains') === null) findings.push(fatal(`${domain} without includeSubdomains`))
    if (seen.has(domain)) findings.push(fatal(`domain ${domain} twice`))
    seen.add(domain)
    return findings
  })
}

function lintPinSet(pinSet: Element, clock: Clock): LintFinding[] {
  const count = childrenNamed(pinSet, 'pin').length
  const findings: LintFinding[] = []
  if (count === 0) findings.push(fatal('pin-set without pin'))
  if (count === 1) findings.push(warning('MissingBackupPin', 'a single pin'))
  const expiration = attribute(pinSet, 'expiration')
  if (expiration === null) return findings
  const day = strictIsoDay(expiration)
  if (!day) return [...findings, fatal(`expiration "${expiration}" is no strict ISO date`)]
  const daysLeft = (expiryInstant(day, clock.utcOffsetMinutes) - clock.now) / MILLISECONDS_PER_DAY
  if (daysLeft < DAYS_BEFORE_EXPIRY_WARNING) {
    findings.push(warning('PinSetExpiry', daysLeft < 0 ? 'pin-set is expired' : 'pin-set is about to expire'))
  }
  return findings
}

function strictIsoDay(text: string): CalendarDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? { year, month, day } : null
}

function lintPin(pin: Element): LintFinding[] {
  const first = pin.firstChild
  if (first && !isElement(first) && first.nodeType === first.COMMENT_NODE) return [fatal('comment opens a pin')]
  return isStrictBase64(ownText(pin)) ? [] : [fatal('pin is not strict base64')]
}

/** Java's basic decoder: nothing outside the alphabet, no white space; padding complete or absent. */
function isStrictBase64(text: string): boolean {
  return text !== '' && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text)
}

function lintBaseConfig(config: Element): LintFinding[] {
  const findings: LintFinding[] = []
  const sources = childrenNamed(config, 'trust-anchors').flatMap((anchors) => childrenNamed(anchors, 'certificates'))
  if (sources.some((certificates) => attribute(certificates, 'src') === 'user')) {
    findings.push(warning('AcceptsUserCertificates', 'base-config trusts user certificates'))
  }
  if (booleanAttribute(config, 'cleartextTrafficPermitted') === true) {
    findings.push(warning('InsecureBaseConfiguration', 'base-config permits cleartext traffic'))
  }
  return findings
}

/** Levenshtein distance. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1)
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[right.length] ?? 0
}
