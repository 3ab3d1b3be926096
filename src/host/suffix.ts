import type { HostName, HostRule } from '../core/pins/host-rule.ts'

export type SuffixFacts = Pick<HostRule, 'registrableDomain' | 'isPublicSuffix'>

/** What holds while the public suffix list is not there: nothing is known, nothing is refused. */
export const UNKNOWN_SUFFIX: SuffixFacts = { registrableDomain: null, isPublicSuffix: false }

/**
 * Asks the public suffix list, which is loaded with the first question. A suffix counts only when the list marks it
 * ICANN or private; the fall-back rule for unknown names is no suffix here.
 */
export async function lookUpSuffix(host: HostName): Promise<SuffixFacts> {
  const { parse } = await import('tldts')
  const { domain, publicSuffix, isIcann, isPrivate } = parse(host, {
    allowPrivateDomains: true,
    validateHostname: false,
  })
  const isListed = isIcann === true || isPrivate === true
  return {
    registrableDomain: isListed ? domain : null,
    isPublicSuffix: isListed && publicSuffix === host,
  }
}
