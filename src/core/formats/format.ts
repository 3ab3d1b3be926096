import type { Certificate, CertificateFingerprint } from '../certificate/certificate.ts'
import { isoDay, type Instant } from '../instant.ts'
import type { HostName } from '../pins/host-rule.ts'
import type { PinPlan } from '../pins/plan-pins.ts'
import { shortLine } from '../single-line.ts'
import { namedHosts, type NamedHost } from './named-hosts.ts'

export const PLATFORMS = ['android', 'ios'] as const
export type Platform = (typeof PLATFORMS)[number]

/** What an output can express. What it cannot honour becomes a finding beside the snippet. */
export interface FormatAbilities {
  /** How far "include sub-domains" reaches below the host. */
  readonly subdomainDepth: 'all' | 'one-label' | 'none'
  /**
   * Which of several entries speaks for a host. `nearest`: the longest of those that cover it. `nearest-name`: the longest
   * above it, whether or not its own row includes sub-domains. `merged`: all that cover it together.
   */
  readonly overlap: 'nearest' | 'nearest-name' | 'merged'
  /** Whether a pin set can end by itself, and when on that day. */
  readonly expiry: 'device-local-midnight' | 'utc-midnight' | 'none'
  /** What becomes of a host whose entry has ended: it is unpinned when absent, or its parents' entries speak for it. */
  readonly endedEntries?: 'leave-to-parents'
  /**
   * `any`: one matching pin anywhere in the chain. `leaf-and-ca`: each filled list must match. `leaf-or-ca`: one leaf pin
   * at the leaf, or one CA pin above it. `leaf`: the leaf alone is looked at. `certificates`: the pinned certificates
   * alone are trusted, whole, not their keys. `none`: a file that nothing enforces by itself.
   */
  readonly lists: 'any' | 'leaf-and-ca' | 'leaf-or-ca' | 'leaf' | 'certificates' | 'none'
  /** With fewer distinct pins for a host the output does not work at all. */
  readonly minimumPins: number
  /**
   * Which keys a pin can match; every one when absent. `rebuilt`: the library puts a key's header together again, which
   * it can for RSA of 2048, 3072 and 4096 bits, P-256 and P-384.
   */
  readonly keys?: 'rebuilt'
  /**
   * The library goes through a chain from the root down, and refuses it at the first key that it cannot rebuild, unless a
   * pinned one came before. It looks at every certificate when absent.
   */
  readonly walk?: 'root-first'
  /** Hosts that the library refuses, and the whole configuration with them; none when absent. */
  readonly refusesHost?: (host: HostName, includeSubdomains: boolean) => boolean
  /** Whether what is pinned for one host holds for every other as well; each host has its own when absent. */
  readonly scope?: 'all-hosts'
  /** Whether the output is asked instead of the platform, so that nobody checks the chain and the name. */
  readonly replacesValidation?: true
  /** Where the printed code pins anything; on every platform of the format when absent. */
  readonly enforcedOn?: readonly Platform[]
  /** Where what is pinned is trusted by itself, so that a private root needs nothing else; nowhere when absent. */
  readonly trustsPinned?: readonly Platform[]
  /** null for what no version of anything matters to. */
  readonly minimumVersion: string | null
  /** What a pin must have to be in the output; without it, nothing beyond itself. */
  readonly needs?: 'certificates'
}

/** When a pin set stops being enforced. `computed`: when the first pinned certificate ends. */
export type ExpirationChoice =
  { readonly kind: 'none' } | { readonly kind: 'date'; readonly date: string } | { readonly kind: 'computed' }

export interface SwitchOption {
  readonly kind: 'switch'
  readonly label: string
  /** What it means, where its label cannot say so. */
  readonly effect?: string
  readonly initial: boolean
  /** Few need it, so it is folded away. */
  readonly isRare?: true
}

export interface ChoiceOption {
  readonly kind: 'choice'
  readonly label: string
  /** The first is the initial one. */
  readonly choices: readonly { readonly value: string; readonly label: string; readonly effect: string }[]
  /** Whether the question matters for this plan; it is not asked otherwise. */
  readonly matters: (plan: PinPlan) => boolean
}

export interface ExpirationOption {
  readonly kind: 'expiration'
  readonly label: string
}

/** Hosts that are named as text, in words that `readNamedHosts` takes apart. */
export interface HostsOption {
  readonly kind: 'hosts'
  readonly label: string
  readonly effect: string
  readonly isRare?: true
  /** Whether any host could count for this plan; it is not asked for otherwise. */
  readonly matters: (plan: PinPlan) => boolean
  /** Whether naming a host changes anything of what is printed for this plan, and why it does not. */
  readonly judge: (named: NamedHost, plan: PinPlan) => 'counts' | 'pinned-by-a-row' | 'below-no-pinned-host'
}

export type FormatOption = SwitchOption | ChoiceOption | ExpirationOption | HostsOption
export type FormatOptions = Readonly<Record<string, FormatOption>>

type OptionValue<Option> = Option extends { readonly kind: 'switch' }
  ? boolean
  : Option extends { readonly kind: 'choice'; readonly choices: readonly { readonly value: infer Value }[] }
    ? Value
    : Option extends { readonly kind: 'hosts' }
      ? readonly NamedHost[]
      : ExpirationChoice

/** The typed values of a format's options. */
export type OptionValues<Options extends FormatOptions> = {
  readonly [Name in keyof Options]: OptionValue<Options[Name]>
}

/** What the user set, by option name; may be incomplete or out of date, so formats read it through `valuesOf`. */
export type FormatSettings = Readonly<Record<string, boolean | string | ExpirationChoice>>

/** When, by what and what for an output is made. Passed in, so that the same plan and stamp give the same bytes. */
export interface Stamp {
  readonly now: Instant
  readonly toolVersion: string
  /** `negative-test`: of a plan from `wrongPins`, to see connections fail. */
  readonly purpose?: 'negative-test'
}

/** A host and what an output pins for it: keys, or certificates as a whole. */
export type StampedHost =
  | { readonly host: string; readonly pins: readonly { readonly pin: string }[] }
  | { readonly host: string; readonly certificates: readonly { readonly certificate: Certificate }[] }

/**
 * The first line of an output, without the signs of a comment: when, by what and what for it was made, and what it pins.
 * A comment may cut its text off at the end, so the day and the version stand first.
 *
 * @param hosts that are in the output; none in one that pins nothing by itself
 */
export function stampText({ now, toolVersion, purpose }: Stamp, hosts: readonly StampedHost[] = []): string {
  const made = `Certificate pins made by Pinsmith ${toolVersion} on ${isoDay(now)}${pinnedText(hosts)}`
  return purpose === undefined ? made : `WRONG PINS for a test, never ship them. ${made}`
}

/** How many hosts are named, and with how many characters all together. */
const [NAMED_HOSTS, LONGEST_HOSTS] = [2, 46]

function pinnedText(hosts: readonly StampedHost[]): string {
  const pinned = new Map(hosts.map((one) => [one.host, idsOf(one)] as const).filter(([, ids]) => ids.length > 0))
  if (pinned.size === 0) return ''
  const count = new Set(Array.from(pinned.values()).flat()).size
  const what = hosts.some((one) => 'certificates' in one) ? 'certificate' : 'key'
  const named = Array.from(pinned.keys()).slice(0, NAMED_HOSTS)
  const shown = shortened(named)
  const more = pinned.size - named.length
  const names = more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' and ')
  return `: ${count} ${what}${count === 1 ? '' : 's'} for ${names}`
}

/** A short name leaves its room to the other. */
function shortened(names: readonly string[]): readonly string[] {
  const half = LONGEST_HOSTS / NAMED_HOSTS
  const spare = names.reduce(
    (room, name) => room + Math.max(0, half - name.length),
    (NAMED_HOSTS - names.length) * half,
  )
  return names.map((name) => shortLine(name, half + spare))
}

function idsOf(host: StampedHost): readonly string[] {
  return 'certificates' in host
    ? host.certificates.map(({ certificate }) => certificate.sha256)
    : host.pins.map(({ pin }) => pin)
}

/** What a text is written in; each has its colours in `src/app/shared/syntax.ts`. */
export type SnippetLanguage =
  | 'xml'
  | 'csharp'
  | 'dart'
  | 'java'
  | 'javascript'
  | 'json'
  | 'kotlin'
  | 'objectivec'
  | 'shell'
  | 'swift'
  | 'text'
  | 'typescript'
  | 'yaml'

interface SnippetPlace {
  /** Unique within its format. */
  readonly id: string
  readonly title: string
  /** Path in the user's project. */
  readonly path: string
  /** Where it goes, one sentence. */
  readonly place: string
}

/** One piece of text to copy. */
export interface TextSnippet extends SnippetPlace {
  readonly kind: 'text'
  /** Name of the downloaded file; null for a part that makes no file by itself. */
  readonly fileName: string | null
  readonly language: SnippetLanguage
  readonly content: string
}

/** A certificate of the rows that the project needs as a file. The core has no bytes: whoever shows it looks them up. */
export interface CertificateSnippet extends SnippetPlace {
  readonly kind: 'certificate'
  readonly fileName: string
  readonly certificate: CertificateFingerprint
  readonly encoding: 'der' | 'pem'
}

export type Snippet = TextSnippet | CertificateSnippet

export function isText(snippet: Snippet): snippet is TextSnippet {
  return snippet.kind === 'text'
}

/** One kind of output. Adding one: a file that calls `defineFormat`, and a line in `registry.ts`. */
export interface Format {
  readonly id: string
  /** In whose tabs it is shown; one that serves both is in both. */
  readonly platforms: readonly Platform[]
  /** `app`: goes into an app. `tool`: for people and machines beside it. */
  readonly kind: 'app' | 'tool'
  /** Names it in the menu. */
  readonly title: string
  /** The vendor's own document. */
  readonly docs: string
  /** What a developer sees when no pin matches; null for what enforces nothing. */
  readonly failsWith: string | null
  readonly abilities: FormatAbilities
  /** On a platform whose library can do more than the one text can rely on everywhere; else the abilities hold there. */
  readonly abilitiesOn?: Readonly<Partial<Record<Platform, FormatAbilities>>>
  /** Whether risk rules of its own tell what it cannot honour; else that is told from its abilities. */
  readonly hasOwnRules: boolean
  /** The format whose settings it is printed with, where both say the same thing in other words; else its own. */
  readonly settingsOf?: Pick<Format, 'id'>
  readonly options: FormatOptions
  /** Hosts that its options take out of the pins of a parent; none when absent. */
  readonly unpinned?: (plan: PinPlan, settings: FormatSettings) => readonly NamedHost[]
  /** Empty when the plan has nothing that this format can print. */
  readonly render: (plan: PinPlan, settings: FormatSettings, stamp: Stamp) => readonly Snippet[]
}

interface FormatDefinition<Id extends string, Options extends FormatOptions> extends Omit<
  Format,
  'id' | 'options' | 'unpinned' | 'render'
> {
  readonly id: Id
  readonly options: Options
  readonly unpinned?: (plan: PinPlan, values: OptionValues<Options>) => readonly NamedHost[]
  readonly render: (plan: PinPlan, values: OptionValues<Options>, stamp: Stamp) => readonly Snippet[]
}

type DefinedFormat<Id extends string, Options extends FormatOptions> = Omit<Format, 'id'> & {
  readonly id: Id
  /** Settings → typed values: an option that is not set, or set to something unknown, has its initial value. */
  readonly valuesOf: (settings: FormatSettings) => OptionValues<Options>
}

/** A format with the abilities that it has on one platform. */
export function onPlatform<Known extends Format>(format: Known, platform: Platform): Known {
  const abilities = format.abilitiesOn?.[platform]
  return abilities ? { ...format, abilities } : format
}

/** Ties a format's options to the values that its `render` receives. */
export function defineFormat<const Id extends string, const Options extends FormatOptions>(
  definition: FormatDefinition<Id, Options>,
): DefinedFormat<Id, Options> {
  const valuesOf = (settings: FormatSettings) =>
    Object.fromEntries(
      Object.entries(definition.options).map(([name, option]) => [name, optionValue(option, settings[name])]),
    ) as OptionValues<Options>
  const { unpinned, ...rest } = definition
  return {
    ...rest,
    valuesOf,
    ...(unpinned && { unpinned: (plan, settings) => unpinned(plan, valuesOf(settings)) }),
    render: (plan, settings, stamp) => definition.render(plan, valuesOf(settings), stamp),
  }
}

/** The value an option has, given what was stored for it. */
export function optionValue(
  option: FormatOption,
  stored: boolean | string | ExpirationChoice | undefined,
): boolean | string | ExpirationChoice | readonly NamedHost[] {
  switch (option.kind) {
    case 'switch':
      return typeof stored === 'boolean' ? stored : option.initial
    case 'choice':
      return option.choices.find(({ value }) => value === stored)?.value ?? option.choices[0]?.value ?? ''
    case 'expiration':
      return typeof stored === 'object' ? stored : { kind: 'none' }
    case 'hosts':
      return typeof stored === 'string' ? namedHosts(stored) : []
  }
}
