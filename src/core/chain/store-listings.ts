import type { Chain, StoreMembership } from './chain.ts'

/** The stores that list a root of the chain's paths, now or once; empty for a private CA's chain. */
export function storesOf({ links, search }: Chain): readonly StoreMembership[] {
  const known = [...search.paths.map(({ stores }) => stores), links.at(-1)?.stores ?? null]
  return known.flatMap((stores) => (stores && Object.values(stores).some((store) => store !== null) ? [stores] : []))
}

/** The limits of public CAs bind those that a platform's store lists, now or once; a private CA's are its own. */
export function isPublic(chain: Chain): boolean {
  return storesOf(chain).length > 0
}
