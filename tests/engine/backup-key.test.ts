import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '../../src/core/pins/encoding.ts'
import { makeBackupKey, type BackupKeyOrder, type BackupKeyType } from '../../src/engine/backup-key.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { valueOf } from '../support/outcome.ts'
import { isMissing, openssl, opensslKeyPin, opensslRequest, opensslRequestPin, run } from '../support/tools.ts'

const PASSPHRASE = 'correct horse battery staple'

/** RSA keys take as long as chance wills. */
const PATIENCE = 120_000

const KEYS: readonly (readonly [BackupKeyType, RegExp])[] = [
  ['p-256', /Public-Key: \(256 bit\)[^]*NIST CURVE: P-256[^]*Signature Algorithm: ecdsa-with-SHA256/],
  ['p-384', /Public-Key: \(384 bit\)[^]*NIST CURVE: P-384[^]*Signature Algorithm: ecdsa-with-SHA384/],
  ['rsa-2048', /Public-Key: \(2048 bit\)[^]*Exponent: 65537[^]*Signature Algorithm: sha256WithRSAEncryption/],
  ['rsa-3072', /Public-Key: \(3072 bit\)[^]*Exponent: 65537[^]*Signature Algorithm: sha256WithRSAEncryption/],
  ['rsa-4096', /Public-Key: \(4096 bit\)[^]*Exponent: 65537[^]*Signature Algorithm: sha256WithRSAEncryption/],
]

const made = async (order: Partial<BackupKeyOrder> = {}) =>
  valueOf(await makeBackupKey({ keyType: 'p-256', names: ['api.example.com'], passphrase: PASSPHRASE, ...order }))

const subject = (request: string) => opensslRequest(request, '-subject', '-nameopt', 'RFC2253').accepted?.trim()
const dnsNames = (request: string) =>
  [...(opensslRequest(request, '-text').accepted ?? '').matchAll(/DNS:([^,\s]+)/g)].map(([, name]) => name)

describe.skipIf(isMissing(openssl))('OpenSSL', () => {
  it.each(KEYS)(
    'accepts the request and the file of a %s key, which have the pin',
    async (keyType, described) => {
      const { request, encryptedKey, pin } = await made({ keyType, names: ['api.example.com', '*.api.example.com'] })
      expect(opensslRequest(request, '-text').accepted).toMatch(described)
      expect(opensslRequestPin(request).accepted).toBe(pin)
      expect(opensslKeyPin(encryptedKey, PASSPHRASE).accepted).toBe(pin)
      expect(opensslKeyPin(encryptedKey, `${PASSPHRASE} `).problem).toContain('Could not read key')
      expect(opensslKeyPin(encryptedKey, '').problem).toContain('Could not read key')
      expect(
        run('openssl', ['pkey', '-check', '-noout', '-passin', `pass:${PASSPHRASE}`], encryptedKey).accepted,
      ).toBeDefined()
    },
    PATIENCE,
  )

  it('refuses a request in which a name was changed: its word is worth something', async () => {
    const { request } = await made({ names: ['api.example.com'] })
    const der = Buffer.from(decodeBase64(request.replaceAll(/-----.*-----/g, '')) ?? [])
    const position = der.indexOf('api.example.com')
    der.write('bad.example.com', position)
    const changed = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`
    expect(opensslRequest(changed).problem).toContain('verify failure')
  })

  it.each([
    'passwörd für später',
    'пароль от запасного ключа',
    '予備鍵の合言葉です',
    '🔑🔑🔑 "quoted" $HOME \\ \'',
    'e\u0301 as two characters',
  ])('opens a key whose passphrase is %s, and with no other spelling', async (passphrase) => {
    const { encryptedKey, pin } = await made({ passphrase })
    expect(opensslKeyPin(encryptedKey, passphrase).accepted).toBe(pin)
    expect(opensslKeyPin(encryptedKey, passphrase.replaceAll(/[^ -~]/gu, '?')).accepted).not.toBe(pin)
  })

  it('sees AES-256 under a key that is costly to derive', async () => {
    const { encryptedKey } = await made()
    const structure = run('openssl', ['asn1parse'], encryptedKey).accepted?.toString() ?? ''
    for (const part of [':PBES2', ':PBKDF2', ':hmacWithSHA256', ':aes-256-cbc']) expect(structure).toContain(part)
    const iterations = Number.parseInt(/INTEGER +:([\dA-F]+)/.exec(structure)?.[1] ?? '', 16)
    expect(iterations).toBeGreaterThanOrEqual(600_000)
    const [salt, iv] = [...structure.matchAll(/\[HEX DUMP\]:([\dA-F]{32})\n/g)].map(([, hex]) => hex)
    expect([salt, iv].map((hex) => hex?.length)).toEqual([32, 32])
    const second = run('openssl', ['asn1parse'], (await made()).encryptedKey).accepted?.toString() ?? ''
    expect(second).not.toContain(salt)
    expect(second).not.toContain(iv)
  })
})

describe.skipIf(isMissing(openssl))('a request asks', () => {
  it.each([
    { what: 'one host', names: ['api.example.com'], commonName: 'api.example.com' },
    { what: 'a host and its sub-domains', names: ['example.com', '*.example.com'], commonName: 'example.com' },
    { what: 'several hosts', names: ['b.example', 'a.example', '*.c.example'], commonName: 'b.example' },
    {
      what: 'an international host',
      names: ['xn--bcher-kva.example', '*.xn--bcher-kva.example'],
      commonName: 'xn--bcher-kva.example',
    },
    { what: 'a private host', names: ['_api.corp_net.example'], commonName: '_api.corp_net.example' },
    { what: 'a name of 64 characters', names: [`${'a'.repeat(56)}.example`], commonName: `${'a'.repeat(56)}.example` },
  ])('for $what', async ({ names, commonName }) => {
    const { request } = await made({ names })
    expect(subject(request)).toBe(`subject=CN=${commonName}`)
    expect(dnsNames(request)).toEqual(names)
  })

  it.each([
    { what: 'is longer than a common name may be', names: [`${'a'.repeat(57)}.example`] },
    { what: 'is as long as a host may be', names: [`${`${'a'.repeat(61)}.`.repeat(4)}example`.slice(-253)] },
    { what: 'is a wildcard', names: ['*.example.com'] },
  ])('without a subject where the one name $what', async ({ names }) => {
    const { request } = await made({ names })
    expect(subject(request)).toBe('subject=')
    expect(dnsNames(request)).toEqual(names)
    expect(opensslRequest(request, '-text').accepted).toMatch(/Subject Alternative Name: critical/)
  })

  it('under the first name that is short enough', async () => {
    const long = `${'a'.repeat(60)}.example`
    const { request } = await made({ names: [long, `*.${long}`, 'short.example'] })
    expect(subject(request)).toBe('subject=CN=short.example')
    expect(dnsNames(request)).toEqual([long, `*.${long}`, 'short.example'])
  })

  it('in the bytes that its fingerprint is of', async () => {
    const { request, requestFingerprint } = await made()
    const der = run('openssl', ['req', '-outform', 'der'], request).accepted ?? ''
    expect(run('openssl', ['dgst', '-sha256', '-r'], der).accepted?.toString()).toContain(requestFingerprint)
  })
})

describe('a key that was made', () => {
  it('comes back from its request as a key without a certificate, with the same pin', async () => {
    const { request, pin } = await made()
    const { keys } = valueOf(await inspect(new TextEncoder().encode(request)))
    expect(keys).toMatchObject([{ pin, origin: 'certificate-request', name: 'CN=api.example.com' }])
  })

  it('is refused as an input, like every private key', async () => {
    const { encryptedKey } = await made()
    expect(await inspect(new TextEncoder().encode(encryptedKey))).toMatchObject({
      failure: { kind: 'private-key-given', encrypted: true, pin: null },
    })
  })

  it('is another one each time', async () => {
    const [first, second] = await Promise.all([made(), made()])
    expect(first.pin).not.toBe(second.pin)
  })

  it('is never exported: no script holds its bytes', async () => {
    const { subtle } = globalThis.crypto
    const asked: string[] = []
    const watched = new Proxy(subtle, {
      get: (target, name: keyof SubtleCrypto) => {
        const method = target[name] as (...args: readonly unknown[]) => unknown
        return (...args: readonly unknown[]) => {
          asked.push([name, ...(name === 'exportKey' || name === 'wrapKey' ? [String(args[0])] : [])].join(' '))
          return method.apply(target, [...args])
        }
      },
    })
    const crypto = { subtle: watched, getRandomValues: globalThis.crypto.getRandomValues.bind(globalThis.crypto) }
    const order: BackupKeyOrder = { keyType: 'p-256', names: ['a.example'], passphrase: PASSPHRASE }
    valueOf(await makeBackupKey(order, crypto as unknown as Crypto))
    expect(asked.filter((call) => /^(?:exportKey|wrapKey)/.test(call))).toEqual(['exportKey spki', 'wrapKey pkcs8'])
  })

  it('is not there where the browser has no WebCrypto', async () => {
    const order: BackupKeyOrder = { keyType: 'p-256', names: ['a.example'], passphrase: PASSPHRASE }
    expect(await makeBackupKey(order, {})).toEqual({ ok: false, failure: { kind: 'no-web-crypto' } })
  })
})
