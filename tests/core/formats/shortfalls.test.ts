import { describe, expect, it } from 'vitest'
import type { PublicKeyDescription } from '../../../src/core/certificate/certificate.ts'
import type { ChainRole } from '../../../src/core/chain/chain.ts'
import type { KeyEncodingDeviation } from '../../../src/core/certificate/key-encoding.ts'
import type { FormatAbilities } from '../../../src/core/formats/format.ts'
import type { OutputSettings } from '../../../src/core/formats/registry.ts'
import { shortfallsOf } from '../../../src/core/formats/shortfalls.ts'
import { planPins, type PinPlan } from '../../../src/core/pins/plan-pins.ts'
import {
  alsoPinning,
  backupKey,
  certificate,
  chain,
  exampleChain,
  pinOfKey,
  pinning,
  planCase,
  row,
} from '../../support/cases.ts'

const ALL: FormatAbilities = {
  subdomainDepth: 'all',
  overlap: 'nearest',
  expiry: 'device-local-midnight',
  lists: 'any',
  minimumPins: 1,
  minimumVersion: 'any',
}

const plan = planPins([
  row({
    host: 'deep.example',
    includeSubdomains: true,
    chains: [exampleChain('deep.example')],
    choices: pinning('leaf', 'root'),
  }),
  row({ host: 'leaf.example', chains: [exampleChain('leaf.example')] }),
  row({ host: 'ca.example', chains: [exampleChain('ca.example')], choices: pinning('root') }),
])

const ENDING: OutputSettings = { 'android-network-security-config': { expiration: { kind: 'computed' } } }

const shortfalls = (abilities: Partial<FormatAbilities>, of: PinPlan, settings: OutputSettings = {}) =>
  shortfallsOf({ abilities: { ...ALL, ...abilities }, hasOwnRules: false }, of, settings, [])

const found = (abilities: Partial<FormatAbilities>, settings: OutputSettings = {}) =>
  shortfalls(abilities, plan, settings)

describe('what an output cannot honour', () => {
  it('is nothing where it can say everything', () => {
    expect(found({})).toEqual([])
    expect(found({}, ENDING)).toEqual([])
  })

  it('is sub-domains that it does not reach', () => {
    expect(found({ subdomainDepth: 'none' })).toEqual([{ kind: 'subdomains', depth: 'none', hosts: ['deep.example'] }])
    expect(found({ subdomainDepth: 'one-label' })).toMatchObject([{ depth: 'one-label' }])
  })

  it('is pins that pass below a host whose sub-domains have those of a parent', () => {
    const parent = row({
      host: 'example.com',
      includeSubdomains: true,
      chains: [exampleChain('example.com')],
      choices: pinning('root'),
    })
    const below = (order: Partial<Parameters<typeof row>[0]>) =>
      shortfalls(
        { overlap: 'nearest-name' },
        planPins([parent, row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], ...order })]),
      )
    expect(below({})).toEqual([{ kind: 'own-pins-reach-below', hosts: ['api.example.com'] }])
    // Its sub-domains are its own, or its parent has the same pins.
    expect(below({ includeSubdomains: true })).toEqual([])
    expect(below({ choices: pinning('root') })).toEqual([])
    expect(below({ host: 'api.example.org' })).toEqual([])
    expect(found({}).map(({ kind }) => kind)).not.toContain('own-pins-reach-below')
  })

  it('is a host with fewer pins than it takes', () => {
    expect(found({ minimumPins: 2 })).toEqual([
      { kind: 'too-few-pins', minimum: 2, hosts: ['leaf.example', 'ca.example'] },
    ])
  })

  it('is what stands above the leaf where it looks at the leaf alone', () => {
    expect(found({ lists: 'leaf' })).toEqual([
      { kind: 'no-leaf-pin', hosts: ['ca.example'] },
      { kind: 'ca-pins-left-out', hosts: ['deep.example'] },
    ])
  })

  it('is pins of which nobody said what they are, where that is told apart', () => {
    const host = 'typed.example'
    const typed = row({
      host,
      chains: [exampleChain(host)],
      choices: alsoPinning(pinning('leaf'), [], [{ pin: pinOfKey('typed'), role: 'unknown' }]),
    })
    const ofTyped = (lists: FormatAbilities['lists']) =>
      shortfalls({ lists }, planPins([typed])).map(({ kind, hosts }) => [kind, hosts])
    expect(ofTyped('leaf')).toEqual([['unknown-pins-left-out', [host]]])
    expect(ofTyped('leaf-or-ca')).toEqual([['unknown-pins-left-out', [host]]])
    expect([ofTyped('any'), ofTyped('none'), found({ lists: 'leaf-or-ca' })]).toEqual([[], [], []])
  })

  it('is keys without a certificate, where the output is certificates', () => {
    const host = 'typed.example'
    const typed = row({
      host,
      choices: alsoPinning(pinning(), [], [{ pin: pinOfKey('typed'), role: 'leaf' }]),
    })
    const withTyped = planPins([typed, row({ host: 'leaf.example', chains: [exampleChain('leaf.example')] })])
    expect(shortfalls({ needs: 'certificates' }, withTyped)).toEqual([
      { kind: 'without-any-certificate', hosts: [host] },
    ])
    // What enforces nothing leaves nobody out.
    expect(shortfalls({ needs: 'certificates', lists: 'none' }, withTyped)).toEqual([
      { kind: 'no-certificate', hosts: [host] },
    ])
    const both = { ...typed, chains: [exampleChain(host)], choices: { ...typed.choices, roles: pinning('leaf').roles } }
    expect(shortfalls({ needs: 'certificates' }, planPins([both]))).toEqual([{ kind: 'no-certificate', hosts: [host] }])
    expect(found({ needs: 'certificates' })).toEqual([])
  })

  it('is a platform on which its code pins nothing', () => {
    expect(found({ enforcedOn: ['android'] })).toEqual([
      { kind: 'not-enforced', platforms: ['ios'], hosts: ['deep.example', 'leaf.example', 'ca.example'] },
    ])
    expect(found({ enforcedOn: ['android', 'ios'] })).toEqual([])
  })

  it('is hosts that are to stay unpinned, as far as it reaches them', () => {
    const unpinned: OutputSettings = {
      'android-network-security-config': { unpinned: 'a.deep.example b.c.deep.example' },
    }
    const excluded = (abilities: Partial<FormatAbilities>) =>
      found(abilities, unpinned).flatMap(({ kind, hosts }) => (kind === 'pins-excluded-hosts' ? [hosts] : []))
    expect(excluded({})).toEqual([['a.deep.example', 'b.c.deep.example']])
    expect(excluded({ subdomainDepth: 'one-label' })).toEqual([['a.deep.example']])
    expect([excluded({ subdomainDepth: 'none' }), excluded({ lists: 'none' })]).toEqual([[], []])
    expect(excluded({ subdomainDepth: 'none', scope: 'all-hosts' })).toHaveLength(1)
  })

  it('is a private root on the platforms where nothing makes it trusted', () => {
    const { rows } = planCase('private-root')
    const untrusted = (abilities: Partial<FormatAbilities>) =>
      shortfalls(abilities, planPins(rows)).flatMap((one) =>
        one.kind === 'private-root-not-trusted' ? [one.platforms] : [],
      )
    expect(untrusted({})).toEqual([['android', 'ios']])
    expect(untrusted({ trustsPinned: ['android'] })).toEqual([['ios']])
    expect([untrusted({ trustsPinned: ['android', 'ios'] }), untrusted({ replacesValidation: true })]).toEqual([[], []])
  })

  it('is the platform’s checks where it takes their place, but not for hosts that it leaves out', () => {
    expect(found({ lists: 'leaf', replacesValidation: true })).toContainEqual({
      kind: 'validation-replaced',
      hosts: ['deep.example', 'leaf.example'],
    })
  })

  it('is what one host shares with the others, where they are not told apart', () => {
    expect(found({ scope: 'all-hosts' })).toEqual([
      { kind: 'shared-by-all-hosts', hosts: ['deep.example', 'leaf.example', 'ca.example'] },
    ])
    expect(shortfalls({ scope: 'all-hosts' }, planPins(planCase('leaf-alone').rows))).toEqual([])
  })

  it('is the platform’s own checks, where the output is asked instead of it', () => {
    const own = planPins(planCase('private-root').rows)
    expect(shortfalls({ replacesValidation: true }, own).map(({ kind }) => kind)).toEqual(['validation-replaced'])
  })

  it('is an end of the pins, where one is wanted and anything is enforced', () => {
    expect(found({ expiry: 'none' })).toEqual([])
    expect(found({ expiry: 'none' }, ENDING)).toMatchObject([{ kind: 'no-expiration' }])
    expect(found({ expiry: 'none', lists: 'none' }, ENDING)).toEqual([])
  })
})

const kindsFor = (publicKey: PublicKeyDescription | null, keyEncoding: readonly KeyEncodingDeviation[] = []) => {
  const key = backupKey('a key', { publicKey })
  const held = { ...certificate({ name: 'api.example.com', keyEncoding }), ...(publicKey && { publicKey }) }
  const rows = [
    row({ host: 'key.example', keys: [key], choices: alsoPinning(pinning(), [key]) }),
    row({ host: 'held.example', chains: [chain([held])] }),
    row({
      host: 'mixed.example',
      chains: [chain([held])],
      choices: alsoPinning(pinning('leaf'), [], [{ pin: pinOfKey('typed'), role: 'unknown' }]),
    }),
  ]
  return shortfalls({ keys: 'rebuilt' }, planPins(rows)).map(({ kind, hosts }) => [kind, hosts])
}

describe('keys that an output can never match', () => {
  const NEVER = [
    ['keys-that-never-match', ['mixed.example']],
    ['no-key-that-matches', ['key.example', 'held.example']],
  ]

  it.each<PublicKeyDescription>([
    { algorithm: 'RSA', bits: 2048, curve: null },
    { algorithm: 'RSA', bits: 3072, curve: null },
    { algorithm: 'RSA', bits: 4096, curve: null },
    { algorithm: 'EC', bits: 256, curve: 'P-256' },
    { algorithm: 'EC', bits: 384, curve: 'P-384' },
  ])('are not $algorithm with $bits bits', (publicKey) => {
    expect(kindsFor(publicKey)).toEqual([])
  })

  it.each<PublicKeyDescription>([
    { algorithm: 'RSA', bits: 1024, curve: null },
    { algorithm: 'RSA', bits: 8192, curve: null },
    { algorithm: 'EC', bits: 521, curve: 'P-521' },
    { algorithm: 'EC', bits: 256, curve: 'secp256k1' },
    { algorithm: 'EC', bits: 256, curve: 'explicit' },
    { algorithm: 'Ed25519', bits: null, curve: null },
    { algorithm: 'RSA-PSS', bits: 2048, curve: null },
  ])('are $algorithm with $bits bits on $curve', (publicKey) => {
    expect(kindsFor(publicKey)).toEqual(NEVER)
  })

  it('are those in an unusual encoding, which the library does not rebuild', () => {
    expect(kindsFor({ algorithm: 'EC', bits: 256, curve: 'P-256' }, ['compressed-point'])).toEqual([
      ['keys-that-never-match', ['mixed.example']],
      ['no-key-that-matches', ['held.example']],
    ])
  })

  it('are RSA keys with another exponent, whose header has other lengths', () => {
    expect(kindsFor({ algorithm: 'RSA', bits: 2048, curve: null, exponent: 'unusual' })).toEqual(NEVER)
  })

  it.each<[PublicKeyDescription, boolean]>([
    // It is hashed, only not as its pin is.
    [{ algorithm: 'RSA', bits: 4096, curve: null, exponent: 'unusual' }, false],
    [{ algorithm: 'EC', bits: 521, curve: 'P-521' }, true],
    [{ algorithm: 'RSA', bits: 8192, curve: null }, true],
    [{ algorithm: 'RSA', bits: 4096, curve: null }, false],
  ])('stop a library that goes from the root down, when the root has one: %o', (publicKey, isStopped) => {
    const host = 'api.example.com'
    const root = { ...certificate({ name: 'Private Root', isCa: true }), publicKey }
    const ca = certificate({ name: 'Private CA', issuer: 'Private Root', isCa: true })
    const chains = [chain([certificate({ name: host, issuer: 'Private CA' }), ca, root])]
    const kindsOf = (abilities: Partial<FormatAbilities>, ...roles: readonly ChainRole[]) => {
      const rows = [row({ host, chains, choices: pinning(...roles) })]
      const format = { abilities: { ...ALL, ...abilities }, hasOwnRules: false }
      return shortfallsOf(format, planPins(rows), {}, rows).map(({ kind }) => kind)
    }
    const stops = isStopped ? ['stops-before-pinned-key'] : []
    expect(kindsOf({ walk: 'root-first' }, 'leaf')).toEqual(stops)
    expect(kindsOf({ walk: 'root-first' }, 'leaf', 'intermediate')).toEqual(stops)
    // Its pin is never found, and it stands above the others all the same.
    expect(kindsOf({ walk: 'root-first' }, 'leaf', 'root')).toEqual(stops)
    expect(kindsOf({}, 'leaf')).toEqual([])
  })

  it('stop nothing when they stand below the pinned key', () => {
    const leaf = certificate({ name: 'api.example.com', issuer: 'Private Root' })
    const odd = { ...leaf, publicKey: { algorithm: 'Ed25519', bits: null, curve: null } }
    const rows = [
      row({
        host: 'api.example.com',
        chains: [chain([odd, certificate({ name: 'Private Root', isCa: true })])],
        choices: pinning('root'),
      }),
    ]
    const format = { abilities: { ...ALL, walk: 'root-first' as const }, hasOwnRules: false }
    expect(shortfallsOf(format, planPins(rows), {}, rows)).toEqual([])
  })

  it('are no matter of an output that does not rebuild keys', () => {
    const key = backupKey('a key', { publicKey: { algorithm: 'Ed25519', bits: null, curve: null } })
    const rows = [row({ host: 'key.example', keys: [key], choices: alsoPinning(pinning(), [key]) })]
    expect(shortfalls({}, planPins(rows))).toEqual([])
  })

  it('is trust in a private root, where anything is enforced', () => {
    const own = planPins(planCase('private-root').rows)
    const kinds = (lists: FormatAbilities['lists']) => shortfalls({ lists }, own).map(({ kind }) => kind)
    expect(kinds('any')).toContain('private-root-not-trusted')
    expect(kinds('none')).not.toContain('private-root-not-trusted')
    expect(found({}).map(({ kind }) => kind)).not.toContain('private-root-not-trusted')
  })
})
