import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/ios-subdomain-depth.ts'
import { alsoPinning, exampleChain, pinning, pinOfKey, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const parent = (dnsNames: readonly string[]) =>
  row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com', { dnsNames })] })

describe('sub-domains', () => {
  it('are a note while no deeper host is known', () => {
    const { severity, title, why } = findingOf(rule, contextOf([parent(['example.com', '*.example.com'])]))
    expect([severity, title]).toEqual(['note', 'On iOS, sub-domains reach one label'])
    expect(why).toContain('a.example.com is pinned there, b.a.example.com is not')
  })

  it('are a warning when a certificate names a deeper host', () => {
    expect(findingOf(rule, contextOf([parent(['example.com', 'v1.api.example.com'])]))).toMatchObject({
      severity: 'warning',
      tab: 'ios',
      title: 'iOS does not pin v1.api.example.com',
      why: expect.stringContaining('v1.api.example.com would connect unpinned on iOS') as unknown,
      rowIds: ['row of example.com'],
    })
  })

  it('are a warning for a deeper wildcard', () => {
    expect(findingOf(rule, contextOf([parent(['*.api.example.com'])])).title).toBe('iOS does not pin *.api.example.com')
  })

  it('are a warning when a row without pins relies on them', () => {
    const rows = [parent(['example.com']), row({ host: 'v1.api.example.com' })]
    expect(findingOf(rule, contextOf(rows)).title).toBe('iOS does not pin v1.api.example.com')
  })

  it('name a host once, however often it is known', () => {
    const rows = [parent(['v1.api.example.com', 'v1.api.example.com']), row({ host: 'v1.api.example.com' })]
    expect(findingOf(rule, contextOf(rows)).title).toBe('iOS does not pin v1.api.example.com')
  })

  it('warn the rows that lose a host, and only note it for the others', () => {
    const other = row({ host: 'example.org', includeSubdomains: true, chains: [exampleChain('example.org')] })
    const findings = findingsOf(rule, contextOf([parent(['v1.api.example.com']), other]))
    expect(findings).toMatchObject([
      { severity: 'warning', rowIds: ['row of example.com'] },
      { severity: 'note', rowIds: ['row of example.org'] },
    ])
  })

  it('count hosts that are too many to name', () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((label) => `${label}.api.example.com`)
    expect(findingOf(rule, contextOf([parent(names)])).title).toBe(
      'iOS does not pin a.api.example.com, b.api.example.com, c.api.example.com and 2 more',
    )
  })

  it.each([
    ['a row of its own', 'v1.api.example.com', false],
    ['a row for its parent with sub-domains', 'api.example.com', true],
  ])('miss no host that has %s', (_what, host, includeSubdomains) => {
    const rows = [parent(['v1.api.example.com']), row({ host, includeSubdomains, chains: [exampleChain(host)] })]
    expect(findingOf(rule, contextOf(rows)).severity).toBe('note')
  })

  it('miss a host whose parent has a row without sub-domains', () => {
    const rows = [parent(['v1.api.example.com']), row({ host: 'api.example.com', chains: [exampleChain('x.example')] })]
    expect(findingOf(rule, contextOf(rows)).severity).toBe('warning')
  })
})

it('stays quiet when no row includes sub-domains', () => {
  expect(findingsOf(rule, contextOf('leaf-alone'))).toEqual([])
})

it('does not apply when nothing is pinned', () => {
  const rows = [row({ host: 'example.com', includeSubdomains: true })]
  expect(findingsOf(rule, contextOf(rows))).toBe('does not apply')
})

it('stays quiet about a host that iOS does not pin at all', () => {
  const choices = alsoPinning(pinning(), [], [{ pin: pinOfKey('typed'), role: 'unknown' }])
  expect(findingsOf(rule, contextOf([row({ host: 'a.example', includeSubdomains: true, choices })]))).toEqual([])
})
