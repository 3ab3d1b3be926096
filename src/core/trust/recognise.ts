import type { Certificate, DistinguishedName } from '../certificate/certificate.ts'
import type { Chain } from '../chain/chain.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { CA_FAMILIES, type CaFamily } from './ca-families.ts'
import { providerOfIssuer, providerOfName, type Provider } from './providers.ts'

export interface RecognisedFamily {
  readonly family: CaFamily
  /** `issuer`: the leaf names it. `chain`: a CA above the issuer is of it. `policy`: only the leaf's policy says so. */
  readonly by: 'issuer' | 'chain' | 'policy'
  /** Verified signatures lead to a root that a platform lists; else the certificate says so, and anybody can. */
  readonly isVerified: boolean
}

export interface RecognisedProvider {
  readonly provider: Provider
  /** Where the pattern was found; `name` is a host name, or the name of the issuer, which is hostile text. */
  readonly sign: { readonly in: 'host' | 'certificate' | 'issuer'; readonly name: string }
}

/** What a leaf and its paths look like. Null: nothing that is known. */
export interface Recognition {
  readonly family: RecognisedFamily | null
  readonly provider: RecognisedProvider | null
}

/**
 * Tells by whom a leaf was issued and by whom it seems to be served.
 *
 * @param host lower-case A-labels; null while there is none
 */
export function recognise(chain: Chain, host: string | null): Recognition {
  const [first] = chain.links
  if (first?.role !== 'leaf') return { family: null, provider: null }
  const paths = publicPaths(chain)
  const provider = providerOfHost(host)
  // Whoever makes a CA of his own may call it as he likes, and write any name into its certificates.
  const isPrivate = chain.end.kind === 'private-root' || chain.end.kind === 'self-signed-leaf'
  if (isPrivate && paths.length === 0) return { family: null, provider }
  return {
    family: familyOf(first.certificate, paths),
    provider: provider ?? providerOfLeaf(first.certificate),
  }
}

function familyOf(leaf: Certificate, paths: readonly (readonly Certificate[])[]): RecognisedFamily | null {
  const above = paths.flatMap(([, ...authorities]) => authorities)
  const candidates = [
    { by: 'issuer' as const, family: familyOfName(leaf.issuer) },
    ...above.map((authority) => ({ by: 'chain' as const, family: familyOfAuthority(authority) })),
    { by: 'policy' as const, family: familyOfPolicies(leaf) },
  ].flatMap(({ by, family }) => (family ? [{ by, family, isVerified: paths.length > 0 }] : []))
  // A brand that issues under the roots of another is of no use to whoever wants to pin roots.
  return candidates.find(({ family }) => family.roots.length > 0) ?? candidates[0] ?? null
}

/** The certificates of each sound path to a root that a platform lists, leaf first. */
function publicPaths({ links, end, search }: Chain): readonly (readonly Certificate[])[] {
  const isShownOne = end.kind === 'public-root' && links.every(({ signature }) => signature?.kind === 'verified')
  return [
    ...(isShownOne ? [links] : []),
    ...search.paths.filter(({ stores, faults }) => stores !== null && faults.length === 0).map((path) => path.links),
  ].map((path) => path.map(({ certificate }) => certificate))
}

function familyOfName({ organization }: DistinguishedName): CaFamily | null {
  return CA_FAMILIES.find(({ organizations }) => organizations.includes(organization ?? '')) ?? null
}

/** The family that a CA certificate is of, by its key or else by its own name, which anybody can choose. */
export function familyOfAuthority({ pin, subject }: Certificate): CaFamily | null {
  return familyOfRoot(pin) ?? familyOfName(subject)
}

/** The family that has a root with this key. */
export function familyOfRoot(pin: SpkiPin): CaFamily | null {
  return CA_FAMILIES.find(({ roots }) => roots.some((root) => root.pin === pin)) ?? null
}

function familyOfPolicies({ extensions }: Certificate): CaFamily | null {
  const isOf = (arc: string) => extensions.policies.some(({ identifier }) => identifier.startsWith(`${arc}.`))
  return CA_FAMILIES.find(({ policies }) => policies.some(isOf)) ?? null
}

function providerOfHost(host: string | null): RecognisedProvider | null {
  const provider = host === null ? null : providerOfName(host)
  return host !== null && provider ? { provider, sign: { in: 'host', name: host } } : null
}

function providerOfLeaf({ issuer, dnsNames }: Certificate): RecognisedProvider | null {
  const ofIssuer = providerOfIssuer(issuer)
  if (ofIssuer) return { provider: ofIssuer, sign: { in: 'issuer', name: issuer.commonName ?? issuer.text } }
  for (const name of dnsNames) {
    const provider = providerOfName(name)
    if (provider) return { provider, sign: { in: 'certificate', name } }
  }
  return null
}

/**
 * Where the key of a root stands on the sound paths of a chain to roots that platforms list: at the `end` of one, only
 * `within`, since another root has certified it, or on `none`.
 */
export function placeOnPaths(chain: Chain, pin: SpkiPin): 'end' | 'within' | 'none' {
  const paths = publicPaths(chain)
  if (paths.some((path) => path.at(-1)?.pin === pin)) return 'end'
  return paths.some((path) => path.some((certificate) => certificate.pin === pin)) ? 'within' : 'none'
}

/** The last certificates of the sound paths that none of a family's roots is on: devices that take them match no pin. */
export function endsBeside(chain: Chain, { roots }: CaFamily): readonly Certificate[] {
  const pins = new Set(roots.map(({ pin }) => pin))
  const ends = publicPaths(chain)
    .filter((path) => !path.some(({ pin }) => pins.has(pin)))
    .flatMap((path) => path.slice(-1))
  return [...new Map(ends.map((end) => [end.sha256, end])).values()]
}
