import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../../src/core/certificate/certificate.ts'
import type { Chain } from '../../../../src/core/chain/chain.ts'
import rule from '../../../../src/core/risks/rules/certificate-validity.ts'
import { certificate, chain, exampleChain, EXAMPLE_CA, EXAMPLE_ROOT, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const at = (day: string) => contextOf('leaf-alone', { now: Date.parse(`${day}T12:00:00Z`) })

/** The Example CA's intermediate ends on 2029-03-12, long before its root. */
const longLeaf = [row({ host: 'api.example.com', chains: [exampleChain('api.example.com', { until: '2034-01-01' })] })]

/** A server certificate that signed itself, long after its end. */
const selfSignedAfterEnd = (trust: string) =>
  contextOf('self-signed-server', {
    settings: { 'android-network-security-config': { trust } },
    now: Date.parse('2050-01-01T00:00:00Z'),
  })

const foundIn = (chains: readonly Chain[], served: readonly Certificate[] = []) =>
  findingsOf(rule, contextOf([row({ host: 'api.example.com', chains, served })]))

describe('a certificate outside its validity', () => {
  it('is a blocker when the leaf has expired', () => {
    expect(findingOf(rule, at('2027-04-01'))).toMatchObject({
      severity: 'blocker',
      tab: 'results',
      title: 'The leaf api.example.com expired on 2027-03-31',
      why: expect.stringContaining('whatever is pinned') as unknown,
      rowIds: ['row of api.example.com'],
    })
  })

  it('is told once of a CA that several rows have', () => {
    const rows = ['a.example.com', 'b.example.com'].map((host) =>
      row({ host, chains: [exampleChain(host, { until: '2034-01-01' })] }),
    )
    expect(findingsOf(rule, contextOf(rows, { now: Date.parse('2030-01-01T00:00:00Z') }))).toMatchObject([
      { severity: 'warning', rowIds: ['row of a.example.com', 'row of b.example.com'] },
    ])
  })

  it('is a warning when the row has a leaf that is valid, whatever its key', () => {
    const chains = [exampleChain('api.example.com', { until: '2026-10-01' }), exampleChain('api.example.com')]
    expect(findingOf(rule, contextOf([row({ host: 'api.example.com', chains })]))).toMatchObject({
      severity: 'warning',
      title: 'The leaf api.example.com expired on 2026-10-01',
    })
  })

  it('is a blocker when a server still presents it, whatever else the row has', () => {
    const expired = exampleChain('api.example.com', { until: '2026-10-01' })
    const served = expired.links.map((held) => held.certificate)
    const rows = [row({ host: 'api.example.com', chains: [expired, exampleChain('api.example.com')], served })]
    expect(findingOf(rule, contextOf(rows)).severity).toBe('blocker')
  })

  describe('that signed itself', () => {
    it('is a blocker for iPhones alone where the configuration for Android brings it along', () => {
      const { severity, why } = findingOf(rule, selfSignedAfterEnd('ship'))
      expect(severity).toBe('blocker')
      expect(why).toContain('iPhones refuse a server that still presents it')
      expect(why).toContain('Android has it as trust anchor from this configuration and looks at no date')
      expect(why).not.toMatch(/\bPhones refuse/)
    })

    it.each(['installed', 'as-is'])('is one for all phones where it does not: %s', (trust) => {
      const { severity, why } = findingOf(rule, selfSignedAfterEnd(trust))
      expect([severity, why]).toEqual(['blocker', expect.stringContaining('Phones refuse a server')])
    })

    it('is one for all phones where nothing is pinned, so that no configuration names it', () => {
      const [one] = selfSignedAfterEnd('ship').rows
      const unpinned = [{ ...one!, choices: pinning() }]
      expect(findingOf(rule, contextOf(unpinned, { now: selfSignedAfterEnd('ship').now })).why).toContain(
        'Phones refuse a server',
      )
    })
  })

  it('is a warning when a CA has expired', () => {
    expect(findingOf(rule, contextOf(longLeaf, { now: Date.parse('2029-03-13T12:00:00Z') }))).toMatchObject({
      severity: 'warning',
      title: 'The intermediate Example TLS CA 1 expired on 2029-03-12',
    })
  })

  it('is a warning before it begins, for the leaf too: it may be kept in reserve', () => {
    const { severity, title, why } = findingOf(rule, contextOf('backup-leaf'))
    expect([severity, title]).toEqual(['warning', 'The leaf api.example.com is valid only from 2026-12-01'])
    expect(why).toContain('kept in reserve')
  })

  describe('before it begins', () => {
    const notYet = exampleChain('api.example.com', { from: '2026-12-01' })

    it('is a blocker when the row has no other leaf', () => {
      expect(foundIn([notYet])).toMatchObject([
        {
          severity: 'blocker',
          title: 'The leaf api.example.com is valid only from 2026-12-01',
          why: expect.stringContaining('If it is kept in reserve, add the certificate') as unknown,
        },
      ])
    })

    it('is a blocker when a server presents it, whatever else the row has', () => {
      const served = notYet.links.map((held) => held.certificate)
      expect(foundIn([notYet, exampleChain('api.example.com')], served)).toMatchObject([{ severity: 'blocker' }])
    })

    it('is a warning beside one that has ended, which is the one that blocks', () => {
      const ended = exampleChain('api.example.com', { until: '2026-10-01' })
      expect(foundIn([ended, notYet])).toMatchObject([
        { severity: 'blocker', title: 'The leaf api.example.com expired on 2026-10-01' },
        { severity: 'warning', title: 'The leaf api.example.com is valid only from 2026-12-01' },
      ])
    })

    it('is a warning for a CA', () => {
      const young = certificate({ name: 'young CA', isCa: true, from: '2026-12-01' })
      expect(foundIn([chain([certificate({ name: 'a.example', issuer: 'young CA' }), young])])).toMatchObject([
        { severity: 'warning', title: 'The root young CA is valid only from 2026-12-01' },
      ])
    })
  })

  it('is found although it is not pinned', () => {
    const unpinned = longLeaf.map(({ rowId, chains }) => row({ rowId, host: 'a.example', chains, choices: pinning() }))
    expect(findingOf(rule, contextOf(unpinned, { now: Date.parse('2029-03-13T12:00:00Z') })).title).toContain(
      'Example TLS CA 1',
    )
  })

  it('is found once in a row, though several chains go through it', () => {
    const twice = ['first', 'second'].map((name) =>
      chain([certificate({ name, until: '2034-01-01' }), EXAMPLE_CA, EXAMPLE_ROOT]),
    )
    const rows = [row({ host: 'api.example.com', chains: twice })]
    expect(findingOf(rule, contextOf(rows, { now: Date.parse('2029-03-13T12:00:00Z') })).title).toContain(
      'Example TLS CA 1',
    )
  })

  it('is found in a row without a usable host', () => {
    const rows = [row({ host: null, chains: [exampleChain('a.example')], rowId: 'nameless' })]
    expect(findingOf(rule, contextOf(rows, { now: Date.parse('2027-04-01T00:00:00Z') })).rowIds).toEqual(['nameless'])
  })
})

it('stays quiet from the first to the last moment of all certificates', () => {
  expect(findingsOf(rule, contextOf('leaf-alone', { now: Date.parse('2026-09-01T00:00:00Z') }))).toEqual([])
  expect(findingsOf(rule, contextOf('leaf-alone', { now: Date.parse('2027-03-31T23:59:59Z') }))).toEqual([])
})

it('does not apply without certificates', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
  expect(findingsOf(rule, contextOf([]))).toBe('does not apply')
})
