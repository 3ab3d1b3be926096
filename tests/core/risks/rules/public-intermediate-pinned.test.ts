import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/public-intermediate-pinned.ts'
import type { Chain, ChainRole } from '../../../../src/core/chain/chain.ts'
import { certificate, chain, exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { publicChain, ROOTS } from '../public-chains.ts'

const HOST = 'api.example.com'
const pinned = (one: Chain, ...roles: readonly ChainRole[]) =>
  contextOf([row({ host: HOST, chains: [one], choices: pinning(...roles) })])
const RETIRED = {
  ...certificate({ name: 'R11', issuer: 'ISRG Root X1', isCa: true }),
  subject: { text: 'x', commonName: 'R11', organization: "Let's Encrypt" },
}

describe('a pinned intermediate of a public CA', () => {
  it('is a warning, with the CA that changes between several', () => {
    expect(findingOf(rule, pinned(publicChain(HOST, ROOTS.isrgX1), 'intermediate'))).toMatchObject({
      severity: 'warning',
      title: 'The pinned intermediate Some TLS CA of api.example.com can change without notice',
      why: expect.stringMatching(/^Let’s Encrypt issues from several .*its pin matches nothing\./) as unknown,
    })
  })

  it('is a warning whatever the CA', () => {
    expect(findingOf(rule, pinned(exampleChain(HOST), 'leaf', 'intermediate'))).toMatchObject({
      severity: 'warning',
      why: expect.stringContaining('replaces its intermediates every few years') as unknown,
    })
  })

  it('names the provider where it is one’s', () => {
    const one = publicChain(HOST, ROOTS.gtsR4, { leaf: { dnsNames: [HOST, 'sni.cloudflaressl.com'] } })
    expect(findingOf(rule, pinned(one, 'intermediate')).why).toMatch(/^Cloudflare issues/)
  })

  it('is a note where a root above it is pinned', () => {
    expect(findingOf(rule, pinned(publicChain(HOST, ROOTS.gtsR4), 'intermediate', 'root'))).toMatchObject({
      severity: 'note',
      why: expect.stringContaining('A root above it is pinned too') as unknown,
    })
  })
})

it.each([
  ['with the root of a CA that is not known to rotate', pinned(exampleChain(HOST), 'intermediate', 'root')],
  ['where the root alone is pinned', pinned(publicChain(HOST, ROOTS.isrgX1), 'root')],
  ['of a private CA', pinned({ ...exampleChain(HOST), end: { kind: 'private-root' } }, 'intermediate')],
  [
    'that is retired, which another rule tells',
    pinned(chain([certificate({ name: HOST, issuer: 'R11', dnsNames: [HOST] }), RETIRED]), 'intermediate'),
  ],
])('none is told %s', (_what, context) => {
  expect(findingsOf(rule, context)).toEqual([])
})

it('does not apply without a CA pin', () => {
  expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
})
