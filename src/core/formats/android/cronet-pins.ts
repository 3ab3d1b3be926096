import type { HostName } from '../../pins/host-rule.ts'
import { parentPolicies, withoutRoles, type HostPolicy, type PinPlan } from '../../pins/plan-pins.ts'
import { startOfDayUtc, type Instant } from '../../instant.ts'
import { kotlinString, slashComment } from '../escape.ts'
import { entryExpiration } from '../expiration.ts'
import { stampText, type ExpirationChoice, type FormatAbilities, type Snippet, type Stamp } from '../format.ts'
import { pinComment } from '../pin-comment.ts'
import { PINS_PLACE } from './okhttp-pins.ts'

/** What Chromium's own pins can express (platforms.md C.13). */
export const CRONET_ABILITIES = {
  subdomainDepth: 'all',
  overlap: 'nearest-name',
  expiry: 'utc-midnight',
  // `GetDynamicPKPState` drops an entry that has ended and goes on to the next name above.
  endedEntries: 'leave-to-parents',
  lists: 'any',
  minimumPins: 1,
  refusesHost: cronetRefuses,
} as const satisfies Omit<FormatAbilities, 'minimumVersion'>

/** `ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN` of Chromium's `net_error_list.h`, as the message of the exception has it. */
export const CRONET_FAILS_WITH = 'net::ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN'

/**
 * Whether the builder throws because of this host: Java's `IDN.toASCII` with `USE_STD3_ASCII_RULES` takes letters,
 * digits and hyphens alone, and digits and dots alone count as an address (`CronetEngineBuilderImpl.java`).
 */
function cronetRefuses(host: HostName): boolean {
  return !/^[\d.a-z-]+$/.test(host) || /^[\d.]+$/.test(host)
}

/** What tells Cronet and the platform's HttpEngine apart. */
export interface CronetEngine {
  readonly name: string
  /** Whose library the printed code is compiled with. */
  readonly library: string
  readonly imports: readonly string[]
  /** The call of the builder that turns the bypass of pins on or off. */
  readonly bypass: string
  /** Makes the end of a pin set of `end`, milliseconds since 1970. */
  readonly end: string
  /** Code that builds one with the pins. */
  readonly usage: string
  /** Where these pins do not hold. */
  readonly limits: string
}

/** The pins of an app, and the engine that has them. */
export function cronetSnippets(
  plan: PinPlan,
  choice: ExpirationChoice,
  engine: CronetEngine,
  stamp: Stamp,
): readonly Snippet[] {
  if (plan.policies.length === 0) return []
  return [
    {
      kind: 'text',
      id: 'pins',
      title: 'Pins of the app',
      path: 'app/src/main/java/com/example/app/CertificatePins.kt',
      fileName: 'CertificatePins.kt',
      language: 'kotlin',
      content: pinsFile(plan, choice, engine, stamp),
      place: `${PINS_PLACE} Pinsmith’s own tests compile it without ${engine.library} library: try it with a wrong pin before you ship it.`,
    },
    {
      kind: 'text',
      id: 'usage',
      title: 'Engine with these pins',
      path: `Where the app builds its ${engine.name}`,
      fileName: null,
      language: 'kotlin',
      content: engine.usage,
      place: `Add the pins to every ${engine.name} of the app, and add no pins for these hosts elsewhere. ${engine.limits}`,
    },
  ]
}

/** The last day that a date of four digits can name. */
const NEVER = '9999-12-31'

/** One call for each host: what a second one does is not certain. */
function pinsFile(plan: PinPlan, choice: ExpirationChoice, engine: CronetEngine, stamp: Stamp): string {
  const builder = `${engine.name}.Builder`
  const calls = plan.policies.map((policy) => callOf(policy, plan, choice, stamp.now))
  const isEndless = calls.some(({ end }) => end === NEVER)
  return [
    slashComment(stampText(stamp, plan.policies)),
    ...(isEndless ? [slashComment(`The builder asks for an end of every pin set: ${NEVER} stands for none.`)] : []),
    'package com.example.app',
    '',
    ...engine.imports.map((name) => `import ${name}`),
    '',
    'object CertificatePins {',
    `    fun addTo(builder: ${builder}) {`,
    '        // The pins would not be checked for chains that end at a CA which was added to the device.',
    `        builder.${engine.bypass}(false)`,
    ...calls.flatMap(({ lines }) => lines),
    '    }',
    '',
    `    private fun ${builder}.pin(host: String, includeSubdomains: Boolean, end: Long, pins: Set<String>) {`,
    '        val hashes = pins.map { Base64.decode(it, Base64.DEFAULT) }.toSet()',
    `        addPublicKeyPins(host, hashes, includeSubdomains, ${engine.end})`,
    '    }',
    '}',
    '',
  ].join('\n')
}

function callOf(policy: HostPolicy, { policies }: PinPlan, choice: ExpirationChoice, now: Instant) {
  const expiration = entryExpiration(policy, policies, CRONET_ABILITIES, choice, now)
  const end = expiration.kind === 'written' ? expiration.date : NEVER
  const pins = withoutRoles(policy.pins)
  const { isIncluded, note } = subdomainsOf(policy, policies)
  const lines = [
    '        builder.pin(',
    `            host = ${kotlinString(policy.host)},`,
    ...(note === null ? [] : [`            ${slashComment(note)}`]),
    `            includeSubdomains = ${isIncluded},`,
    `            ${slashComment(`00:00 UTC of ${end}`)}`,
    `            end = ${startOfDayUtc(end)}L,`,
    '            pins = setOf(',
    ...pins.flatMap((pin, index) => [
      `                ${slashComment(pinComment(pin))}`,
      `                ${kotlinString(pin.pin)}${index === pins.length - 1 ? '' : ','}`,
    ]),
    '            )',
    '        )',
  ]
  return { end, lines }
}

/**
 * Chromium takes the entry of the nearest name, and goes no further when that one leaves its sub-domains out
 * (`TransportSecurityState::GetDynamicPKPState`): they would be unpinned although a parent above includes them. So the
 * entry includes them; it has its parents' pins already.
 */
function subdomainsOf({ host, includeSubdomains }: HostPolicy, policies: readonly HostPolicy[]) {
  const [parent] = includeSubdomains ? [] : parentPolicies(host, policies)
  return parent
    ? { isIncluded: true, note: `Its sub-domains would be unpinned otherwise, although ${parent.host} includes them.` }
    : { isIncluded: includeSubdomains, note: null }
}
