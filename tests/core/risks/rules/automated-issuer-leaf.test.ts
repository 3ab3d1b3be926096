import { describe, expect, it } from 'vitest'
import type { Chain } from '../../../../src/core/chain/chain.ts'
import rule from '../../../../src/core/risks/rules/automated-issuer-leaf.ts'
import { alsoPinning, backupKey, exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { AUTUMN_2026, publicChain, ROOTS } from '../public-chains.ts'

const HOST = 'api.example.com'
const LETS_ENCRYPT = publicChain(HOST, ROOTS.isrgX1, { leaf: { until: '2027-01-14' } })
const rowOf = (choices = pinning('leaf'), chains = [LETS_ENCRYPT]) => row({ host: HOST, chains, choices })

it('a pinned leaf that comes by ACME is a warning, with the day of its end', () => {
  expect(findingOf(rule, contextOf([rowOf()]))).toMatchObject({
    severity: 'warning',
    tab: 'results',
    title: 'The next renewal may change the key of api.example.com',
    why: expect.stringMatching(/^Let’s Encrypt issues by ACME.* ends on 14 January 2027 .*reuse the key/) as unknown,
  })
})

it('a backup key does not keep the renewal from making another', () => {
  const key = backupKey(HOST)
  const held = { ...rowOf(alsoPinning(pinning('leaf'), [key])), keys: [key] }
  expect(findingOf(rule, contextOf([held])).severity).toBe('warning')
})

it('a pinned CA carries both platforms', () => {
  expect(findingOf(rule, contextOf([rowOf(pinning('leaf', 'root'))]))).toMatchObject({
    severity: 'note',
    why: expect.stringContaining('the pinned root carries the connection') as unknown,
  })
})

it('a pinned intermediate carries nobody, since that may change as well', () => {
  expect(findingOf(rule, contextOf([rowOf(pinning('leaf', 'intermediate'))])).severity).toBe('warning')
})

it('a pinned CA carries nobody where iOS asks for the leaf as well', () => {
  const settings = { 'ios-pinned-domains': { lists: 'both' } }
  expect(findingOf(rule, contextOf([rowOf(pinning('leaf', 'root'))], { settings })).severity).toBe('warning')
})

/** From 2026-09-01: 90 days and 200 days, with the first and the last of them. */
const SHORT = { until: '2026-11-29' }
const LONG = { until: '2027-03-19' }

function issuedBy(organization: string | null, root: keyof typeof ROOTS, leaf: { readonly until: string }): Chain {
  const issued = publicChain(HOST, ROOTS[root], { leaf })
  const [first, ...above] = issued.links
  if (!first) return issued
  const issuer = { text: '', commonName: 'some issuer', organization }
  return { ...issued, links: [{ ...first, certificate: { ...first.certificate, issuer } }, ...above] }
}

describe('a CA that issues by ACME and otherwise', () => {
  it.each([
    ['ZeroSSL', issuedBy('ZeroSSL GmbH', 'sectigoR46', SHORT), 'github.com/zerossl'],
    ['ZeroSSL', issuedBy('ZeroSSL', 'userTrust', SHORT), 'github.com/zerossl'],
    ['SSL.com', issuedBy(null, 'sslCom2022', SHORT), 'www.ssl.com'],
    ['Actalis', issuedBy(null, 'actalis', SHORT), 'guide.actalis.com'],
  ])('is known by a certificate for 90 days: %s', (name, issued, source) => {
    const finding = findingOf(rule, contextOf([rowOf(pinning('leaf'), [issued])]))
    expect(finding.severity).toBe('warning')
    expect(finding.why).toContain(
      `${name} issues by ACME as well, which a certificate for 90 days most likely came by,`,
    )
    expect(finding.source).toContain(`https://${source}`)
  })

  it.each([
    ['for 200 days', issuedBy(null, 'sslCom2022', LONG)],
    ['of a brand that is not known for it', issuedBy('Sectigo Limited', 'sectigoR46', SHORT)],
  ])('is not known by a certificate %s', (_what, issued) => {
    expect(findingsOf(rule, contextOf([rowOf(pinning('leaf'), [issued])]))).toBe('does not apply')
  })
})

it.each([
  ['the leaf is not pinned', rowOf(pinning('root'))],
  ['somebody else issued it', rowOf(pinning('leaf'), [exampleChain(HOST)])],
])('nothing is told where %s', (_what, one) => {
  const context = contextOf([one])
  expect(rule.applies(context) ? rule.find(context) : []).toEqual([])
})

it('does not apply to another CA, to a leaf that has ended, and where a provider has the key', () => {
  const ended = publicChain(HOST, ROOTS.isrgX1, { leaf: { until: '2026-10-01' } })
  const served = publicChain(HOST, ROOTS.gtsR4, { leaf: { dnsNames: ['sni.cloudflaressl.com'] } })
  for (const one of [exampleChain(HOST), ended, served]) {
    expect(findingsOf(rule, contextOf([rowOf(pinning('leaf'), [one])], { now: AUTUMN_2026 }))).toBe('does not apply')
  }
})
