import { beforeAll, describe, expect, it } from 'vitest'
import type { Chain, StoreMembership } from '../../src/core/chain/chain.ts'
import { buildChains, MAX_CHAINED_CERTIFICATES } from '../../src/engine/build-chains.ts'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { fingerprintOf } from '../../src/engine/fingerprint.ts'
import type { ChainTools } from '../../src/engine/issuer-search.ts'
import { verifySignature } from '../../src/engine/signatures.ts'
import {
  issueCertificate,
  issueChain,
  TEST_NOW,
  type CertificateOrder,
  type IssuedCertificate,
} from '../support/issue-chain.ts'
import { EVERYWHERE, NOWHERE } from '../support/cases.ts'
import { collectionOf } from '../support/collection.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { valueOf } from '../support/outcome.ts'
import { ascii, encodeCertificate, utf8Name } from './encode-der.ts'

/** A root store of the test's own. */
function storeOf(...entries: readonly (readonly [IssuedCertificate, StoreMembership])[]) {
  return collectionOf(entries)
}

function build(given: readonly IssuedCertificate[], changes: Partial<ChainTools> = {}, now = TEST_NOW) {
  const tools: ChainTools = { describe: describeCertificate, verify: verifySignature, roots: null, ...changes }
  return buildChains(
    given.map(({ der }) => der),
    now,
    tools,
  )
}

/** A chain in short: role, name, origin where it was added, and the signature where it does not verify. */
function short({ links, end }: Chain): string {
  const steps = links.map(({ role, certificate, origin, signature }) => {
    const added = origin === 'given' ? '' : ' (added)'
    const doubt = signature && signature.kind !== 'verified' ? ` [${signature.kind}]` : ''
    return `${role} ${certificate.subject.commonName}${added}${doubt}`
  })
  return [...steps, end.kind].join(' > ')
}

async function chainsOf(...row: Parameters<typeof build>): Promise<readonly string[]> {
  return (await build(...row)).chains.map(short)
}

let root: IssuedCertificate
let intermediate: IssuedCertificate
let leaf: IssuedCertificate
const issue = (order: CertificateOrder) => issueCertificate(order)

beforeAll(async () => {
  root = await issue({ subject: 'Root', isCa: true })
  intermediate = await issue({ subject: 'Intermediate', isCa: true, issuer: root })
  leaf = await issue({ subject: 'leaf.example', dnsNames: ['leaf.example'], issuer: intermediate })
})

/** As on a page served over plain http. */
const notChecked: ChainTools['verify'] = (certificate, issuer) => verifySignature(certificate, issuer, {})

const COMPLETE = 'leaf leaf.example > intermediate Intermediate > root Root'

describe('order', () => {
  it('is leaf to root, whatever order was given', async () => {
    const orders = [
      [leaf, intermediate, root],
      [root, intermediate, leaf],
      [intermediate, leaf, root],
      [root, leaf, intermediate],
    ]
    for (const given of orders) expect(await chainsOf(given)).toEqual([`${COMPLETE} > private-root`])
  })

  it('of several chains is the order of their leaves', async () => {
    const other = await issue({ subject: 'other.example', issuer: intermediate })
    expect(await chainsOf([other, root, leaf, intermediate])).toEqual([
      'leaf other.example > intermediate Intermediate > root Root > private-root',
      `${COMPLETE} > private-root`,
    ])
  })

  it('does not depend on repetitions', async () => {
    const report = await build([leaf, intermediate, leaf, root, intermediate])
    expect(report.chains.map(short)).toEqual([`${COMPLETE} > private-root`])
    expect(report.superfluous).toEqual([])
  })

  it('of nothing is nothing', async () => {
    expect(await build([])).toMatchObject({ chains: [], superfluous: [], notDecodable: [] })
  })
})

describe('what is missing', () => {
  it('is added when the store has it', async () => {
    expect(await chainsOf([leaf, intermediate], { roots: storeOf([root, EVERYWHERE]) })).toEqual([
      'leaf leaf.example > intermediate Intermediate > root Root (added) > public-root',
    ])
  })

  it('is said by name when the store lacks it', async () => {
    const { chains } = await build([leaf, intermediate], { roots: storeOf() })
    expect(chains.map(short)).toEqual(['leaf leaf.example > intermediate Intermediate > issuer-missing'])
    expect(chains[0]?.end).toMatchObject({ issuer: { text: 'CN=Root' } })
    expect(chains[0]?.links.at(-1)?.signature).toBeNull()
  })

  it('is said when it is the intermediate', async () => {
    const { chains } = await build([leaf, root], { roots: storeOf([root, EVERYWHERE]) })
    expect(chains.map(short)).toEqual(['leaf leaf.example > issuer-missing'])
  })

  it('is not made up without a store', async () => {
    expect(await chainsOf([leaf])).toEqual(['leaf leaf.example > issuer-missing'])
  })

  it('is not a bundled root of the same name that did not sign', async () => {
    const impostor = await issue({ subject: 'Root', keyName: 'another root', isCa: true })
    expect(await chainsOf([leaf, intermediate], { roots: storeOf([impostor, EVERYWHERE]) })).toEqual([
      'leaf leaf.example > intermediate Intermediate > issuer-missing',
    ])
  })
})

describe('the bundled store', () => {
  it('marks a given root that it lists', async () => {
    const { chains } = await build([leaf, intermediate, root], { roots: storeOf([root, EVERYWHERE]) })
    expect(chains.map(short)).toEqual([`${COMPLETE} > public-root`])
    expect(chains[0]?.links.map(({ stores }) => stores)).toEqual([null, null, EVERYWHERE])
  })

  it('prefers a listed root to an upcoming one, and more stores to fewer', async () => {
    const sameKey = { subject: 'Root', isCa: true, keyName: JSON.stringify('Root') } as const
    const upcoming = await issue({ ...sameKey, notAfter: '2049-01-01T00:00:00Z' })
    const fewer = await issue(sameKey)
    const roots = storeOf([upcoming, NOWHERE], [fewer, { ...NOWHERE, apple: EVERYWHERE.apple }], [root, EVERYWHERE])
    const { chains } = await build([leaf, intermediate], { roots })
    expect(chains[0]?.links.at(-1)?.stores).toEqual(EVERYWHERE)
    const without = await build([leaf, intermediate], { roots: storeOf([upcoming, NOWHERE], [root, EVERYWHERE]) })
    expect(without.chains[0]?.links.at(-1)?.stores).toEqual(EVERYWHERE)
  })

  it('adds an upcoming root when there is no other', async () => {
    const { chains } = await build([leaf, intermediate], { roots: storeOf([root, NOWHERE]) })
    expect(chains[0]?.links.at(-1)).toMatchObject({ origin: 'bundled-store', stores: NOWHERE })
  })

  it('prefers the root that is valid today', async () => {
    const expired = await issue({
      subject: 'Root',
      isCa: true,
      notBefore: '2010-01-01T00:00:00Z',
      notAfter: '2020-01-01T00:00:00Z',
    })
    const roots = storeOf([expired, EVERYWHERE], [root, { ...NOWHERE, chrome: EVERYWHERE.chrome }])
    const { chains } = await build([leaf, intermediate], { roots })
    expect(chains[0]?.links.at(-1)?.certificate.notAfter).toBe(Date.parse('2027-01-01T00:00:00Z'))
  })

  it('has the edition of a root that counts', async () => {
    const otherEdition = await issue({ subject: 'Root', isCa: true, notAfter: '2040-01-01T00:00:00Z' })
    const report = await build([leaf, intermediate, otherEdition], { roots: storeOf([root, EVERYWHERE]) })
    expect(report.chains.map(short)).toEqual([
      'leaf leaf.example > intermediate Intermediate > root Root (added) > public-root',
    ])
    expect(report.superfluous).toHaveLength(1)
  })

  it('may list a root that is not self-issued', async () => {
    const roots = storeOf([intermediate, EVERYWHERE])
    expect(await chainsOf([leaf], { roots })).toEqual(['leaf leaf.example > root Intermediate (added) > public-root'])
  })

  it('may list a root without basic constraints', async () => {
    const old = await issue({ subject: 'Old root', isCa: null })
    const young = await issue({ subject: 'young.example', issuer: old })
    expect(await chainsOf([young], { roots: storeOf([old, EVERYWHERE]) })).toEqual([
      'leaf young.example > root Old root (added) > public-root',
    ])
    expect(await chainsOf([old], { roots: storeOf([old, EVERYWHERE]) })).toEqual(['root Old root > public-root'])
  })
})

describe('cross-signs', () => {
  let otherRoot: IssuedCertificate
  let crossSign: IssuedCertificate

  beforeAll(async () => {
    otherRoot = await issue({ subject: 'Other root', isCa: true })
    crossSign = await issue({ subject: 'Root', isCa: true, issuer: otherRoot })
  })

  it('that were served are completed with their own issuer', async () => {
    const roots = storeOf([root, EVERYWHERE], [otherRoot, EVERYWHERE])
    expect(await chainsOf([leaf, intermediate, crossSign], { roots })).toEqual([
      'leaf leaf.example > intermediate Intermediate > intermediate Root > root Other root (added) > public-root',
    ])
  })

  it('whose issuer is unknown give way to the root', async () => {
    const report = await build([leaf, intermediate, crossSign], { roots: storeOf([root, EVERYWHERE]) })
    expect(report.chains.map(short)).toEqual([
      'leaf leaf.example > intermediate Intermediate > root Root (added) > public-root',
    ])
    expect(report.superfluous.map(({ issuer }) => issuer.text)).toEqual(['CN=Other root'])
  })

  it('that have expired give way to the root', async () => {
    const expired = await issue({
      subject: 'Root',
      isCa: true,
      issuer: otherRoot,
      notBefore: '2020-01-01T00:00:00Z',
      notAfter: '2025-01-01T00:00:00Z',
    })
    const roots = storeOf([root, EVERYWHERE], [otherRoot, EVERYWHERE])
    expect(await chainsOf([leaf, intermediate, expired], { roots })).toEqual([
      'leaf leaf.example > intermediate Intermediate > root Root (added) > public-root',
    ])
  })

  it('that lead to an expired root give way to the one that is valid', async () => {
    const dates = { notBefore: '2000-01-01T00:00:00Z', notAfter: '2021-01-01T00:00:00Z' }
    const expiredRoot = await issue({ subject: 'Other root', isCa: true, ...dates })
    const expiredOnly = storeOf([expiredRoot, EVERYWHERE])
    expect(await chainsOf([leaf, intermediate, crossSign], { roots: expiredOnly })).toEqual([
      'leaf leaf.example > intermediate Intermediate > intermediate Root > root Other root (added) > public-root',
    ])
    const both = storeOf([expiredRoot, EVERYWHERE], [root, EVERYWHERE])
    expect(await chainsOf([leaf, intermediate, crossSign], { roots: both })).toEqual([
      'leaf leaf.example > intermediate Intermediate > root Root (added) > public-root',
    ])
  })

  it('of two intermediates lead to the one whose root is known', async () => {
    const bySecond = await issue({ subject: 'Intermediate', isCa: true, issuer: otherRoot })
    for (const given of [
      [leaf, intermediate, bySecond],
      [leaf, bySecond, intermediate],
    ]) {
      expect(await chainsOf(given, { roots: storeOf([otherRoot, EVERYWHERE]) })).toEqual([
        'leaf leaf.example > intermediate Intermediate > root Other root (added) > public-root',
      ])
    }
  })

  it('in a circle come to an end', async () => {
    const one = await issue({ subject: 'One', isCa: true, issuer: await issue({ subject: 'Two', isCa: true }) })
    const two = await issue({ subject: 'Two', isCa: true, issuer: await issue({ subject: 'One', isCa: true }) })
    const end = await issue({ subject: 'end.example', issuer: one })
    expect(await chainsOf([end, one, two])).toEqual([
      'leaf end.example > intermediate One > intermediate Two > issuer-missing',
    ])
    expect(await chainsOf([one, two])).toEqual(['intermediate One > intermediate Two > issuer-missing'])
  })

  it('of everybody by everybody come to an end', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `Authority ${index}`)
    const selfSigned = await Promise.all(names.map((subject) => issue({ subject, isCa: true })))
    const mesh = await Promise.all(
      selfSigned.flatMap((issuer) => names.map((subject) => issue({ subject, isCa: true, issuer }))),
    )
    const end = await issue({ subject: 'mesh.example', issuer: selfSigned[0] ?? root })
    const started = performance.now()
    const { chains } = await build([end, ...mesh.filter(({ subject }, index) => subject !== names[index >> 3])])
    expect(chains).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('signatures', () => {
  it('that are wrong are said', async () => {
    const broken = { ...leaf, der: leaf.der.slice() }
    broken.der[broken.der.length - 1] = (broken.der.at(-1) ?? 0) ^ 1
    expect(await chainsOf([broken, intermediate, root])).toEqual([
      'leaf leaf.example [does-not-verify] > intermediate Intermediate > root Root > private-root',
    ])
  })

  it('of a root on itself that are wrong are said', async () => {
    const broken = { ...root, der: root.der.slice() }
    broken.der[broken.der.length - 1] = (broken.der.at(-1) ?? 0) ^ 1
    expect(await chainsOf([leaf, intermediate, broken])).toEqual([
      'leaf leaf.example > intermediate Intermediate > root Root [does-not-verify] > private-root',
    ])
  })

  it('decide between two issuers of one name', async () => {
    const impostor = await issue({ subject: 'Intermediate', keyName: 'impostor', isCa: true, issuer: root })
    for (const given of [
      [leaf, impostor, intermediate, root],
      [leaf, intermediate, impostor, root],
    ]) {
      const report = await build(given)
      expect(report.chains.map(short)).toEqual([`${COMPLETE} > private-root`])
      expect(report.superfluous.map(({ pin }) => pin)).toHaveLength(1)
    }
  })

  it('that cannot be checked leave the names and the key identifiers', async () => {
    const impostor = await issue({ subject: 'Intermediate', keyName: 'impostor', isCa: true, issuer: root })
    const report = await build([leaf, impostor, intermediate], {
      verify: notChecked,
      roots: storeOf([root, EVERYWHERE]),
    })
    expect(report.chains.map(short)).toEqual([
      'leaf leaf.example [not-checked] > intermediate Intermediate [not-checked] > root Root (added) [not-checked] > public-root',
    ])
    expect(report.superfluous.map(({ pin }) => pin)).toEqual([valueOf(await describeCertificate(impostor.der)).pin])
  })

  it('of thousands of decoys are not all computed', async () => {
    const decoys = Array.from({ length: 500 }, (_, index) => ({
      ...root,
      der: encodeCertificate({
        subject: utf8Name('Intermediate'),
        serialNumber: Uint8Array.of(1, index >> 8, index & 0xff),
        issuer: utf8Name('Intermediate'),
      }),
    }))
    let checks = 0
    const verify: ChainTools['verify'] = (certificate, issuer) => {
      checks += 1
      return verifySignature(certificate, issuer)
    }
    const { chains } = await build([leaf, ...decoys, intermediate, root], { verify })
    expect(short(chains[0] as Chain)).toBe(`${COMPLETE} > private-root`)
    // All of them against each other would be a quarter of a million.
    expect(checks).toBeLessThan(10_000)
  })
})

describe('roles', () => {
  it('a self-signed server certificate is a leaf', async () => {
    const alone = await issue({ subject: 'alone.example', dnsNames: ['alone.example'] })
    expect(await chainsOf([alone])).toEqual(['leaf alone.example > self-signed-leaf'])
  })

  it('a self-signed server certificate that calls itself a CA is a leaf', async () => {
    const alone = await issue({ subject: 'alone.example', dnsNames: ['alone.example'], isCa: true })
    expect(await chainsOf([alone])).toEqual(['leaf alone.example > self-signed-leaf'])
  })

  it('a CA that issued a given certificate is none, even with names of hosts', async () => {
    const home = await issue({ subject: 'home', dnsNames: ['home.example'], isCa: true })
    const server = await issue({ subject: 'server', dnsNames: ['server.home.example'], issuer: home })
    expect(await chainsOf([home, server])).toEqual(['leaf server > root home > private-root'])
  })

  it('CAs alone make a chain from the lowest', async () => {
    expect(await chainsOf([root, intermediate])).toEqual(['intermediate Intermediate > root Root > private-root'])
    expect(await chainsOf([root])).toEqual(['root Root > private-root'])
    const second = await issue({ subject: 'Second root', isCa: true })
    expect(await chainsOf([root, second])).toEqual(['root Root > private-root', 'root Second root > private-root'])
  })

  it('a self-issued certificate without basic constraints that issued another is a root', async () => {
    const old = await issue({ subject: 'Old root', isCa: null })
    const young = await issue({ subject: 'young.example', issuer: old })
    expect(await chainsOf([old, young])).toEqual(['leaf young.example > root Old root > private-root'])
  })

  it('what is no CA issues only where there is nothing else', async () => {
    const noCa = await issue({ subject: 'Intermediate', isCa: null, issuer: root })
    expect(await chainsOf([leaf, noCa, root])).toEqual([`${COMPLETE} > private-root`])
    const report = await build([leaf, noCa, intermediate, root])
    expect(report.chains.map(short)).toEqual([
      `${COMPLETE} > private-root`,
      'leaf Intermediate > root Root > private-root',
    ])
    expect(report.chains[0]?.links[1]?.certificate.isCa).toBe(true)
  })

  it('a new key under the old one, of one name, is an intermediate', async () => {
    const rollover = await issue({ subject: 'Root', keyName: 'new key', isCa: true, issuer: root })
    const server = await issue({ subject: 'server.example', issuer: rollover })
    expect(await chainsOf([server, rollover, root])).toEqual([
      'leaf server.example > intermediate Root > root Root > private-root',
    ])
    expect(await chainsOf([server, rollover])).toEqual(['leaf server.example > intermediate Root > issuer-missing'])
  })
})

describe('the rest', () => {
  it('superfluous certificates are named', async () => {
    const stranger = await issueChain('stranger.example')
    const report = await build([leaf, stranger.intermediate, intermediate, stranger.root, root])
    expect(report.chains.map(short)).toEqual([`${COMPLETE} > private-root`])
    expect(report.superfluous.map(({ subject }) => subject.commonName)).toEqual([
      'Intermediate of stranger.example',
      'Root of stranger.example',
    ])
  })

  it('expired certificates still make a chain', async () => {
    expect(await chainsOf([leaf, intermediate, root], {}, Date.parse('2040-01-01T00:00:00Z'))).toEqual([
      `${COMPLETE} > private-root`,
    ])
  })

  it('what cannot be decoded is reported, and the others go on', async () => {
    const undecodable = { ...leaf, der: encodeCertificate({ notAfter: 'never' }) }
    const garbage = { ...leaf, der: ascii('garbage') }
    const report = await build([undecodable, leaf, garbage, intermediate, root])
    expect(report.chains.map(short)).toEqual([`${COMPLETE} > private-root`])
    expect(report.notDecodable).toEqual([fingerprintOf(undecodable.der), fingerprintOf(garbage.der)])
  })
})

describe('a bundle of thousands', () => {
  it('is put into chains up to a limit, and the rest is counted', async () => {
    const many = Array.from({ length: MAX_CHAINED_CERTIFICATES + 7 }, (_, index) =>
      encodeCertificate({ subject: utf8Name(`${index}`) }),
    )
    const engine = createInProcessEngine()
    const report = valueOf(await engine.buildChains([...many, ...many], TEST_NOW))
    expect(report.leftOut).toBe(7)
    expect(report.chains.length + report.superfluous.length + report.notDecodable.length).toBe(MAX_CHAINED_CERTIFICATES)
    expect(valueOf(await engine.buildChains(many.slice(0, 3), TEST_NOW)).leftOut).toBe(0)
  })
})
