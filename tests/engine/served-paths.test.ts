import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { PathFault } from '../../src/core/chain/trust-path.ts'
import { buildChains } from '../../src/engine/build-chains.ts'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { verifySignature } from '../../src/engine/signatures.ts'
import { NOWHERE } from '../support/cases.ts'
import { bundledRootFiles, collectionOf } from '../support/collection.ts'
import { bundledRoots, createInProcessEngine } from '../support/in-process-engine.ts'
import { valueOf } from '../support/outcome.ts'
import { readSharedData, sharedData } from '../support/shared-data.ts'
import { listPaths } from '../support/list-paths.ts'
import { isMissing, openssl, opensslVerify } from '../support/tools.ts'
import { fixture, FIXTURES, labelledFiles, SHARED, type LabelledFile } from './labelled-files.ts'

const engine = createInProcessEngine()
const roots = bundledRootFiles().map(({ der, sha256 }) => ({ sha256, certificate: new X509Certificate(der) }))

/** The bundled roots that have the name of a certificate's issuer, whether they signed it or not. */
function rootsNear(certificates: readonly X509Certificate[]) {
  const names = new Set(certificates.map(({ issuer }) => issuer))
  return roots.filter(({ certificate }) => names.has(certificate.subject))
}

/** Bundled roots that a path without faults, but for those that do not matter, and of given certificates leads to. */
async function soundEnds(ders: readonly Uint8Array[], ignored?: PathFault['kind']): Promise<ReadonlySet<string>> {
  const { chains } = valueOf(await engine.buildChains(ders, Date.parse('2026-06-01')))
  const paths = chains.flatMap(({ search }) => search.paths)
  const sound = paths.filter(
    ({ links, faults }) =>
      faults.every(({ kind }) => kind === ignored) && links.slice(0, -1).every(({ origin }) => origin === 'given'),
  )
  return new Set(sound.flatMap(({ links }) => links.at(-1)?.certificate.sha256 ?? []))
}

function testServedPaths(files: readonly LabelledFile[]): void {
  const chains = files.filter(({ file }) => file.startsWith('chains'))
  it.for(chains)('$file has a path to those roots that openssl verify accepts', async ({ bytes }) => {
    const ders = valueOf(await inspect(bytes)).certificates.map(({ der }) => der)
    const [leaf, ...others] = ders.map((der) => new X509Certificate(der))
    if (!leaf) throw new Error('There is no leaf')
    const ends = await soundEnds(ders)
    const near = rootsNear([leaf, ...others])
    const untrusted = others.map(String)
    const accepted = near.filter(
      ({ certificate }) => opensslVerify(leaf.toString(), untrusted, certificate.toString()).accepted,
    )
    expect([...ends].toSorted()).toEqual(accepted.map(({ sha256 }) => sha256).toSorted())
    expect(ends.size).toBeGreaterThan(0)
  })
}

const noOpenssl = isMissing(openssl)
describe.skipIf(noOpenssl)('a chain among the fixtures', () => {
  testServedPaths(labelledFiles(FIXTURES))
})

const noSharedData = isMissing(sharedData)
describe.skipIf(noOpenssl || noSharedData)('a chain as served', () => {
  testServedPaths(noSharedData ? [] : labelledFiles(SHARED))
})

describe.skipIf(noSharedData)('cross-certificates of public CAs', () => {
  const crossSigns = noSharedData
    ? []
    : readSharedData('cross-signs.pem')
        .split(/(?<=-----END CERTIFICATE-----)/)
        .filter((pem) => pem.includes('BEGIN'))
        .map((pem) => new X509Certificate(pem.slice(pem.indexOf('-----BEGIN'))))

  it.skipIf(noOpenssl).for(crossSigns)('%# leads to those roots that openssl verify accepts', async (crossSign) => {
    const ends = await soundEnds([new Uint8Array(crossSign.raw)], 'not-for-servers')
    const accepted = rootsNear([crossSign]).filter(
      ({ certificate }) => opensslVerify(crossSign.toString(), [], certificate.toString(), 'any').accepted,
    )
    expect([...ends].toSorted()).toEqual(accepted.map(({ sha256 }) => sha256).toSorted())
    expect(ends.size).toBeGreaterThan(0)
  })

  it('for mail and for code are not for servers', async () => {
    const notForServers: string[] = []
    for (const { raw, subject } of crossSigns) {
      const ends = await soundEnds([new Uint8Array(raw)])
      if (ends.size === 0) notForServers.push(/CN=(.*)/.exec(subject)?.[1] ?? '')
    }
    expect(notForServers).toEqual([
      'DigiCert Trusted Root G4',
      'GlobalSign Secure Mail Root E45',
      'GlobalSign Secure Mail Root R45',
      'UTN-USERFirst-Client Authentication and Email',
    ])
  })

  it("take the place of the roots of Let's Encrypt", async () => {
    const bundled = await bundledRoots()
    const known = roots.map(({ sha256, certificate }) => {
      const der = new Uint8Array(certificate.raw)
      return [{ der }, bundled.storesOf(sha256) ?? NOWHERE] as const
    })
    const collection = collectionOf(
      known,
      crossSigns.map(({ raw }) => ({ der: new Uint8Array(raw) })),
    )
    const tools = { describe: describeCertificate, verify: verifySignature, roots: collection }
    const { chains } = await buildChains([fixture('ca--letsencrypt-ye1.der')], Date.parse('2026-06-01'), tools)
    const paths = listPaths(chains[0]?.search ?? { paths: [], isCut: true })
    expect([...new Set(paths)]).toEqual([
      'YE1 > Root YE (store)',
      'YE1 > Root YE (cross) > ISRG Root X2 (store)',
      'YE1 > Root YE (cross) > ISRG Root X2 (cross) > ISRG Root X1 (store)',
      'YE1 > Root YE (cross) > ISRG Root X2 (cross) > ISRG Root X1 (cross) > DST Root CA X3 (store)',
    ])
  })
})
