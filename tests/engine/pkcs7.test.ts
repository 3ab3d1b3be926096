import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../src/engine/inspect.ts'
import { issueChain, type IssuedCertificate } from '../support/issue-chain.ts'
import { failureOf, valueOf } from '../support/outcome.ts'
import { isMissing, openssl } from '../support/tools.ts'
import { encode, encodeCertificate, encodeIndefinite, join, utf8Name } from './encode-der.ts'

let leaf: IssuedCertificate
let intermediate: IssuedCertificate
let root: IssuedCertificate

beforeAll(async () => {
  ;({ leaf, intermediate, root } = await issueChain('pkcs7.example'))
})

const SIGNED_DATA = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02)
const DATA = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01)

/** Signed data without signatures (RFC 5652 §5.1), as `.p7b` files are. */
function bundle(certificates: readonly Uint8Array[], constructed = encode): Uint8Array {
  const version = Uint8Array.of(0x02, 0x01, 0x01)
  const signedData = constructed(
    0x30,
    version,
    encode(0x31),
    constructed(0x30, DATA),
    constructed(0xa0, ...certificates),
    encode(0x31),
  )
  return constructed(0x30, SIGNED_DATA, constructed(0xa0, signedData))
}

async function ders(input: Uint8Array): Promise<readonly Uint8Array[]> {
  return valueOf(await inspect(input)).certificates.map(({ der }) => der)
}

describe.skipIf(isMissing(openssl))('a bundle written by OpenSSL', () => {
  it.for(['PEM', 'DER'])('as %s gives its certificates', async (form) => {
    const folder = mkdtempSync(joinPath(tmpdir(), 'pinsmith-p7b-'))
    try {
      const file = joinPath(folder, 'chain.pem')
      writeFileSync(file, leaf.pem + intermediate.pem + root.pem)
      const written = execFileSync('openssl', ['crl2pkcs7', '-nocrl', '-certfile', file, '-outform', form])
      expect(await ders(new Uint8Array(written))).toEqual([leaf.der, intermediate.der, root.der])
      expect(valueOf(await inspect(new Uint8Array(written))).format).toBe(form === 'PEM' ? 'pem' : 'pkcs7')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a bundle', () => {
  it('may be BER with indefinite lengths', async () => {
    expect(await ders(bundle([leaf.der, root.der], encodeIndefinite))).toEqual([leaf.der, root.der])
  })

  it('may be BER down to its certificates', async () => {
    const certificate = encodeCertificate({ sequence: encodeIndefinite })
    expect(await ders(bundle([certificate, leaf.der], encodeIndefinite))).toEqual([certificate, leaf.der])
  })

  it('may hold thousands', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => encodeCertificate({ subject: utf8Name(`${index}`) }))
    expect(await ders(bundle(many))).toEqual(many)
  })

  it('may have any label', async () => {
    for (const label of ['PKCS7', 'CMS', 'CERTIFICATE', 'PKCS #7 SIGNED DATA']) {
      const base64 = Buffer.from(bundle([leaf.der])).toString('base64')
      const pem = `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`
      expect(await ders(new TextEncoder().encode(pem))).toEqual([leaf.der])
    }
  })

  it('loses only what is damaged', async () => {
    const damaged = leaf.der.slice()
    damaged[4] = 0x31
    expect(await inspect(bundle([root.der, damaged, intermediate.der]))).toMatchObject({
      ok: true,
      value: {
        certificates: [{ position: 1 }, { position: 3 }],
        damaged: [{ position: 2, reason: 'not-a-certificate' }],
      },
    })
  })

  it('that is cut off gives what comes before the cut', async () => {
    for (const write of [encode, encodeIndefinite]) {
      const whole = bundle([root.der, leaf.der], write)
      const cut = whole.subarray(0, whole.indexOf(0, 0) < 0 ? 0 : whole.length - 40)
      expect(await inspect(cut)).toMatchObject({
        ok: true,
        value: { certificates: [{ der: root.der }], damaged: [{ position: 2, reason: 'truncated' }] },
      })
    }
  })

  it('with an empty set of revocation lists holds none', async () => {
    const version = Uint8Array.of(0x02, 0x01, 0x01)
    const content = encode(0x30, DATA)
    const signedData = encode(0x30, version, encode(0x31), content, encode(0xa0, leaf.der), encode(0xa1), encode(0x31))
    const found = valueOf(await inspect(encode(0x30, SIGNED_DATA, encode(0xa0, signedData))))
    expect(found).toMatchObject({ certificates: [{ der: leaf.der }], ignored: [] })
  })

  it('without certificates is named', async () => {
    expect(failureOf(await inspect(bundle([])))).toEqual({ kind: 'not-a-certificate', looksLike: 'pkcs7' })
    expect(failureOf(await inspect(join(encode(0x30, SIGNED_DATA))))).toMatchObject({ kind: 'damaged-block' })
  })
})
