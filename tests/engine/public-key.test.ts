import { createHash, createPublicKey, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hasHeader, isKeyRebuilt, KEY_HEADERS } from '../../src/core/formats/rebuilt-keys.ts'
import { certificateParts } from '../../src/engine/certificate-parts.ts'
import { describePublicKey } from '../../src/engine/public-key.ts'
import { certificate } from '../support/cases.ts'
import { bundledRootFiles } from '../support/collection.ts'
import { valueOf } from '../support/outcome.ts'
import { isMissing, openssl, opensslCertificate } from '../support/tools.ts'

const partsOf = (der: Uint8Array) => valueOf(certificateParts(der)).subjectPublicKeyInfo

/** What Apple hands out of an RSA key, below the header that libraries put in front. */
function rebuiltHash(spki: Uint8Array, bits: number): string {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  const header = KEY_HEADERS.find((one) => one.algorithm === 'RSA' && one.bits === bits)
  const bytes = key.export({ format: 'der', type: 'pkcs1' })
  return createHash('sha256')
    .update(Buffer.from(header?.base64 ?? '', 'base64'))
    .update(bytes)
    .digest('base64')
}

describe('the exponent of an RSA key', () => {
  it.skipIf(isMissing(openssl)).each([
    ['65537', undefined],
    ['3', 'unusual'],
    ['17', 'unusual'],
  ])('%s is %s, and so is what libraries rebuild', (exponent, expected) => {
    const { accepted = '' } = opensslCertificate('rsa:2048', '-pkeyopt', `rsa_keygen_pubexp:${exponent}`)
    const spki = partsOf(new X509Certificate(accepted).raw)
    const publicKey = describePublicKey(spki)
    expect(publicKey).toEqual({ algorithm: 'RSA', bits: 2048, curve: null, ...(expected && { exponent: expected }) })
    const pin = createHash('sha256').update(spki).digest('base64')
    const held = { ...certificate({ name: 'made' }), publicKey: publicKey! }
    expect(hasHeader(publicKey!)).toBe(true)
    expect(isKeyRebuilt(held)).toBe(rebuiltHash(spki, 2048) === pin)
    expect(isKeyRebuilt(held)).toBe(expected === undefined)
  })

  it('of every bundled root is read as Node reads it', () => {
    for (const { der } of bundledRootFiles()) {
      const { asymmetricKeyDetails } = new X509Certificate(der).publicKey
      const isUnusual =
        asymmetricKeyDetails?.publicExponent !== undefined && asymmetricKeyDetails.publicExponent !== 65537n
      expect(describePublicKey(partsOf(der))?.exponent).toBe(isUnusual ? 'unusual' : undefined)
    }
  })
})
