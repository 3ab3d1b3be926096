import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../../src/core/certificate/certificate.ts'
import rule from '../../../../src/core/risks/rules/ios-private-certificate.ts'
import {
  certificate,
  chain,
  interceptedChain,
  privateChain,
  row,
  type CertificateOrder,
} from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'intranet.example.com'

function rowsWith(order: Partial<CertificateOrder>) {
  return [row({ host: HOST, chains: [privateChain(HOST, undefined, order)] })]
}

function rowsOf(...certificates: readonly Certificate[]) {
  return [row({ host: HOST, chains: [chain(certificates, { kind: 'private-root' })] })]
}

function weak(one: Certificate): Certificate {
  return {
    ...one,
    publicKey: { algorithm: 'RSA', bits: 1024, curve: null },
    signatureAlgorithm: 'SHA-1 with RSA',
  }
}

const why = (order: Partial<CertificateOrder>) => findingOf(rule, contextOf(rowsWith(order))).why

describe('a certificate of a private CA', () => {
  it('is a blocker on iOS when it is valid for more than 825 days', () => {
    // 2024-01-01 00:00:00 to 2026-04-05 23:59:59 are 826 days but a second.
    const rows = rowsWith({ from: '2024-01-01', until: '2026-04-05' })
    expect(findingOf(rule, contextOf(rows))).toMatchObject({
      severity: 'blocker',
      tab: 'ios',
      title: `iOS refuses the certificate ${HOST}, trusted root or not`,
      why: expect.stringContaining('it is valid for 826 days, more than 825') as unknown,
      rowIds: [`row of ${HOST}`],
    })
    expect(findingsOf(rule, contextOf(rowsWith({ from: '2024-01-01', until: '2026-04-04' })))).toEqual([])
  })

  it('may be valid for longer when it was issued before July 2019', () => {
    expect(findingsOf(rule, contextOf(rowsWith({ from: '2019-06-30', until: '2044-01-01' })))).toEqual([])
    expect(findingsOf(rule, contextOf(rowsWith({ from: '2019-07-01', until: '2044-01-01' })))).toHaveLength(1)
  })

  it('has to say that it is for servers, and which', () => {
    expect(why({ extensions: {} })).toContain('its extended key usage does not name servers')
    expect(why({ extensions: { extendedKeyUsage: ['Code Signing'] } })).toContain('does not name servers')
    expect(why({ dnsNames: [] })).toContain('it names no host in its subject alternative names')
    expect(findingsOf(rule, contextOf(rowsWith({ dnsNames: [], ipAddresses: ['192.0.2.1'] })))).toEqual([])
  })

  it('is not blamed for an extension that cannot be read', () => {
    expect(findingsOf(rule, contextOf(rowsWith({ extensions: { unreadable: ['Extended key usage'] } })))).toEqual([])
  })

  it('needs a key and a signature that hold, as does the CA that issued it, but not the root', () => {
    const [leaf, root] = privateChain(HOST).links.map((link) => link.certificate)
    const ca = certificate({ name: 'Issuing', issuer: 'Example Private Root', isCa: true })
    const findings = findingsOf(rule, contextOf(rowsOf(leaf!, weak(ca), weak(root!))))
    expect(findings).toMatchObject([
      {
        title: 'iOS refuses the certificate Issuing, trusted root or not',
        why: expect.stringContaining('its RSA key has only 1024 bits and it is signed with SHA-1 with RSA') as unknown,
      },
    ])
  })

  it('is not asked for in public chains, nor of what a proxy issued', () => {
    expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
    expect(findingsOf(rule, contextOf([row({ host: HOST, chains: [interceptedChain(HOST)] })]))).toBe('does not apply')
  })
})
