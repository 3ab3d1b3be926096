import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCertificateFile } from '../../api/_lib/certificate-file.ts'
import { issue, issueChain } from './support/certificates.ts'
import type { Issued } from './support/certificates.ts'

const folder = mkdtempSync(join(tmpdir(), 'pinsmith-files-'))
const openssl = (...parameters: readonly string[]) =>
  execFileSync('openssl', parameters, { cwd: folder, stdio: 'pipe' })

let chain: Record<'root' | 'intermediate' | 'leaf', Issued>
let der: Buffer
let pkcs7: Buffer

beforeAll(async () => {
  chain = await issueChain()
  der = Buffer.from(chain.intermediate.base64, 'base64')
  writeFileSync(join(folder, 'ca.pem'), chain.intermediate.pem + chain.root.pem)
  pkcs7 = openssl('crl2pkcs7', '-nocrl', '-certfile', 'ca.pem', '-outform', 'DER')
})
afterAll(() => rmSync(folder, { recursive: true }))

const read = (content: Uint8Array | string) =>
  readCertificateFile(Buffer.from(content))?.map((found) => Buffer.from(found).toString('base64')) ?? null

describe('a certificate file is', () => {
  it('one certificate in DER', () => {
    expect(read(der)).toEqual([chain.intermediate.base64])
  })

  it.each(['rsa', 'ed25519'] as const)('one with another kind of key: %s', async (keyKind) => {
    const { base64 } = await issue({ subject: 'CA', keyKind })
    expect(read(Buffer.from(base64, 'base64'))).toEqual([base64])
  })

  it('certificates in PEM, with any line ends', () => {
    const both = [chain.intermediate.base64, chain.root.base64]
    expect(read(chain.intermediate.pem + chain.root.pem)).toEqual(both)
    expect(read(`\r\n${(chain.intermediate.pem + chain.root.pem).replaceAll('\n', '\r\n')}`)).toEqual(both)
  })

  it('a certs-only PKCS#7 in DER or PEM', () => {
    const both = [chain.intermediate.base64, chain.root.base64]
    expect(read(pkcs7)).toEqual(both)
    expect(read(openssl('crl2pkcs7', '-nocrl', '-certfile', 'ca.pem'))).toEqual(both)
  })

  it('one with what old certificates have: no version, unique identifiers', () => {
    openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'v1.key', '-subj', '/CN=v1', '-out', 'v1.csr')
    const v1 = openssl('x509', '-req', '-in', 'v1.csr', '-signkey', 'v1.key', '-outform', 'DER')
    expect(read(v1)).toEqual([v1.toString('base64')])
  })
})

describe('nothing comes of', () => {
  const cases: Readonly<Record<string, () => Uint8Array | string>> = {
    'an empty file': () => '',
    'a web page': () => '<!doctype html><title>Secret</title>',
    JSON: () => '{"AccessKeyId":"secret"}',
    'text that begins like DER': () => '0\u0082 secret',
    'zero bytes': () => Buffer.alloc(100),
    'a certificate that is cut off': () => der.subarray(0, -1),
    'a certificate with bytes after it': () => Buffer.concat([der, Buffer.from('secret')]),
    'two certificates in DER': () => Buffer.concat([der, der]),
    'an indefinite length': () => Buffer.concat([Buffer.from('3080', 'hex'), der.subarray(4), Buffer.alloc(2)]),
    'a length that is longer than need be': () => {
      const longer = Buffer.from(`308300${der.subarray(2, 4).toString('hex')}`, 'hex')
      return Buffer.concat([longer, der.subarray(4)])
    },
    'a private key': () => chain.intermediate.keyPem,
    'a private key in DER': () => Buffer.from(chain.intermediate.keyPem.split('\n')[1] ?? '', 'base64'),
    'a private key beside a certificate': () => chain.intermediate.pem + chain.intermediate.keyPem,
    'PEM with words before it': () => `secret\n${chain.intermediate.pem}`,
    'PEM with words after it': () => `${chain.intermediate.pem}secret`,
    'PEM with words between': () => `${chain.intermediate.pem}secret\n${chain.root.pem}`,
    'PEM with headers': () => chain.intermediate.pem.replace('-----\n', '-----\nSecret: yes\n\n'),
    'PEM that is not base64': () => '-----BEGIN CERTIFICATE-----\nsecret!\n-----END CERTIFICATE-----\n',
    'PEM of something else': () => '-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----\n',
    'PEM without an end': () => chain.intermediate.pem.replace(/-----END.*/s, ''),
    'PEM with another end': () => chain.intermediate.pem.replace('END CERTIFICATE', 'END PKCS7'),
    'more certificates than a bundle needs': () => chain.intermediate.pem.repeat(33),
    'a request': () => openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=a', '-outform', 'DER'),
    'a bundle without certificates': () => {
      writeFileSync(join(folder, 'none.pem'), '')
      return openssl('crl2pkcs7', '-nocrl', '-certfile', 'none.pem', '-outform', 'DER')
    },
    'a signed message': () => {
      writeFileSync(join(folder, 'key.pem'), chain.intermediate.keyPem)
      writeFileSync(join(folder, 'one.pem'), chain.intermediate.pem)
      writeFileSync(join(folder, 'message'), 'secret')
      const files = ['-in', 'message', '-signer', 'one.pem', '-inkey', 'key.pem']
      return openssl('cms', '-sign', '-nodetach', '-outform', 'DER', ...files)
    },
    'a bundle of another type of content': () =>
      Buffer.from(pkcs7.toString('hex').replace('300b06092a864886f70d010701', '300b06092a864886f70d010702'), 'hex'),
  }
  it.each(Object.entries(cases))('%s', (_what, content) => {
    expect(read(content())).toBeNull()
  })

  it('a certificate in which any byte of the structure is another', () => {
    // The head of each element down to the subject: a wrong tag or length is never passed on as something else.
    const heads = [0, 1, 4, 5, 8, 9, 10]
    for (const at of heads) {
      const damaged = Buffer.from(der)
      damaged[at] = (damaged[at] ?? 0) ^ 0x40
      expect(read(damaged)).toBeNull()
    }
  })

  it('any other damage than to what a certificate says', () => {
    const pem = Buffer.from(chain.intermediate.pem + chain.root.pem)
    const files = fc.constantFrom(der, pkcs7, pem)
    const edits = fc.array(fc.tuple(fc.nat(4096), fc.nat(255)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(files, edits, fc.nat(8), (file, places, cutOff) => {
        const damaged = Buffer.from(file.subarray(0, file.length - cutOff))
        for (const [at, byte] of places) damaged[at % damaged.length] = byte
        for (const found of readCertificateFile(damaged) ?? []) {
          expect([...found.subarray(0, 1), found.length]).toEqual([0x30, 4 + Buffer.from(found).readUInt16BE(2)])
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('elements that are nested without end', () => {
    let nested = Buffer.from('0500', 'hex')
    for (let depth = 0; depth < 100; depth += 1) {
      nested = Buffer.concat([Buffer.from([0x30, ...(nested.length < 128 ? [] : [0x81]), nested.length]), nested])
    }
    expect(read(nested)).toBeNull()
  })

  it('64 KiB of anything, in reasonable time', () => {
    const startedAt = performance.now()
    const start = '-----BEGIN CERTIFICATE-----'
    for (const filling of ['A', ' ', '\n', '-', start, '-----END CERTIFICATE-----', '0']) {
      expect(read((start + filling.repeat(65_536)).slice(0, 65_536))).toBeNull()
      expect(read(filling.repeat(65_536).slice(0, 65_536))).toBeNull()
    }
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })
})
