import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/ios-pins-excluded-hosts.ts'
import { exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const parent = (includeSubdomains: boolean) =>
  row({
    host: 'example.com',
    includeSubdomains,
    chains: [exampleChain('example.com')],
    choices: pinning('leaf', 'intermediate'),
  })

const excluding = (unpinned: string, includeSubdomains = true) =>
  contextOf([parent(includeSubdomains)], { settings: { 'android-network-security-config': { unpinned } } })

describe('hosts that Android is to leave unpinned', () => {
  it('are a warning where an entry of iOS reaches them', () => {
    expect(findingOf(rule, excluding('status.example.com'))).toMatchObject({
      severity: 'warning',
      tab: 'ios',
      title: 'iOS pins status.example.com, which Android is to leave unpinned',
      why: expect.stringContaining('the pins of example.com hold there') as unknown,
      rowIds: ['row of example.com'],
    })
  })

  it('are named together, without those that iOS does not reach', () => {
    expect(findingOf(rule, excluding('a.example.com b.example.com x.y.example.com')).title).toBe(
      'iOS pins a.example.com and b.example.com, which Android is to leave unpinned',
    )
    expect(findingsOf(rule, excluding('x.y.example.com'))).toEqual([])
  })

  it('are nobody’s business where no pinned host is above them, or none is named', () => {
    expect(rule.applies(excluding('status.example.com', false))).toBe(false)
    expect(rule.applies(excluding('status.example.org'))).toBe(false)
    expect(rule.applies(excluding(''))).toBe(false)
  })
})
