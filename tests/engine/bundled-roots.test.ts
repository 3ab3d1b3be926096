import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { APPLE_LISTS } from '../../src/core/chain/chain.ts'
import { encodeHex } from '../../src/core/pins/encoding.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'
import { buildChains } from '../../src/engine/build-chains.ts'
import { createRootCollection, type BundledRoots } from '../../src/engine/bundled-roots.ts'
import { candidateRoots } from '../../src/engine/candidate-roots.ts'
import { cutCertificate } from '../../src/engine/der.ts'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { readRootTable, type RootTable } from '../../src/engine/root-table.ts'
import { verifySignature } from '../../src/engine/signatures.ts'
import { bundledCrossSignFiles, bundledRootFiles } from '../support/collection.ts'
import { bundledRoots, readRootFile } from '../support/in-process-engine.ts'
import { issueCertificate } from '../support/issue-chain.ts'
import { valueOf } from '../support/outcome.ts'
import { readSharedData, sharedData } from '../support/shared-data.ts'
import { isMissing } from '../support/tools.ts'

const PROJECT = join(import.meta.dirname, '../..')
const FIXTURES = join(PROJECT, 'tests/fixtures/certificates')
const NOW = Date.parse('2026-11-21T12:00:00Z')

const GTS_ROOT_R1 = 'hxqRlPTu1bMS/0DITB1SSu0vd4u/8l8TjPgfaAp63Gc=' as SpkiPin

interface RootData {
  readonly name: string
  readonly sha256: string
  readonly spki: string
  readonly ski: string
  readonly nameSha256: string
  readonly subject: string
  readonly notBefore: string
  readonly notAfter: string
  readonly selfIssued?: boolean
  readonly android: { readonly first: number; readonly last: number; readonly partial?: object } | null
  readonly apple: { readonly firstList?: string; readonly lastList?: string } | null
  readonly mozilla: { readonly tls?: boolean; readonly tlsDistrustAfter?: string } | null
  readonly chrome: { readonly listed?: boolean; readonly sctNotAfter?: string } | null
}

const subjectOf = (der: Uint8Array) => encodeHex(valueOf(cutCertificate(der)).subject)
const issuerOf = (der: Uint8Array) => encodeHex(valueOf(cutCertificate(der)).issuer)

function table(): RootTable {
  const read = readRootTable(readRootFile('root-table.json'))
  if (!read) throw new Error('root-table.json is not read')
  return read
}

const pemBlocks = (file: string) =>
  readFileSync(join(FIXTURES, file), 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []

/** Without the root, which the server did not send. */
const CLOUDFLARE = pemBlocks('chains--cloudflare.com-2026-05-12-dd599564.pem').map(
  (pem) => new Uint8Array(new X509Certificate(pem).raw),
)

/** A collection whose files load as the test says, and how often they were asked for. */
function collectionWith(loads: {
  readonly table?: () => Promise<unknown>
  readonly certificates?: () => Promise<unknown>
}) {
  const asked = { table: 0, certificates: 0 }
  const collection = createRootCollection({
    table: () => {
      asked.table += 1
      return (loads.table ?? (() => Promise.resolve(readRootFile('root-table.json'))))()
    },
    certificates: () => {
      asked.certificates += 1
      return (loads.certificates ?? (() => Promise.resolve(readRootFile('root-certificates.json'))))()
    },
  })
  const open = async (): Promise<BundledRoots> => {
    const roots = await collection.open()
    if (!roots) throw new Error('The table was not loaded')
    return roots
  }
  return { asked, collection, open }
}

const build = (roots: BundledRoots | null) =>
  buildChains(CLOUDFLARE, NOW, { describe: describeCertificate, verify: verifySignature, roots })

const namesOf = (roots: readonly { readonly name: string }[]) => roots.map(({ name }) => name)

const offline = () => Promise.reject(new TypeError('Failed to fetch'))

describe('the bundled certificates', () => {
  it('are 330 roots and 62 cross-certificates, each of which is what its fingerprint says', async () => {
    const roots = bundledRootFiles()
    const crossSigns = bundledCrossSignFiles()
    expect([roots.length, crossSigns.length]).toEqual([330, 62])
    const bundled = await bundledRoots()
    for (const { sha256, der } of [...roots, ...crossSigns]) {
      expect(createHash('sha256').update(der).digest('hex')).toBe(sha256)
    }
    for (const { sha256 } of roots) expect(bundled.storesOf(sha256)).not.toBeNull()
    for (const { sha256 } of crossSigns) expect(bundled.storesOf(sha256)).toBeNull()
    expect(bundled.isUnavailable()).toBe(false)
  })

  it('verify their own signatures where they are self-issued', async () => {
    const failing: string[] = []
    for (const { der, sha256 } of bundledRootFiles()) {
      const certificate = valueOf(await describeCertificate(der))
      if (!certificate.isSelfIssued) continue
      const check = await verifySignature(der, der)
      if (check.kind !== 'verified') failing.push(sha256)
    }
    expect(failing).toEqual([])
  })

  it('are found by the bytes of their names', async () => {
    const bundled = await bundledRoots()
    for (const { sha256, der } of bundledRootFiles()) {
      const named = await bundled.rootsNamed(subjectOf(der))
      expect(named.find((root) => root.sha256 === sha256)).toEqual({ sha256, der, stores: bundled.storesOf(sha256) })
    }
    for (const { sha256, der } of bundledCrossSignFiles()) {
      const named = await bundled.crossSignsNamed(subjectOf(der))
      expect(named.find((crossSign) => crossSign.sha256 === sha256)).toEqual({ sha256, der, stores: null })
    }
  })

  it('of cross-certificates are signed by a bundled root', async () => {
    const bundled = await bundledRoots()
    const unsigned: string[] = []
    for (const { sha256, der } of bundledCrossSignFiles()) {
      const issuers = await bundled.rootsNamed(issuerOf(der))
      const checks = await Promise.all(issuers.map((issuer) => verifySignature(der, issuer.der)))
      if (!checks.some(({ kind }) => kind === 'verified')) unsigned.push(sha256)
    }
    expect(unsigned).toEqual([])
  })
})

describe('the collection', () => {
  it('needs no certificate to identify roots and to tell their editions', async () => {
    const { open, asked } = collectionWith({ certificates: offline })
    const roots = await open()
    const root = roots.identify([GTS_ROOT_R1]).get(GTS_ROOT_R1)
    expect(root).toMatchObject({ name: 'GTS Root R1', pin: GTS_ROOT_R1 })
    expect(root?.editions).toEqual([
      {
        sha256: '2a575471e31340bc21581cbd2cf13e158463203ece94bcf9d3cc196bf09a5472',
        notBefore: Date.parse('2016-06-22T00:00:00Z'),
        notAfter: Date.parse('2036-06-22T00:00:00Z'),
        stores: roots.storesOf('2a575471e31340bc21581cbd2cf13e158463203ece94bcf9d3cc196bf09a5472' as never),
      },
      expect.objectContaining({ sha256: 'd947432abde7b7fa90fc2e6b59101b1280e0e1c7e4e40fa3c6887fff57a7f4cf' }),
    ])
    // The two editions took turns in Android; together they are there from 29 on.
    expect(root?.editions.map(({ stores }) => [stores.android?.first, stores.android?.last])).toEqual([
      [29, 33],
      [34, 37],
    ])
    expect(asked).toEqual({ table: 1, certificates: 0 })
  })

  it('identifies a root by its fingerprint as well, and nothing by anything else', async () => {
    const roots = await bundledRoots()
    const fingerprint = createHash('sha256')
      .update(bundledRootFiles()[0]?.der ?? '')
      .digest('base64') as SpkiPin
    const other = createHash('sha256').update('another key').digest('base64') as SpkiPin
    expect([...roots.identify([fingerprint, other])].map(([digest, { name }]) => [digest, name])).toEqual([
      [fingerprint, 'AAA Certificate Services'],
    ])
  })

  it('is asked for certificates only by a name that it has', async () => {
    const { open, asked } = collectionWith({})
    const roots = await open()
    expect(await roots.rootsNamed(encodeHex(Buffer.from('a private CA')))).toEqual([])
    expect(await roots.crossSignsNamed('no hexadecimal')).toEqual([])
    expect(roots.isUnavailable()).toBe(false)
    expect(asked.certificates).toBe(0)
  })

  it('loads each file once', async () => {
    const { open, asked } = collectionWith({})
    for (const { der } of bundledRootFiles().slice(0, 3)) {
      const roots = await open()
      expect(await Promise.all([roots.rootsNamed(subjectOf(der)), roots.rootsNamed(subjectOf(der))])).toHaveLength(2)
    }
    expect(asked).toEqual({ table: 1, certificates: 1 })
  })

  it('says that its certificates did not load, asks once for each job, and again for the next', async () => {
    const answers = [
      offline,
      () => Promise.resolve(null),
      () => Promise.resolve(readRootFile('root-certificates.json')),
    ]
    const { open, asked } = collectionWith({ certificates: () => (answers.shift() ?? offline)() })
    const [root] = bundledRootFiles()
    const name = subjectOf(root?.der ?? new Uint8Array())
    for (const attempt of [1, 2]) {
      const roots = await open()
      expect([await roots.rootsNamed(name), await roots.rootsNamed(name)]).toEqual([[], []])
      expect(roots.isUnavailable()).toBe(true)
      expect(roots.storesOf(root?.sha256 as never)).not.toBeNull()
      expect(asked.certificates).toBe(attempt)
    }
    const roots = await open()
    expect(await roots.rootsNamed(name)).toHaveLength(1)
    expect(roots.isUnavailable()).toBe(false)
  })

  it('is asked for again by the next job when the table did not load', async () => {
    const answers = [offline, () => Promise.resolve('<!doctype html>')]
    const { collection, asked } = collectionWith({
      table: () => (answers.shift() ?? (() => Promise.resolve(readRootFile('root-table.json'))))(),
    })
    expect([await collection.open(), await collection.open()]).toEqual([null, null])
    expect((await collection.open())?.date).toBe('2026-11-21')
    expect(asked).toEqual({ table: 3, certificates: 0 })
  })

  it.each([
    ['another certificate', (ders: string[]) => ders.toReversed()],
    ['no hexadecimal', (ders: string[]) => ders.map(() => 'xy')],
    ['fewer certificates', () => []],
    ['no texts', (ders: string[]) => ders.map(() => 1)],
  ])('uses no certificate that its fingerprint does not fit: %s', async (_what, change) => {
    const { open } = collectionWith({
      certificates: () => Promise.resolve(change(readRootFile('root-certificates.json') as string[])),
    })
    const roots = await open()
    const [first] = bundledRootFiles()
    expect(await roots.rootsNamed(subjectOf(first?.der ?? new Uint8Array()))).toEqual([])
    expect(roots.isUnavailable()).toBe(true)
  })
})

describe('chains', () => {
  it('end at a root of the collection, and tell its day', async () => {
    const report = await build(await bundledRoots())
    expect(report).toMatchObject({ rootStore: 'loaded', rootStoreDate: '2026-11-21' })
    expect(report.chains[0]?.end).toEqual({ kind: 'public-root' })
  })

  it('are built without certificates of the collection, and say so', async () => {
    const { open } = collectionWith({ certificates: offline })
    const report = await build(await open())
    expect(report).toMatchObject({ rootStore: 'unavailable', rootStoreDate: '2026-11-21' })
    expect(report.chains).toHaveLength(1)
    expect(report.chains[0]?.links.map(({ origin }) => origin)).toEqual(CLOUDFLARE.map(() => 'given'))
    expect(report.addedRoots.size).toBe(0)
  })

  it('are built without the table, and have no day to tell', async () => {
    expect(await build(null)).toMatchObject({ rootStore: 'unavailable', rootStoreDate: null })
  })

  it('have no paths without the table or the certificates, since nobody knows who trusts which root', async () => {
    const root = await issueCertificate({ subject: 'Some root', isCa: true })
    const leaf = await issueCertificate({ subject: 'leaf.example', issuer: root })
    const { open } = collectionWith({ certificates: offline })
    const given = [leaf.der, root.der, ...CLOUDFLARE]
    const tools = { describe: describeCertificate, verify: verifySignature }
    for (const roots of [null, await open()]) {
      const { chains } = await buildChains(given, NOW, { ...tools, roots })
      expect(chains).toHaveLength(2)
      expect(chains.flatMap(({ search }) => search.paths)).toEqual([])
    }
    const { chains } = await buildChains(given, NOW, { ...tools, roots: await bundledRoots() })
    expect(chains.every(({ search }) => search.paths.length > 0)).toBe(true)
  })

  it('of a private CA need no certificates', async () => {
    const { open, asked } = collectionWith({ certificates: offline })
    const ca = await issueCertificate({ subject: 'Private CA', isCa: true })
    const leaf = await issueCertificate({ subject: 'leaf.example', issuer: ca })
    const roots = await open()
    const report = await buildChains([leaf.der], NOW, { describe: describeCertificate, verify: verifySignature, roots })
    expect(report.rootStore).toBe('loaded')
    expect(report.chains[0]?.end.kind).toBe('issuer-missing')
    expect(asked.certificates).toBe(0)
  })
})

describe('candidates for a missing issuer', () => {
  const ye1 = new Uint8Array(readFileSync(join(FIXTURES, 'ca--letsencrypt-ye1.der')))

  it('are the roots of its name, told from the table alone', async () => {
    const { open, asked } = collectionWith({ certificates: offline })
    const [candidate, ...others] = await candidateRoots(ye1, { describe: describeCertificate, roots: await open() })
    expect(others).toEqual([])
    expect(candidate).toMatchObject({
      name: 'Root YE',
      pin: 'sCkq5UWXjg+7mKu9lMhhYF5bGLsy7VI/UNW3tccdR7w=',
      editions: [{ sha256: 'e14ffcad5b0025731006caa43a121a22d8e9700f4fb9cf852f02a708aa5d5666' }],
    })
    expect(asked.certificates).toBe(0)
  })

  it('are all of the name when the key is not known, and one of each key', async () => {
    const bundled = await bundledRoots()
    const twoKeys = table().roots.filter(({ name }) => name === 'Government Root Certification Authority')
    expect(twoKeys).toHaveLength(2)
    const der = bundledRootFiles().find(({ sha256 }) => sha256 === twoKeys[0]?.sha256)?.der ?? new Uint8Array()
    expect(bundled.candidates(subjectOf(der), null)).toHaveLength(2)
    expect(bundled.candidates(subjectOf(der), twoKeys[0]?.keyIdentifier ?? '')).toHaveLength(1)

    const gts = bundledRootFiles().find(({ sha256 }) => sha256.startsWith('2a575471'))
    expect(bundled.candidates(subjectOf(gts?.der ?? new Uint8Array()), null)).toEqual([
      bundled.identify([GTS_ROOT_R1]).get(GTS_ROOT_R1),
    ])
  })

  it('are not those of the name with another key', async () => {
    const name = subjectOf(bundledRootFiles()[0]?.der ?? new Uint8Array())
    const bundled = await bundledRoots()
    expect(namesOf(bundled.candidates(name, null))).toEqual(['AAA Certificate Services'])
    expect(bundled.candidates(name, 'a0110a233e96f107ece2af29ef82a57fd030a4b4')).toHaveLength(1)
    expect(bundled.candidates(name, 'a0110a233e96f107ece2af29ef82a57fd030a4b5')).toEqual([])
  })

  it('include a root that has no key identifier', async () => {
    const certum = table().roots.find(({ keyIdentifier }) => keyIdentifier === null)
    const der = bundledRootFiles().find(({ sha256 }) => sha256 === certum?.sha256)?.der ?? new Uint8Array()
    expect(namesOf((await bundledRoots()).candidates(subjectOf(der), '00ff'))).toEqual([certum?.name])
  })

  it('are none for what is no certificate, for a private CA and without a store', async () => {
    const tools = { describe: describeCertificate, roots: await bundledRoots() }
    expect(await candidateRoots(Uint8Array.of(1, 2, 3), tools)).toEqual([])
    const leaf = await issueCertificate({
      subject: 'leaf.example',
      issuer: await issueCertificate({ subject: 'Private CA', isCa: true }),
    })
    expect(await candidateRoots(leaf.der, tools)).toEqual([])
    expect(await candidateRoots(ye1, { ...tools, roots: null })).toEqual([])
  })
})

describe('reading the table', () => {
  const asset = readRootFile('root-table.json') as {
    readonly roots: readonly (readonly unknown[])[]
    readonly crossSigns: readonly (readonly unknown[])[]
  }
  const withCell = (cell: number, value: unknown) => ({ ...asset, roots: [asset.roots[0]?.with(cell, value)] })

  it.for([
    ['nothing', null],
    ['a text', 'roots'],
    ['another schema', { ...asset, schema: 2 }],
    ['no date', { ...asset, date: undefined }],
    ['a date that no calendar has', { ...asset, date: '2026-02-30' }],
    ['no roots', { ...asset, roots: undefined }],
    ['no cross-certificates', { ...asset, crossSigns: undefined }],
    ['a root that is none', { ...asset, roots: [null] }],
    ['a row that ends too early', { ...asset, roots: [asset.roots[0]?.slice(0, 9)] }],
    ['a cross-certificate that is none', { ...asset, crossSigns: [{}] }],
    ['a cross-certificate without a name', { ...asset, crossSigns: [asset.crossSigns[0]?.slice(0, 1)] }],
    ['a name that is no text', withCell(0, 1)],
    ['a pin that is too short', withCell(1, 'AAAA')],
    ['a pin that is no base64', withCell(1, '?'.repeat(44))],
    ['a fingerprint that is too short', withCell(2, 'AAAA')],
    ['a key identifier that is no text', withCell(3, null)],
    ['a hash of another length', withCell(4, 'AAAA')],
    ['a day for a beginning', withCell(5, '2004-01-01')],
    ['an end that no calendar has', withCell(6, '2028-13-31T23:59:59Z')],
    ['levels that are no numbers', withCell(7, ['24', 37])],
    ['a level alone', withCell(7, 24)],
    ['levels without a last one', withCell(7, [24])],
    ['a list of Apple that nobody knows', withCell(8, ['iOS 12', 'iOS 99'])],
    ['a list of Apple alone', withCell(8, ['iOS 12'])],
    ['a limit that is no time', withCell(9, 'soon')],
    ['a store that says nothing', withCell(10, false)],
  ] as const)('refuses %s', ([, content]) => {
    expect(readRootTable(content)).toBeNull()
  })

  it('reads it unchanged', () => {
    expect(readRootTable(withCell(0, 'A root'))?.roots).toHaveLength(1)
  })
})

describe('the table and the certificates', () => {
  it('agree on name, pin and validity, as the OpenSSL in Node reads them', () => {
    expect(bundledRootFiles().map(({ der }) => readByNode(der))).toEqual(
      table().roots.map(({ name, pin, sha256, notBefore, notAfter }) => ({ name, pin, sha256, notBefore, notAfter })),
    )
  })

  it('agree on key identifiers', async () => {
    const certificates = await Promise.all(bundledRootFiles().map(({ der }) => describeCertificate(der)))
    expect(certificates.map((certificate) => valueOf(certificate).extensions.subjectKeyIdentifier)).toEqual(
      table().roots.map(({ keyIdentifier }) => keyIdentifier),
    )
  })
})

function readByNode(der: Uint8Array) {
  const { subject, publicKey, fingerprint256, validFrom, validTo } = new X509Certificate(der)
  const named = (type: string) => new RegExp(`^${type}=(.*)$`, 'm').exec(subject)?.[1]
  return {
    name: (named('CN') ?? named('OU') ?? named('O'))?.replaceAll(/\\(.)/g, '$1'),
    pin: createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64'),
    sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
    notBefore: Date.parse(validFrom),
    notAfter: Date.parse(validTo),
  }
}

const listNumber = (list: string | undefined) => APPLE_LISTS.findIndex((name) => name === list)
const instant = (text: string | undefined) => (text === undefined ? null : Date.parse(text))
const half = (base64: string) => Buffer.from(base64, 'base64').subarray(0, 16).toString('hex')

const noSharedData = isMissing(sharedData)
describe.skipIf(noSharedData)('the bundled roots and the reference data', () => {
  it('agree on every field of every root', () => {
    const { built, roots } = JSON.parse(readSharedData('root-stores.json')) as {
      readonly built: string
      readonly roots: readonly RootData[]
    }
    expect(table()).toMatchObject({
      date: built,
      roots: roots.map((root) => ({
        name: root.name,
        pin: root.spki,
        sha256: root.sha256,
        keyIdentifier: root.ski || null,
        subject: half(root.nameSha256),
        notBefore: Date.parse(root.notBefore),
        notAfter: Date.parse(root.notAfter),
        stores: {
          android: root.android && {
            first: root.android.first,
            last: root.android.last,
            partial: Object.keys(root.android.partial ?? {}).map(Number),
          },
          apple: root.apple?.firstList
            ? { first: listNumber(root.apple.firstList), last: listNumber(root.apple.lastList) }
            : null,
          mozilla: root.mozilla?.tls ? { distrustAfter: instant(root.mozilla.tlsDistrustAfter) } : null,
          chrome: root.chrome?.listed ? { timestampsUntil: instant(root.chrome.sctNotAfter) } : null,
        },
      })),
    })
  })

  it('agree on what the certificates say', async () => {
    const { roots } = JSON.parse(readSharedData('root-stores.json')) as { readonly roots: readonly RootData[] }
    const files = new Map<string, Uint8Array>(bundledRootFiles().map(({ sha256, der }) => [sha256, der]))
    for (const root of roots) {
      const certificate = valueOf(await describeCertificate(files.get(root.sha256) ?? new Uint8Array()))
      expect({ ...certificate, subject: certificate.subject.text }).toMatchObject({
        pin: root.spki,
        subject: root.subject,
        notBefore: Date.parse(root.notBefore),
        notAfter: Date.parse(root.notAfter),
        isSelfIssued: root.selfIssued ?? true,
      })
    }
  })

  it('agree on the cross-certificates, without the three that were revoked', () => {
    const { crossSigns } = JSON.parse(readSharedData('cross-signs.json')) as {
      readonly crossSigns: readonly { readonly sha256: string; readonly revoked?: true }[]
    }
    const inUse = crossSigns.filter(({ revoked }) => !revoked)
    expect(crossSigns.length - inUse.length).toBe(3)
    expect(table().crossSigns.map(({ sha256 }) => sha256)).toEqual(inUse.map(({ sha256 }) => sha256))
  })

  it('give the same files again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pinsmith-roots-'))
    try {
      mkdirSync(join(folder, 'src/engine/roots'), { recursive: true })
      cpSync(join(PROJECT, 'scripts/build-bundled-roots.mjs'), join(folder, 'scripts/build-bundled-roots.mjs'))
      execFileSync(process.execPath, [join(folder, 'scripts/build-bundled-roots.mjs'), join(PROJECT, '../shared/data')])
      for (const name of ['root-table.json', 'root-certificates.json']) {
        const file = join('src/engine/roots', name)
        expect(readFileSync(join(folder, file), 'utf8')).toBe(readFileSync(join(PROJECT, file), 'utf8'))
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
