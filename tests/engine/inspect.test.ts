import { createHash, generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { inspect, MAX_CERTIFICATES, MAX_INPUT_BYTES } from '../../src/engine/inspect.ts'
import type { Inspection } from '../../src/engine/inspection.ts'
import { failureOf, valueOf } from '../support/outcome.ts'
import { issueChain, type IssuedCertificate } from '../support/issue-chain.ts'
import { opensslPin, openssl, isMissing } from '../support/tools.ts'
import { ascii, encode, encodeCertificate, join, P256_KEY, utf8Name } from './encode-der.ts'

let leaf: IssuedCertificate
let intermediate: IssuedCertificate
let root: IssuedCertificate

beforeAll(async () => {
  ;({ leaf, intermediate, root } = await issueChain('inspect.example'))
})

const bytesOf = (text: string) => new TextEncoder().encode(text)

async function inspection(input: string | Uint8Array): Promise<Inspection> {
  return valueOf(await inspect(typeof input === 'string' ? bytesOf(input) : input))
}

async function ders(input: string | Uint8Array): Promise<readonly Uint8Array[]> {
  return (await inspection(input)).certificates.map(({ der }) => der)
}

async function failure(input: string | Uint8Array): Promise<unknown> {
  return failureOf(await inspect(typeof input === 'string' ? bytesOf(input) : input))
}

const block = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
const base64 = (certificate: IssuedCertificate) => Buffer.from(certificate.der).toString('base64')

describe('a bundle', () => {
  it('is accepted in any order, and the order is kept', async () => {
    expect(await ders(root.pem + leaf.pem + intermediate.pem)).toEqual([root.der, leaf.der, intermediate.der])
  })

  it('keeps repetitions', async () => {
    expect(await ders(leaf.pem + leaf.pem)).toEqual([leaf.der, leaf.der])
  })

  it('may be DER, one after the other', async () => {
    const found = await inspection(join(leaf.der, intermediate.der, root.der))
    expect(found.certificates.map(({ der, position }) => [der, position])).toEqual([
      [leaf.der, 1],
      [intermediate.der, 2],
      [root.der, 3],
    ])
    expect(found.format).toBe('der')
  })

  it('gives each certificate a buffer of its own, to be handed over', async () => {
    const { certificates } = await inspection(leaf.pem + intermediate.pem)
    for (const { der } of certificates) expect(der.buffer.byteLength).toBe(der.length)
  })
})

describe('text around the blocks', () => {
  it('is what openssl s_client -showcerts prints', async () => {
    const printed = `CONNECTED(00000003)
depth=1 CN = Intermediate
verify error:num=20:unable to get local issuer certificate
---
Certificate chain
 0 s:CN = inspect.example
   i:CN = Intermediate
   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256
${leaf.pem} 1 s:CN = Intermediate
   i:CN = Root
${intermediate.pem}---
Server certificate
subject=CN = inspect.example
---
SSL handshake has read 2604 bytes and written 403 bytes
`
    expect(await ders(printed)).toEqual([leaf.der, intermediate.der])
    expect(await ders(printed.slice(printed.indexOf('0 s:')))).toEqual([leaf.der, intermediate.der])
  })

  it('may be in any language and encoding', async () => {
    expect(await ders(join(ascii('\xff\x80\x00 Zertifikat f\xfcr\n'), bytesOf(leaf.pem)))).toEqual([leaf.der])
  })

  it('may be a row of dashes', async () => {
    expect(await ders(`----------------------\n${leaf.pem}----------BEGIN\n${root.pem}`)).toEqual([leaf.der, root.der])
  })
})

describe('a PEM block', () => {
  it.for([
    ['CRLF', (pem: string) => pem.replaceAll('\n', '\r\n')],
    ['CR alone', (pem: string) => pem.replaceAll('\n', '\r')],
    ['a byte order mark', (pem: string) => `\ufeff${pem}`],
    ['blank lines', (pem: string) => pem.replaceAll('\n', '\n\n')],
    ['no final line end', (pem: string) => pem.trimEnd()],
    ['indentation', (pem: string) => pem.replaceAll(/^/gm, '      ')],
    ['tabs and trailing blanks', (pem: string) => pem.replaceAll('\n', ' \t\n\t')],
    ['one line', (pem: string) => pem.replaceAll(/(?<![A-Z-])\n(?!-)/g, '')],
    ['line ends as JSON writes them', (pem: string) => JSON.stringify({ pem })],
    ['marks of a quoted mail', (pem: string) => pem.replaceAll(/^/gm, '> > ')],
    ['marks of curl', (pem: string) => pem.replaceAll(/^/gm, '* ')],
    ['marks of a comment', (pem: string) => pem.replaceAll(/^/gm, '# ')],
    ['line ends as XML writes them', (pem: string) => pem.replaceAll('\n', '&#10;')],
    ['line ends as Windows writes them into XML', (pem: string) => pem.replaceAll('\n', '&#xD;&#xA;')],
    ['line ends as HTML writes them', (pem: string) => pem.replaceAll('\n', '<br/>\n')],
    ['blanks as HTML writes them', (pem: string) => pem.replaceAll('\n', '\n&nbsp;\u00a0')],
    ['tags of HTML', (pem: string) => `<p>${pem.replaceAll('\n', '</p>\n<p class="x">')}</p>`],
    ['line ends as escaped HTML', (pem: string) => pem.replaceAll('\n', '&lt;br /&gt;')],
    ['marks of a program', (pem: string) => pem.replaceAll(/^/gm, '// ')],
    ['zero-width spaces', (pem: string) => pem.replaceAll('\n', '\u200b\n')],
    [
      'tags of XML instead of its markers',
      (pem: string) => `<ds:X509Certificate>${pem.replaceAll(/-----.*-----/g, '')}</ds:X509Certificate>`,
    ],
    ['percent signs, as in a header of a proxy', (pem: string) => encodeURIComponent(pem)],
    ['base64 around it, as in a Kubernetes secret', (pem: string) => `tls.crt: ${btoa(pem)}\nkind: Secret\n`],
    ['the label X509 CERTIFICATE', (pem: string) => pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
    ['a label that means something else', (pem: string) => pem.replaceAll('CERTIFICATE', 'PKCS7')],
  ] as const)('is read with %s', async ([, change]) => {
    expect(await ders(change(leaf.pem))).toEqual([leaf.der])
  })

  it('is read as UTF-16, as Windows editors save it', async () => {
    expect(await ders(new Uint8Array(Buffer.from(`\ufeff${leaf.pem}`, 'utf16le')))).toEqual([leaf.der])
    expect(await ders(new Uint8Array(Buffer.from(`\ufeff${leaf.pem}`, 'utf16le').swap16()))).toEqual([leaf.der])
    expect(await ders(new Uint8Array(Buffer.from(leaf.pem, 'utf16le')))).toEqual([leaf.der])
    expect(await ders(new Uint8Array(Buffer.from(leaf.pem, 'utf16le').swap16()))).toEqual([leaf.der])
  })

  it('is read without what OpenSSL appends to a trusted certificate', async () => {
    const trust = encode(0x30, encode(0x30, encode(0x06, Uint8Array.of(0x2b, 6, 1, 5, 5, 7, 3, 1))))
    const body = Buffer.from(join(leaf.der, trust)).toString('base64')
    const pem = `-----BEGIN TRUSTED CERTIFICATE-----\n${body}\n-----END TRUSTED CERTIFICATE-----\n`
    expect(await inspection(pem)).toMatchObject({ certificates: [{ der: leaf.der }], damaged: [], ignored: [] })
  })

  it('may have headers', async () => {
    const pem = leaf.pem.replace('-----\n', '-----\nX-Name: value\n\n')
    expect(await ders(pem)).toEqual([leaf.der])
  })

  it('needs no armour when there is nothing else', async () => {
    expect(await ders(base64(leaf))).toEqual([leaf.der])
    expect(await ders(`\n${base64(leaf).replaceAll(/.{64}/g, '$&\r\n')}\n\n`)).toEqual([leaf.der])
  })
})

describe('a damaged block', () => {
  it.for([
    ['no-end-line', '-----BEGIN CERTIFICATE-----\nMIIB\n'],
    ['no-end-line', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END PRIVATE KEY-----\n'],
    ['not-base64', block('<paste here>')],
    ['not-base64', block('MIIBA')],
    ['empty-block', block('')],
    ['not-a-certificate', block('AAAA')],
    ['not-a-certificate', block('MAA=')],
  ] as const)('is reported as %s and its place, and the others count', async ([reason, damaged]) => {
    const found = await inspection(leaf.pem + damaged + intermediate.pem)
    expect(found.certificates.map(({ der }) => der)).toEqual([leaf.der, intermediate.der])
    expect(found.certificates.map(({ position }) => position)).toEqual([1, 3])
    expect(found.damaged).toEqual([{ position: 2, reason }])
  })

  it('is reported as truncated', async () => {
    const cut = Buffer.from(leaf.der.subarray(0, 90)).toString('base64')
    expect(await failure(block(cut))).toEqual({
      kind: 'damaged-block',
      damaged: [{ position: 1, reason: 'truncated' }],
    })
  })

  it('in the middle of DER does not cost what follows', async () => {
    const damaged = leaf.der.slice()
    damaged[4] = 0x31
    const found = await inspection(join(leaf.der, damaged, root.der))
    expect(found).toMatchObject({
      certificates: [{ position: 1 }, { position: 3 }],
      damaged: [{ position: 2, reason: 'not-a-certificate' }],
    })
  })

  it('is what stands behind a DER certificate, unless it is padding', async () => {
    expect(await inspection(join(leaf.der, ascii('\0\0\r\n')))).toMatchObject({ damaged: [] })
    expect(await inspection(join(leaf.der, ascii('trailing')))).toMatchObject({
      certificates: [{ der: leaf.der }],
      damaged: [{ position: 2, reason: 'not-a-certificate' }],
    })
  })
})

describe('what is no certificate', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

  it('is ignored beside certificates, and said', async () => {
    const found = await inspection(keyPem + leaf.pem + publicKey.export({ type: 'spki', format: 'pem' }).toString())
    const spki = publicKey.export({ type: 'spki', format: 'der' })
    const pin = createHash('sha256').update(spki).digest('base64')
    expect(found.ignored).toEqual([{ position: 1, kind: 'private-key', pin }])
    expect(found.keys).toMatchObject([{ position: 3, origin: 'public-key', pin }])
    expect(found.certificates).toMatchObject([{ der: leaf.der, position: 2 }])
  })

  it('a private key alone is refused', async () => {
    expect(await failure(keyPem)).toMatchObject({ kind: 'private-key-given', encrypted: false })
  })

  it('a certificate inside an encoded name is not read twice', async () => {
    const nested = encodeCertificate({ subject: encode(0x30, ascii(leaf.pem)) })
    expect(await ders(nested)).toEqual([nested])
  })

  it('an empty input and white space are empty', async () => {
    for (const input of ['', ' \n\t\r\n', '\ufeff\n']) expect(await failure(input)).toEqual({ kind: 'empty-input' })
  })

  it('some text is unknown, also when it begins with a zero', async () => {
    for (const input of ['hello', '0123 no certificate', '-----BEGIN nothing', '<xml/>']) {
      expect(await failure(input)).toEqual({ kind: 'not-a-certificate', looksLike: 'unknown' })
    }
  })
})

describe('a binary that mentions PEM', () => {
  it('is a binary all the same', async () => {
    const request = encode(
      0x30,
      encode(0x30, Uint8Array.of(2, 1, 0), utf8Name('-----BEGIN CERTIFICATE-----'), P256_KEY, encode(0xa0)),
      encode(0x30),
      encode(0x03, Uint8Array.of(0)),
    )
    expect(await inspection(request)).toMatchObject({ keys: [{ origin: 'certificate-request' }], damaged: [] })
    expect(await failure(ascii('\xfe\xed\xfe\xed-----BEGIN CERTIFICATE-----'))).toEqual({ kind: 'container-damaged' })
    expect(await failure(ascii('PK\x03\x04-----BEGIN CERTIFICATE-----'))).toEqual({ kind: 'container-damaged' })
  })
})

const number = (...octets: readonly number[]) => encode(0x02, Uint8Array.of(...octets))

const labelled = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`

describe('parameters that look like keys', () => {
  const prime = number(0, ...Array.from({ length: 256 }, (_, index) => index | 0x81))
  const dh = encode(0x30, prime, number(2))
  it.for(['DH PARAMETERS', 'X9.42 DH PARAMETERS', 'DSA PARAMETERS', 'EC PARAMETERS', 'SSL SESSION PARAMETERS'])(
    'are nothing: %s',
    async (label) => {
      for (const der of [dh, encode(0x30, prime, number(5)), encode(0x30, prime, number(3), number(65))]) {
        expect(await failure(labelled(label, der))).toEqual({ kind: 'not-a-certificate', looksLike: 'unknown' })
      }
    },
  )

  it('are nothing without a label, either', async () => {
    for (const der of [dh, encode(0x30, prime, number(5)), encode(0x30, prime, number(3), number(65))]) {
      expect(await failure(der)).toEqual({ kind: 'not-a-certificate', looksLike: 'unknown' })
    }
    const session = encode(0x30, number(1), number(3, 3), encode(0x04, Uint8Array.of(0xc0, 0x2f)))
    expect(await failure(session)).toEqual({ kind: 'not-a-certificate', looksLike: 'unknown' })
  })

  it('cost the certificates beside them nothing', async () => {
    expect(await inspection(leaf.pem + labelled('DH PARAMETERS', dh))).toMatchObject({
      certificates: [{ der: leaf.der }],
      keys: [],
      ignored: [{ kind: 'unknown', position: 2 }],
    })
  })
})

describe('several values in a row', () => {
  it('may begin with a short key', async () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
    expect(await inspection(join(key, leaf.der))).toMatchObject({
      keys: [{ position: 1 }],
      certificates: [{ position: 2 }],
    })
  })

  it('may have line ends between them', async () => {
    expect(await ders(join(leaf.der, ascii('\n'), root.der, ascii('\r\n')))).toEqual([leaf.der, root.der])
  })
})

describe('other sound values', () => {
  it('are no damaged certificates', async () => {
    const response = encode(0x30, encode(0x0a, Uint8Array.of(0)), encode(0xa0))
    expect(await failure(response)).toEqual({ kind: 'not-a-certificate', looksLike: 'unknown' })
  })

  it('are damaged where their label says what they are', async () => {
    const broken = `-----BEGIN PUBLIC KEY-----\n${Buffer.from(encode(0x30, encode(0x05))).toString('base64')}\n-----END PUBLIC KEY-----\n`
    expect(await failure(broken)).toMatchObject({ kind: 'damaged-block', damaged: [{ looksLike: 'public-key' }] })
  })
})

describe('limits', () => {
  it('16 MiB are read, one byte more is not', async () => {
    expect(await failure(new Uint8Array(MAX_INPUT_BYTES))).toEqual({ kind: 'not-a-certificate', looksLike: 'unknown' })
    expect(await failure(new Uint8Array(MAX_INPUT_BYTES + 1))).toEqual({
      kind: 'too-large',
      bytes: MAX_INPUT_BYTES + 1,
      limit: MAX_INPUT_BYTES,
    })
  })

  it('10 000 certificates are read, one more is not', async () => {
    const der = encodeCertificate()
    const many = Array.from({ length: MAX_CERTIFICATES }, () => der)
    expect((await inspection(join(...many))).certificates).toHaveLength(MAX_CERTIFICATES)
    expect(await failure(join(...many, der))).toEqual({ kind: 'too-many', limit: MAX_CERTIFICATES })
  })
})

describe.skipIf(isMissing(openssl))('the pin', () => {
  it.for(['P-256', 'P-384', 'P-521', 'RSA', 'RSA-PSS', 'Ed25519'] as const)(
    'of a certificate with a key of type %s is what openssl computes',
    async (key) => {
      const chain = await issueChain('pin.example', key)
      for (const { pem } of Object.values(chain)) {
        const { certificates } = await inspection(pem)
        expect({ accepted: certificates[0]?.pin }).toEqual(opensslPin(pem))
      }
    },
  )
})
