import type { Certificate } from '../core/certificate/certificate.ts'
import type { SignatureCheck } from '../core/chain/chain.ts'
import type { PathFault } from '../core/chain/trust-path.ts'
import { remember, type PathMember } from './issuer-search.ts'
import { judgeNames, type NameJudgement } from './name-constraints.ts'
import { readPathRules, type PathRules } from './path-rules.ts'

/** A certificate of a path; `signature` is against the next one, null at the root. */
export interface PathStep {
  readonly member: PathMember
  readonly signature: SignatureCheck | null
}

/** Every fault of a path, from the leaf up. `startsAtLeaf` is false for a path whose first certificate is a CA's too. */
export type FindFaults = (path: readonly PathStep[], startsAtLeaf: boolean) => readonly PathFault[]

/** Looks at each certificate, and at the names of each pair, once for all paths that it is asked about. */
export function createFaultFinder(): FindFaults {
  const rules = new Map<PathMember, PathRules>()
  const judgements = new Map<PathMember, Map<PathMember, NameJudgement>>()

  const rulesOf = (member: PathMember) => remember(rules, member, () => readPathRules(member))

  function judge(authority: PathMember, below: PathMember): NameJudgement | null {
    const { nameConstraints } = rulesOf(authority)
    if (!nameConstraints) return null
    const ofAuthority = remember(judgements, authority, () => new Map<PathMember, NameJudgement>())
    return remember(ofAuthority, below, () => judgeNames(rulesOf(below).names, nameConstraints))
  }

  function faultsAt(path: readonly PathStep[], index: number, startsAtLeaf: boolean): PathFault[] {
    const step = path[index]
    if (!step) return []
    const { member, signature } = step
    const { certificate } = member
    const isRoot = index === path.length - 1
    const isLeaf = startsAtLeaf && index === 0
    const faults: PathFault[] = []
    if (signature?.kind === 'not-checked') faults.push({ kind: 'signature-not-checked', certificate })
    for (const extension of rulesOf(member).unjudged) {
      faults.push({ kind: 'critical-extension-unknown', certificate, extension })
    }
    // Who stores a root has decided what it may do.
    if ((!isRoot || isLeaf) && !isForServers(certificate)) faults.push({ kind: 'not-for-servers', certificate })
    if (isLeaf) return faults
    if (!maySign(member, rulesOf(member), isRoot)) faults.push({ kind: 'may-not-sign', certificate })
    const { pathLength } = certificate.extensions
    // RFC 5280 §6.1.4 (l): a CA that changes its key certifies itself, and that is no further CA.
    const authoritiesBelow = path
      .slice(startsAtLeaf ? 1 : 0, index)
      .filter((lower) => !lower.member.certificate.isSelfIssued).length
    if (pathLength !== null && authoritiesBelow > pathLength) {
      faults.push({ kind: 'path-too-long', certificate, pathLength })
    }
    const nameFault = nameFaultAt(path.slice(0, index), member)
    return nameFault ? [...faults, nameFault] : faults
  }

  /** The first there is: a certificate may have thousands of names. */
  function nameFaultAt(pathBelow: readonly PathStep[], member: PathMember): PathFault | null {
    const { certificate } = member
    for (const [position, lower] of pathBelow.entries()) {
      // RFC 5280 §6.1.3 (b).
      if (position > 0 && lower.member.certificate.isSelfIssued) continue
      const judgement = judge(member, lower.member)
      if (judgement?.kind === 'refused') return { kind: 'name-not-permitted', certificate, name: judgement.name }
      if (judgement?.kind === 'unknown') {
        return { kind: 'critical-extension-unknown', certificate, extension: 'name constraints' }
      }
    }
    return null
  }

  return (path, startsAtLeaf) => path.flatMap((_, index) => faultsAt(path, index, startsAtLeaf))
}

/** As `CertificateExtensions` calls them. */
const SERVER_PURPOSES: ReadonlySet<string> = new Set(['TLS Web Server Authentication', 'Any Extended Key Usage'])

function isForServers({ extensions }: Certificate): boolean {
  return extensions.extendedKeyUsage?.some((purpose) => SERVER_PURPOSES.has(purpose)) ?? true
}

/** A root of a store may, whatever it says. Of the others OpenSSL takes those that are older than basic constraints. */
function maySign({ certificate, stores }: PathMember, rules: PathRules, isRoot: boolean): boolean {
  if (isRoot && stores) return true
  const { keyUsage } = certificate.extensions
  if (keyUsage && !keyUsage.includes('Certificate Sign')) return false
  const isOldRoot = isRoot && !rules.hasBasicConstraints && (rules.isVersion1 || keyUsage !== null)
  return certificate.isCa || isOldRoot
}
