import { describe, expect, it } from 'vitest'
import type { CertificateFingerprint } from '../../src/core/certificate/certificate.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'
import type { AddressReport, Handshake, Offer } from '../../src/live-chain/contract.ts'
import { servedText } from '../../src/app/results/served-text.ts'
import type { ServedChains } from '../../src/app/row.ts'

const fingerprint = (text: string) => text as CertificateFingerprint
const PINS = new Map(
  Object.entries({ one: 'key 1', renewed: 'key 1', other: 'key 2' }).map(([sha256, pin]) => [
    fingerprint(sha256),
    pin as SpkiPin,
  ]),
)
const LISTS = [['one', 'ca'], ['other', 'ca'], ['renewed', 'ca'], ['one']].map((list) => list.map(fingerprint))

function handshake(chain: number, ...offers: readonly Offer[]): Handshake {
  return { offers, chain, tlsVersion: 'TLSv1.3', alpn: 'h2', clientCertificateRequested: false, milliseconds: 5 }
}

function address(number: number, handshakes: readonly Handshake[], more: Partial<AddressReport> = {}): AddressReport {
  return { address: `192.0.2.${number}`, handshakes, declined: [], failures: [], ...more }
}

function textOf(addresses: readonly AddressReport[], chains = 2) {
  const served: ServedChains = { addresses, lists: LISTS.slice(0, chains) }
  return servedText(served, PINS)
}

const first = (number: number) => address(number, [handshake(0, 'any', 'ecdsa')])
const second = (number: number) => address(number, [handshake(1, 'any', 'ecdsa')])

describe('what a host presented', () => {
  it.each<readonly [string, readonly AddressReport[], number]>([
    ['1 address, one chain', [first(1)], 1],
    ['all 2 addresses present the same chain', [first(1), first(2)], 1],
    ['2 of 5 addresses present another key', [second(1), first(2), first(3), first(4), second(5)], 2],
    ['1 of 2 addresses presents another key', [first(1), second(2)], 2],
    [
      '1 address presents another key to clients that verify one type alone',
      [address(1, [handshake(0, 'any', 'ecdsa'), handshake(1, 'rsa')])],
      2,
    ],
    ['all 2 addresses present one key, in 4 different chains', [first(1), address(2, [handshake(2, 'any')])], 4],
    [
      '1 address, one chain; 1 address failed',
      [first(1), address(2, [], { failures: [{ offer: 'any', kind: 'timed-out' }] })],
      1,
    ],
  ])('is summed up: %s', (summary, addresses, chains) => {
    expect(textOf(addresses, chains).summary).toBe(summary)
  })

  it('is uniform when one chain came from everywhere, also where a type of key was declined', () => {
    const declining = address(1, [handshake(0, 'any', 'ecdsa')], { declined: [{ offer: 'rsa' }] })
    expect(textOf([declining, first(2)], 1)).toMatchObject({ isUniform: true, hasSeveralKeys: false })
    expect(textOf([first(1), second(2)])).toMatchObject({ isUniform: false, hasSeveralKeys: true })
    const failing = address(2, [], { failures: [{ offer: 'any', kind: 'refused' }] })
    expect(textOf([first(1), failing], 1).isUniform).toBe(false)
  })

  it('is a line for each handshake, with its key against the one that most addresses present', () => {
    const { lines } = textOf([first(1), first(2), second(3)])
    expect(lines).toEqual([
      {
        address: '192.0.2.1',
        offers: 'any key, ECDSA alone',
        outcome: {
          leaf: 'one',
          pin: 'key 1',
          isReferenceKey: true,
          certificates: '2 certificates',
          connection: 'TLS 1.3, h2, handshake in 5 ms',
        },
      },
      { address: '192.0.2.2', offers: 'any key, ECDSA alone', outcome: expect.objectContaining({ leaf: 'one' }) },
      {
        address: '192.0.2.3',
        offers: 'any key, ECDSA alone',
        outcome: expect.objectContaining({ pin: 'key 2', isReferenceKey: false }) as unknown,
      },
    ])
  })

  it('says what is particular about a connection', () => {
    const old = { ...handshake(3, 'any'), tlsVersion: 'TLSv1', alpn: null, clientCertificateRequested: true }
    expect(textOf([address(1, [old])], 4).lines[0]?.outcome).toMatchObject({
      certificates: '1 certificate',
      connection: 'TLS 1.0, no ALPN, handshake in 5 ms, asks for a client certificate',
    })
  })

  it('has what was declined and what failed in words', () => {
    const report = address(1, [handshake(0, 'any', 'ecdsa')], {
      declined: [{ offer: 'rsa', alert: 'handshake failure' }],
      failures: [{ offer: 'ecdsa', kind: 'timed-out' }],
    })
    expect(textOf([report], 1).lines.slice(1)).toEqual([
      {
        address: '192.0.2.1',
        offers: 'RSA alone',
        outcome: 'Declined, so it has no such key (handshake failure).',
      },
      { address: '192.0.2.1', offers: 'ECDSA alone', outcome: 'Failed: The host did not answer in time.' },
    ])
  })

  it('has its age when the endpoint had it at hand', () => {
    const served: ServedChains = { addresses: [first(1)], lists: LISTS.slice(0, 1), ageSeconds: 40 }
    expect(servedText(served, PINS)).toMatchObject({
      summary: '1 address, one chain; fetched 40 s before you asked',
      isUniform: true,
    })
  })

  it('may be no certificate at all', () => {
    const served: ServedChains = { addresses: [first(1)], lists: [[null]] }
    expect(servedText(served, PINS).lines[0]?.outcome).toMatchObject({ leaf: null, pin: null })
  })

  it('of a stored text whose handshakes lead nowhere is shown all the same', () => {
    const served: ServedChains = { addresses: [first(1)], lists: [] }
    expect(servedText(served, PINS).lines[0]?.outcome).toMatchObject({ leaf: null, certificates: '0 certificates' })
  })
})
