import { describe, expect, test } from 'vitest'
import { ERROR_DICTIONARY } from '../../../src/app/faq/errors/error-dictionary.ts'
import { GLOSSARY } from '../../../src/app/faq/glossary.ts'
import { splitInline } from '../../../src/app/faq/inline-text.ts'
import { searchErrors, searchTerms } from '../../../src/app/faq/search-answers.ts'

/** Addresses that people keep end in these: none may go. */
const KEPT_IDS = [
  'term-acme',
  'term-ats',
  'term-attestation',
  'term-backup-pin',
  'term-base64',
  'term-ca',
  'term-ca-family',
  'term-certificate',
  'term-chain-as-served',
  'term-cross-sign',
  'term-csr',
  'term-ct',
  'term-der',
  'term-dynamic-pinning',
  'term-expiration',
  'term-fail-open',
  'term-fingerprint',
  'term-hpkp',
  'term-include-subdomains',
  'term-intermediate',
  'term-leaf',
  'term-nsc',
  'term-pem',
  'term-pin',
  'term-pin-set',
  'term-private-ca',
  'term-public-suffix',
  'term-root',
  'term-root-store',
  'term-rotation',
  'term-sct',
  'term-self-signed',
  'term-spki',
  'term-tls-inspection',
  'term-trust-anchor',
  'term-trust-path',
]

/** The words that the page itself uses. */
const WORDS = [
  'pin',
  'SPKI pin',
  'leaf',
  'intermediate',
  'root',
  'trust anchor',
  'chain as served',
  'trust path',
  'backup pin',
  'pin set',
  'expiration',
  'include sub-domains',
  'cross-sign',
  'CSR',
  'ACME',
  'CT',
  'SCT',
  'NSC',
  'ATS',
  'SPKI',
]

const sentences = (text: string) => text.split(/(?<=\.)\s/).length

describe('the glossary', () => {
  test('has the ids that it always had', () => {
    expect(GLOSSARY.map(({ id }) => id).toSorted()).toEqual(KEPT_IDS.toSorted())
  })

  test('explains every word of the page', () => {
    const terms = new Set(GLOSSARY.flatMap(({ term }) => term.toLowerCase().split(', ')))
    expect(WORDS.filter((word) => !terms.has(word.toLowerCase()))).toEqual([])
  })

  test('is in alphabetical order', () => {
    const terms = GLOSSARY.map(({ term }) => term.split(',')[0] ?? '')
    expect(terms).toEqual(terms.toSorted((one, other) => one.localeCompare(other, 'en')))
  })

  test.each(GLOSSARY)('$id has a few short sentences, no mark without its pair', ({ text }) => {
    expect(text).toMatch(/^\S.*\.$/)
    expect(text.split(' ').length).toBeLessThanOrEqual(45)
    expect(sentences(text)).toBeLessThanOrEqual(4)
    expect(splitInline(text).filter((piece) => piece.kind !== 'code' && /`|\*\*/.test(piece.text))).toEqual([])
  })
})

describe('the search', () => {
  test('finds words of the glossary by what is said of them', () => {
    expect(searchTerms(GLOSSARY, 'receipt proof').map(({ id }) => id)).toEqual(['term-sct'])
    expect(searchTerms(GLOSSARY, '')).toHaveLength(GLOSSARY.length)
    expect(searchTerms(GLOSSARY, 'no such word')).toEqual([])
  })

  test('finds error messages by stack, message and remedy', () => {
    expect(searchErrors(ERROR_DICTIONARY, 'curl (90)').map(({ id }) => id)).toEqual(['error-curl-pin'])
    expect(searchErrors(ERROR_DICTIONARY, 'addSslPinningErrorListener').map(({ id }) => id)).toEqual([
      'error-react-native',
    ])
    expect(searchErrors(ERROR_DICTIONARY, '')).toHaveLength(ERROR_DICTIONARY.length)
  })
})
