import { describe, expect, it } from 'vitest'
import { cutCertificate } from '../../src/engine/der.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { verifySignature } from '../../src/engine/signatures.ts'
import { issueCertificate, issueChain, signAgain, type KeyKind } from '../support/issue-chain.ts'
import { valueOf } from '../support/outcome.ts'
import { isMissing, openssl, opensslVerify } from '../support/tools.ts'
import { ascii, encode, encodeCertificate, P256_KEY } from './encode-der.ts'
import { fixture } from './labelled-files.ts'

const KINDS: readonly KeyKind[] = ['P-256', 'P-384', 'P-521', 'RSA', 'RSA-PSS', 'Ed25519']
const VERIFIED = { kind: 'verified' }
const DOES_NOT_VERIFY = { kind: 'does-not-verify' }
const UNKNOWN_ALGORITHM = { kind: 'not-checked', reason: 'algorithm' }

function flip(bytes: Uint8Array, position: number): Uint8Array {
  const flipped = bytes.slice()
  flipped[position] = (flipped[position] ?? 0) ^ 1
  return flipped
}

async function firstOf(name: string): Promise<Uint8Array> {
  return valueOf(await inspect(fixture(name))).certificates[0]?.der ?? new Uint8Array()
}

describe('a signature', () => {
  it.for(KINDS)('of a key of type %s verifies', async (key) => {
    const { leaf, intermediate, root } = await issueChain('signed.example', key)
    expect(await verifySignature(leaf.der, intermediate.der)).toEqual(VERIFIED)
    expect(await verifySignature(intermediate.der, root.der)).toEqual(VERIFIED)
    expect(await verifySignature(root.der, root.der)).toEqual(VERIFIED)
  })

  it.for(KINDS)('of a key of type %s does not verify when a bit is wrong', async (key) => {
    const { leaf, intermediate, root } = await issueChain('signed.example', key)
    expect(await verifySignature(leaf.der, root.der)).toEqual(DOES_NOT_VERIFY)
    // The last byte of the signature, and one of the names.
    expect(await verifySignature(flip(leaf.der, leaf.der.length - 1), intermediate.der)).toEqual(DOES_NOT_VERIFY)
    const name = Buffer.from(leaf.der).indexOf('signed.example')
    expect(await verifySignature(flip(leaf.der, name), intermediate.der)).toEqual(DOES_NOT_VERIFY)
  })

  it('does not verify when what is signed names another algorithm', async () => {
    const root = await issueCertificate({ subject: 'Root', isCa: true })
    const leaf = await issueCertificate({ subject: 'signed.example', issuer: root })
    const again = await signAgain(leaf, root, (fields) => fields)
    expect(await verifySignature(again.der, root.der)).toEqual(VERIFIED)
    // The last octet of `ecdsa-with-SHA256` is 2, that of `ecdsa-with-SHA384` is 3.
    const other = await signAgain(leaf, root, (fields) =>
      fields.map((field, index) => (index === 2 ? flip(field, field.length - 1) : field)),
    )
    expect(await verifySignature(other.der, root.der)).toEqual(DOES_NOT_VERIFY)
    if (isMissing(openssl)) return
    expect(opensslVerify(again.pem, [], root.pem).accepted).toBe(true)
    expect(opensslVerify(other.pem, [], root.pem).accepted).toBeUndefined()
  })

  it('does not verify when its last octet is not whole', async () => {
    const { leaf, intermediate } = await issueChain('signed.example')
    const { signatureValue } = valueOf(cutCertificate(leaf.der))
    const unusedBits = leaf.der.length - signatureValue.length + 2
    expect(leaf.der[unusedBits]).toBe(0)
    expect(await verifySignature(flip(leaf.der, unusedBits), intermediate.der)).toEqual(DOES_NOT_VERIFY)
  })

  it('of a key that is used for many certificates verifies, and not with another of its owner', async () => {
    const first = await issueCertificate({ subject: 'CA', key: 'RSA', isCa: true })
    const second = await issueCertificate({ subject: 'CA', key: 'RSA', keyName: 'second', isCa: true })
    for (const subject of ['a.example', 'b.example']) {
      const signed = await issueCertificate({ subject, issuer: first })
      expect(await verifySignature(signed.der, first.der)).toEqual(VERIFIED)
      expect(await verifySignature(signed.der, second.der)).toEqual(DOES_NOT_VERIFY)
    }
  })

  it('does not verify with a key of another type', async () => {
    const { leaf } = await issueChain('signed.example')
    for (const key of ['RSA', 'Ed25519', 'P-384'] as const) {
      const other = await issueCertificate({ subject: 'other', key, isCa: true })
      expect(await verifySignature(leaf.der, other.der)).toEqual(DOES_NOT_VERIFY)
    }
  })

  it('that is no pair of numbers does not verify', async () => {
    const { leaf, intermediate } = await issueChain('signed.example')
    const { signatureValue } = valueOf(cutCertificate(leaf.der))
    // After tag, length and the number of unused bits stands the tag of the sequence of two numbers.
    const sequence = leaf.der.length - signatureValue.length + 3
    expect(leaf.der[sequence]).toBe(0x30)
    expect(await verifySignature(flip(leaf.der, sequence), intermediate.der)).toEqual(DOES_NOT_VERIFY)
  })

  it('of an RSASSA-PSS key verifies', async () => {
    const certificate = await firstOf('odd--rsa-pss.pem')
    expect(await verifySignature(certificate, certificate)).toEqual(VERIFIED)
  })
})

describe('a signature is not checked', () => {
  it('without WebCrypto', async () => {
    const { leaf, intermediate } = await issueChain('signed.example')
    const noWebCrypto = { kind: 'not-checked', reason: 'no-web-crypto' }
    // Node's default parameter would step in for undefined; a page over plain http has `crypto`, but no `subtle`.
    expect(await verifySignature(leaf.der, intermediate.der, {})).toEqual(noWebCrypto)
  })

  it('when the algorithm is not one of WebCrypto', async () => {
    for (const name of ['odd--dsa-ca.pem', 'odd--ec-explicit-curve-ca.pem']) {
      const certificate = await firstOf(name)
      expect(await verifySignature(certificate, certificate)).toEqual(UNKNOWN_ALGORITHM)
    }
  })

  it('when the key cannot be imported', async () => {
    const rsaEncryption = encode(0x30, encode(0x06, Buffer.from('2a864886f70d010101', 'hex')), encode(0x05))
    const key = encode(0x30, rsaEncryption, encode(0x03, ascii('\0no key')))
    expect(await verifySignature(encodeCertificate(), encodeCertificate({ key }))).toEqual(UNKNOWN_ALGORITHM)
  })

  it('on what is no certificate', async () => {
    expect(await verifySignature(P256_KEY, P256_KEY)).toEqual(UNKNOWN_ALGORITHM)
  })
})
