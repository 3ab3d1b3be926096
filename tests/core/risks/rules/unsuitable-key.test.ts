import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/unsuitable-key.ts'
import type { PublicKeyDescription } from '../../../../src/core/certificate/certificate.ts'
import type { ChainRole } from '../../../../src/core/chain/chain.ts'
import { alsoPinning, backupKey, exampleChain, pinning, privateChain, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'
const rsa = (bits: number): PublicKeyDescription => ({ algorithm: 'RSA', bits, curve: null })
const ec = (bits: number, curve: string): PublicKeyDescription => ({ algorithm: 'EC', bits, curve })
const ED25519: PublicKeyDescription = { algorithm: 'Ed25519', bits: null, curve: null }

function chainWith(publicKey: PublicKeyDescription, role: ChainRole, one = exampleChain(HOST)) {
  const links = one.links.map((link) =>
    link.role === role ? { ...link, certificate: { ...link.certificate, publicKey } } : link,
  )
  return contextOf([row({ host: HOST, chains: [{ ...one, links }] })])
}

function withBackup(publicKey: PublicKeyDescription, isPinned = true, one = exampleChain(HOST)) {
  const key = backupKey('CN=reserve', { publicKey })
  const choices = alsoPinning(pinning('leaf'), isPinned ? [key] : [])
  return contextOf([row({ host: HOST, chains: [one], keys: [key], choices })])
}

describe('a weak key', () => {
  it.each([
    ['leaf', rsa(1024), 'api.example.com has a weak key: RSA with 1024 bits'],
    ['intermediate', ec(224, 'P-224'), 'Example TLS CA 1 has a weak key: EC P-224'],
  ] as const)('of the %s is refused by iOS', (role, key, title) => {
    expect(findingOf(rule, chainWith(key, role))).toMatchObject({
      severity: 'blocker',
      title,
      why: expect.stringContaining('Apple refuses the connection, whatever is pinned') as unknown,
    })
  })

  it('of a root is a warning', () => {
    expect(findingOf(rule, chainWith(rsa(1024), 'root'))).toMatchObject({ severity: 'warning' })
  })

  it('of a backup is one that no CA certifies', () => {
    expect(findingOf(rule, withBackup(rsa(1024)))).toMatchObject({
      severity: 'warning',
      title: 'No public CA will certify the backup key CN=reserve',
      why: expect.stringContaining('RSA with 1024 bits is too little') as unknown,
    })
  })
})

it.each([ED25519, ec(256, 'secp256k1')])('a backup key of a kind that no CA certifies is none: %o', (key) => {
  expect(findingOf(rule, withBackup(key))).toMatchObject({
    severity: 'warning',
    why: expect.stringContaining('P-256, P-384 and P-521 alone, and this is') as unknown,
  })
})

it.each([
  ['RSA with 2048 bits', chainWith(rsa(2048), 'leaf')],
  ['a backup on P-521', withBackup(ec(521, 'P-521'))],
  ['a backup that is not pinned', withBackup(ED25519, false)],
  ['a backup for a private CA, which certifies what it likes', withBackup(ED25519, true, privateChain(HOST))],
  ['a leaf of a private CA, of which another rule tells', chainWith(rsa(1024), 'leaf', privateChain(HOST))],
])('nothing is told of %s', (_what, context) => {
  expect(findingsOf(rule, context)).toEqual([])
})

it('does not apply without keys', () => {
  expect(findingsOf(rule, contextOf([]))).toBe('does not apply')
})
