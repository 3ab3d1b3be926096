import { withoutRoles, type HostPolicy, type PinPlan, type PlannedPin } from '../../pins/plan-pins.ts'
import type { FormatAbilities, Snippet } from '../format.ts'

/** What OkHttp's CertificatePinner can express from the version on that knows `**.` (platforms.md C.1). */
export const OKHTTP_ABILITIES = {
  subdomainDepth: 'all',
  overlap: 'merged',
  expiry: 'none',
  lists: 'any',
  minimumPins: 1,
} as const satisfies Omit<FormatAbilities, 'minimumVersion'>

/** What the sources of an app must be told about this plan, each a line of comment. */
export function versionNotes({ policies }: PinPlan, minimumVersion: string): readonly string[] {
  return policies.some(({ includeSubdomains }) => includeSubdomains)
    ? [`Needs ${minimumVersion} or later: earlier versions accept **. and pin nothing for it.`]
    : []
}

/** One call of `add`: a host pattern, and its pins once each, whatever their roles. */
export interface PatternPins {
  readonly pattern: string
  readonly pins: readonly PlannedPin[]
}

/**
 * OkHttp merges all patterns that match a host. That is what the plan means: below a parent with sub-domains, a host
 * has the parent's pins already.
 */
export function patternPins({ policies }: PinPlan): readonly PatternPins[] {
  return policies.flatMap((policy) => {
    const pins = withoutRoles(policy.pins)
    return patternsOf(policy).map((pattern) => ({ pattern, pins }))
  })
}

/** OkHttp refuses a longer pattern, `**.` included, with an exception when the app starts. */
const LONGEST_PATTERN = 253

function patternsOf({ host, includeSubdomains }: HostPolicy): readonly string[] {
  if (!includeSubdomains) return [host]
  const everyDepth = `**.${host}`
  if (everyDepth.length <= LONGEST_PATTERN) return [everyDepth]
  // So long a host has room for one more label, or for none.
  return [host, `*.${host}`].filter(({ length }) => length <= LONGEST_PATTERN)
}

export const PINS_PLACE = 'Save it in a package of the app, and write that package in place of com.example.app.'

/** What goes into an app that builds its `OkHttpClient` itself. */
export const OKHTTP = {
  docs: 'https://lysine.dev/okhttp/features/https/',
  minimumVersion: 'OkHttp 4.3',
  failsWith: 'SSLPeerUnverifiedException: Certificate pinning failure!',
} as const

/** What OkHttp's pins are written in, and the texts in that language. */
interface OkhttpTexts {
  readonly language: 'java' | 'kotlin'
  readonly fileName: string
  readonly pins: string
  /** Code that builds a client with the pins. */
  readonly usage: string
}

/** The pins of an app that builds its `OkHttpClient` itself, and the client that has them. */
export function okhttpSnippets(
  { policies }: PinPlan,
  { language, fileName, pins, usage }: OkhttpTexts,
): readonly Snippet[] {
  if (policies.length === 0) return []
  return [
    {
      kind: 'text',
      id: 'pins',
      title: 'Pins of the app',
      path: `app/src/main/java/com/example/app/${fileName}`,
      fileName,
      language,
      content: pins,
      place: PINS_PLACE,
    },
    {
      kind: 'text',
      id: 'usage',
      title: 'Client with these pins',
      path: 'Where the app builds its OkHttpClient',
      fileName: null,
      language,
      content: usage,
      place:
        'Add the pins to every OkHttpClient of the app: one without them is not pinned. Retrofit has them from the client that it is given.',
    },
  ]
}
