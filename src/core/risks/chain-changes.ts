import type { Chain } from '../chain/chain.ts'
import type { HostPolicy } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { EnforcedPins } from '../trust/coverage.ts'

/** Whether a CA that platforms list stands above the leaf: one that issues for everybody, by rules of its own. */
export function isOfPublicCa({ end, search }: Chain): boolean {
  return (
    end.kind === 'public-root' ||
    search.paths.some(({ stores }) => stores !== null && Object.values(stores).some((store) => store !== null))
  )
}

/**
 * Whether both platforms go on connecting when the leaf has a new key that is not pinned, from the same CA.
 *
 * @param issuer whether the intermediates stay as well, or the root alone
 */
export function outlivesNewLeafKey(chain: Chain, { android, ios }: EnforcedPins, issuer: 'stays' | 'changes'): boolean {
  const cas = issuer === 'stays' ? casOf(chain) : rootsOf(chain)
  const isAmong = (pins: ReadonlySet<SpkiPin>) => cas.some((pin) => pins.has(pin))
  return (android === null || isAmong(android)) && ios.leaf === null && (ios.ca === null || isAmong(ios.ca))
}

/** The keys above the leaf, on whichever path. */
export function casOf({ links, search }: Chain): readonly SpkiPin[] {
  return [links, ...search.paths.map((path) => path.links)].flatMap(([, ...above]) =>
    above.map(({ certificate }) => certificate.pin),
  )
}

function rootsOf({ links, search }: Chain): readonly SpkiPin[] {
  return [...links.filter(({ role }) => role === 'root'), ...search.paths.flatMap((path) => path.links.slice(-1))].map(
    ({ certificate }) => certificate.pin,
  )
}

/** Whether a root above the leaf is pinned, on whichever path. */
export function hasPinnedRoot(chain: Chain, { pins }: HostPolicy): boolean {
  return rootsOf(chain).some((root) => pins.some(({ pin }) => pin === root))
}

/** Whether a host's own rows pin a key; what its parents bring is told there. */
export function isOwnPin({ pins }: HostPolicy, pin: SpkiPin): boolean {
  return pins.some((own) => own.pin === pin && own.inheritedFrom === null)
}
