import { beforeAll, describe, expect, it } from 'vitest'
import type { StoreMembership } from '../../src/core/chain/chain.ts'
import type { PathSearch } from '../../src/core/chain/trust-path.ts'
import { buildChains } from '../../src/engine/build-chains.ts'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { fingerprintOf } from '../../src/engine/fingerprint.ts'
import type { ChainTools } from '../../src/engine/issuer-search.ts'
import { verifySignature } from '../../src/engine/signatures.ts'
import { EVERYWHERE, NOWHERE } from '../support/cases.ts'
import { collectionOf } from '../support/collection.ts'
import { issueCertificate as issue, TEST_NOW, type IssuedCertificate } from '../support/issue-chain.ts'
import { listPaths } from '../support/list-paths.ts'
import { encodeCertificate, utf8Name } from './encode-der.ts'

type Store = readonly (readonly [IssuedCertificate, StoreMembership])[]

async function searchOf(
  given: readonly IssuedCertificate[],
  store: Store = [],
  crossSigns: readonly IssuedCertificate[] = [],
  verify: ChainTools['verify'] = verifySignature,
): Promise<PathSearch> {
  const ders = given.map(({ der }) => der)
  const tools = { describe: describeCertificate, verify, roots: collectionOf(store, crossSigns) }
  const { chains } = await buildChains(ders, TEST_NOW, tools)
  expect(chains).toHaveLength(1)
  return chains[0]?.search ?? { paths: [], isCut: false }
}

async function pathsOf(...row: Parameters<typeof searchOf>): Promise<readonly string[]> {
  const search = await searchOf(...row)
  expect(search.isCut).toBe(false)
  return listPaths(search)
}

/** As on a page served over plain http. */
const notChecked: ChainTools['verify'] = (certificate, issuer) => verifySignature(certificate, issuer, {})

let root: IssuedCertificate
let intermediate: IssuedCertificate
let leaf: IssuedCertificate
let oldRoot: IssuedCertificate
let crossSign: IssuedCertificate

const EXPIRED = { notBefore: '2000-01-01T00:00:00Z', notAfter: '2021-09-30T00:00:00Z' }

beforeAll(async () => {
  root = await issue({ subject: 'Root', isCa: true })
  intermediate = await issue({ subject: 'Intermediate', isCa: true, issuer: root })
  leaf = await issue({ subject: 'leaf.example', dnsNames: ['leaf.example'], issuer: intermediate })
  oldRoot = await issue({ subject: 'Old root', isCa: true, ...EXPIRED })
  crossSign = await issue({ subject: 'Root', isCa: true, issuer: oldRoot })
})

describe('paths end', () => {
  it('at a bundled root that nobody sent', async () => {
    const search = await searchOf([leaf, intermediate], [[root, EVERYWHERE]])
    expect(listPaths(search)).toEqual(['leaf.example > Intermediate > Root (store)'])
    expect(search.paths[0]?.stores).toEqual(EVERYWHERE)
  })

  it('at a given root, with the stores that list it', async () => {
    for (const store of [[], [[root, EVERYWHERE]]] as const) {
      const search = await searchOf([root, leaf, intermediate], store)
      expect(listPaths(search)).toEqual(['leaf.example > Intermediate > Root'])
      expect(search.paths[0]?.stores).toEqual(store.length > 0 ? EVERYWHERE : null)
    }
  })

  it('nowhere without a root or an intermediate', async () => {
    expect(await pathsOf([leaf, intermediate])).toEqual([])
    expect(await pathsOf([leaf], [[root, EVERYWHERE]])).toEqual([])
  })

  it('at the leaf that signed itself', async () => {
    const alone = await issue({ subject: 'alone.example', dnsNames: ['alone.example'] })
    const search = await searchOf([alone])
    expect(listPaths(search)).toEqual(['alone.example'])
    expect(search.paths[0]?.stores).toBeNull()
  })

  it('at a bundled root that is not self-issued, and go on behind it', async () => {
    const store: Store = [
      [intermediate, EVERYWHERE],
      [root, NOWHERE],
    ]
    expect(await pathsOf([leaf], store)).toEqual([
      'leaf.example > Intermediate (store)',
      'leaf.example > Intermediate (store) > Root (store)',
    ])
  })

  it('at no certificate that signed itself wrongly', async () => {
    const broken = { ...root, der: root.der.slice() }
    broken.der[broken.der.length - 1] = (broken.der.at(-1) ?? 0) ^ 1
    expect(await pathsOf([leaf, intermediate, broken])).toEqual([])
  })

  it('for CAs alone at the root as well, and nothing is asked of a leaf', async () => {
    expect(await pathsOf([intermediate], [[root, EVERYWHERE]])).toEqual(['Intermediate > Root (store)'])
    expect(await pathsOf([root], [[root, EVERYWHERE]])).toEqual(['Root'])
  })
})

describe('a cross-signed root', () => {
  it('has the path to it and the path through it, though the old root has expired', async () => {
    const store: Store = [
      [oldRoot, { ...NOWHERE, android: { first: 24, last: 25, partial: [] } }],
      [root, EVERYWHERE],
    ]
    const search = await searchOf([leaf, intermediate, crossSign], store)
    expect(listPaths(search)).toEqual([
      'leaf.example > Intermediate > Root (store)',
      'leaf.example > Intermediate > Root > Old root (store)',
    ])
    expect(search.paths.map(({ stores }) => stores?.android?.first)).toEqual([24, 24])
  })

  it('has the path through a cross-certificate that nobody sent', async () => {
    const store: Store = [
      [root, EVERYWHERE],
      [oldRoot, NOWHERE],
    ]
    expect(await pathsOf([leaf, intermediate], store, [crossSign])).toEqual([
      'leaf.example > Intermediate > Root (store)',
      'leaf.example > Intermediate > Root (cross) > Old root (store)',
    ])
    expect(await pathsOf([leaf, intermediate, crossSign], store, [crossSign])).toEqual([
      'leaf.example > Intermediate > Root (store)',
      'leaf.example > Intermediate > Root > Old root (store)',
    ])
  })

  it('may be followed through several cross-certificates', async () => {
    const first = await issue({ subject: 'X1', isCa: true })
    const second = await issue({ subject: 'X2', isCa: true })
    const third = await issue({ subject: 'YE', isCa: true })
    const secondByFirst = await issue({ subject: 'X2', isCa: true, issuer: first })
    const thirdBySecond = await issue({ subject: 'YE', isCa: true, issuer: second })
    const issuer = await issue({ subject: 'YE1', isCa: true, issuer: third })
    const server = await issue({ subject: 'server.example', issuer })
    const store: Store = [
      [first, EVERYWHERE],
      [second, EVERYWHERE],
      [third, NOWHERE],
    ]
    expect(await pathsOf([server, issuer], store, [secondByFirst, thirdBySecond])).toEqual([
      'server.example > YE1 > YE (store)',
      'server.example > YE1 > YE (cross) > X2 (store)',
      'server.example > YE1 > YE (cross) > X2 (cross) > X1 (store)',
    ])
  })

  it('in a circle is passed once', async () => {
    const oldByNew = await issue({ subject: 'Old root', isCa: true, issuer: root })
    expect(await pathsOf([leaf, intermediate], [[root, EVERYWHERE]], [crossSign, oldByNew])).toEqual([
      'leaf.example > Intermediate > Root (store)',
    ])
    expect(await pathsOf([leaf, intermediate, crossSign, oldByNew])).toEqual([])
  })
})

describe('editions', () => {
  it('of a bundled root are a path each', async () => {
    const later = await issue({ subject: 'Root', isCa: true, notAfter: '2040-01-01T00:00:00Z' })
    const android = { ...NOWHERE, android: { first: 34, last: 37, partial: [] } }
    const search = await searchOf(
      [leaf, intermediate],
      [
        [root, EVERYWHERE],
        [later, android],
      ],
    )
    expect(listPaths(search)).toEqual([
      'leaf.example > Intermediate > Root (store)',
      'leaf.example > Intermediate > Root (store)',
    ])
    expect(search.paths.map(({ stores }) => stores)).toEqual([EVERYWHERE, android])
  })

  it('that no store has are none where a store has another', async () => {
    const unlisted = await issue({ subject: 'Root', isCa: true, notAfter: '2040-01-01T00:00:00Z' })
    expect(await pathsOf([leaf, intermediate, unlisted], [[root, EVERYWHERE]])).toEqual([
      'leaf.example > Intermediate > Root (store)',
    ])
    expect(await pathsOf([leaf, intermediate, unlisted])).toEqual(['leaf.example > Intermediate > Root'])
  })

  it('of an intermediate with one key are a path each', async () => {
    const second = await issue({ subject: 'Intermediate', isCa: true, issuer: oldRoot })
    const renewed = await issue({ subject: 'Intermediate', isCa: true, issuer: root })
    expect(await pathsOf([leaf, intermediate, second, renewed, root, oldRoot])).toEqual([
      'leaf.example > Intermediate > Root',
      'leaf.example > Intermediate > Old root',
      'leaf.example > Intermediate > Root',
    ])
  })
})

describe('a link', () => {
  it('is the key that signed, not the name', async () => {
    const impostor = await issue({ subject: 'Intermediate', keyName: 'impostor', isCa: true, issuer: root })
    const search = await searchOf([leaf, impostor, intermediate, root])
    expect(listPaths(search)).toEqual(['leaf.example > Intermediate > Root'])
    expect(search.paths[0]?.links[1]?.certificate.sha256).toBe(fingerprintOf(intermediate.der))
    expect(await pathsOf([leaf, impostor, root])).toEqual([])
  })

  it('is no wrong signature under the right name', async () => {
    const broken = { ...leaf, der: leaf.der.slice() }
    broken.der[broken.der.length - 1] = (broken.der.at(-1) ?? 0) ^ 1
    expect(await pathsOf([broken, intermediate, root])).toEqual([])
  })

  it('whose key identifiers contradict each other counts where its signature verifies', async () => {
    const misnamed = await issue({ subject: 'Intermediate', identifierOf: oldRoot, isCa: true, issuer: root })
    expect(await pathsOf([leaf, misnamed, root])).toEqual(['leaf.example > Intermediate > Root'])
    const impostor = await issue({
      subject: 'Intermediate',
      keyName: 'impostor',
      identifierOf: intermediate,
      isCa: true,
      issuer: root,
    })
    expect(await pathsOf([leaf, misnamed, impostor, root])).toEqual(['leaf.example > Intermediate > Root'])
  })

  it.for(['RSA', 'RSA-PSS', 'Ed25519', 'P-384', 'P-521'] as const)('may be signed by a key of type %s', async (key) => {
    const anchor = await issue({ subject: `Root ${key}`, isCa: true, key })
    const below = await issue({ subject: `CA ${key}`, isCa: true, key, issuer: anchor })
    const server = await issue({ subject: 'server.example', issuer: below })
    expect(await pathsOf([server, below], [[anchor, EVERYWHERE]])).toEqual([
      `server.example > CA ${key} > Root ${key} (store)`,
    ])
  })

  it('that cannot be computed is a fault', async () => {
    expect(await pathsOf([leaf, intermediate], [[root, EVERYWHERE]], [crossSign], notChecked)).toEqual([
      'leaf.example > Intermediate > Root (store) ! signature-not-checked at leaf.example ! signature-not-checked at Intermediate',
    ])
  })
})

describe('the search has bounds', () => {
  it('for decoys of one name, each with a key of its own', async () => {
    const decoys = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        issue({
          subject: 'Intermediate',
          keyName: `decoy ${index}`,
          identifierOf: intermediate,
          isCa: true,
          issuer: root,
        }),
      ),
    )
    let checks = 0
    const verify: ChainTools['verify'] = (certificate, issuer) => {
      if (certificate.length === leaf.der.length && certificate.every((octet, at) => octet === leaf.der[at]))
        checks += 1
      return verifySignature(certificate, issuer)
    }
    expect(await pathsOf([leaf, intermediate, ...decoys, root], [], [], verify)).toEqual([
      'leaf.example > Intermediate > Root',
    ])
    // The chain that is shown tries sixteen of them.
    expect(checks).toBeLessThan(20)
    const last = await searchOf([leaf, ...decoys, intermediate, root], [], [], verify)
    expect(last).toEqual({ paths: [], isCut: true })
    expect(checks).toBeLessThan(170)
  })

  it('for decoys of one name and one key, which take one check', async () => {
    const decoys = Array.from({ length: 500 }, (_, index) => ({
      ...root,
      der: encodeCertificate({
        subject: utf8Name('Intermediate'),
        serialNumber: Uint8Array.of(1, index >> 8, index & 0xff),
        issuer: utf8Name('Nobody'),
      }),
    }))
    let checks = 0
    const verify: ChainTools['verify'] = (certificate, issuer) => {
      checks += 1
      return verifySignature(certificate, issuer)
    }
    const ders = [leaf, ...decoys, intermediate, root].map(({ der }) => der)
    const { chains } = await buildChains(ders, TEST_NOW, {
      describe: describeCertificate,
      verify,
      roots: collectionOf([]),
    })
    expect(listPaths(chains[0]?.search ?? { paths: [], isCut: true })).toEqual(['leaf.example > Intermediate > Root'])
    expect(checks).toBeLessThan(10)
  })

  it('for a mesh of cross-certificates: the shortest come first, and it says that there may be more', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `Authority ${index}`)
    const roots = await Promise.all(names.map((subject) => issue({ subject, isCa: true })))
    const mesh = await Promise.all(
      roots.flatMap((issuer, index) =>
        names.filter((_, other) => other !== index).map((subject) => issue({ subject, isCa: true, issuer })),
      ),
    )
    const server = await issue({ subject: 'mesh.example', issuer: roots[0] ?? root })
    const { paths, isCut } = await searchOf([server, ...mesh, ...roots])
    expect(isCut).toBe(true)
    expect(paths).toHaveLength(64)
    const lengths = paths.map(({ links }) => links.length)
    // One root itself, seven behind one cross-certificate, 42 behind two.
    expect(lengths).toEqual([
      2,
      ...Array<number>(7).fill(3),
      ...Array<number>(42).fill(4),
      ...Array<number>(14).fill(5),
    ])
    const distinct = new Set(paths.map(({ links }) => links.map(({ certificate }) => certificate.sha256).join()))
    expect(distinct.size).toBe(64)
  })
})
