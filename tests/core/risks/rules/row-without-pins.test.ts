import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/row-without-pins.ts'
import { backupKey, exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const parent = row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')] })

describe('a row without pins', () => {
  it('is a warning that says what is missing', () => {
    expect(findingsOf(rule, contextOf('rows-without-pins'))).toMatchObject([
      {
        severity: 'warning',
        tab: 'results',
        title: 'cdn.example.com has no pins of its own',
        why: expect.stringMatching(/^The row has no certificate yet.*apps connect to it unpinned\.$/) as unknown,
        rowIds: ['row of cdn.example.com'],
      },
      {
        severity: 'warning',
        title: 'www.example.com has no pins of its own',
        why: expect.stringMatching(/^The row has certificates, but none of them is chosen/) as unknown,
        rowIds: ['row of www.example.com'],
      },
    ])
  })

  it('is a note while a parent covers it', () => {
    const { severity, why } = findingOf(rule, contextOf([parent, row({ host: 'api.example.com' })]))
    expect(severity).toBe('note')
    expect(why).toContain('the sub-domains of example.com cover it')
    expect(why).not.toContain('unpinned')
  })

  it('is a warning under a parent that leaves sub-domains out', () => {
    const rows = [row({ host: 'example.com', chains: [exampleChain('example.com')] }), row({ host: 'api.example.com' })]
    expect(findingOf(rule, contextOf(rows)).severity).toBe('warning')
  })

  it('is found when nothing at all is pinned', () => {
    expect(findingOf(rule, contextOf('nothing-pinned')).title).toBe('api.example.com has no pins of its own')
  })
})

it('stays quiet when every host has pins', () => {
  expect(findingsOf(rule, contextOf('many-hosts'))).toEqual([])
})

it('stays quiet when another row has pins for the host', () => {
  const rows = [
    row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], rowId: '1' }),
    row({ host: 'api.example.com', rowId: '2' }),
    row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], choices: pinning(), rowId: '3' }),
  ]
  expect(findingsOf(rule, contextOf(rows))).toEqual([])
})

it('does not apply without a host', () => {
  expect(findingsOf(rule, contextOf([row({ host: null, chains: [exampleChain('a.example')] })]))).toBe('does not apply')
  expect(findingsOf(rule, contextOf([]))).toBe('does not apply')
})

it('says of a row with keys alone that they are a backup for something', () => {
  const finding = findingOf(rule, contextOf([row({ host: 'a.example', keys: [backupKey('CN=a.example')] })]))
  expect(finding.why).toContain('The row has a key without a certificate, and it is not pinned.')
})
