import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { Chain } from '../core/chain/chain.ts'
import type { KeyWithoutCertificate } from '../core/pins/key-without-certificate.ts'
import type { PinChoices } from '../core/pins/pin-choices.ts'
import type { SpkiPin } from '../core/pins/spki-pin.ts'
import { failed, type Result } from '../core/result.ts'
import type {
  ChainReport,
  DamagedBlock,
  EngineFailure,
  IgnoredBlock,
  InspectedCertificate,
  InspectedKey,
} from '../engine/inspection.ts'
import type { CleanHost, HostFailure } from '../host/clean-host.ts'
import type { SuffixFacts } from '../host/suffix.ts'
import type { LiveChainClientFailure } from '../live-chain/client.ts'
import type { LiveChainReply } from '../live-chain/contract.ts'

/** Where a row's certificates come from. `issuer`: the address of its issuer that a certificate names. */
export type SourceKind = 'file' | 'text' | 'host' | 'issuer'

/** What a host presented, by address. */
export interface ServedChains extends Pick<LiveChainReply, 'addresses' | 'addressesLeftOut' | 'ageSeconds'> {
  /** Distinct lists as sent; null for what is no certificate. The handshakes of `addresses` refer to them. */
  readonly lists: readonly (readonly (CertificateFingerprint | null)[])[]
}

/** What a source held, without the bytes: the browser keeps those apart, by fingerprint. */
export interface KeptSource {
  readonly certificates: readonly Pick<InspectedCertificate, 'sha256' | 'position'>[]
  readonly keys: readonly InspectedKey[]
  readonly damaged: readonly DamagedBlock[]
  readonly ignored: readonly IgnoredBlock[]
  /** Of a live chain. */
  readonly served?: ServedChains
}

/** Why a source gave no certificates. */
export type SourceFailure =
  | EngineFailure
  | LiveChainClientFailure
  /** The browser could not read the file, for example since it was moved. */
  | { readonly kind: 'unreadable-file' }
  /** The source is from an earlier visit, and bytes of its certificates are gone. They may be back at the next visit. */
  | { readonly kind: 'not-kept'; readonly kept: KeptSource }

/** How far a source has come. */
export type SourceState =
  | {
      readonly status: 'reading' | 'fetching'
      /** The source is from an earlier visit; this is what it will hold. */
      readonly kept?: KeptSource
    }
  | {
      readonly status: 'failed'
      readonly failure: SourceFailure
      /** The input is still at hand, so that a password can be tried. */
      readonly canUnlock?: true
    }
  | {
      readonly status: 'read'
      /** In the order of the input, repetitions included; those of a live chain each once, as `served` has them all. */
      readonly certificates: readonly InspectedCertificate[]
      readonly keys: readonly InspectedKey[]
      readonly damaged: readonly DamagedBlock[]
      readonly ignored: readonly IgnoredBlock[]
      /** A container among the blocks is locked, and the input is still at hand. */
      readonly canUnlock?: true
      readonly served?: ServedChains
    }

export interface RowSource {
  readonly id: string
  readonly kind: SourceKind
  /** A file's name, `host:port`, an issuer's address, or nothing for pasted text. Hostile text. */
  readonly name: string
  readonly state: SourceState
}

/** What the certificates of a row amount to. */
export type RowReading =
  | { readonly status: 'empty' | 'working' }
  | { readonly status: 'done'; readonly report: ChainReport }
  | { readonly status: 'failed'; readonly failure: EngineFailure }

export interface Row {
  readonly id: string
  /** As typed; never changed for the user. */
  readonly hostText: string
  readonly host: Result<CleanHost, HostFailure>
  /** null while the public suffix list is being asked. */
  readonly suffix: SuffixFacts | null
  readonly includeSubdomains: boolean
  readonly choices: PinChoices
  readonly sources: readonly RowSource[]
  readonly reading: RowReading
  /** Names of the bundled roots among the typed pins. */
  readonly rootNames: ReadonlyMap<SpkiPin, string>
  /** Shown as one line. */
  readonly isFolded: boolean
  /**
   * What else the certificate names that this row was made for, as `host` or `*.host`; each may become a row of its own.
   * Hostile text.
   */
  readonly otherNames: readonly string[]
}

/** A row without what follows from the rest: what outlives the page. */
export type RowContent = Omit<Row, 'id' | 'host' | 'suffix' | 'reading' | 'rootNames' | 'sources'> & {
  readonly sources: readonly Omit<RowSource, 'id'>[]
}

/** Nothing typed, nothing added: erasing it loses nothing. */
export function isBlank(row: Row): boolean {
  return row.hostText === '' && row.sources.length === 0 && row.choices.typedPins.length === 0
}

export function chainsOf({ reading }: Row): readonly Chain[] {
  return reading.status === 'done' ? reading.report.chains : []
}

/** Still being read or fetched; it can be cancelled. */
export function isUnderWay({ status }: SourceState): boolean {
  return status === 'reading' || status === 'fetching'
}

export function certificatesOf({ state }: RowSource): readonly InspectedCertificate[] {
  return state.status === 'read' ? state.certificates : []
}

/** The keys without a certificate of a row, each once, in the order of its sources. */
export function keysOf({ sources }: Pick<Row, 'sources'>): readonly KeyWithoutCertificate[] {
  const keys = sources.flatMap(({ state }) => (state.status === 'read' ? state.keys : []))
  return keys.filter(({ pin }, index) => keys.findIndex((key) => key.pin === pin) === index)
}

/** The sources of a row that gave a certificate; none when it was added from the bundled store. */
export function sourcesOf({ sources }: Row, fingerprint: CertificateFingerprint): readonly RowSource[] {
  return sources.filter((source) => certificatesOf(source).some(({ sha256 }) => sha256 === fingerprint))
}

/** A certificate's own bytes, whether it was given or added; null when the row no longer has it. */
export function derOf({ sources, reading }: Row, fingerprint: CertificateFingerprint): Uint8Array | null {
  const given = sources.flatMap(certificatesOf).find(({ sha256 }) => sha256 === fingerprint)
  const added = reading.status === 'done' ? reading.report.addedRoots.get(fingerprint) : undefined
  return given?.der ?? added ?? null
}

/** The same among several rows. */
export function derAmong(rows: readonly Row[], fingerprint: CertificateFingerprint): Uint8Array | null {
  for (const row of rows) {
    const der = derOf(row, fingerprint)
    if (der) return der
  }
  return null
}

/** What the source of a row's live chain is called. */
export function liveSourceName({ host, port }: Pick<CleanHost, 'host' | 'port'>): string {
  return `${host}:${port}`
}

/** Whether a source counts for the row as it is: the live chain of a host that the row had before does not. */
export function isCurrent({ host }: Pick<Row, 'host'>, { kind, name }: Pick<RowSource, 'kind' | 'name'>): boolean {
  return kind !== 'host' || (host.ok && name === liveSourceName(host.value))
}

/** A row that `Generate` asks the server for: it has a host, and neither certificates nor any on their way. */
export function needsFetch(row: Row): boolean {
  return hostOf(row).ok && row.sources.every((source) => source.state.status === 'failed' || !isCurrent(row, source))
}

/** How far a row has come; `failed` when anything of it did, even beside certificates that were read. */
export type RowProgress = 'empty' | 'working' | 'failed' | 'ready'

export function progressOf({ sources, reading, choices }: Row): RowProgress {
  if (reading.status === 'working' || sources.some(({ state }) => isUnderWay(state))) return 'working'
  if (reading.status === 'failed' || sources.some(({ state }) => state.status === 'failed')) return 'failed'
  if (reading.status === 'done' && reading.report.notDecodable.length + reading.report.leftOut > 0) return 'failed'
  if (reading.status === 'done' || choices.typedPins.length > 0) return 'ready'
  return sources.some(({ state }) => state.status === 'read') ? 'ready' : 'empty'
}

/** The host of a row as outputs may use it: cleaned, and not a whole public suffix with sub-domains. */
export function hostOf({ host, suffix, includeSubdomains }: Row): Result<CleanHost, HostFailure> {
  if (!host.ok || !includeSubdomains || !suffix?.isPublicSuffix) return host
  return failed({ kind: 'public-suffix-with-subdomains', suffix: host.value.host })
}
