/**
 * Configurations of public projects: their pins, put in as somebody would type them, and what is known to be wrong with
 * them. The files are read by the models of the platforms, not by anything that ships.
 */
import { describe, expect, it } from 'vitest'
import type { ProjectSettings } from '../../../src/core/settings/project-settings.ts'
import { readPins } from '../../../src/core/pins/read-pins.ts'
import type { PinRole } from '../../../src/core/pins/pin-choices.ts'
import type { PlanRow } from '../../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { assess } from '../../../src/core/risks/assess.ts'
import { verdictOnSet } from '../../../src/core/risks/verdict.ts'
import { parseNetworkSecurityConfig, type CalendarDay } from '../../oracles/android-nsc.ts'
import { parsePlist, pinRequirements } from '../../oracles/ios-ats.ts'
import { alsoPinning, pinning, row } from '../../support/cases.ts'
import { readSharedData, sharedData } from '../../support/shared-data.ts'
import { isMissing, python } from '../../support/tools.ts'
import { contextOf } from './context.ts'

interface Configuration {
  readonly file: string
  readonly platform: 'android' | 'ios'
  /** What is known of it, in the words of the reference data. */
  readonly flags: readonly string[]
  readonly pinnedDomains?: readonly { readonly domain: string; readonly includeSubdomains: boolean }[]
}

/** What the rules call a known defect; one of them is enough. */
const RULES_BY_FLAG: ReadonlyMap<string, readonly string[]> = new Map([
  ['expired', ['android-expiration-not-written']],
  ['expiration-future', ['android-expiration']],
  // One pin in one of two lists of iOS, or one altogether.
  ['single-pin', ['no-backup-pin', 'ios-no-backup-pin']],
  ['duplicate-pin', ['no-backup-pin']],
  ['placeholder', ['sample-pin']],
  ['pins-root', ['public-root-pinned']],
  ['ca-and-leaf', ['ios-leaf-and-ca']],
])

/** What rules about pins alone cannot see: it is about the file, or a key that only its CA knows. */
const NOT_OF_PINS = new Set([
  'debug-overrides',
  'domain-placeholder',
  'no-expiration',
  'pin-padding',
  'pins-known-CA',
  'pins-only-in-comments',
  'trust-anchors-user',
  'trustkit-config',
])

const isWithoutData = isMissing(sharedData, python)
const read = (path: string): unknown => JSON.parse(readSharedData(path))

interface Index {
  readonly files: readonly Configuration[]
}

interface RootStores {
  readonly roots: readonly { readonly spki: SpkiPin; readonly name: string }[]
}

const { files: configurations } = isWithoutData ? { files: [] } : (read('configs/index.json') as Index)
const { roots } = isWithoutData ? { roots: [] } : (read('root-stores.json') as RootStores)
const bundledRoots = new Map(roots.map(({ spki, name }) => [spki, name]))

interface Typed {
  readonly pin: string
  readonly role: PinRole
}

/** A row with pins that were typed, as the pin field takes them, and nothing else. */
function typedRow(host: string, includeSubdomains: boolean, pins: readonly Typed[]): PlanRow {
  const typedPins = pins.map(({ pin, role }) => {
    // What the field refuses today may come with an opened project.
    const [entry] = readPins(pin).entries
    return { pin: entry?.kind === 'pin' ? entry.pin : (pin as SpkiPin), role }
  })
  return row({ host, includeSubdomains, bundledRoots, choices: alsoPinning(pinning(), [], typedPins) })
}

function dayText({ year, month, day }: CalendarDay): string {
  return [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}

function ofAndroid(file: string) {
  const { accepted } = parseNetworkSecurityConfig(readSharedData(`configs/${file}`))
  if (!accepted) throw new Error(`${file} is refused`)
  const pinned = accepted.domains.flatMap(({ domain, includeSubdomains, settings: { pinSet } }) =>
    pinSet && pinSet.pins.size > 0 ? [{ domain, includeSubdomains, pinSet }] : [],
  )
  const dates = new Set(pinned.flatMap(({ pinSet: { expiration } }) => (expiration ? [dayText(expiration)] : [])))
  const [date] = dates
  const settings: ProjectSettings =
    date === undefined ? {} : { 'android-network-security-config': { expiration: { kind: 'date', date } } }
  const rows = pinned.map(({ domain, includeSubdomains, pinSet }) =>
    typedRow(
      domain,
      includeSubdomains,
      Array.from(pinSet.pins, (pin) => ({ pin, role: 'unknown' })),
    ),
  )
  return { rows, settings }
}

function ofIos({ file, pinnedDomains = [] }: Configuration) {
  const { accepted, problem } = parsePlist(readSharedData(`configs/${file}`))
  if (problem !== undefined) throw new Error(`${file}: ${problem}`)
  const rows = pinnedDomains.map(({ domain, includeSubdomains }) => {
    const { leafPins, caPins } = pinRequirements(accepted, domain)
    return typedRow(domain, includeSubdomains, [
      ...Array.from(leafPins ?? [], (pin) => ({ pin, role: 'leaf' as const })),
      ...Array.from(caPins ?? [], (pin) => ({ pin, role: 'ca' as const })),
    ])
  })
  // Both lists of a file count as they are.
  return { rows, settings: { 'ios-pinned-domains': { lists: 'both' } } }
}

describe.skipIf(isWithoutData)('the configurations of public projects', () => {
  const found = configurations.map((configuration) => {
    const { rows, settings } =
      configuration.platform === 'android' ? ofAndroid(configuration.file) : ofIos(configuration)
    const context = contextOf(rows, { settings })
    const { findings } = assess(context)
    const rules = new Set(findings.map(({ ruleId }) => ruleId))
    const { file, flags } = configuration
    return { file, flags, context, findings, rules }
  })

  it('are there', () => {
    expect(found.length).toBeGreaterThan(10)
    const flags = new Set(found.flatMap((one) => one.flags))
    expect([...flags].filter((flag) => !RULES_BY_FLAG.has(flag) && !NOT_OF_PINS.has(flag))).toEqual([])
    expect([...RULES_BY_FLAG.keys()].filter((flag) => !flags.has(flag))).toEqual([])
  })

  it.each(found)('$file: what is known to be wrong is found', ({ flags, rules }) => {
    const missed = flags.filter((flag) => RULES_BY_FLAG.get(flag)?.some((rule) => rules.has(rule)) === false)
    expect(missed).toEqual([])
  })

  it.each(found)('$file: nothing is found that is known not to be so', ({ file, flags, rules }) => {
    const isOneOf = (...known: readonly string[]) => known.some((flag) => flags.includes(flag))
    // One file is where people copy its pins from.
    expect(rules.has('sample-pin')).toBe(isOneOf('placeholder') || file.includes('apple-oss-distributions'))
    expect(rules.has('android-expiration')).toBe(isOneOf('expiration-future'))
    expect(rules.has('android-expiration-not-written')).toBe(isOneOf('expired'))
    expect(rules.has('public-root-pinned')).toBe(isOneOf('pins-root'))
    expect(rules.has('ios-leaf-and-ca')).toBe(isOneOf('ca-and-leaf'))
  })

  it.each(found.filter(({ flags }) => flags.includes('placeholder')))(
    '$file: a placeholder among pins is a warning, alone it cuts off',
    ({ findings, flags }) => {
      const severities = findings.filter(({ ruleId }) => ruleId === 'sample-pin').map(({ severity }) => severity)
      const expected = flags.includes('single-pin') ? 'blocker' : 'warning'
      expect(new Set(severities)).toEqual(new Set([expected]))
    },
  )

  it('the retired intermediates of one are known by their keys, for each of its hosts', () => {
    const retired = found.flatMap(({ findings }) => findings.filter(({ ruleId }) => ruleId === 'retired-issuer'))
    // Ten keys, each for nine hosts.
    expect(retired.map(({ rowIds }) => rowIds.length)).toEqual(Array.from({ length: 10 }, () => 9))
    expect(new Set(retired.map(({ severity }) => severity))).toEqual(new Set(['warning']))
  })

  it('none of them is ready without a word', () => {
    const pinned = found.filter(({ context }) => context.plan.policies.length > 0)
    const kinds = pinned.map(({ file, context, findings }) => `${file}: ${verdictOnSet(findings, context.plan).kind}`)
    expect(kinds.filter((kind) => kind.endsWith(': ready'))).toEqual([])
    expect(kinds).toContain('android/moash0x11-ssl-pinning-lab-2026-03-14.xml: against')
  })
})
