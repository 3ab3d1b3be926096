import { validityAt, type CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { Chain, ChainEnd, ChainLink, ChainRole, SignatureCheck } from '../core/chain/chain.ts'
import { NO_PATHS, type PathSearch } from '../core/chain/trust-path.ts'
import type { Instant } from '../core/instant.ts'
import { createPathFinder } from './find-paths.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { ChainReport } from './inspection.ts'
import {
  claimsOwnKey,
  createIssuerSearch,
  isAuthority,
  isSameAuthority,
  readMember,
  type ChainTools,
  type IssuerSearch,
  type Member,
} from './issuer-search.ts'

/** Cross-signed meshes have more paths than anybody can follow; the best of the first ones is good enough. */
const MAX_STEPS = 256

/** Different certificates at a time. 500 hosts have some 520; a bundle of thousands would take the page many seconds. */
export const MAX_CHAINED_CERTIFICATES = 600

interface Step {
  readonly member: Member
  /** Against the next step, or against itself where the certificate is self-issued and ends the path. */
  readonly signature: SignatureCheck | null
}

/**
 * Turns all certificates of a row into chains, leaf first, whatever order they were given in. An issuer is found by
 * the bytes of its name and confirmed by its signature. Where the given certificates end, the bundled root store goes on.
 * Beside the chain that is shown, each leaf gets every path to a root that devices may take; none where the store could
 * not be had.
 * Never throws, unless the tools do.
 *
 * @param certificates DER; repetitions are dropped, and so are those beyond `MAX_CHAINED_CERTIFICATES`
 */
export async function buildChains(
  certificates: readonly Uint8Array[],
  now: Instant,
  tools: ChainTools,
): Promise<ChainReport> {
  const { given, notDecodable, leftOut } = await readGiven(certificates, tools)
  const search = createIssuerSearch(given, now, tools)
  const issuing = await findIssuing(given, search)
  const leaves = given.filter((member) => isLeaf(member, issuing))
  const starts = leaves.length > 0 ? leaves : lowestAuthorities(given, issuing)
  const startsAtLeaf = leaves.length > 0
  const findPaths = createPathFinder(search)
  const chains: Chain[] = []
  const used = new Set<Member>()
  for (const start of starts) {
    const path = await findPath(start, search, now)
    for (const { member } of path) used.add(member)
    chains.push(describePath(path, startsAtLeaf, await findPaths(start, startsAtLeaf)))
  }
  const superfluous = given.filter((member) => !used.has(member)).map((member) => member.certificate)
  const added = [...used].filter((member) => member.origin === 'bundled-store')
  const rootStore = tools.roots === null || tools.roots.isUnavailable() ? 'unavailable' : 'loaded'
  return {
    // Without the store a path lacks who trusts its root, and others lack altogether.
    chains: rootStore === 'loaded' ? chains : chains.map(({ links, end }) => ({ links, end, search: NO_PATHS })),
    superfluous,
    notDecodable,
    leftOut,
    addedRoots: new Map(added.map((member) => [member.certificate.sha256, member.der])),
    rootStore,
    rootStoreDate: tools.roots?.date ?? null,
  }
}

async function readGiven(certificates: readonly Uint8Array[], tools: ChainTools) {
  const seen = new Set<CertificateFingerprint>()
  const given: Member[] = []
  const notDecodable: CertificateFingerprint[] = []
  let leftOut = 0
  for (const der of certificates) {
    const sha256 = fingerprintOf(der)
    if (seen.has(sha256)) continue
    seen.add(sha256)
    if (seen.size > MAX_CHAINED_CERTIFICATES) {
      leftOut += 1
      continue
    }
    const member = await readMember(der, 'given', tools)
    if (member) given.push(member)
    else notDecodable.push(sha256)
  }
  return { given, notDecodable, leftOut }
}

/** Which given certificates issued another given one. */
async function findIssuing(given: readonly Member[], search: IssuerSearch): Promise<ReadonlySet<Member>> {
  const issuing = new Set<Member>()
  for (const member of given) {
    if (await search.isSelfSigned(member)) continue
    for (const issuer of await search.issuersOf(member)) issuing.add(issuer.member)
  }
  return issuing
}

/** Not by position: a leaf is what issued nothing and may not, or a lone self-signed certificate that names hosts. */
function isLeaf(member: Member, issuing: ReadonlySet<Member>): boolean {
  if (issuing.has(member)) return false
  const { isSelfIssued, dnsNames } = member.certificate
  // `openssl req -x509` makes its self-signed server certificates CAs.
  return !isAuthority(member) || (isSelfIssued && member.stores === null && dnsNames.length > 0)
}

/** Without a leaf, chains start at the CAs that issued no other; certificates that issued each other have none. */
function lowestAuthorities(given: readonly Member[], issuing: ReadonlySet<Member>): readonly Member[] {
  const lowest = given.filter((member) => !issuing.has(member))
  return lowest.length > 0 ? lowest : given.slice(0, 1)
}

/**
 * Follows the best issuer of each certificate, and the next best where that leads nowhere or to what has expired. Ends
 * at a self-signed certificate, or where no issuer is known.
 */
async function findPath(start: Member, search: IssuerSearch, now: Instant): Promise<readonly Step[]> {
  let best: { readonly path: readonly Step[]; readonly cost: number } = { path: [], cost: Number.POSITIVE_INFINITY }
  let steps = 0

  async function follow(member: Member, before: readonly Step[]): Promise<void> {
    steps += 1
    const selfSigned = await search.isSelfSigned(member)
    const issuers = selfSigned || steps >= MAX_STEPS ? [] : await search.issuersOf(member)
    const visited = [...before.map((step) => step.member), member]
    const next = issuers.filter((issuer) => !visited.some((other) => isSameAuthority(other, issuer.member)))
    for (const issuer of next) {
      await follow(issuer.member, [...before, { member, signature: issuer.signature }])
      if (best.cost === 0 || steps >= MAX_STEPS) return
    }
    if (next.length > 0) return
    const signature = selfSigned || claimsOwnKey(member) ? await search.check(member, member) : null
    const path = [...before, { member, signature }]
    const cost = costOf(path, now)
    if (cost < best.cost) best = { path, cost }
  }

  await follow(start, [])
  return best.path
}

/**
 * 0 for a path that is verified, complete and valid today. A wrong signature is worse than any number of lesser
 * defects. The start is the same for all paths, so its own dates do not count.
 */
function costOf(path: readonly Step[], now: Instant): number {
  const count = (kind: SignatureCheck['kind']) => path.filter((step) => step.signature?.kind === kind).length
  const last = path.at(-1)
  // Without an issuer there is a signature only where the certificate signed itself.
  const isComplete = last !== undefined && (last.member.stores !== null || last.signature !== null)
  const outOfDate = path.slice(1).filter(({ member }) => validityAt(member.certificate, now) !== 'valid').length
  return count('does-not-verify') * 1e9 + count('not-checked') * 1e6 + (isComplete ? 0 : 1e3) + outOfDate
}

function describePath(path: readonly Step[], startsAtLeaf: boolean, search: PathSearch): Chain {
  const links = path.map(({ member, signature }, index): ChainLink => {
    const { certificate, origin, stores } = member
    const isLast = index === path.length - 1
    const isRoot = isLast && (stores !== null || signature !== null)
    const role: ChainRole = startsAtLeaf && index === 0 ? 'leaf' : isRoot ? 'root' : 'intermediate'
    return { certificate, role, origin, stores, signature }
  })
  return { links, end: endOf(links), search }
}

function endOf(links: readonly ChainLink[]): ChainEnd {
  const last = links.at(-1)
  if (!last) throw new RangeError('A chain has at least one link')
  if (last.stores) return { kind: 'public-root' }
  if (last.signature === null) return { kind: 'issuer-missing', issuer: last.certificate.issuer }
  return { kind: last.role === 'leaf' ? 'self-signed-leaf' : 'private-root' }
}
