import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { APPLE_LISTS } from '../../src/core/chain/chain.ts'
import { encodeHex } from '../../src/core/pins/encoding.ts'
import { loadBundledRoots } from '../../src/engine/bundled-roots.ts'
import { cutCertificate } from '../../src/engine/der.ts'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { verifySignature } from '../../src/engine/signatures.ts'
import { NOWHERE } from '../support/cases.ts'
import { bundledRootFiles } from '../support/collection.ts'
import { bundledRoots } from '../support/in-process-engine.ts'
import { valueOf } from '../support/outcome.ts'
import { readSharedData, sharedData } from '../support/shared-data.ts'
import { isMissing } from '../support/tools.ts'

const PROJECT = join(import.meta.dirname, '../..')
const ASSET = 'src/engine/roots/bundled-roots.json'

interface StoreFile {
  readonly built: string
  readonly roots: readonly {
    readonly sha256: string
    readonly spki: string
    readonly subject: string
    readonly notBefore: string
    readonly notAfter: string
    readonly selfIssued?: boolean
    readonly android: { readonly first: number; readonly last: number; readonly partial?: object } | null
    readonly apple: { readonly firstList?: string; readonly lastList?: string } | null
    readonly mozilla: { readonly tls?: boolean; readonly tlsDistrustAfter?: string } | null
    readonly chrome: { readonly listed?: boolean; readonly sctNotAfter?: string } | null
  }[]
}

const listNumber = (list: string | undefined) => APPLE_LISTS.findIndex((name) => name === list)
const instant = (text: string | undefined) => (text === undefined ? null : Date.parse(text))

describe('the bundled roots', () => {
  it('are 330, each of which is what its fingerprint says', () => {
    const files = bundledRootFiles()
    expect(files).toHaveLength(330)
    for (const { sha256, der } of files) {
      expect(createHash('sha256').update(der).digest('hex')).toBe(sha256)
      expect(bundledRoots().storesOf(sha256)).not.toBeNull()
    }
  })

  it('verify their own signatures', async () => {
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
    for (const { sha256, der } of bundledRootFiles()) {
      const named = await bundledRoots().rootsNamed(encodeHex(valueOf(cutCertificate(der)).subject))
      expect(named.map((root) => root.sha256)).toContain(sha256)
    }
  })
})

describe('loading', () => {
  const asset = JSON.parse(readFileSync(join(PROJECT, ASSET), 'utf8')) as { readonly roots: readonly object[] }
  const withFirst = (changes: object) => ({ ...asset, roots: [{ ...asset.roots[0], ...changes }] })

  it.for([
    ['nothing', null],
    ['a text', 'roots'],
    ['another schema', { ...asset, schema: 3 }],
    ['no date', { ...asset, date: undefined }],
    ['no roots', { ...asset, roots: undefined }],
    ['a root that is none', { ...asset, roots: [null] }],
    ['a certificate that is not base64', withFirst({ der: '???' })],
    ['a certificate that is none', withFirst({ der: 'MAA=' })],
    ['another fingerprint', withFirst({ sha256: '00'.repeat(32) })],
    ['no stores', withFirst({ stores: undefined })],
    ['stores that say nothing', withFirst({ stores: { ...NOWHERE, apple: true } })],
    [
      'levels that are no numbers',
      withFirst({ stores: { ...NOWHERE, android: { first: '24', last: 37, partial: [] } } }),
    ],
  ] as const)('refuses %s', ([, content]) => {
    expect(loadBundledRoots(content)).toBeNull()
  })
})

const noSharedData = isMissing(sharedData)
describe.skipIf(noSharedData)('the bundled roots and the reference data', () => {
  it('agree on certificates, keys, dates and stores', async () => {
    const { built, roots } = JSON.parse(readSharedData('root-stores.json')) as StoreFile
    const bundled = bundledRoots()
    expect(bundled.date).toBe(built)
    const files = new Map<string, Uint8Array>(bundledRootFiles().map(({ sha256, der }) => [sha256, der]))
    for (const root of roots) {
      const certificate = valueOf(await describeCertificate(files.get(root.sha256) ?? new Uint8Array()))
      expect({
        ...certificate,
        subject: certificate.subject.text,
        stores: bundled.storesOf(certificate.sha256),
      }).toMatchObject({
        pin: root.spki,
        subject: root.subject,
        notBefore: Date.parse(root.notBefore),
        notAfter: Date.parse(root.notAfter),
        isSelfIssued: root.selfIssued ?? true,
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
      })
    }
  })

  it('give the same file again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pinsmith-roots-'))
    try {
      mkdirSync(join(folder, 'src/engine/roots'), { recursive: true })
      cpSync(join(PROJECT, 'scripts/build-bundled-roots.mjs'), join(folder, 'scripts/build-bundled-roots.mjs'))
      execFileSync(process.execPath, [join(folder, 'scripts/build-bundled-roots.mjs'), join(PROJECT, '../shared/data')])
      expect(readFileSync(join(folder, ASSET), 'utf8')).toBe(readFileSync(join(PROJECT, ASSET), 'utf8'))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
