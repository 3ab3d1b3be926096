import { describe, expect, it } from 'vitest'
import { certificateName, coversHost, httpIssuerUrls, validityAt } from '../../../src/core/certificate/certificate.ts'
import { certificate } from '../../support/cases.ts'

describe('the validity', () => {
  const { notBefore, notAfter, ...rest } = certificate({ name: 'a', from: '2026-09-01', until: '2027-03-31' })
  const held = { ...rest, notBefore, notAfter }

  it('is as ordered', () => {
    expect(new Date(notBefore).toISOString()).toBe('2026-09-01T00:00:00.000Z')
    expect(new Date(notAfter).toISOString()).toBe('2027-03-31T23:59:59.000Z')
  })

  it('includes both of its ends', () => {
    expect(validityAt(held, notBefore)).toBe('valid')
    expect(validityAt(held, notAfter)).toBe('valid')
  })

  it('has not come a moment before', () => {
    expect(validityAt(held, notBefore - 1)).toBe('not-yet-valid')
  })

  it('is over a moment after', () => {
    expect(validityAt(held, notAfter + 1)).toBe('expired')
  })

  it('may be a single instant', () => {
    const moment = { ...held, notAfter: notBefore }
    expect([notBefore - 1, notBefore, notBefore + 1].map((now) => validityAt(moment, now))).toEqual([
      'not-yet-valid',
      'valid',
      'expired',
    ])
  })
})

const covers = (names: readonly string[], host: string) => coversHost(certificate({ name: 'a', dnsNames: names }), host)

describe('the hosts that a certificate covers', () => {
  it.each([
    ['example.com', 'example.com'],
    ['*.example.com', 'a.example.com'],
    ['*.a.example.com', 'b.a.example.com'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ])('%s covers %s', (name, host) => {
    expect(covers([name], host)).toBe(true)
    expect(covers(['other.example', name], host)).toBe(true)
  })

  it.each([
    ['example.com', 'a.example.com'],
    ['a.example.com', 'example.com'],
    ['example.com', 'notexample.com'],
    ['*.example.com', 'example.com'],
    ['*.example.com', 'b.a.example.com'],
    ['*.example.com', 'a.example.org'],
    ['*.example.com', 'a.notexample.com'],
    // RFC 9525 §6.3: the wildcard is the complete left-most label.
    ['a*.example.com', 'ab.example.com'],
    ['*a.example.com', 'ba.example.com'],
    ['b.*.example.com', 'b.a.example.com'],
    ['*', 'localhost'],
    ['*.localhost', 'localhost'],
    ['*.*.example.com', 'b.a.example.com'],
    ['', 'example.com'],
  ])('%s does not cover %s', (name, host) => {
    expect(covers([name], host)).toBe(false)
  })

  it('are none without names', () => {
    expect(covers([], 'example.com')).toBe(false)
  })

  it('are not taken from the common name', () => {
    expect(coversHost(certificate({ name: 'example.com' }), 'example.com')).toBe(false)
  })
})

const named = (subject: { commonName?: string; organization?: string; text?: string }, dnsNames: string[] = []) =>
  certificateName(
    certificate({ name: 'x', dnsNames, subject: { text: '', commonName: null, organization: null, ...subject } }),
  )

describe('the name of a certificate', () => {
  it('is the common name before all', () => {
    expect(named({ commonName: 'common', organization: 'org', text: 'CN=common,O=org' }, ['dns.example'])).toBe(
      'common',
    )
  })

  it('is a DNS name, then the organization, then the whole subject', () => {
    expect(named({ organization: 'org', text: 'O=org' }, ['dns.example', 'other.example'])).toBe('dns.example')
    expect(named({ organization: 'org', text: 'O=org' })).toBe('org')
    expect(named({ text: 'OU=unit' })).toBe('OU=unit')
  })

  it('is the serial number when nothing else is there', () => {
    const { serialNumber } = certificate({ name: 'x' })
    expect(named({})).toBe(`serial number ${serialNumber}`)
    expect(serialNumber).toMatch(/^[\da-f]{16}$/)
  })

  it('is never an empty text that the certificate gives', () => {
    expect(named({ commonName: '', organization: 'org' })).toBe('org')
    expect(named({ commonName: '', organization: '', text: '' }, [''])).toMatch(/^serial number /)
    expect(named({ commonName: ' \n\u00a0', organization: 'org' })).toBe('org')
  })
})

describe('the addresses of the issuer', () => {
  it('are those over plain http, in their order', () => {
    const issuerUrls = ['http://ca.test/a.cer', 'ldap://ca.test/cn', 'https://ca.test/b.cer', 'HTTP://ca.test/c.p7c']
    expect(httpIssuerUrls(certificate({ name: 'a', extensions: { issuerUrls } }))).toEqual([
      'http://ca.test/a.cer',
      'HTTP://ca.test/c.p7c',
    ])
  })

  it.each(['http://', 'http://a b', 'http://ca.test/\u202e', 'http://ca.test/\n', `http://${'a'.repeat(2000)}`])(
    'leave out what a line could not show as it is: %j',
    (url) => {
      expect(httpIssuerUrls(certificate({ name: 'a', extensions: { issuerUrls: [url] } }))).toEqual([])
    },
  )
})
