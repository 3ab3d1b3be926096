import { describe, expect, it } from 'vitest'
import type { Certificate, DistinguishedName } from '../../../../src/core/certificate/certificate.ts'
import type { ChainEnd } from '../../../../src/core/chain/chain.ts'
import { INTERCEPTION_NAMES, interceptorNamed } from '../../../../src/core/chain/interception.ts'
import rule from '../../../../src/core/risks/rules/interception-like-issuer.ts'
import { certificate, chain, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'

function issuedBy(commonName: string | null, organization: string | null = null): Certificate {
  const issuer: DistinguishedName = { text: `CN=${commonName},O=${organization}`, commonName, organization }
  return { ...certificate({ name: HOST, issuer: 'x', dnsNames: [HOST] }), issuer }
}

function rowsWith(leaf: Certificate, end?: ChainEnd, served: readonly Certificate[] = []) {
  return [row({ host: HOST, chains: [chain([leaf], end ?? { kind: 'issuer-missing', issuer: leaf.issuer })], served })]
}

describe('an issuer that is called as an intercepting proxy calls its CA', () => {
  it('is a blocker that names the host and the product', () => {
    const leaf = issuedBy('Charles Proxy CA (26 May 2023, laptop)', 'XK72 Ltd')
    expect(findingOf(rule, contextOf(rowsWith(leaf, undefined, [leaf])))).toMatchObject({
      severity: 'blocker',
      tab: 'results',
      title: 'Stop: the chain of api.example.com looks like one of Charles, not of the server',
      why: expect.stringMatching(
        /Charles Proxy CA \(26 May 2023, laptop\).*refuse the true server everywhere else\. Fetch the chain from a network without it, or use the certificate files/,
      ) as unknown,
      rowIds: ['row of api.example.com'],
    })
  })

  it('in a file asks for the certificate of whoever runs the server', () => {
    expect(findingOf(rule, contextOf(rowsWith(issuedBy('mitmproxy', 'mitmproxy')))).why).toContain(
      'Use the certificate files of whoever runs the server',
    )
  })

  it('is told once, however many certificates it issued', () => {
    const ca = { ...certificate({ name: 'Zscaler Sub', issuer: 'y', isCa: true }), issuer: ZSCALER }
    const leaf = issuedBy('Zscaler Sub', 'Zscaler Inc.')
    const rows = [row({ host: HOST, chains: [chain([leaf, ca], { kind: 'issuer-missing', issuer: ZSCALER })] })]
    expect(findingsOf(rule, contextOf(rows))).toHaveLength(1)
  })

  it('is not looked for below a root that phones ship with', () => {
    const rows = rowsWith(issuedBy('Fortinet Server CA', 'Fortinet'), { kind: 'public-root' })
    expect(findingsOf(rule, contextOf(rows))).toBe('does not apply')
  })

  it('is not found in other names', () => {
    expect(findingsOf(rule, contextOf(rowsWith(issuedBy('Example CA', 'Example'))))).toEqual([])
    expect(findingsOf(rule, contextOf('private-root'))).toEqual([])
  })
})

const ZSCALER: DistinguishedName = {
  text: 'CN=Zscaler Root CA,O=Zscaler Inc.',
  commonName: 'Zscaler Root CA',
  organization: 'Zscaler Inc.',
}

describe('names of intercepting products', () => {
  it.each([
    ['mitmproxy', 'mitmproxy', 'mitmproxy'],
    ['DO_NOT_TRUST_FiddlerRoot', 'DO_NOT_TRUST', 'Fiddler'],
    ['Proxyman CA (4 Jun 2025, laptop, AA94759F)', 'Proxyman LLC', 'Proxyman'],
    ['PortSwigger CA', 'PortSwigger', 'Burp Suite'],
    ['OWASP Zed Attack Proxy Root CA', 'OWASP Root CA', 'ZAP'],
    ['HTTP Toolkit CA - DO NOT TRUST', null, 'HTTP Toolkit'],
    ['Zscaler Intermediate Root CA (zscalerthree.net)', 'Zscaler Inc.', 'Zscaler'],
    ['FortiGate CA', 'Fortinet', 'Fortinet'],
    ['Cisco Umbrella Root CA', 'Cisco', 'Cisco Umbrella'],
    ['Avast Web/Mail Shield Untrusted Root', 'Avast Web/Mail Shield', 'Avast'],
    ['AVG Web/Mail Shield Root', 'AVG Web/Mail Shield', 'AVG'],
    ['Norton Web/Mail Shield Self-signed Root', 'Norton Web/Mail Shield', 'Norton'],
    ['Adguard Personal CA', 'AdGuard', 'AdGuard'],
    ['Gateway CA - Cloudflare Managed G1 d4cab1c0e006138441e1f1b57bfde614', 'Cloudflare, Inc.', 'Cloudflare Gateway'],
    ['ESET SSL Filter CA', 'ESET, spol. s r. o.', 'ESET'],
    ['Kaspersky Web Anti-Virus Certification Authority', 'AO Kaspersky Lab', 'Kaspersky'],
    ['ca.example.eu.goskope.com', 'Example', 'Netskope'],
    ['eproxy.caadmin.netskope.com', null, 'Netskope'],
  ])('%s of %s is %s', (commonName, organization, product) => {
    expect(interceptorNamed({ text: '', commonName, organization })).toBe(product)
  })

  it.each([
    ['mitmproxy fan club', null],
    [null, null],
    ['Cisco Umbrella Root CA', 'Somebody else'],
    ['My Charles Proxy CA (x)', null],
    ['ESET SSL Filter CA of Somebody', 'ESET'],
    ['ca.goskope.com.example', null],
    ['Gateway CA - Example Managed G1', 'Cloudflare, Inc.'],
  ])('%s of %s is none', (commonName, organization) => {
    expect(interceptorNamed({ text: '', commonName, organization })).toBeNull()
  })

  it('each have a name to look for and a source', () => {
    for (const { commonName, organization, source } of INTERCEPTION_NAMES) {
      expect(commonName ?? organization).toBeDefined()
      expect(new URL(source).protocol).toBe('https:')
    }
  })
})
