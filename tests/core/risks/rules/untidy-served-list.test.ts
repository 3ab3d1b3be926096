import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/untidy-served-list.ts'
import { certificate, EXAMPLE_CA, EXAMPLE_ROOT, exampleChain, row, servedList } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'
const CHAIN = exampleChain(HOST)
const LEAF = certificate({ name: HOST, issuer: EXAMPLE_CA.subject.commonName ?? '', dnsNames: [HOST] })
const STRANGER = certificate({ name: 'Stranger', issuer: 'Nobody', isCa: true })

function rows(...servedLists: ReturnType<typeof servedList>[]) {
  return [row({ host: HOST, chains: [CHAIN], reserve: [STRANGER], servedLists })]
}

describe('an untidy list', () => {
  it('is a note that names each fault', () => {
    const list = servedList([LEAF, STRANGER, EXAMPLE_ROOT, EXAMPLE_CA, EXAMPLE_CA])
    const finding = findingOf(rule, contextOf(rows(list)))
    expect(finding).toMatchObject({ severity: 'note', title: 'api.example.com sends an untidy list of certificates' })
    expect(finding.why).toContain('Example Root R1 stands before Example TLS CA 1, which it certifies.')
    expect(finding.why).toContain('Example TLS CA 1 is sent more than once.')
    expect(finding.why).toContain('Example Root R1 is a root: a phone has it already or does not trust it.')
    expect(finding.why).toContain('Stranger does not belong to the chain.')
  })

  it('is named when it does not begin with the leaf', () => {
    const finding = findingOf(rule, contextOf(rows(servedList([EXAMPLE_CA, LEAF]))))
    expect(finding.why).toContain('It begins with Example TLS CA 1 instead of the server’s own certificate.')
  })

  it('counts the faults beyond the first few', () => {
    const strangers = Array.from({ length: 9 }, (_, index) => certificate({ name: `Stranger ${index}`, issuer: 'X' }))
    const list = servedList([LEAF, ...strangers])
    const many = [row({ host: HOST, chains: [CHAIN], reserve: strangers, servedLists: [list] })]
    expect(findingOf(rule, contextOf(many)).why).toContain('There are 5 more faults like these.')
  })

  it('says at how many addresses', () => {
    const tidy = servedList([LEAF, EXAMPLE_CA], [{ address: '192.0.2.1' }, { address: '192.0.2.2' }])
    const untidy = servedList([LEAF, EXAMPLE_CA, EXAMPLE_ROOT], [{ address: '192.0.2.3' }])
    expect(findingOf(rule, contextOf(rows(tidy, untidy))).why).toMatch(/^At 1 of 3 addresses\. Example Root R1 is/)
  })

  it('is not there when all is in order', () => {
    expect(findingsOf(rule, contextOf(rows(servedList([LEAF, EXAMPLE_CA]))))).toEqual([])
  })

  it('does not apply to files, which need no order', () => {
    expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
  })
})
