import { describe, expect, it } from 'vitest'
import {
  besideText,
  issuedText,
  placesText,
  signText,
  type RootPlaces,
} from '../../src/app/results/recognition-text.ts'
import { editionsInChains } from '../../src/app/results/root-editions.ts'
import type { Chain } from '../../src/core/chain/chain.ts'
import { CA_FAMILIES } from '../../src/core/trust/ca-families.ts'
import { PROVIDERS } from '../../src/core/trust/providers.ts'
import { certificate, EVERYWHERE, NOWHERE } from '../support/cases.ts'

const [family] = CA_FAMILIES
const [provider] = PROVIDERS
if (!family || !provider) throw new Error('There is nothing to recognise')

const PLACES: RootPlaces = { roots: 4, ends: [], within: [], beside: [], unknown: null }

describe('the card', () => {
  it('says only of a verified path who issued', () => {
    expect(issuedText({ family, by: 'issuer', isVerified: true })).toBe('Issued by Let’s Encrypt')
    expect(issuedText({ family, by: 'issuer', isVerified: false })).toBe('Issued by Let’s Encrypt, it says')
    expect(issuedText({ family, by: 'chain', isVerified: true })).toBe('Issued under a root of Let’s Encrypt')
  })

  it('shows a hostile name on one line, cut off', () => {
    const text = signText({ provider, sign: { in: 'issuer', name: `a\nb\u202E${'c'.repeat(1000)}` } })
    expect(text).not.toMatch(/[\n\u202E]/)
    expect(text.length).toBeLessThan(300)
  })

  it('says which roots can end the chain and what the others are for', () => {
    expect(placesText({ ...PLACES, ends: ['X1', 'X2'] })).toBe(
      'Paths of this chain end at X1 and X2. The other 2 are for changes that the CA makes by itself.',
    )
    expect(placesText({ ...PLACES, ends: ['X1'], within: ['YE', 'X2'] })).toBe(
      'Paths of this chain end at X1. YE and X2 are on a path as well, certified by another root. The other is for changes that the CA makes by itself.',
    )
    expect(placesText({ ...PLACES, roots: 1, ends: ['X1'] })).toBe('Paths of this chain end at X1.')
    expect(placesText({ ...PLACES, unknown: 'issuer-missing' })).toContain('The issuer’s certificate is missing')
  })

  it('warns of a path that none of the roots is on', () => {
    const beside = [certificate({ name: 'Other Root' })]
    expect(besideText({ ...PLACES, ends: ['X1'] })).toBeNull()
    expect(besideText({ ...PLACES, ends: ['X1'], beside })).toContain('ends at Other Root without any of these roots')
    expect(besideText({ ...PLACES, beside })).toContain('with their pins alone no device connects')
  })
})

describe('the editions of roots', () => {
  it('are each once, with the stores of their own, and no cross-certificate among them', () => {
    const root = certificate({ name: 'Root', isCa: true })
    const second = certificate({ name: 'Root, second edition', key: 'Root', isCa: true })
    const cross = certificate({ name: 'Root, cross-signed', key: 'Root', issuer: 'Other', isCa: true })
    const link = (one: typeof root) => ({ certificate: one, origin: 'given' as const })
    const chain: Chain = {
      links: [
        { ...link(cross), role: 'intermediate', stores: null, signature: null },
        { ...link(root), role: 'root', stores: EVERYWHERE, signature: null },
      ],
      end: { kind: 'public-root' },
      search: {
        isCut: false,
        paths: [
          { links: [link(cross), link(root)], stores: EVERYWHERE, faults: [] },
          { links: [link(second)], stores: NOWHERE, faults: [] },
          { links: [link(certificate({ name: 'Private', isCa: true }))], stores: null, faults: [] },
        ],
      },
    }
    expect([...editionsInChains([chain, chain])]).toEqual([
      [
        root.pin,
        [
          { sha256: root.sha256, notAfter: root.notAfter, stores: EVERYWHERE },
          { sha256: second.sha256, notAfter: second.notAfter, stores: NOWHERE },
        ],
      ],
    ])
  })
})
