import { describe, expect, it } from 'vitest'
import type { PinChoices } from '../../../../src/core/pins/pin-choices.ts'
import { assess } from '../../../../src/core/risks/assess.ts'
import rule from '../../../../src/core/risks/rules/ios-no-backup-pin.ts'
import type { PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import {
  alsoPinning,
  backupKey,
  EXAMPLE_ROOT,
  exampleChain,
  otherChain,
  pinning,
  pinOfKey,
  row,
  type RowOrder,
} from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const choosing = (lists: string) => ({ settings: { 'ios-pinned-domains': { lists } } })

/** Two leaves with keys of their own, under one root that is pinned too. */
const twoLeavesAndOneRoot = [
  row({
    host: 'api.example.com',
    chains: [exampleChain('api.example.com'), exampleChain('api.example.com', { key: 'reserve key' })],
    choices: pinning('leaf', 'root'),
  }),
]

describe('iOS without a backup that Android has', () => {
  it('is a warning when the CA list alone is printed', () => {
    expect(findingOf(rule, contextOf(twoLeavesAndOneRoot))).toMatchObject({
      severity: 'warning',
      tab: 'ios',
      title: 'No backup pin for api.example.com in the CA list of iOS',
      why: expect.stringContaining('Pin the root of a second CA too') as unknown,
      rowIds: ['row of api.example.com'],
    })
  })

  it('is a warning for the list that has none, when both are printed', () => {
    expect(findingOf(rule, contextOf(twoLeavesAndOneRoot, choosing('both'))).title).toContain('the CA list')
  })

  it('is a warning for the leaf list when the backup is a CA', () => {
    const choices = { ...pinning('leaf'), exceptions: new Map([[EXAMPLE_ROOT.sha256, true]]) }
    const rows = [
      row({ host: 'api.example.com', chains: [otherChain('api.example.com')], reserve: [EXAMPLE_ROOT], choices }),
    ]
    expect(findingOf(rule, contextOf(rows, choosing('leaf')))).toMatchObject({
      title: 'No backup pin for api.example.com in the leaf list of iOS',
      why: expect.stringContaining('a key that is kept in reserve too') as unknown,
    })
  })
})

it('is a warning when the only backup is a key that iOS leaves out beside the CA list', () => {
  expect(findingOf(rule, contextOf('backup-request-and-ca')).title).toContain('the CA list')
  expect(findingsOf(rule, contextOf('backup-request-and-ca', choosing('leaf')))).toEqual([])
})

const asksFor = (list: string) => [
  { change: { kind: 'set-option', format: 'ios-pinned-domains', option: 'lists', value: list } },
]

describe('another list as a way out', () => {
  it('is offered where that list has a backup', () => {
    expect(findingOf(rule, contextOf('backup-request-and-ca')).fixes).toMatchObject(asksFor('leaf'))
  })

  it('leads to no finding of this rule, and to no refusal', () => {
    const context = contextOf('backup-request-and-ca', choosing('leaf'))
    const { findings } = assess(context)
    expect(findings.filter(({ severity, tab }) => tab === 'ios' && severity !== 'note')).toEqual([])
  })

  it('is not where only a key in reserve is in it, which no server presents', () => {
    const key = backupKey('CN=reserve')
    const choices = alsoPinning(pinning('root'), [key])
    const rows = [row({ host: 'a.example', chains: [exampleChain('a.example')], keys: [key], choices })]
    expect(findingOf(rule, contextOf(rows)).fixes).toEqual([])
  })

  it('is not where another host would be worse off', () => {
    const key = backupKey('CN=reserve')
    const rowOf = (host: string, choices: PinChoices) =>
      row({ host, chains: [exampleChain(host)], keys: [key], choices })
    const rows = [
      rowOf('a.example', alsoPinning(pinning('leaf', 'root'), [key])),
      rowOf('b.example', pinning('leaf', 'root')),
    ]
    expect(findingOf(rule, contextOf(rows)).fixes).toEqual([])
  })
})

const titles = (rows: readonly PlanRow[], lists = 'ca') => {
  const findings = findingsOf(rule, contextOf(rows, choosing(lists)))
  return findings === 'does not apply' ? [] : findings.map(({ title }) => title)
}

const parentOf = (order: Partial<RowOrder>) =>
  row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')], ...order })

/** iOS merges the lists of a parent with those of its sub-domains. */
describe('below a parent with sub-domains', () => {
  const HOST = 'api.example.com'
  const key = backupKey('CN=reserve')
  const typed = [pinOfKey('first typed root'), pinOfKey('second typed root')].map((pin) => ({
    pin,
    role: 'ca' as const,
  }))
  const childOf = (order: Partial<RowOrder>) =>
    row({
      host: HOST,
      chains: [exampleChain(HOST)],
      keys: [key],
      choices: alsoPinning(pinning('leaf'), [key]),
      ...order,
    })

  it('a CA list that is the parent’s alone is told', () => {
    const rows = [parentOf({ choices: pinning('root') }), childOf({})]
    expect(titles(rows)).toEqual([`No backup pin for ${HOST} in the CA list of iOS`])
    // Whatever is chosen, the parent has nothing but a CA list.
    expect(titles(rows, 'leaf')).toEqual([`No backup pin for ${HOST} in the CA list of iOS`])
  })

  it('none is told of roots of two CAs', () => {
    const chains = [exampleChain('example.com'), otherChain('example.com')]
    expect(titles([parentOf({ chains, choices: pinning('root') }), childOf({})])).toEqual([])
  })

  it('a leaf list has the backup of the parent', () => {
    const rows = [
      parentOf({ keys: [key], choices: alsoPinning(pinning('leaf'), [key]) }),
      childOf({ keys: [], choices: pinning('leaf', 'root') }),
    ]
    expect(titles(rows, 'leaf')).toEqual([])
  })

  it('the leaf list is no way out where the CA list of the parent refuses the chain', () => {
    const choices = alsoPinning(pinning('leaf', 'root'), [key])
    const rows = [parentOf({ chains: [], choices: alsoPinning(pinning(), [], typed) }), childOf({ choices })]
    const leafAlone = assess(contextOf(rows, choosing('leaf'))).findings
    expect(leafAlone.filter(({ severity, tab }) => severity === 'blocker' && tab === 'ios')).toHaveLength(1)
    const offered = assess(contextOf(rows)).findings.flatMap(({ fixes }) => fixes.map(({ label }) => label))
    expect(offered.filter((label) => label.includes('list'))).toEqual([])
  })

  it('a list is a way out only where every chain that passes today passes then', () => {
    const other = exampleChain(HOST, { name: 'other leaf', key: 'other leaf' })
    const [leaf] = other.links
    const choices = alsoPinning(pinning('leaf', 'root'), [key])
    const exceptions = new Map(leaf ? [[leaf.certificate.sha256, false]] : [])
    expect(findingOf(rule, contextOf([childOf({ choices })])).fixes).toMatchObject(asksFor('leaf'))
    const rows = [childOf({ chains: [exampleChain(HOST), other], choices: { ...choices, exceptions } })]
    expect(findingOf(rule, contextOf(rows)).fixes).toEqual([])
  })
})

describe('it stays quiet', () => {
  it('when the list that is printed has a backup', () => {
    expect(findingsOf(rule, contextOf(twoLeavesAndOneRoot, choosing('leaf')))).toEqual([])
    expect(findingsOf(rule, contextOf('backup-leaf'))).toEqual([])
  })

  it('when no platform has one, which another rule says', () => {
    expect(findingsOf(rule, contextOf('leaf-and-root'))).toEqual([])
  })
})

it('does not apply when nothing is pinned', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
