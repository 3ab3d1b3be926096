import { describe, expect, it } from 'vitest'
import { CA_FAMILIES } from '../../../src/core/trust/ca-families.ts'
import { PROVIDERS } from '../../../src/core/trust/providers.ts'
import { bundledRoots } from '../../support/in-process-engine.ts'
import { readSharedData, sharedData } from '../../support/shared-data.ts'
import { isMissing } from '../../support/tools.ts'

interface StoreRoot {
  readonly name: string
  readonly subject: string
  readonly sha256: string
  readonly spki: string
  readonly android: { readonly last: number } | null
  readonly apple: { readonly current?: boolean } | null
  readonly mozilla: { readonly tls?: boolean } | null
  readonly chrome: { readonly listed?: boolean } | null
  readonly upcoming?: boolean
}

/** Roots of a family's organisations that are on a current list and no pins of it, by fingerprint, and why. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  digicert: { 'for e-mail': ['e8e81765', '90370d3e'] },
  sectigo: { 'for e-mail': ['22d95992', 'd5917a77'], 'for time stamps': ['e44ddb79', '4941b001'] },
  globalsign: { 'for e-mail': ['5cbf6fb8', '319af0a7'], 'run by Google Trust Services': ['b085d70b', 'bec94911'] },
  entrust: {
    'takes no leaf that is newer than November 2024': [
      '73c17643',
      '02ed0eb2',
      '43df5774',
      'db3517d1',
      '6dc47172',
      'd1c339ea',
    ],
  },
  godaddy: { 'run by Amazon Trust Services': ['568d6905'] },
  'ssl-com': { 'for clients': ['ad7dd58d', '1d4ca4a2'] },
  harica: { 'for clients': ['8dd4b537', '1be7abe3'] },
  'd-trust': { 'for e-mail': ['a1a86d04'] },
}

/** By key: several certificates of one root are one entry of a family. */
const isCurrent = ({ android, apple, mozilla, chrome, upcoming }: StoreRoot) =>
  android?.last === 37 ||
  apple?.current === true ||
  mozilla?.tls === true ||
  chrome?.listed === true ||
  upcoming === true

/** RFC 4514 escapes what would end a value. */
const organizationOf = ({ subject }: StoreRoot) =>
  /(?:^|,)O=((?:\\.|[^,\\])*)/.exec(subject)?.[1]?.replaceAll(/\\(.)/g, '$1')

const isAbsent = isMissing(sharedData)
const roots = isAbsent
  ? []
  : (JSON.parse(readSharedData('root-stores.json')) as { readonly roots: readonly StoreRoot[] }).roots
const withKey = (pin: string) => roots.filter(({ spki }) => spki === pin)

describe.skipIf(isAbsent).each(CA_FAMILIES)('the roots of $name, by the root stores', (family) => {
  it('are each on a current list or on their way there', () => {
    for (const { name, pin } of family.roots) {
      expect.soft(withKey(pin).some(isCurrent), name).toBe(true)
    }
  })

  it('have the names that the stores give them', () => {
    for (const { name, pin } of family.roots) {
      // GlobalSign calls several roots alike, and tells them apart by their organisational units.
      const names = withKey(pin).flatMap((root) => [root.name, /OU=([^,]+)/.exec(root.subject)?.[1]])
      expect.soft(names).toContain(name)
    }
  })

  it('are all that its organisations have there, but for those left out on purpose', () => {
    const leftOut = Object.values(LEFT_OUT[family.id] ?? {}).flat()
    const pins = new Set<string>(family.roots.map(({ pin }) => pin))
    const unaccounted = roots.filter(
      (root) =>
        family.organizations.includes(organizationOf(root) ?? '') &&
        (isCurrent(root) || withKey(root.spki).some(isCurrent)) &&
        !pins.has(root.spki) &&
        !leftOut.some((sha256) => root.sha256.startsWith(sha256)),
    )
    expect(unaccounted.map(({ name, sha256 }) => `${name} ${sha256}`)).toEqual([])
    for (const sha256 of leftOut) {
      const found = roots.filter((root) => root.sha256.startsWith(sha256))
      expect.soft(found, sha256).toHaveLength(1)
      expect.soft(pins.has(found[0]?.spki ?? ''), sha256).toBe(false)
    }
  })
})

describe('the CA families', () => {
  const pins = CA_FAMILIES.flatMap((family) => family.roots.map(({ pin }) => pin))

  it('have each root once', () => {
    expect(new Set(pins).size).toBe(pins.length)
  })

  it('have no root that the bundled store does not know', async () => {
    expect((await bundledRoots()).identify(pins).size).toBe(pins.length)
  })

  it('share no name, organisation or policy', () => {
    for (const what of [
      CA_FAMILIES.map(({ id }) => id),
      CA_FAMILIES.map(({ name }) => name),
      CA_FAMILIES.flatMap(({ organizations }) => organizations),
      CA_FAMILIES.flatMap(({ policies }) => policies),
    ]) {
      expect(new Set(what).size).toBe(what.length)
    }
  })

  it('and providers cite a page and a day for every advice', () => {
    for (const { name, advice } of [...CA_FAMILIES, ...PROVIDERS]) {
      if (advice === null) continue
      expect.soft(advice.source, name).toMatch(/^https:\/\//)
      expect.soft(advice.read, name).toMatch(/^20\d\d-\d\d-\d\d$/)
    }
  })

  it('are closed where there is no root to pin', () => {
    for (const { name, roots: own, isClosed } of CA_FAMILIES) expect.soft(own.length > 0 || isClosed, name).toBe(true)
  })
})
