import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspect } from '../../src/engine/inspect.ts'
import type { InspectedKey } from '../../src/engine/inspection.ts'
import { failureOf, valueOf } from '../support/outcome.ts'
import { reportSkipped } from '../support/report.ts'
import { isMissing, openssl } from '../support/tools.ts'

const KEYS: Readonly<Record<string, KeyObject>> = {
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey,
  'P-256': generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey,
  'P-384': generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey,
  'P-521': generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).publicKey,
  secp256k1: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey,
  Ed25519: generateKeyPairSync('ed25519').publicKey,
  Ed448: generateKeyPairSync('ed448').publicKey,
  X25519: generateKeyPairSync('x25519').publicKey,
}
const key = (name: string) => KEYS[name] as KeyObject

function pinOfKey(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')
}

async function keysIn(input: string | Uint8Array): Promise<readonly InspectedKey[]> {
  return valueOf(await inspect(typeof input === 'string' ? new TextEncoder().encode(input) : input)).keys
}

describe('a public key', () => {
  it.for(Object.keys(KEYS))('%s is read from PEM and DER', async (name) => {
    const pin = pinOfKey(key(name))
    const origin = 'public-key'
    expect(await keysIn(key(name).export({ type: 'spki', format: 'pem' }).toString())).toMatchObject([{ pin, origin }])
    const der = new Uint8Array(key(name).export({ type: 'spki', format: 'der' }))
    expect(await keysIn(der)).toMatchObject([{ pin, origin, position: 1 }])
    expect(await keysIn(Buffer.from(der).toString('base64'))).toMatchObject([{ pin }])
  })

  it.for(Object.keys(KEYS))('%s is read from a JSON Web Key, alone and in a set', async (name) => {
    const jwk = { ...key(name).export({ format: 'jwk' }), kid: 'ключ é 2027' }
    const expected = { pin: pinOfKey(key(name)), name: 'ключ é 2027', origin: 'public-key' }
    expect(await keysIn(JSON.stringify(jwk))).toMatchObject([expected])
    expect(await keysIn(JSON.stringify({ keys: [jwk, jwk] }, null, 2))).toMatchObject([expected, { position: 2 }])
    expect(await keysIn(JSON.stringify([jwk]))).toMatchObject([expected])
  })

  it("is read in PKCS#1's form", async () => {
    const expected = [{ pin: pinOfKey(key('RSA')), publicKey: { algorithm: 'RSA', bits: 2048, curve: null } }]
    expect(await keysIn(key('RSA').export({ type: 'pkcs1', format: 'pem' }).toString())).toMatchObject(expected)
    expect(await keysIn(new Uint8Array(key('RSA').export({ type: 'pkcs1', format: 'der' })))).toMatchObject(expected)
  })

  it('of a JSON Web Key that is symmetric or incomplete is none', async () => {
    for (const jwk of [
      { kty: 'oct', k: 'AAAA' },
      { kty: 'RSA', n: 'AAAA' },
      { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' },
    ]) {
      expect(failureOf(await inspect(new TextEncoder().encode(JSON.stringify(jwk))))).toEqual({
        kind: 'damaged-block',
        damaged: [{ position: 1, reason: 'not-decodable', looksLike: 'public-key' }],
      })
    }
  })
})

const sshKeygen = spawnSync('ssh-keygen', ['-?']).error
if (sshKeygen)
  reportSkipped('tests that need ssh-keygen', 'ssh-keygen is not installed (apt-get install openssh-client)')

describe.skipIf(sshKeygen)('an OpenSSH key line', () => {
  it.for([
    ['rsa', '2048'],
    ['ecdsa', '256'],
    ['ecdsa', '384'],
    ['ecdsa', '521'],
    ['ed25519', '256'],
  ] as const)('of type %s, %s bits, is the key that ssh-keygen exports', async ([type, bits]) => {
    const folder = mkdtempSync(joinPath(tmpdir(), 'pinsmith-ssh-'))
    try {
      const file = joinPath(folder, 'id')
      execFileSync('ssh-keygen', ['-q', '-t', type, '-b', bits, '-N', '', '-C', 'ops@example "1"', '-f', file])
      const line = readFileSync(`${file}.pub`, 'utf8')
      const privateKey = readFileSync(file, 'utf8')
      // It exports no Ed25519 key as PEM; OpenSSL's form is the 32 octets behind a fixed header (RFC 8410 §4).
      const exported =
        type === 'ed25519'
          ? createPublicKey({
              key: {
                kty: 'OKP',
                crv: 'Ed25519',
                x: Buffer.from(line.split(' ')[1] ?? '', 'base64')
                  .subarray(-32)
                  .toString('base64url'),
              },
              format: 'jwk',
            })
          : createPublicKey(execFileSync('ssh-keygen', ['-e', '-m', 'PKCS8', '-f', `${file}.pub`]))
      const expected = { pin: pinOfKey(exported), name: 'ops@example "1"', origin: 'public-key' }
      expect(await keysIn(line)).toMatchObject([expected])
      expect(await keysIn(`# keys\nfrom="10.0.0.0/8",no-pty ${line}\n${line}`)).toMatchObject([expected, expected])
      expect(failureOf(await inspect(new TextEncoder().encode(privateKey)))).toEqual({
        kind: 'private-key-given',
        encrypted: false,
        pin: expected.pin,
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe.skipIf(isMissing(openssl))('a certificate request', () => {
  it.for([
    ['RSA', ['-newkey', 'rsa:2048']],
    ['P-256', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['explicit', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:explicit']],
    ['Ed25519', ['-newkey', 'ed25519']],
    ['RSA-PSS', ['-newkey', 'rsa-pss']],
  ] as const)('with a key of type %s is read, beside its private key', async ([, options]) => {
    const request = ['req', '-new', '-noenc', ...options, '-subj', '/CN=backup.example/O=A, B']
    // OpenSSL opens its standard output by name, which a socket refuses.
    const script = 'openssl "$@" -keyout /dev/stdout | cat'
    const text = execFileSync('sh', ['-c', script, 'sh', ...request], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString()
    const pem = text.slice(text.indexOf('-----BEGIN CERTIFICATE REQUEST'))
    const der = execFileSync('openssl', ['req', '-outform', 'DER'], { input: pem })
    const keyInfo = execFileSync('openssl', ['pkey', '-pubin', '-outform', 'DER'], {
      input: execFileSync('openssl', ['req', '-noout', '-pubkey'], { input: pem }),
    })
    const pin = createHash('sha256').update(keyInfo).digest('base64')
    const expected = { pin, origin: 'certificate-request', name: String.raw`O=A\, B,CN=backup.example` }
    expect(await keysIn(pem)).toMatchObject([expected])
    expect(await keysIn(new Uint8Array(der))).toMatchObject([expected])
    expect(valueOf(await inspect(new TextEncoder().encode(text)))).toMatchObject({
      certificates: [],
      keys: [{ ...expected, position: 2 }],
      ignored: [{ kind: 'private-key', position: 1, pin }],
    })
    const cut = new Uint8Array(der.subarray(0, -10))
    expect(failureOf(await inspect(cut))).toEqual({
      kind: 'damaged-block',
      damaged: [{ position: 1, reason: 'truncated', looksLike: 'certificate-request' }],
    })
  })
})
