/** PyYAML and Swift's grammar read what we print; Apple's host matching and pin check judge what comes out. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isText } from '../../../../src/core/formats/format.ts'
import { pinnedDomains } from '../../../../src/core/formats/ios/pinned-domains.ts'
import { xcodeGenerators } from '../../../../src/core/formats/ios/xcode-generators.ts'
import { renderAll } from '../../../../src/core/formats/registry.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { pinRequirements } from '../../../oracles/ios-ats.ts'
import { swiftConstant } from '../../../oracles/swift-literals.ts'
import { parseProblems } from '../../../support/grammar.ts'
import { CASE_STAMP, planCase } from '../../../support/cases.ts'
import { runs, RUNS_TIMEOUT } from '../../../support/runs.ts'
import { isMissing, yaml, yamlRead, type PlistValue } from '../../../support/tools.ts'
import { drafts, rowsOf } from '../any-rows.ts'
import { renderingsOf } from '../renderings.ts'
import { hostsAround, wantedIosEntries, wantedOnIos } from '../wanted.ts'

const printed = (rows: readonly PlanRow[], settings: { generator: string; lists: string }) =>
  xcodeGenerators.render(planPins(rows), settings, CASE_STAMP).find(isText)?.content ?? null

interface ProjectYml {
  readonly info: { readonly path: string; readonly properties: PlistValue }
}

function infoPlists(documents: readonly string[]): PlistValue[] {
  return yamlRead(documents).map(({ accepted, problem }) => {
    if (problem !== undefined) throw new Error(problem)
    const { info, ...rest } = accepted as ProjectYml
    expect([Object.keys(rest), Object.keys(info), info.path]).toEqual([[], ['path', 'properties'], 'App/Info.plist'])
    return info.properties
  })
}

/** What Tuist makes of the constant where the usage puts it. */
const inInfoPlist = (domains: PlistValue): PlistValue => ({ NSAppTransportSecurity: { NSPinnedDomains: domains } })

const requirements = (plist: PlistValue, rows: readonly PlanRow[]) =>
  hostsAround(rows).map((host) => [host, pinRequirements(plist, host)])

const wanted = (rows: readonly PlanRow[], lists: 'ca' | 'leaf' | 'both') =>
  hostsAround(rows).map((host) => [host, wantedOnIos(rows, host, lists)])

const LISTS = ['ca', 'leaf', 'both'] as const
const cases = renderingsOf(xcodeGenerators).filter(({ name }) => !name.includes('.'))

it('every case but one has something to pin', () => {
  expect(cases.filter(({ snippets }) => snippets.length === 0).map(({ name }) => name)).toEqual(['nothing-pinned'])
})

describe.skipIf(isMissing(yaml))('project.yml', () => {
  it.each(LISTS)('gives iOS exactly the wanted pins in every case: %s', (lists) => {
    const files = cases.flatMap(({ planCase: { rows } }) => {
      const text = printed(rows, { generator: 'xcodegen', lists })
      return text === null ? [] : [{ rows, text }]
    })
    const plists = infoPlists(files.map(({ text }) => text))
    plists.forEach((plist, at) => {
      const { rows } = files[at]!
      expect(requirements(plist, rows)).toEqual(wanted(rows, lists))
    })
  })

  it(
    'gives iOS exactly the wanted pins of any rows, whatever the certificates are called',
    { timeout: RUNS_TIMEOUT },
    () => {
      fc.assert(
        fc.property(drafts, fc.constantFrom(...LISTS), (all, lists) => {
          const rows = rowsOf(all)
          const text = printed(rows, { generator: 'xcodegen', lists })
          expect(text === null).toBe(wantedIosEntries(rows).length === 0)
          fc.pre(text !== null)
          const [plist] = infoPlists([text])
          expect(requirements(plist!, rows)).toEqual(wanted(rows, lists))
        }),
        runs(60),
      )
    },
  )
})

describe('the helper for Tuist', () => {
  it.each(cases.filter(({ snippets }) => snippets.length > 0))('is Swift with the wanted pins: $name', async (one) => {
    const { rows } = one.planCase
    for (const lists of LISTS) {
      const text = printed(rows, { generator: 'tuist', lists }) ?? ''
      expect(await parseProblems('swift', text)).toEqual([])
      const domains = await swiftConstant(text, 'pinnedDomains')
      expect(requirements(inInfoPlist(domains), rows)).toEqual(wanted(rows, lists))
    }
  })

  it('asks for exactly the wanted pins of any rows, whatever the certificates are called', async () => {
    await fc.assert(
      fc.asyncProperty(drafts, fc.constantFrom(...LISTS), async (all, lists) => {
        const rows = rowsOf(all)
        const text = printed(rows, { generator: 'tuist', lists })
        expect(text === null).toBe(wantedIosEntries(rows).length === 0)
        fc.pre(text !== null)
        const domains = await swiftConstant(text, 'pinnedDomains')
        expect(requirements(inInfoPlist(domains), rows)).toEqual(wanted(rows, lists))
      }),
      runs(60),
    )
  })

  it('is used by Swift that puts it where iOS looks', async () => {
    const usage = xcodeGenerators
      .render(planPins(planCase('leaf-alone').rows), { generator: 'tuist' }, CASE_STAMP)
      .filter(isText)
      .find(({ id }) => id === 'usage')?.content
    expect(await parseProblems('swift', `let target = Target(\n${usage?.trimEnd().replace(/,$/, '')}\n)\n`)).toEqual([])
    expect(usage).toMatch(/"NSAppTransportSecurity": \[\s*"NSPinnedDomains": \.dictionary\(pinnedDomains\)/)
  })
})

it('the choice of lists is the one that was made for Info.plist', () => {
  const plan = planPins(planCase('leaf-and-root').rows)
  const settings = { 'ios-pinned-domains': { lists: 'both', generator: 'tuist' } }
  const outputs = renderAll(plan, settings, CASE_STAMP)
  const textOf = (id: string) =>
    outputs
      .find(({ format }) => format.id === id)
      ?.snippets.filter(isText)
      .map(({ content }) => content)
      .join('\n') ?? ''
  for (const id of [pinnedDomains.id, xcodeGenerators.id]) {
    expect(textOf(id)).toContain('NSPinnedLeafIdentities')
    expect(textOf(id)).toContain('NSPinnedCAIdentities')
  }
  expect(textOf(xcodeGenerators.id)).toContain('import ProjectDescription')
})
