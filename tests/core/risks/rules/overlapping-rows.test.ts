import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/overlapping-rows.ts'
import { exampleChain, otherChain, pinning, row, type RowOrder } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const AND = 'so iOS asks for a match in both'

describe('rows of one host', () => {
  it('are a note: they are written as one', () => {
    expect(findingOf(rule, contextOf('same-host-twice'))).toMatchObject({
      severity: 'note',
      tab: 'results',
      title: '2 rows are for api.example.com',
      why: expect.stringContaining('A domain may stand in a file only once') as unknown,
      rowIds: ['first row', 'second row'],
    })
  })
})

const twins = (childOrder: Partial<RowOrder> = {}) => {
  const shared = { chains: [exampleChain('example.com')], choices: pinning('leaf', 'root') }
  return [
    row({ host: 'example.com', includeSubdomains: true, ...shared }),
    row({ host: 'api.example.com', ...shared, ...childOrder }),
  ]
}

describe('a host under another one with sub-domains', () => {
  it('is a warning that names the parent', () => {
    expect(findingOf(rule, contextOf('parent-and-child'))).toMatchObject({
      severity: 'warning',
      title: 'api.example.com is also covered by example.com',
      why: expect.stringContaining('the pins of example.com are repeated for api.example.com') as unknown,
      rowIds: ['row of api.example.com', 'row of example.com'],
    })
    expect(findingOf(rule, contextOf('parent-and-child')).why).not.toContain(AND)
  })

  it('names every parent, nearest first', () => {
    const findings = findingsOf(rule, contextOf('three-levels'))
    expect(findings === 'does not apply' ? [] : findings.map(({ title }) => title)).toEqual([
      'eu.example.com is also covered by example.com',
      'api.eu.example.com is also covered by eu.example.com and example.com',
    ])
  })

  it('says when iOS asks for a leaf and a CA because the two entries are merged', () => {
    expect(findingOf(rule, contextOf('leaf-of-parent-and-ca-of-child')).why).toContain(AND)
  })

  it('does not say so when the parent is too far up for iOS to merge', () => {
    const rows = [
      row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')] }),
      row({ host: 'a.b.example.com', chains: [otherChain('a.b.example.com')], choices: pinning('root') }),
    ]
    expect(findingOf(rule, contextOf(rows)).why).not.toContain(AND)
  })

  it('says so for both lists of one choice', () => {
    const rows = [
      row({
        host: 'example.com',
        includeSubdomains: true,
        chains: [exampleChain('example.com')],
        choices: pinning('root'),
      }),
      row({ host: 'api.example.com', chains: [otherChain('api.example.com')] }),
    ]
    expect(findingOf(rule, contextOf(rows, { settings: { 'ios-pinned-domains': { lists: 'both' } } })).why).toContain(
      AND,
    )
    expect(findingOf(rule, contextOf(rows)).why).not.toContain(AND)
  })

  it('promises a connection with any pin for Android alone, since iOS may leave a kind out', () => {
    expect(findingOf(rule, contextOf('parent-and-child')).why).toContain('on Android any of them lets it connect')
  })

  it('is a note where both have the same pins', () => {
    expect(findingOf(rule, contextOf(twins()))).toMatchObject({
      severity: 'note',
      title: 'api.example.com is also covered by example.com',
      why: expect.stringContaining(
        'api.example.com and example.com have the same pins, so both platforms do the same',
      ) as unknown,
    })
  })

  it.each([
    ['has fewer', { choices: pinning('leaf') }],
    ['has more', { choices: pinning('leaf', 'intermediate', 'root') }],
    ['has others', { chains: [otherChain('api.example.com')] }],
  ])('is a warning where it %s', (_what, order) => {
    expect(findingOf(rule, contextOf(twins(order))).severity).toBe('warning')
  })

  it('is a warning where iOS asks for both lists', () => {
    const { severity, why } = findingOf(
      rule,
      contextOf(twins(), { settings: { 'ios-pinned-domains': { lists: 'both' } } }),
    )
    expect([severity, why]).toEqual(['warning', expect.stringContaining(AND)])
  })

  it('is told beside two rows of its own', () => {
    const rows = [
      row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')] }),
      row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], rowId: '1' }),
      row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], rowId: '2' }),
    ]
    expect(findingsOf(rule, contextOf(rows))).toMatchObject([
      { severity: 'note', rowIds: ['1', '2'] },
      { severity: 'warning', rowIds: ['1', '2', 'row of example.com'] },
    ])
  })
})

it.each(['two-hosts-sharing-pins', 'many-hosts'])('stays quiet for hosts beside each other: %s', (name) => {
  expect(findingsOf(rule, contextOf(name))).toEqual([])
})

it('stays quiet when the parent leaves sub-domains out', () => {
  const rows = [
    row({ host: 'example.com', chains: [exampleChain('example.com')] }),
    row({ host: 'api.example.com', includeSubdomains: true, chains: [exampleChain('api.example.com')] }),
  ]
  expect(findingsOf(rule, contextOf(rows))).toEqual([])
})

it('does not apply to a single row', () => {
  expect(findingsOf(rule, contextOf('leaf-and-root'))).toBe('does not apply')
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
