import { describe, expect, it } from 'vitest'
import type { PublicKeyDescription } from '../../../src/core/certificate/certificate.ts'
import { canBeCertified, isBreakable } from '../../../src/core/certificate/key-suitability.ts'

const key = (algorithm: string, bits: number | null, curve: string | null = null): PublicKeyDescription => ({
  algorithm,
  bits,
  curve,
})

// Baseline Requirements 6.1.5 and 6.1.6: RSA of 2048 bits or more; P-256, P-384 and P-521.
describe('a certificate can be had for a key', () => {
  it.each([
    ['RSA 1024', key('RSA', 1024), false, false],
    ['RSA 2047', key('RSA', 2047), false, false],
    ['RSA 2048', key('RSA', 2048), true, true],
    ['RSA 8192', key('RSA', 8192), true, true],
    ['P-256', key('EC', 256, 'P-256'), true, true],
    ['P-521', key('EC', 521, 'P-521'), true, true],
    ['P-224', key('EC', 224, 'P-224'), false, false],
    ['secp256k1', key('EC', 256, 'secp256k1'), false, true],
    ['Ed25519', key('Ed25519', null), false, true],
    ['DSA', key('DSA', 3072), false, false],
  ])('%s: of a public CA and of one’s own', (_name, publicKey, ofPublic, ofOwn) => {
    expect([canBeCertified(publicKey, true), canBeCertified(publicKey, false)]).toEqual([ofPublic, ofOwn])
  })
})

it('what can be broken is small, and of no other kind', () => {
  expect([key('RSA', 1024), key('EC', 192, 'P-192'), key('DSA', 3072)].map(isBreakable)).toEqual([true, true, true])
  expect([key('RSA', 2048), key('RSA', null), key('Ed25519', null)].map(isBreakable)).toEqual([false, false, false])
})
