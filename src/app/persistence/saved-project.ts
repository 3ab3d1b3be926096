import type { CertificateFingerprint, PublicKeyDescription } from '../../core/certificate/certificate.ts'
import type { FormatSettings } from '../../core/formats/format.ts'
import type { ProjectSettings } from '../../core/settings/project-settings.ts'
import type { KeyOrigin } from '../../core/pins/key-without-certificate.ts'
import type { PinRole, TypedPin } from '../../core/pins/pin-choices.ts'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'
import { failed, ok, type Result } from '../../core/result.ts'
import type { DamagedBlock, IgnoredBlock, InspectedKey } from '../../engine/inspection.ts'
import {
  LIVE_CHAIN_PROBLEMS,
  type AddressReport,
  type DeclinedOffer,
  type Handshake,
  type KeyType,
  type LiveChainFailureKind,
  type Offer,
  type OfferFailure,
} from '../../live-chain/contract.ts'
import { isDamageReason, isInputFormat } from './input-kinds.ts'
import type { KeptSource, RowContent, RowSource, ServedChains, SourceFailure, SourceKind, SourceState } from '../row.ts'
import { upgraded } from './older-projects.ts'

/** What is kept of a project. Certificates are kept apart, by fingerprint; see `certificate-storage.ts`. */
export interface SavedProject {
  readonly id: string
  readonly name: string
  /** Different at every save, so that tabs notice each other's. */
  readonly revision: string
  readonly rows: readonly RowContent[]
  readonly settings: ProjectSettings
}

/** Why a stored text is no project. `newer-version`: a newer Pinsmith wrote it. */
export type UnreadableProject =
  { readonly kind: 'too-long' | 'not-json' | 'not-a-project' } | { readonly kind: 'newer-version' }

/** The version of the wire form. A new field needs a new version; `older-projects.ts` then turns older ones into it. */
export const VERSION = 2

/** Above what a browser stores for one site, so whatever is longer was not stored by us. */
export const LONGEST_TEXT = 16 * 1024 * 1024

interface WireProject {
  readonly version: typeof VERSION
  readonly revision: string
  readonly id: string
  readonly name: string
  readonly rows: readonly WireRow[]
  readonly settings: ProjectSettings
}

type WireRow = Omit<RowContent, 'choices' | 'sources'> & {
  readonly roles: RowContent['choices']['roles']
  readonly exceptions: readonly (readonly [CertificateFingerprint, boolean])[]
  readonly backupKeys: readonly SpkiPin[]
  readonly typedPins: readonly TypedPin[]
  readonly sources: readonly WireSource[]
}

interface WireSource {
  readonly kind: SourceKind
  readonly name: string
  /** Exactly one of the two. */
  readonly held?: KeptSource
  readonly failure?: Exclude<SourceFailure, { readonly kind: 'not-kept' }>
}

/** A project as text. The same project always gives the same text. Sources that are under way are left out. */
export function encode({ revision, id, name, rows, settings }: SavedProject): string {
  const project: WireProject = { version: VERSION, revision, id, name, rows: rows.map(wireRow), settings }
  return JSON.stringify(project)
}

function wireRow({ hostText, includeSubdomains, choices, sources, isFolded, otherNames }: RowContent): WireRow {
  return {
    hostText,
    includeSubdomains,
    roles: choices.roles,
    exceptions: [...choices.exceptions],
    backupKeys: [...choices.backupKeys],
    typedPins: choices.typedPins,
    sources: sources.flatMap(wireSource),
    isFolded,
    otherNames,
  }
}

function wireSource({ kind, name, state }: Omit<RowSource, 'id'>): readonly WireSource[] {
  const held = heldBy(state)
  if (held) return [{ kind, name, held }]
  // A source whose certificates are gone is still the source that held them.
  return state.status === 'failed' && state.failure.kind !== 'not-kept' ? [{ kind, name, failure: state.failure }] : []
}

/** What a source holds, or will hold when its bytes are back; null when it failed or is under way. */
function heldBy(state: SourceState): KeptSource | null {
  switch (state.status) {
    case 'read': {
      const certificates = state.certificates.map(({ sha256, position }) => ({ sha256, position }))
      const { keys, damaged, ignored, served } = state
      return { certificates, keys, damaged, ignored, ...(served ? { served } : {}) }
    }
    case 'failed':
      return state.failure.kind === 'not-kept' ? state.failure.kept : null
    case 'reading':
    case 'fetching':
      return state.kept ?? null
  }
}

/**
 * A stored text → a project. Anybody may have written the text: a field that is missing, unknown or of another type
 * refuses the whole, so that nothing of it is dropped by the next save.
 */
export function decode(text: string): Result<SavedProject, UnreadableProject> {
  if (text.length > LONGEST_TEXT) return failed({ kind: 'too-long' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return failed({ kind: 'not-json' })
  }
  if (isRecord(value) && typeof value['version'] === 'number' && value['version'] > VERSION) {
    return failed({ kind: 'newer-version' })
  }
  const project = upgraded(value)
  if (!isProject(project)) return failed({ kind: 'not-a-project' })
  const { id, name, revision, rows, settings } = project
  return ok({ id, name, revision, rows: rows.map(rowContent), settings })
}

function rowContent({ roles, exceptions, backupKeys, typedPins, sources, ...row }: WireRow): RowContent {
  return {
    ...row,
    choices: { roles, exceptions: new Map(exceptions), backupKeys: new Set(backupKeys), typedPins },
    sources: sources.map(({ kind, name, held, failure }) => ({
      kind,
      name,
      state: failure ? { status: 'failed', failure } : { status: 'reading', ...(held ? { kept: held } : {}) },
    })),
  }
}

/** Whether a value has a type. */
type Check<T> = (value: unknown) => value is T

/** A check for each field of a type, so that a new field does not compile before it is checked. */
type Checks<T> = { readonly [Field in keyof T]-?: Check<T[Field]> }

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isText: Check<string> = (value) => typeof value === 'string'
const isSwitch: Check<boolean> = (value) => typeof value === 'boolean'
const isCount: Check<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const isFingerprint: Check<CertificateFingerprint> = (value): value is CertificateFingerprint =>
  isText(value) && /^[\da-f]{64}$/.test(value)

const isPin: Check<SpkiPin> = (value): value is SpkiPin => isText(value) && /^[\d+/A-Za-z]{43}=$/.test(value)

function orNull<T>(isValue: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || isValue(value)
}

function optional<T>(isValue: Check<T>): Check<T | undefined> {
  return (value) => value === undefined || isValue(value)
}

function listOf<T>(isItem: Check<T>): Check<readonly T[]> {
  return (value) => Array.isArray(value) && value.every(isItem)
}

/** The names of a record, for types that exist at compile time alone. */
function oneOf<Name extends string>(names: Readonly<Record<Name, true>>): Check<Name> {
  return (value): value is Name => isText(value) && Object.hasOwn(names, value)
}

/** A record with exactly these fields. */
function fields<T>(checks: Checks<T>): Check<T> {
  return (value): value is T =>
    isRecord(value) &&
    Object.keys(value).every((name) => Object.hasOwn(checks, name)) &&
    Object.entries<Check<unknown>>(checks).every(([name, isValue]) => isValue(value[name]))
}

/** A record with names of its own, none of which any object has from its prototype. */
function recordOf<T>(isValue: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    isRecord(value) && Object.entries(value).every(([name, item]) => !(name in {}) && isValue(item))
}

function pairOf<First, Second>(isFirst: Check<First>, isSecond: Check<Second>): Check<readonly [First, Second]> {
  return (value): value is readonly [First, Second] =>
    Array.isArray(value) && value.length === 2 && isFirst(value[0]) && isSecond(value[1])
}

const isDamaged = fields<DamagedBlock>({
  position: isCount,
  reason: isDamageReason,
  looksLike: optional(isInputFormat),
  file: optional(isText),
})

const isPublicKey = fields<PublicKeyDescription>({
  algorithm: isText,
  bits: orNull(isCount),
  curve: orNull(isText),
  exponent: optional(oneOf<'unusual'>({ unusual: true })),
})

const isKey = fields<InspectedKey>({
  pin: isPin,
  origin: oneOf<KeyOrigin>({ 'certificate-request': true, 'public-key': true, 'private-key': true }),
  name: isText,
  publicKey: orNull(isPublicKey),
  position: isCount,
})

const ENDPOINT_FACTS = {
  alert: optional(isText),
  retryAfterSeconds: optional(isCount),
  allowedPorts: optional(listOf(isCount)),
}

const isKeyType = oneOf<KeyType>({ ecdsa: true, rsa: true })
const isOffer = oneOf<Offer>({ any: true, ecdsa: true, rsa: true })

const isAddress = fields<AddressReport>({
  address: isText,
  handshakes: listOf(
    fields<Handshake>({
      offers: listOf(isOffer),
      chain: isCount,
      tlsVersion: isText,
      alpn: orNull(isText),
      clientCertificateRequested: isSwitch,
      milliseconds: isCount,
    }),
  ),
  declined: listOf(fields<DeclinedOffer>({ offer: isKeyType, alert: optional(isText) })),
  failures: listOf(
    fields<OfferFailure>({
      offer: isOffer,
      kind: (kind): kind is LiveChainFailureKind => isText(kind) && Object.hasOwn(LIVE_CHAIN_PROBLEMS, kind),
      ...ENDPOINT_FACTS,
    }),
  ),
})

const isHeld = fields<KeptSource>({
  certificates: listOf(fields({ sha256: isFingerprint, position: isCount })),
  keys: listOf(isKey),
  damaged: listOf(isDamaged),
  ignored: listOf(
    fields<IgnoredBlock>({ position: isCount, kind: isInputFormat, pin: optional(isPin), file: optional(isText) }),
  ),
  served: optional(
    fields<ServedChains>({
      addresses: listOf(isAddress),
      addressesLeftOut: optional(isCount),
      ageSeconds: optional(isCount),
      lists: listOf(listOf(orNull(isFingerprint))),
    }),
  ),
})

type SavedFailure = NonNullable<WireSource['failure']>

/** The facts that each failure carries; the failures of the endpoint have theirs in common. */
const FAILURE_FACTS: Readonly<
  Record<Exclude<SavedFailure['kind'], LiveChainFailureKind>, Readonly<Record<string, Check<unknown>>>>
> = {
  'empty-input': {},
  'not-a-certificate': { looksLike: isInputFormat },
  'damaged-block': { damaged: listOf(isDamaged) },
  'private-key-given': { encrypted: isSwitch, pin: orNull(isPin) },
  'container-damaged': {},
  'password-needed': {},
  'wrong-password': {},
  'too-many-iterations': { iterations: isCount, limit: isCount },
  'encryption-not-supported': { algorithm: isText },
  'no-web-crypto': {},
  'unpacks-too-large': { bytes: isCount, files: isCount },
  'format-not-supported': { format: isInputFormat },
  'too-many': { limit: isCount },
  deadline: { seconds: isCount },
  cancelled: {},
  'engine-crashed': {},
  'unreadable-file': {},
  'endpoint-missing': {},
  'endpoint-unreachable': {},
  'caller-refused': {},
  'bad-reply': {},
}

const isFailure: Check<SavedFailure> = (value): value is SavedFailure => {
  const kind = isRecord(value) ? value['kind'] : null
  if (!isText(kind)) return false
  // The page says how much there was and what the limit is; the endpoint says neither.
  if (kind === 'too-large' && fields({ kind: isText, bytes: isCount, limit: isCount })(value)) return true
  const isOfEndpoint = Object.hasOwn(LIVE_CHAIN_PROBLEMS, kind)
  if (!isOfEndpoint && !Object.hasOwn(FAILURE_FACTS, kind)) return false
  const facts = isOfEndpoint ? ENDPOINT_FACTS : FAILURE_FACTS[kind as keyof typeof FAILURE_FACTS]
  return fields<Readonly<Record<string, unknown>>>({ kind: isText, ...facts })(value)
}

const isWireSource: Check<WireSource> = (value): value is WireSource =>
  fields<WireSource>({
    kind: oneOf<SourceKind>({ file: true, text: true, host: true, issuer: true }),
    name: isText,
    held: optional(isHeld),
    failure: optional(isFailure),
  })(value) && (value.held === undefined) !== (value.failure === undefined)

const isWireRow = fields<WireRow>({
  hostText: isText,
  includeSubdomains: isSwitch,
  roles: fields({ leaf: isSwitch, intermediate: isSwitch, root: isSwitch }),
  exceptions: listOf(pairOf(isFingerprint, isSwitch)),
  backupKeys: listOf(isPin),
  typedPins: listOf(fields<TypedPin>({ pin: isPin, role: oneOf<PinRole>({ leaf: true, ca: true, unknown: true }) })),
  sources: listOf(isWireSource),
  isFolded: isSwitch,
  otherNames: listOf(isText),
})

const isOption: Check<FormatSettings[string]> = (value): value is FormatSettings[string] =>
  isSwitch(value) ||
  isText(value) ||
  fields({ kind: oneOf({ none: true, computed: true }) })(value) ||
  fields({ kind: oneOf({ date: true }), date: isText })(value)

/** Formats and options that this version does not know are kept; nothing asks for them. */
const isSettings = recordOf(recordOf(isOption)) as Check<ProjectSettings>

const isProject = fields<WireProject>({
  version: (value): value is typeof VERSION => value === VERSION,
  revision: isText,
  id: isText,
  name: isText,
  rows: listOf(isWireRow),
  settings: isSettings,
})
