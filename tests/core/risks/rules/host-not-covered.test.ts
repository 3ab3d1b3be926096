import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/host-not-covered.ts'
import { certificate, chain, EXAMPLE_CA, EXAMPLE_ROOT, exampleChain, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const rowFor = (host: string, names: readonly string[], includeSubdomains = false) =>
  row({ host, includeSubdomains, chains: [exampleChain('held.example', { dnsNames: names })] })

describe('a certificate that is not for the host', () => {
  it('is a blocker when the row has no other', () => {
    expect(findingOf(rule, contextOf([rowFor('api.example.com', ['www.example.com', 'example.com'])]))).toMatchObject({
      severity: 'blocker',
      tab: 'results',
      title: 'The certificate held.example is not valid for api.example.com',
      why: expect.stringContaining(
        'It names www.example.com and example.com. Phones refuse it for api.example.com',
      ) as unknown,
      rowIds: ['row of api.example.com'],
    })
  })

  it('is a warning when the row has one that is', () => {
    const rows = [
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com'), exampleChain('stray.example', { dnsNames: ['stray.example'] })],
      }),
    ]
    expect(findingOf(rule, contextOf(rows))).toMatchObject({
      severity: 'warning',
      title: 'The certificate stray.example is not valid for api.example.com',
    })
  })

  it('is a blocker for each one when all are strangers', () => {
    const rows = [row({ host: 'api.example.com', chains: [exampleChain('a.example'), exampleChain('b.example')] })]
    const findings = findingsOf(rule, contextOf(rows))
    expect(findings).toMatchObject([{ severity: 'blocker' }, { severity: 'blocker' }])
  })

  it('is one whose wildcard stands for another depth', () => {
    expect(findingOf(rule, contextOf([rowFor('example.com', ['*.example.com'])])).why).toContain('*.example.com')
    expect(findingsOf(rule, contextOf([rowFor('b.a.example.com', ['*.example.com'])]))).toHaveLength(1)
  })

  it('is a note when it is for sub-domains of the row alone', () => {
    for (const name of ['*.example.com', 'a.b.example.com']) {
      const { severity, why } = findingOf(rule, contextOf([rowFor('example.com', [name], true)]))
      expect([severity, why]).toEqual([
        'note',
        `It names ${name}. That is right for sub-domains; phones refuse it for example.com itself, whatever is pinned.`,
      ])
    }
    expect(findingOf(rule, contextOf([rowFor('example.com', ['notexample.com'], true)])).severity).toBe('blocker')
  })

  it('is one without any name, whatever its common name', () => {
    const { why } = findingOf(rule, contextOf([rowFor('held.example', [])]))
    expect(why).toContain('It names no host at all.')
  })

  it('counts names that it does not show, addresses too', () => {
    const names = ['a', 'b', 'c'].map((label) => `${label}.example.org`)
    const leaf = certificate({ name: 'held', dnsNames: names, ipAddresses: ['192.0.2.1', '192.0.2.2'] })
    const rows = [row({ host: 'api.example.com', chains: [chain([leaf, EXAMPLE_CA, EXAMPLE_ROOT])] })]
    expect(findingOf(rule, contextOf(rows)).why).toContain(
      'It names a.example.org, b.example.org, c.example.org and 2 more.',
    )
  })
})

describe('it stays quiet', () => {
  it('when the certificate names the host or its wildcard does', () => {
    expect(findingsOf(rule, contextOf('leaf-alone'))).toEqual([])
    expect(findingsOf(rule, contextOf([rowFor('api.example.com', ['*.example.com'])]))).toEqual([])
  })

  it('for a row with sub-domains that holds a certificate for those beside its own', () => {
    const both = [exampleChain('example.com'), exampleChain('a.example.com')]
    const rows = [row({ host: 'example.com', includeSubdomains: true, chains: both })]
    expect(findingsOf(rule, contextOf(rows))).toEqual([])
  })
})

it('does not apply without a host or without a server certificate', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
  expect(findingsOf(rule, contextOf([row({ host: null, chains: [exampleChain('a.example')] })]))).toBe('does not apply')
  const caAlone = row({ host: 'api.example.com', chains: [chain([EXAMPLE_CA, EXAMPLE_ROOT])] })
  expect(findingsOf(rule, contextOf([caAlone]))).toBe('does not apply')
})
