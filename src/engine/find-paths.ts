import type { SignatureCheck } from '../core/chain/chain.ts'
import type { PathLink, PathSearch, TrustPath } from '../core/chain/trust-path.ts'
import { isSameAuthority, remember, type IssuerSearch, type PathMember } from './issuer-search.ts'
import { createFaultFinder, type PathStep } from './path-faults.ts'

/** Certificate authorities that sign for each other make more paths than anybody can follow, or than devices try. */
const MAX_PATHS = 64
/** Ways that are begun, from one start and from all of them. A public CA's leaf has some ten. */
const MAX_WAYS = 1024
const MAX_WAYS_OF_ALL = 65_536

/**
 * Every path from a certificate, to each root that it can end at.
 *
 * `isLeaf` is false for a CA: what is asked of a server's certificate is then asked of none.
 */
export type FindPaths = (start: PathMember, isLeaf: boolean) => Promise<PathSearch>

/** A certificate on the way up from the start. */
interface Way {
  readonly member: PathMember
  readonly below: Way | null
  /** Of this certificate's key on the one below; null at the start. */
  readonly signature: SignatureCheck | null
}

/** What is found for one start serves the others: the same signatures, certificates and names are asked for once. */
export function createPathFinder(search: IssuerSearch): FindPaths {
  const findFaults = createFaultFinder()
  const links = new Map<PathMember, PathLink>()
  let begun = 0

  async function findPaths(start: PathMember, isLeaf: boolean): Promise<PathSearch> {
    // The shortest first: each way is followed by one certificate before any is followed by the next.
    const ways: Way[] = [{ member: start, below: null, signature: null }]
    const paths: TrustPath[] = []
    let isCut = false
    for (const way of ways) {
      const { member: top } = way
      if (paths.length === MAX_PATHS) return { paths, isCut: true }
      const hasNoIssuer = top.stores ? top.certificate.isSelfIssued : await search.isSelfSigned(top)
      if (hasNoIssuer || top.stores) paths.push(toPath(way, isLeaf))
      // What others signed for a root's key is a certificate of its own.
      if (hasNoIssuer) continue
      const signers = await search.signersOf(top)
      isCut ||= signers.isCut
      for (const { member, signature } of signers.issuers) {
        if (hasAuthority(way, member)) continue
        if (ways.length === MAX_WAYS || begun === MAX_WAYS_OF_ALL) {
          isCut = true
          break
        }
        begun += 1
        ways.push({ member, below: way, signature })
      }
    }
    return { paths, isCut }
  }

  function toPath(end: Way, isLeaf: boolean): TrustPath {
    const steps: PathStep[] = []
    let signature: SignatureCheck | null = null
    for (let way: Way | null = end; way; way = way.below) {
      steps.unshift({ member: way.member, signature })
      signature = way.signature
    }
    return {
      links: steps.map(({ member }) => remember(links, member, () => toLink(member))),
      stores: end.member.stores,
      faults: findFaults(steps, isLeaf),
    }
  }

  return findPaths
}

function toLink({ certificate, origin }: PathMember): PathLink {
  return { certificate, origin }
}

function hasAuthority(end: Way, member: PathMember): boolean {
  for (let way: Way | null = end; way; way = way.below) {
    if (isSameAuthority(way.member, member)) return true
  }
  return false
}
