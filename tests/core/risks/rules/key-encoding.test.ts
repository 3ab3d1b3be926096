import { describe, expect, it } from 'vitest'
import { DEVIATION_TEXTS, type KeyEncodingDeviation } from '../../../../src/core/certificate/key-encoding.ts'
import rule from '../../../../src/core/risks/rules/key-encoding.ts'
import { certificate, chain, EXAMPLE_CA, EXAMPLE_ROOT, exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const withKey = (...keyEncoding: readonly KeyEncodingDeviation[]) =>
  contextOf([row({ host: 'api.example.com', chains: [exampleChain('api.example.com', { keyEncoding })] })])

const DEVIATIONS = Object.keys(DEVIATION_TEXTS) as KeyEncodingDeviation[]

describe('a pinned key that is written in an unusual way', () => {
  it('is a warning that says which, why and what to do', () => {
    expect(findingOf(rule, withKey('explicit-curve', 'compressed-point'))).toMatchObject({
      severity: 'warning',
      tab: 'results',
      title: 'Platforms may hash the key of api.example.com differently',
      why: "The key is written in an unusual way: the curve is spelled out instead of named and the point on the curve is not in its uncompressed form. The pin is over the certificate's own bytes, which Apple hashes too; Android hashes the key as its own library writes it, so there the pin may never match. Have the certificate reissued with its key on a named curve and as an uncompressed point, or pin another certificate of the chain.",
      rowIds: ['row of api.example.com'],
    })
  })

  it.each(DEVIATIONS)('is found for %s', (deviation) => {
    expect(findingOf(rule, withKey(deviation)).why).toContain(`unusual way: ${DEVIATION_TEXTS[deviation]}.`)
  })

  it('asks once for what mends several', () => {
    expect(findingOf(rule, withKey('padded-integer', 'non-minimal-length')).why).toContain('with its key in DER, or')
  })

  it('is found in each pinned certificate, and once where chains share it', () => {
    const ca = certificate({ name: 'Odd CA', isCa: true, keyEncoding: ['rsa-pss'] })
    const chains = ['a', 'b'].map((name) =>
      chain([certificate({ name, issuer: 'Odd CA', keyEncoding: ['unused-bits'] }), ca]),
    )
    const rows = [row({ host: 'a.example', chains, choices: pinning('leaf', 'root') })]
    expect([findingsOf(rule, contextOf(rows))].flat()).toHaveLength(3)
  })

  it('is told for the host that brings it, not for one that inherits it', () => {
    const rows = [
      row({
        host: 'example.com',
        includeSubdomains: true,
        chains: [exampleChain('example.com', { keyEncoding: ['rsa-pss'] })],
      }),
      row({ host: 'api.example.com', chains: [exampleChain('api.example.com')] }),
    ]
    expect(findingOf(rule, contextOf(rows)).rowIds).toEqual(['row of example.com'])
  })
})

it('stays quiet about keys that are written as everybody writes them', () => {
  expect(findingsOf(rule, withKey())).toEqual([])
})

it('stays quiet about a key that is not pinned', () => {
  const leaf = certificate({ name: 'api.example.com', issuer: 'Example TLS CA 1', keyEncoding: ['rsa-pss'] })
  const chains = [chain([leaf, EXAMPLE_CA, EXAMPLE_ROOT])]
  expect(findingsOf(rule, contextOf([row({ host: 'a.example', chains, choices: pinning('root') })]))).toEqual([])
})

it('does not apply when nothing is pinned', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
