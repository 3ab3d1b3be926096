import { expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/sha1-signature.ts'
import type { ChainRole } from '../../../../src/core/chain/chain.ts'
import { exampleChain, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'

function signedWith(signatureAlgorithm: string, role: ChainRole) {
  const one = exampleChain(HOST)
  const links = one.links.map((link) =>
    link.role === role ? { ...link, certificate: { ...link.certificate, signatureAlgorithm } } : link,
  )
  return contextOf([
    row({
      host: HOST,
      chains: [
        { ...one, links },
        { ...one, links },
      ],
    }),
  ])
}

it.each([
  ['leaf', 'SHA-1 with RSA', 'api.example.com is signed with SHA-1 with RSA'],
  ['intermediate', 'MD5 with RSA', 'Example TLS CA 1 is signed with MD5 with RSA'],
] as const)('a weak signature on the %s stops every phone, and is told once', (role, algorithm, title) => {
  expect(findingOf(rule, signedWith(algorithm, role))).toMatchObject({ severity: 'blocker', title })
})

it.each([
  ['of a root', signedWith('SHA-1 with RSA', 'root')],
  ['with SHA-256', signedWith('SHA-256 with RSA', 'leaf')],
  ['with SHA-384', signedWith('SHA-384 with ECDSA', 'intermediate')],
])('nothing is told of a signature %s', (_what, context) => {
  expect(findingsOf(rule, context)).toEqual([])
})

it('does not apply without certificates', () => {
  expect(findingsOf(rule, contextOf([]))).toBe('does not apply')
})
