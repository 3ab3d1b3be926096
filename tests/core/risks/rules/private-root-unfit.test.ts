import { describe, expect, it } from 'vitest'
import validity from '../../../../src/core/risks/rules/certificate-validity.ts'
import rule from '../../../../src/core/risks/rules/private-root-unfit.ts'
import { certificate, privateChain, row, type CertificateOrder } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'intranet.example.com'

function rowsBelow(order: Partial<CertificateOrder>) {
  const root = certificate({ name: 'Own Root', isCa: true, until: '2040-01-01', ...order })
  return [row({ host: HOST, chains: [privateChain(HOST, root), privateChain(HOST, root, { key: 'another' })] })]
}

/** What the rule for the dates of all certificates says. */
function titles(order: Partial<CertificateOrder>) {
  const findings = findingsOf(validity, contextOf(rowsBelow(order)))
  return findings === 'does not apply' ? [] : findings.map(({ title }) => title)
}

describe('a private root', () => {
  it('that does not say it is a CA is a warning, once', () => {
    expect(findingOf(rule, contextOf(rowsBelow({ isCa: false })))).toMatchObject({
      severity: 'warning',
      tab: 'results',
      title: 'Phones may refuse Own Root as a root',
      why: expect.stringContaining('this one does not say that it is a CA') as unknown,
      rowIds: [`row of ${HOST}`],
    })
  })

  it('whose key may not sign certificates is a warning', () => {
    expect(findingOf(rule, contextOf(rowsBelow({ extensions: { keyUsage: ['CRL Sign'] } }))).why).toContain(
      'the key usage of this one leaves out signing certificates',
    )
  })

  it('is fine as a CA, with the usage or without any', () => {
    expect(findingsOf(rule, contextOf(rowsBelow({})))).toEqual([])
    expect(findingsOf(rule, contextOf(rowsBelow({ extensions: { keyUsage: ['Certificate Sign'] } })))).toEqual([])
  })

  it('out of its dates is told by the rule for all certificates', () => {
    expect(titles({ until: '2026-10-01' })).toContain('The root Own Root expired on 2026-10-01')
    expect(titles({ from: '2027-01-01' })).toContain('The root Own Root is valid only from 2027-01-01')
  })

  it('is not looked for where a chain has none', () => {
    expect(findingsOf(rule, contextOf('leaf-and-root'))).toBe('does not apply')
    expect(findingsOf(rule, contextOf('self-signed-server'))).toBe('does not apply')
  })
})
