import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/missing-intermediate.ts'
import { certificate, chain, EXAMPLE_CA, exampleChain, row, servedList } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'
const CHAIN = exampleChain(HOST)
const LEAF = certificate({ name: HOST, issuer: EXAMPLE_CA.subject.commonName ?? '', dnsNames: [HOST] })
const FIRST = { address: '192.0.2.1' }
const SECOND = { address: '192.0.2.2' }

describe('a missing intermediate', () => {
  it('is a blocker when another source has it', () => {
    const rows = [row({ host: HOST, chains: [CHAIN], servedLists: [servedList([LEAF])] })]
    expect(findingOf(rule, contextOf(rows))).toMatchObject({
      severity: 'blocker',
      tab: 'results',
      title: 'api.example.com does not send an intermediate certificate',
      why: expect.stringMatching(
        /^Example TLS CA 1, which issued api\.example\.com, is not sent\. Android does not fetch/,
      ) as unknown,
      rowIds: ['row of api.example.com'],
    })
  })

  it('may be the root of a private CA when nothing has it, which is a warning', () => {
    const unfinished = chain([LEAF], { kind: 'issuer-missing', issuer: LEAF.issuer })
    const finding = findingOf(
      rule,
      contextOf([row({ host: HOST, chains: [unfinished], servedLists: [servedList([LEAF])] })]),
    )
    expect(finding).toMatchObject({
      severity: 'warning',
      title: 'api.example.com may lack an intermediate certificate',
    })
    expect(finding.why).toContain('If it is the root of a private CA, that is right')
  })

  it('is a note when a CA is sent and nothing above it is known: that is how private CAs are', () => {
    const unfinished = chain([LEAF, EXAMPLE_CA], { kind: 'issuer-missing', issuer: EXAMPLE_CA.issuer })
    const rows = [row({ host: HOST, chains: [unfinished], servedLists: [servedList([LEAF, EXAMPLE_CA])] })]
    expect(findingOf(rule, contextOf(rows))).toMatchObject({
      severity: 'note',
      why: expect.stringMatching(/^Example Root R1, which issued Example TLS CA 1, is not sent/) as unknown,
    })
  })

  it('says at how many addresses', () => {
    const servedLists = [servedList([LEAF], [FIRST]), servedList([LEAF, EXAMPLE_CA], [SECOND])]
    expect(findingOf(rule, contextOf([row({ host: HOST, chains: [CHAIN], servedLists })]))).toMatchObject({
      severity: 'blocker',
      why: expect.stringMatching(/^At 1 of 2 addresses: Example TLS CA 1/) as unknown,
    })
  })

  it('is a warning where phones get another list', () => {
    const servedLists = [
      servedList([LEAF], [{ ...FIRST, offers: ['rsa'] }]),
      servedList([LEAF, EXAMPLE_CA], [{ ...FIRST, offers: ['any', 'ecdsa'] }]),
    ]
    expect(findingOf(rule, contextOf([row({ host: HOST, chains: [CHAIN], servedLists })]))).toMatchObject({
      severity: 'warning',
      why: expect.stringMatching(/^For clients that verify RSA keys alone: /) as unknown,
    })
  })

  it('is told once for lists that lack the same', () => {
    const servedLists = [servedList([LEAF], [FIRST]), servedList([LEAF, LEAF], [SECOND])]
    expect(findingsOf(rule, contextOf([row({ host: HOST, chains: [CHAIN], servedLists })]))).toHaveLength(1)
  })

  it('is not there when it is sent', () => {
    const servedLists = [servedList([LEAF, EXAMPLE_CA])]
    expect(findingsOf(rule, contextOf([row({ host: HOST, chains: [CHAIN], servedLists })]))).toEqual([])
  })

  it('does not apply to files, nor to a row without a usable host', () => {
    expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
    const rows = [row({ host: null, chains: [CHAIN], servedLists: [servedList([LEAF])] })]
    expect(findingsOf(rule, contextOf(rows))).toBe('does not apply')
  })
})
