import { validityAt, type Certificate, type CertificateFingerprint } from '../certificate/certificate.ts'
import type { Instant } from '../instant.ts'
import type { Chain } from './chain.ts'

/** A chain that a server can present, with its leaf. */
export interface ServerChain {
  readonly chain: Chain
  readonly leaf: Certificate
}

/** The leaf of a chain that a server can present; null for CAs alone. */
export function serverLeaf({ links: [first] }: Pick<Chain, 'links'>): Certificate | null {
  return first?.role === 'leaf' ? first.certificate : null
}

/** Those that a server can present, without chains of CAs alone. */
export function serverChains(chains: readonly Chain[]): readonly ServerChain[] {
  return chains.flatMap((chain) => {
    const leaf = serverLeaf(chain)
    return leaf ? [{ chain, leaf }] : []
  })
}

/** @param served what servers presented when they were asked */
export function presentedOf<One extends Pick<ServerChain, 'leaf'>>(
  chains: readonly One[],
  served: ReadonlySet<CertificateFingerprint>,
): readonly One[] {
  return chains.filter(({ leaf }) => served.has(leaf.sha256))
}

/** What servers presented; where none was asked any chain may be the one, so all of them. */
export function inService<One extends Pick<ServerChain, 'leaf'>>(
  chains: readonly One[],
  served: ReadonlySet<CertificateFingerprint>,
): readonly One[] {
  const seen = presentedOf(chains, served)
  return seen.length > 0 ? seen : chains
}

/** The same without those whose leaf has ended, or has not begun, where another is valid. */
export function inUse<One extends Pick<ServerChain, 'leaf'>>(
  chains: readonly One[],
  served: ReadonlySet<CertificateFingerprint>,
  now: Instant,
): readonly One[] {
  const candidates = inService(chains, served)
  const valid = candidates.filter(({ leaf }) => validityAt(leaf, now) === 'valid')
  return valid.length > 0 ? valid : candidates
}
