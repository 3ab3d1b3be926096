/** Chains of today, held against what readers of the printed texts make of them. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isText, type Format } from '../../../src/core/formats/format.ts'
import { FORMATS, type FormatId } from '../../../src/core/formats/registry.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { refusedChainFindings } from '../../../src/core/risks/own-chain.ts'
import { meets, READERS } from '../../oracles/printed-output.ts'
import {
  alsoPinning,
  backupKey,
  CASE_NOW,
  CASE_STAMP,
  chain,
  exampleChain,
  pinning,
  PLAN_CASES,
  row,
} from '../../support/cases.ts'
import { runs, RUNS_TIMEOUT } from '../../support/runs.ts'
import { drafts, rowsOf } from '../formats/any-rows.ts'

type KnownFormat = (typeof FORMATS)[number]

const formatOf = (id: FormatId): KnownFormat => {
  const found = FORMATS.find((format) => format.id === id)
  if (!found) throw new Error(`no output ${id}`)
  return found
}

/** On the platforms for which the reader of its text speaks. */
function findingsOf(format: KnownFormat, rows: readonly PlanRow[]) {
  const { abilitiesOn }: Format = format
  const context = { plan: planPins(rows), rows, settings: {}, now: CASE_NOW }
  return format.platforms
    .filter((platform) => !abilitiesOn?.[platform])
    .map((platform) => refusedChainFindings(format, context, platform))
}

/** The hosts whose every chain the text refuses, by its reader. */
async function refusedHosts(format: KnownFormat, rows: readonly PlanRow[]): Promise<readonly string[]> {
  const plan = planPins(rows)
  const text = format.render(plan, {}, CASE_STAMP).find(isText)?.content
  const read = READERS[format.id]
  if (text === undefined || !read) return []
  const ask = await read(text)
  return plan.policies.flatMap(({ host, rowIds }) => {
    const found = ask(host)
    const chains = rows
      .filter(({ rowId }) => rowIds.includes(rowId))
      .flatMap((one) => one.chains)
      .filter(({ links: [first], end }) => first?.role === 'leaf' && end.kind !== 'issuer-missing')
    // An app that does not start is told elsewhere.
    if (chains.length === 0 || found === 'refused') return []
    const isRefused = chains.every(
      ({ links }) =>
        !meets(
          found,
          links.map(({ certificate }) => certificate.pin),
        ),
    )
    return isRefused ? [host] : []
  })
}

const readable = FORMATS.filter(({ id, hasOwnRules }) => READERS[id] !== undefined && !hasOwnRules)

describe('a host whose own chain an output refuses', () => {
  it.each(readable)('is one whose text no chain of it meets, in every case: $id', async (format) => {
    for (const { name, rows } of PLAN_CASES) {
      const expected = await refusedHosts(format, rows)
      for (const findings of findingsOf(format, rows)) {
        expect([name, findings.map(({ id }) => id)]).toEqual([
          name,
          expected.map((host) => `${format.id} refuses-own-chain ${host}`),
        ])
      }
    }
  })

  it('is that of any rows', { timeout: RUNS_TIMEOUT }, async () => {
    const quick = readable.filter(({ id }) => ['android-okhttp-java', 'curl', 'dane-tlsa', 'react-native'].includes(id))
    await fc.assert(
      fc.asyncProperty(drafts, fc.constantFrom(...quick), async (all, format) => {
        const rows = rowsOf(all)
        const expected = await refusedHosts(format, rows)
        for (const findings of findingsOf(format, rows)) {
          expect(findings.map(({ id }) => id)).toEqual(expected.map((host) => `${format.id} refuses-own-chain ${host}`))
        }
      }),
      runs(300),
    )
  })
})

describe('outputs that look at the leaf alone', () => {
  const request = backupKey('CN=backup')
  const rows = [
    row({
      host: 'api.example.com',
      chains: [exampleChain('api.example.com')],
      keys: [request],
      choices: alsoPinning(pinning('root'), [request]),
    }),
  ]

  it.each(FORMATS.filter(({ abilities }) => abilities.lists === 'leaf'))(
    'refuse a host whose leaf is not pinned: $id',
    (format) => {
      const [findings] = findingsOf(format, rows)
      expect(findings).toMatchObject([
        {
          severity: 'blocker',
          fixes: [{ change: { kind: 'choose-roles', rowIds: ['row of api.example.com'], roles: { leaf: true } } }],
        },
      ])
      expect(findings?.[0]?.why).toContain('api.example.com')
    },
  )

  it('are no other output’s business', () => {
    for (const id of ['android-okhttp-java', 'ios-trustkit', 'ios-urlsession', 'react-native'] as const) {
      expect(findingsOf(formatOf(id), rows).flat()).toEqual([])
    }
  })
})

it('a set of backups alone is refused by every output that checks keys', () => {
  const keys = [backupKey('CN=one'), backupKey('CN=two')]
  const chains = [exampleChain('api.example.com')]
  const rows = [row({ host: 'api.example.com', chains, keys, choices: alsoPinning(pinning(), keys) })]
  const silent = readable.filter((format) => findingsOf(format, rows).some((findings) => findings.length !== 1))
  // Alamofire and others print the same; what compares certificates prints nothing.
  expect(silent.map(({ id }) => id)).toEqual([])
})

it('a key that only one platform’s library can hash is refused on the other alone', () => {
  const unusual = { publicKey: { algorithm: 'EC', bits: 521, curve: 'P-521' } }
  const [leaf, ...above] = exampleChain('api.example.com').links.map((one) => one.certificate)
  const chains = [chain([{ ...leaf!, ...unusual }, ...above])]
  const spare = backupKey('CN=spare')
  const rows = [row({ host: 'api.example.com', chains, keys: [spare], choices: alsoPinning(pinning('leaf'), [spare]) })]
  const context = { plan: planPins(rows), rows, settings: {}, now: CASE_NOW }
  const refusedOn = (platform: 'android' | 'ios') =>
    refusedChainFindings(formatOf('react-native'), context, platform).length > 0
  expect([refusedOn('android'), refusedOn('ios')]).toEqual([false, true])
})
