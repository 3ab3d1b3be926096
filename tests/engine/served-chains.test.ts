import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Chain } from '../../src/core/chain/chain.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { NOWHERE } from '../support/cases.ts'
import { bundledRootFiles } from '../support/collection.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { valueOf } from '../support/outcome.ts'
import { sharedData } from '../support/shared-data.ts'
import { isMissing, openssl } from '../support/tools.ts'
import { fixture, FIXTURES, labelledFiles, SHARED, type LabelledFile } from './labelled-files.ts'

const engine = createInProcessEngine()

async function chainsOf(bytes: Uint8Array, now: number, order: 'as given' | 'reversed' = 'as given') {
  const ders = valueOf(await inspect(bytes)).certificates.map(({ der }) => der)
  return valueOf(await engine.buildChains(order === 'as given' ? ders : ders.toReversed(), now))
}

function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** The path that `openssl verify` builds, as subjects from the leaf to the root. */
function opensslPath(folder: string, ders: readonly Uint8Array[], now: number): readonly string[] {
  const [leaf = new Uint8Array(), ...others] = ders
  writeFileSync(join(folder, 'leaf.pem'), toPem(leaf))
  writeFileSync(join(folder, 'others.pem'), others.map(toPem).join(''))
  const trust = ['-no-CApath', '-no-CAstore', '-CAfile', join(folder, 'roots.pem')]
  const format = ['-show_chain', '-nameopt', 'RFC2253,-esc_msb', '-attime', String(now / 1000)]
  const files = ['-untrusted', join(folder, 'others.pem'), join(folder, 'leaf.pem')]
  const { stdout, stderr } = spawnSync('openssl', ['verify', ...trust, ...format, ...files])
  const path = [...stdout.toString().matchAll(/^depth=\d+: (.*?)(?: \(untrusted\))?$/gm)].map(([, subject]) => subject)
  if (path.length === 0) throw new Error(stderr.toString())
  return path.filter((subject) => subject !== undefined)
}

const subjectsOf = ({ links }: Chain) => links.map(({ certificate }) => certificate.subject.text)

/** Some day on which the whole chain was valid: the last day of the shortest certificate. */
const dayOf = ({ certificates }: LabelledFile) =>
  Math.min(...certificates.map(({ notAfter }) => Date.parse(notAfter))) - 86_400_000

function testServedChains(files: readonly LabelledFile[]): void {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pinsmith-chains-'))
    writeFileSync(
      join(folder, 'roots.pem'),
      bundledRootFiles()
        .map(({ der }) => toPem(der))
        .join(''),
    )
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const served = files.filter(({ file }) => /^chains(?:\/|--)/.test(file))
  it.for(served)('$file ends where openssl verify ends', async (labelled) => {
    const now = dayOf(labelled)
    const ders = valueOf(await inspect(labelled.bytes)).certificates.map(({ der }) => der)
    const expected = opensslPath(folder, ders, now)
    for (const order of ['as given', 'reversed'] as const) {
      const { chains, superfluous } = await chainsOf(labelled.bytes, now, order)
      expect(chains.map(subjectsOf)).toEqual([expected])
      expect(superfluous).toEqual([])
    }
  })

  const composed = files.filter(({ file }) => file.startsWith('chains'))
  it.for(composed)('every link of $file is verified, up to a public root', async (labelled) => {
    const { chains } = await chainsOf(labelled.bytes, dayOf(labelled))
    expect(chains).toHaveLength(1)
    const links = chains[0]?.links ?? []
    expect(links.map(({ signature }) => signature?.kind)).toEqual(links.map(() => 'verified'))
    expect(links.at(-1)?.role).toBe('root')
    expect(chains[0]?.end).toEqual({ kind: 'public-root' })
  })
}

const noOpenssl = isMissing(openssl)
describe.skipIf(noOpenssl)('chains among the fixtures', () => {
  testServedChains(labelledFiles(FIXTURES))
})

const noSharedData = isMissing(sharedData)
describe.skipIf(noOpenssl || noSharedData)('chains as served', () => {
  testServedChains(noSharedData ? [] : labelledFiles(SHARED))
})

interface TestCase {
  readonly file: string
  readonly rootsInTestCase?: readonly { readonly pin: string }[]
}

describe.skipIf(noSharedData)('the root of a chain as served', () => {
  const { files } = noSharedData
    ? { files: [] }
    : (JSON.parse(readFileSync(join(SHARED, 'index.json'), 'utf8')) as { readonly files: readonly TestCase[] })
  const cases = files.filter(({ rootsInTestCase }) => rootsInTestCase)
  it.for(cases)('$file is the one that x509-limbo names', async ({ file, rootsInTestCase }) => {
    const labelled = labelledFiles(SHARED).find((candidate) => candidate.file === file)
    const { chains } = await chainsOf(labelled?.bytes ?? new Uint8Array(), labelled ? dayOf(labelled) : 0)
    expect(rootsInTestCase?.map(({ pin }) => pin)).toContain(chains[0]?.links.at(-1)?.certificate.pin)
  })
})

describe('a chain of the fixtures', () => {
  const NOW = Date.parse('2026-06-01')

  it('is completed from the bundled store, and that is said', async () => {
    const { chains } = await chainsOf(fixture('chains--cloudflare.com-2026-05-12-dd599564.pem'), NOW)
    expect(chains[0]?.links).toMatchObject([
      { role: 'leaf', origin: 'given', stores: null },
      { role: 'intermediate', origin: 'given', stores: null },
      // sha256 and stores of GTS Root R4 (the edition of Android 14 on) as in ../shared/data/root-stores.json.
      {
        role: 'root',
        origin: 'bundled-store',
        certificate: { sha256: '349dfa4058c5e263123b398ae795573c4e1313c83fe68f93556cd5e8031b3c7d' },
        stores: {
          android: { first: 34, last: 37, partial: [] },
          apple: { first: 9, last: 10 },
          mozilla: { distrustAfter: null },
          chrome: { timestampsUntil: null },
        },
      },
    ])
  })

  it('that holds its root is not added to', async () => {
    const { chains } = await chainsOf(fixture('chains-composed--stackoverflow.com-with-root-69729b.pem'), NOW)
    expect(chains[0]?.links.map(({ origin }) => origin)).toEqual(['given', 'given', 'given'])
    expect(chains[0]?.links.at(-1)?.stores).toMatchObject({
      apple: { last: 10 },
      mozilla: { distrustAfter: null },
      chrome: { timestampsUntil: null },
    })
  })

  it('that holds a cross-sign goes on to the root behind it', async () => {
    const { chains } = await chainsOf(fixture('chains-composed--stackoverflow.com-cross-ee5f7a.pem'), NOW)
    expect(chains[0]?.links.map(({ certificate }) => certificate.subject.commonName)).toEqual([
      'stackoverflow.com',
      'E1',
      'ISRG Root X2',
      'ISRG Root X1',
    ])
  })

  it('of an upcoming root ends at that root, which is in no store', async () => {
    const { chains } = await chainsOf(fixture('ca--letsencrypt-ye1.der'), NOW)
    expect(chains[0]?.links).toMatchObject([
      { role: 'intermediate' },
      {
        role: 'root',
        origin: 'bundled-store',
        certificate: { subject: { commonName: 'Root YE' } },
        stores: NOWHERE,
      },
    ])
  })

  it('that signed itself is a leaf', async () => {
    const { chains } = await chainsOf(fixture('badssl--self-signed.pem'), NOW)
    expect(chains).toMatchObject([{ links: [{ role: 'leaf', signature: { kind: 'verified' } }] }])
    expect(chains[0]?.end).toEqual({ kind: 'self-signed-leaf' })
  })
})
