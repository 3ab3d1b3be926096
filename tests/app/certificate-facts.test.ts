import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { certificateFacts } from '../../src/app/results/certificate-facts.ts'
import { FoldedList } from '../../src/app/results/FoldedList.tsx'
import type { Certificate } from '../../src/core/certificate/certificate.ts'
import type { CertificateExtensions } from '../../src/core/certificate/certificate-extensions.ts'
import { certificate, EXAMPLE_ROOT, HOSTILE_TEXT, NO_EXTENSIONS } from '../support/cases.ts'

const LEAF = certificate({ name: 'api.example.com', issuer: 'Example TLS CA 1', dnsNames: ['api.example.com'] })

const valuesOf = (held: Certificate, term: string) => certificateFacts(held).find((fact) => fact.term === term)?.values

const extended = (extensions: Partial<CertificateExtensions>, held = LEAF): Certificate => ({
  ...held,
  extensions: { ...NO_EXTENSIONS, ...extensions },
})

describe('the details of a certificate', () => {
  it('are lines with a term of their own and at least one value', () => {
    for (const held of [LEAF, EXAMPLE_ROOT]) {
      const facts = certificateFacts(held)
      expect(new Set(facts.map(({ term }) => term)).size).toBe(facts.length)
      expect(facts.filter(({ values }) => values.length === 0 || values.includes(''))).toEqual([])
    }
  })

  it('say that fingerprints are no pins, and never print the pin', () => {
    expect(valuesOf(LEAF, 'SHA-256 fingerprint, not a pin')).toEqual([LEAF.sha256])
    expect(valuesOf(LEAF, 'SHA-1 fingerprint, not a pin')).toEqual([LEAF.sha1])
    expect(JSON.stringify(certificateFacts(LEAF))).not.toContain(LEAF.pin)
  })

  it('have times in UTC', () => {
    expect(valuesOf(LEAF, 'Valid from')).toEqual(['2026-09-01 00:00:00 UTC'])
    expect(valuesOf(LEAF, 'Valid until')).toEqual(['2027-03-31 23:59:59 UTC'])
  })

  it('tell a usage without limits from one that cannot be read and one that allows nothing', () => {
    expect(valuesOf(LEAF, 'Key usage')).toEqual(['not limited'])
    expect(valuesOf(extended({ unreadable: ['key usage'] }), 'Key usage')).toEqual(['cannot be read'])
    expect(valuesOf(extended({ keyUsage: [] }), 'Key usage')).toEqual(['none'])
    expect(valuesOf(extended({ keyUsage: ['Digital Signature', 'Key Agreement'] }), 'Key usage')).toEqual([
      'Digital Signature, Key Agreement',
    ])
  })

  it.each([
    [null, 'yes, with any number of CAs below it'],
    [0, 'yes, with no other CA below it'],
    [1, 'yes, with at most 1 CA below it'],
    [2, 'yes, with at most 2 CAs below it'],
  ])('give a CA its path length: %s', (pathLength, text) => {
    expect(valuesOf(extended({ pathLength }, EXAMPLE_ROOT), 'CA')).toEqual([text])
    expect(valuesOf(LEAF, 'CA')).toEqual(['no'])
  })

  it('name the level of validation beside its identifier', () => {
    const policies = [
      { identifier: '2.23.140.1.2.2', validation: 'organization-validated' },
      { identifier: '1.2.3', validation: null },
    ] as const
    expect(valuesOf(extended({ policies }), 'Policies')).toEqual([
      '2.23.140.1.2.2 (organization validated, OV)',
      '1.2.3',
    ])
  })

  it('say of a server certificate alone that something is missing', () => {
    expect(valuesOf(LEAF, 'Must-staple')).toEqual(['no'])
    expect(valuesOf(LEAF, 'Embedded SCTs')).toEqual(['none'])
    expect(valuesOf(EXAMPLE_ROOT, 'Must-staple')).toBeUndefined()
    expect(valuesOf(EXAMPLE_ROOT, 'Embedded SCTs')).toBeUndefined()
  })

  it('count timestamps and name their logs', () => {
    const held = extended({
      signedCertificateTimestamps: [
        { logId: 'ab'.repeat(32), timestamp: null },
        { logId: null, timestamp: null },
      ],
    })
    expect(valuesOf(held, 'Embedded SCTs')).toEqual(['2, signatures not checked'])
    expect(valuesOf(held, 'SCT log IDs')).toEqual(['ab'.repeat(32), 'of an unknown version'])
  })

  it('say how a key is encoded only where that is unusual', () => {
    expect(valuesOf(LEAF, 'Key encoding')).toBeUndefined()
    expect(valuesOf({ ...LEAF, keyEncoding: ['explicit-curve'] }, 'Key encoding')).toEqual([
      'unusual: the curve is spelled out instead of named',
    ])
  })
})

const render = (...items: readonly string[]) =>
  renderToStaticMarkup(createElement(FoldedList, { items, layout: 'lines' }))

describe('a list from a certificate', () => {
  it('is text, never a link or markup, whatever it holds', () => {
    const html = render('javascript:alert(1)', 'https://evil.example/', HOSTILE_TEXT)
    expect(html.replaceAll(/<\/?(?:ul|li)(?: class="[^"]*")?>/g, '')).not.toMatch(/[<>\p{Cc}\u202e]/u)
  })

  it('folds what does not fit a few lines', () => {
    expect(render('a', 'b', 'c', 'd')).not.toContain('<details>')
    expect(render('a', 'b', 'c', 'd', 'e')).toContain('<details><summary>1 more</summary>e</details>')
  })

  it('is bounded in number and length', () => {
    const html = render(...Array.from({ length: 12_000 }, (_, index) => `${index} ${'x'.repeat(2000)}`))
    expect(html).toContain('and 11500 that are not shown')
    expect(html.length).toBeLessThan(300_000)
  })

  it('shows once what occurs several times', () => {
    expect(render('a', 'a')).toBe('a')
  })
})
