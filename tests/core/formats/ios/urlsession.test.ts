/** Swift's grammar, keys of Node's OpenSSL and the look-up of the delegate, over everything that we print for it. */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { urlSession } from '../../../../src/core/formats/ios/urlsession.ts'
import { codeAround, swiftKeyHeaders, swiftPinnedHosts, swiftPins } from '../../../oracles/swift-pins.ts'
import { parseProblems } from '../../../support/grammar.ts'
import { contentOf, renderingsOf } from '../renderings.ts'
import { hostsAround, wantedEntries, wantedOnAndroid } from '../wanted.ts'

const files = renderingsOf(urlSession).flatMap((rendering) => {
  const text = contentOf(rendering, 'delegate')
  return text === null ? [] : [{ ...rendering, text }]
})
const [model] = files

it('every case but one has something to pin', () => {
  expect(renderingsOf(urlSession).filter(({ snippets }) => snippets.length === 0)).toMatchObject([
    { name: 'nothing-pinned' },
  ])
})

describe.each(files)('the delegate for $name', ({ planCase: { rows }, text }) => {
  it('is Swift', async () => {
    expect(await parseProblems('swift', text)).toEqual([])
  })

  it('asks for exactly the wanted pins for every host, at every depth', async () => {
    const pinned = await swiftPinnedHosts(text, 'pinnedHosts')
    expect([...pinned.keys()]).toEqual(wantedEntries(rows).map(({ host }) => host))
    const hosts = hostsAround(rows)
    expect(hosts.map((host) => [host, swiftPins(pinned, host)])).toEqual(
      // Without an expiration Android looks hosts up alike.
      hosts.map((host) => [host, wantedOnAndroid(rows, host)]),
    )
  })

  it('has the same code as any other', () => {
    expect(codeAround(text)).toBe(codeAround(model?.text ?? ''))
  })
})

describe('what the code does with a challenge', () => {
  const code = model?.text ?? ''

  it('is to cancel it or to leave it to iOS, and never to accept it by a credential', () => {
    expect(code.match(/completionHandler\(\.\w+, nil\)/g)).toEqual([
      'completionHandler(.performDefaultHandling, nil)',
      'completionHandler(.cancelAuthenticationChallenge, nil)',
      'completionHandler(.performDefaultHandling, nil)',
    ])
    expect(code).not.toMatch(/useCredential|URLCredential\(/)
  })

  it('is to find the chain valid before it looks for a key', () => {
    const order = ['SecTrustEvaluateWithError(trust, nil)', 'chain(of: trust, hasKeyIn: pins)', 'cancelAuthentication']
    const places = order.map((part) => code.indexOf(part))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })
})

/** What `SecKeyCopyExternalRepresentation` returns: PKCS#1 for RSA, the uncompressed point for elliptic curves. */
function rawKey(key: KeyObject): Buffer {
  if (key.asymmetricKeyType === 'rsa') return key.export({ format: 'der', type: 'pkcs1' })
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
}

/** Not the product of two primes, which takes long to find and makes no difference to the encoding. */
function rsa(bits: number) {
  const modulus = Buffer.alloc(bits / 8, 0xa7)
  return () => createPublicKey({ key: { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' }, format: 'jwk' })
}
const elliptic = (namedCurve: string) => () => generateKeyPairSync('ec', { namedCurve }).publicKey
const pinOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64')

describe('a header of the table, in front of a key', () => {
  it('is there for five kinds of keys', async () => {
    const headers = await swiftKeyHeaders(model?.text ?? '')
    expect(headers.map(({ type, bits }) => [type, bits])).toEqual(KINDS.map(([type, bits]) => [type, bits]))
  })

  const KINDS = [
    ['kSecAttrKeyTypeRSA', 2048, rsa(2048)],
    ['kSecAttrKeyTypeRSA', 3072, rsa(3072)],
    ['kSecAttrKeyTypeRSA', 4096, rsa(4096)],
    ['kSecAttrKeyTypeECSECPrimeRandom', 256, elliptic('P-256')],
    ['kSecAttrKeyTypeECSECPrimeRandom', 384, elliptic('P-384')],
  ] as const

  it.each(KINDS)('makes the SubjectPublicKeyInfo that OpenSSL writes: %s, %d bits', async (type, bits, generate) => {
    const headers = await swiftKeyHeaders(model?.text ?? '')
    const header = headers.find((one) => one.type === type && one.bits === bits)?.header ?? Buffer.of()
    const key = generate()
    const rebuilt = Buffer.concat([header, rawKey(key)])
    const spki = key.export({ format: 'der', type: 'spki' })
    expect(rebuilt.toString('hex')).toBe(spki.toString('hex'))
    expect(pinOf(rebuilt)).toBe(pinOf(spki))
  })
})
