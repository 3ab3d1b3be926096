/**
 * What devices make of captured chains, against `openssl verify` with the roots of that device's store, on the same day.
 * The stores are read from the reference data here, not from the table that ships.
 */
import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DEVICES, type Device } from '../../src/core/trust/devices.ts'
import { endsAtExpiredAnchor, verdictOf } from '../../src/core/trust/device-paths.ts'
import { APPLE_LISTS } from '../../src/core/chain/chain.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { valueOf } from '../support/outcome.ts'
import { readSharedData, sharedData } from '../support/shared-data.ts'
import { isMissing, openssl, opensslVerify } from '../support/tools.ts'
import { labelledFiles, SHARED, type LabelledFile } from './labelled-files.ts'

interface StoredRoot {
  readonly sha256: string
  readonly android: { readonly first: number; readonly last: number; readonly partial?: object } | null
  readonly apple: { readonly firstList?: string; readonly lastList?: string } | null
  readonly mozilla: { readonly tls?: boolean } | null
  readonly chrome: { readonly listed?: boolean } | null
}

/** Where something begins or ends in the data, so that every boundary has both its sides. */
const LABELS = new Set([
  'Android 7.0',
  'Android 7.1',
  'Android 9',
  'Android 10',
  'Android 13',
  'Android 14',
  'Android 15',
  'Android 16',
  'Android 17',
  'iOS 14',
  'iOS 15.1',
  'iOS 16',
  'iOS 17',
  'iOS 18',
  'iOS 26',
  'Firefox',
  'Chrome',
])
const TESTED = DEVICES.filter(({ label }) => LABELS.has(label))

const noReference = isMissing(openssl) || isMissing(sharedData)
const engine = createInProcessEngine()

function isListed({ android, apple, mozilla, chrome }: StoredRoot, device: Device): boolean {
  switch (device.platform) {
    case 'android':
      return android !== null && android.first <= device.apiLevel && device.apiLevel <= android.last
    case 'ios': {
      const lists: readonly string[] = APPLE_LISTS
      const [first, last] = [apple?.firstList, apple?.lastList].map((list) => lists.indexOf(list ?? ''))
      return first !== undefined && last !== undefined && first >= 0 && first <= device.list && device.list <= last
    }
    case 'firefox':
      return mozilla?.tls === true
    case 'chrome':
      return chrome?.listed === true
  }
}

function storeOf(device: Device, stored: readonly StoredRoot[], pems: ReadonlyMap<string, string>): string {
  return stored.flatMap((root) => (isListed(root, device) ? (pems.get(root.sha256) ?? []) : [])).join('')
}

/** Some day on which the whole chain was valid: the last day of the shortest certificate. */
const dayOf = ({ certificates }: LabelledFile) =>
  Math.min(...certificates.map(({ notAfter }) => Date.parse(notAfter))) - 86_400_000

describe.skipIf(noReference)('the verdict of a device', () => {
  const stored = noReference
    ? []
    : (JSON.parse(readSharedData('root-stores.json')) as { readonly roots: readonly StoredRoot[] }).roots
  const pems = new Map(
    (noReference ? '' : readSharedData('roots.pem')).split(/(?<=-----END CERTIFICATE-----)/).flatMap((block) => {
      const start = block.indexOf('-----BEGIN')
      if (start < 0) return []
      const certificate = new X509Certificate(block.slice(start))
      return [[certificate.fingerprint256.replaceAll(':', '').toLowerCase(), certificate.toString()] as const]
    }),
  )
  const crossSigns = noReference ? '' : readSharedData('cross-signs.pem')
  const stores = new Map(TESTED.map((device) => [device.id, storeOf(device, stored, pems)]))
  const chains = (noReference ? [] : labelledFiles(SHARED)).filter(({ file }) => file.startsWith('chains'))

  it.for(chains)('on $file is that of openssl verify', async (labelled) => {
    const now = dayOf(labelled)
    const ders = valueOf(await inspect(labelled.bytes)).certificates.map(({ der }) => der)
    const { chains: built } = valueOf(await engine.buildChains(ders, now))
    const [chain] = built
    const [leaf, ...others] = ders.map((der) => new X509Certificate(der))
    if (!chain || !leaf) throw new Error('There is no chain')
    // OpenSSL goes no further than a root that was sent, even where it knows a cross-certificate of it.
    const below = others.filter(({ subject, issuer }) => subject !== issuer)
    const differing = TESTED.flatMap((device) => {
      const verdict = verdictOf(chain.search, device, now)
      // The one difference: Android does not mind that an anchor has expired, OpenSSL does.
      const isExpired =
        device.platform === 'android' &&
        'paths' in verdict &&
        verdict.paths.every(({ path }) => endsAtExpiredAnchor(path, now))
      // The device may have or fetch what was not given: that this makes a valid path, OpenSSL has to say as well.
      const known = verdict.kind === 'uncertain' ? [crossSigns] : []
      const { accepted = false } = opensslVerify(
        leaf.toString(),
        [...below.map(String), ...known],
        stores.get(device.id) ?? '',
        'sslserver',
        isExpired ? null : now,
      )
      const isTaken = verdict.kind === 'trusted' || verdict.kind === 'uncertain'
      return isTaken === accepted ? [] : [`${device.label}: ${verdict.kind}, openssl ${accepted}`]
    })
    expect(differing).toEqual([])
  })
})
