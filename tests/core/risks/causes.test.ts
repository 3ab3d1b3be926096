import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/core/risks/assess.ts'
import { CAUSES, strongerRules } from '../../../src/core/risks/causes.ts'
import { RISK_RULES } from '../../../src/core/risks/registry.ts'
import {
  alsoPinning,
  backupKey,
  exampleChain,
  otherChain,
  pinning,
  privateChain,
  row,
  type RowOrder,
} from '../../support/cases.ts'
import { drafts, rowsOf } from '../formats/any-rows.ts'
import { contextOf } from './context.ts'

const KEY = backupKey('CN=reserve')
const IOS_LISTS: readonly string[] = CAUSES['list-left-out']

/** A leaf, its root and a key in reserve. */
function everyKind(host: string, order: Partial<RowOrder> = {}) {
  const choices = alsoPinning(pinning('leaf', 'root'), [KEY])
  return row({ host, chains: [exampleChain(host)], keys: [KEY], choices, ...order })
}

/** The same, and a root of a second CA. */
const withSecondCa = (host: string) => everyKind(host, { chains: [exampleChain(host), otherChain(host)] })
const withoutBackup = (host: string) => row({ host, chains: [exampleChain(host)], choices: pinning('leaf', 'root') })

function findingsOfRules(rows: ReturnType<typeof row>[], rules: readonly string[], lists = 'ca') {
  const { findings } = assess(contextOf(rows, { settings: { 'ios-pinned-domains': { lists } } }))
  return findings
    .filter(({ ruleId }) => rules.includes(ruleId))
    .map(({ ruleId, rowIds }) => `${ruleId}: ${rowIds.join().replaceAll('row of ', '')}`)
}

it('the rules of each cause are there, two or more, each once', () => {
  const ids = new Set(RISK_RULES.map(({ id }) => id))
  for (const rules of Object.values(CAUSES)) {
    expect(rules.filter((id) => !ids.has(id))).toEqual([])
    expect(new Set(rules).size).toBe(rules.length)
    expect(rules.length).toBeGreaterThan(1)
  }
})

it('the most useful rule of a cause yields to none', () => {
  expect(strongerRules({ kind: 'list-left-out' }, 'ios-no-backup-pin')).toEqual([])
  expect(strongerRules({ kind: 'list-left-out' }, 'ios-leaf-and-ca')).toEqual([
    'ios-no-backup-pin',
    'ios-backup-left-out',
  ])
})

describe('pins that iOS is not given', () => {
  it.each([
    ['a CA list without a backup', everyKind('a.example'), 'ios-no-backup-pin'],
    ['a backup that is left out beside a CA list that has one', withSecondCa('a.example'), 'ios-backup-left-out'],
    ['a leaf that is left out and no backup', withoutBackup('a.example'), 'ios-leaf-and-ca'],
  ] as const)('are one finding: %s', (_what, one, ruleId) => {
    expect(findingsOfRules([one], IOS_LISTS)).toEqual([`${ruleId}: a.example`])
  })

  it('are told of each host by the rule that says most of it', () => {
    const rows = [
      everyKind('a.example'),
      withSecondCa('b.example'),
      withSecondCa('c.example'),
      withoutBackup('d.example'),
      withoutBackup('e.example'),
    ]
    expect(findingsOfRules(rows, IOS_LISTS)).toEqual([
      'ios-no-backup-pin: a.example',
      'ios-backup-left-out: b.example,c.example',
      'ios-leaf-and-ca: d.example,e.example',
    ])
  })

  it('are another cause than that both lists have to match', () => {
    expect(findingsOfRules([everyKind('a.example')], IOS_LISTS, 'both')).toEqual([
      'ios-leaf-and-ca: a.example',
      'ios-no-backup-pin: a.example',
    ])
  })

  it('make a rule not applicable that has nothing else to tell', () => {
    const { fine, notApplicable } = assess(contextOf([everyKind('a.example')]))
    expect(IOS_LISTS.filter((id) => notApplicable.includes(id))).toEqual(['ios-backup-left-out', 'ios-leaf-and-ca'])
    expect(IOS_LISTS.filter((id) => fine.includes(id))).toEqual([])
  })
})

describe('a private leaf with a SHA-1 signature', () => {
  const HOST = 'intranet.example.com'
  const SIGNATURE: readonly string[] = CAUSES['forged-signature']

  function rowSigned(changes: object) {
    const held = privateChain(HOST)
    const links = held.links.map((link) =>
      link.role === 'leaf'
        ? { ...link, certificate: { ...link.certificate, signatureAlgorithm: 'SHA-1 with RSA', ...changes } }
        : link,
    )
    return row({ host: HOST, chains: [{ ...held, links }] })
  }

  it('is one blocker', () => {
    expect(findingsOfRules([rowSigned({})], SIGNATURE)).toEqual([`sha1-signature: ${HOST}`])
  })

  it('is told of by Apple’s rule as well where that has more to tell, and then of the rest alone', () => {
    const rows = [rowSigned({ publicKey: { algorithm: 'RSA', bits: 1024, curve: null } })]
    expect(findingsOfRules(rows, SIGNATURE)).toEqual([`ios-private-certificate: ${HOST}`, `sha1-signature: ${HOST}`])
    const { findings } = assess(contextOf(rows))
    const { why } = findings.find(({ ruleId }) => ruleId === 'ios-private-certificate') ?? { why: '' }
    expect(why).toContain('its RSA key has only 1024 bits. ')
    expect(why).not.toContain('SHA-1')
  })
})

it('whatever is not told at a row is told there by a stronger rule', () => {
  const rows = fc.oneof(
    drafts.map((all) => rowsOf(all)),
    fc
      .array(fc.constantFrom(everyKind, withSecondCa, withoutBackup), { maxLength: 4 })
      .map((makers) => makers.map((make, index) => make(`host${index}.example`))),
  )
  fc.assert(
    fc.property(rows, fc.constantFrom('ca', 'leaf', 'both'), (all, lists) => {
      const context = contextOf(all, { settings: { 'ios-pinned-domains': { lists } } })
      const { findings } = assess(context)
      for (const rules of Object.values(CAUSES)) {
        const told = new Set(
          findings
            .filter(({ ruleId }) => (rules as readonly string[]).includes(ruleId))
            .flatMap(({ rowIds }) => rowIds),
        )
        const found = RISK_RULES.filter(
          ({ id, applies }) => (rules as readonly string[]).includes(id) && applies(context),
        )
        const silent = found.flatMap((rule) => rule.find(context)).flatMap(({ rowIds }) => rowIds)
        expect(silent.filter((rowId) => !told.has(rowId))).toEqual([])
      }
    }),
    { numRuns: 100 },
  )
})
