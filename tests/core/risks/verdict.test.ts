import { describe, expect, it } from 'vitest'
import type { PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { assess } from '../../../src/core/risks/assess.ts'
import { RISK_RULES } from '../../../src/core/risks/registry.ts'
import type { Finding, Severity } from '../../../src/core/risks/risk-rule.ts'
import { verdictOnRow, verdictOnSet } from '../../../src/core/risks/verdict.ts'
import { alsoPinning, backupKey, exampleChain, interceptedChain, pinning, row } from '../../support/cases.ts'
import { contextOf } from './context.ts'
import { publicChain, ROOTS } from './public-chains.ts'

const KEY = backupKey('CN=reserve')
const sound = (host: string, chains = [exampleChain(host)]) =>
  row({ host, chains, keys: [KEY], choices: alsoPinning(pinning('leaf'), [KEY]) })
const alone = (host: string) => row({ host, chains: [exampleChain(host)] })
const expired = (host: string) => sound(host, [exampleChain(host, { until: '2026-10-01' })])
const empty = (host: string) => row({ host, chains: [exampleChain(host)], choices: pinning() })

function verdictsOf(rows: readonly PlanRow[]) {
  const context = contextOf(rows)
  const { findings } = assess(context)
  return {
    set: verdictOnSet(findings, context.plan),
    rows: rows.map(({ rowId }) => verdictOnRow(rowId, findings, context.plan)),
  }
}

const decidingOf = (rows: readonly PlanRow[]) => verdictsOf(rows).rows[0]?.deciding.map(({ ruleId }) => ruleId)

describe('the verdict on a row', () => {
  it.each([
    ['ready', 'an own key and a backup', sound('a.example'), []],
    ['known-risks', 'one pin alone', alone('a.example'), ['certificate-ends-before-release', 'no-backup-pin']],
    ['not-yet', 'a leaf that has ended', expired('a.example'), ['certificate-validity']],
    ['nothing-pinned', 'nothing chosen', empty('a.example'), []],
    ['against', 'a host of somebody else', sound('api.stripe.com'), ['third-party-host']],
    [
      'against',
      'the key of a content network',
      sound('a.example', [publicChain('a.example', ROOTS.gtsR4, { leaf: { dnsNames: ['sni.cloudflaressl.com'] } })]),
      ['provider-leaf'],
    ],
    [
      'against',
      'a proxy’s certificate',
      sound('a.example', [interceptedChain('a.example')]),
      ['interception-like-issuer'],
    ],
  ] as const)('is %s for %s', (kind, _what, one, deciding) => {
    expect(verdictsOf([one]).rows[0]?.kind).toBe(kind)
    expect(decidingOf([one])).toEqual(deciding)
  })

  it('goes by its own findings alone', () => {
    expect(verdictsOf([sound('a.example'), expired('b.example')]).rows.map(({ kind }) => kind)).toEqual([
      'ready',
      'not-yet',
    ])
  })

  it('is against a stranger’s certificate even before anything of it is pinned', () => {
    const one = row({ host: 'a.example', chains: [interceptedChain('a.example')], choices: pinning() })
    expect(verdictsOf([one]).rows[0]?.kind).toBe('against')
  })

  it('names every finding that decides it', () => {
    const one = row({ host: 'a.example', chains: [exampleChain('b.example', { until: '2026-10-01' })] })
    expect(decidingOf([one])).toEqual(['certificate-validity', 'host-not-covered'])
  })
})

describe('the verdict on the whole set', () => {
  it.each([
    ['ready', [sound('a.example'), sound('b.example')]],
    ['known-risks', [sound('a.example'), alone('b.example')]],
    ['not-yet', [sound('a.example'), alone('b.example'), expired('c.example')]],
    ['against', [sound('a.example'), expired('b.example'), sound('api.stripe.com')]],
    ['nothing-pinned', [empty('a.example')]],
    ['nothing-pinned', []],
  ] as const)('is %s when that is the worst of its rows', (kind, rows) => {
    expect(verdictsOf(rows).set.kind).toBe(kind)
  })

  it('goes by the rows that pin something, and by what is lacking in the others', () => {
    const stale = { ...expired('c.example'), choices: pinning() }
    const { set, rows } = verdictsOf([sound('a.example'), stale])
    expect([set.kind, ...rows.map(({ kind }) => kind)]).toEqual(['known-risks', 'ready', 'nothing-pinned'])
    expect(set.deciding.map(({ ruleId, rowIds }) => [ruleId, rowIds])).toEqual([
      ['row-without-pins', ['row of c.example']],
    ])
  })

  it('is against a stranger’s certificate in any of its rows', () => {
    const one = row({ host: 'b.example', chains: [interceptedChain('b.example')], choices: pinning() })
    expect(verdictsOf([sound('a.example'), one]).set.kind).toBe('against')
  })

  it('counts what is about no row', () => {
    const old = { ...sound('a.example'), rootStoreDate: '2025-01-01' }
    const { set, rows } = verdictsOf([old])
    expect([set.kind, rows[0]?.kind]).toEqual(['known-risks', 'ready'])
  })
})

const FINDING = {
  id: 'x',
  ruleId: 'x',
  tab: 'results',
  title: 'x',
  why: 'x.',
  rowIds: [],
  faq: 'basics',
  source: 'https://example.com',
  isOfEveryOutput: false,
  fixes: [],
} as const

it.each(['blocker', 'warning'] as const)(
  'what decides against pins is a rule that is there: %s',
  (severity: Severity) => {
    const { plan } = contextOf([sound('a.example')])
    const judged = RISK_RULES.filter(({ id }) => {
      const finding: Finding = { ...FINDING, ruleId: id, severity }
      return verdictOnSet([finding], plan).kind === 'against'
    })
    expect(judged.map(({ id }) => id).toSorted()).toEqual([
      'interception-like-issuer',
      'provider-leaf',
      'third-party-host',
    ])
  },
)

it('a note decides nothing', () => {
  const { plan } = contextOf([sound('a.example')])
  for (const { id } of RISK_RULES) {
    const note: Finding = { ...FINDING, ruleId: id, severity: 'note' }
    expect(verdictOnSet([note], plan)).toEqual({ kind: 'ready', deciding: [] })
  }
})
