import { isPrivate } from '../trust/device-paths.ts'
import type { Chain } from '../chain/chain.ts'
import { serverLeaf } from '../chain/server-chains.ts'
import { isLeafOfParent, isWithoutCertificate, type HostPolicy, type PlannedPin } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { CaEnd } from '../risks/ended-cas.ts'
import type { CaFamily } from '../trust/ca-families.ts'
import { familyOfRoot, recognise } from '../trust/recognise.ts'
import { exchanged, NEW_KEY, unchanged, type FutureChain, type FutureKey } from './future-chain.ts'

/** What can happen to a server; in the order of the table. */
export const SURVIVAL_EVENTS = [
  'same-key',
  'new-key',
  'other-key-type',
  'key-stolen',
  'new-intermediate',
  'new-root',
  'new-ca',
  'backup-key',
] as const

export type SurvivalEvent = (typeof SURVIVAL_EVENTS)[number]

/** One thing that the server's owner can do, with every chain that may come of it; never empty. */
export type Way = readonly FutureChain[]

/** What a server presents today, and what else is there to be presented. */
export interface Situation {
  /** In service at the same time: what takes one key away takes all of them. */
  readonly today: readonly Chain[]
  /** The other chains of the host. */
  readonly others: readonly Chain[]
  /** Without those that no key has, or no certificate can be had for. */
  readonly pins: HostPolicy['pins']
  /** Why a CA's key is over where the output is used; null for one that may issue. */
  readonly endOf: (pin: SpkiPin) => CaEnd | null
}

/**
 * What an event makes of a chain of today: the ways out that its owner has, the plainest first. Empty where the event
 * cannot happen, since the chain has no CA.
 */
export function waysOut(event: SurvivalEvent, chain: Chain, situation: Situation): readonly Way[] {
  const reserve = reserveOf(chain, situation)
  switch (event) {
    case 'same-key':
      return [sameAuthorities(chain, reserve)]
    case 'new-key':
      return [withLeaf(NEW_KEY, sameAuthorities(chain, reserve))]
    case 'other-key-type':
      return otherKeyType(chain, situation, reserve)
    case 'key-stolen':
      return withAnotherKey(situation, reserve, [sameAuthorities(chain, reserve), ...otherAuthorities(chain, reserve)])
    case 'new-intermediate':
      return hasAuthority(chain) ? newIntermediate(chain, reserve) : []
    case 'new-root':
      return hasAuthority(chain) ? newRoot(chain, reserve) : []
    case 'new-ca':
      return hasAuthority(chain) ? otherAuthorities(chain, reserve) : []
    case 'backup-key': {
      const planned = reserveLeaves(situation, reserve, [sameAuthorities(chain, reserve)])
      return planned.length > 0 ? planned : [withLeaf(NEW_KEY, sameAuthorities(chain, reserve))]
    }
  }
}

/** Whether a switch to the backup key has one that is pinned to switch to. */
export function hasBackupKey({ pins, today }: Pick<Situation, 'pins' | 'today'>): boolean {
  return pins.some((pin) => isSpareLeaf(pin, leafPins(today)))
}

function hasAuthority({ links, end }: Chain): boolean {
  return links.length > 1 || end.kind === 'issuer-missing'
}

/** The pins that are of no leaf in service and of no CA of the chain, by what they can stand for. */
interface Reserve {
  readonly leaves: readonly PlannedPin[]
  /** Typed, and nobody said whether they are of a leaf or of a CA. */
  readonly unknown: readonly PlannedPin[]
  readonly authorities: readonly PlannedPin[]
  readonly family: CaFamily | null
  readonly endOf: Situation['endOf']
}

function reserveOf(chain: Chain, { today, pins, endOf }: Situation): Reserve {
  const leaves = leafPins(today)
  const authorities = authorityPins(chain)
  // One row may say what a pin is that another one leaves open.
  const told = new Set(pins.flatMap(({ role, pin }) => (role === 'unknown' ? [] : pin)))
  return {
    leaves: pins.filter((pin) => isSpareLeaf(pin, leaves)),
    unknown: pins.filter(({ pin }) => !told.has(pin) && !leaves.has(pin) && !authorities.has(pin)),
    authorities: pins.filter(({ role, pin }) => role === 'ca' && !authorities.has(pin)),
    family: recognise(chain, null).family?.family ?? null,
    endOf,
  }
}

function isSpareLeaf(planned: PlannedPin, inService: ReadonlySet<SpkiPin>): boolean {
  return planned.role === 'leaf' && !inService.has(planned.pin) && !isLeafOfParent(planned)
}

function leafPins(chains: readonly Chain[]): ReadonlySet<SpkiPin> {
  return new Set(chains.flatMap((chain) => serverLeaf(chain)?.pin ?? []))
}

function authorityPins({ links, search }: Chain): ReadonlySet<SpkiPin> {
  const lists = [links, ...search.paths.map((path) => path.links)]
  return new Set(lists.flatMap(([, ...above]) => above.map(({ certificate }) => certificate.pin)))
}

/** The chain with its CAs. Of an upper end that nobody gave, any pin that may be a CA's is a guess. */
function sameAuthorities(chain: Chain, { authorities, unknown }: Reserve): Way {
  const future = unchanged(chain)
  if (chain.end.kind !== 'issuer-missing' || chain.search.paths.length > 0) return [future]
  return [...[...authorities, ...unknown].map(reserveKey), NEW_KEY].map((beyond) =>
    exchanged(future, { beyond, picked: beyond }),
  )
}

function withLeaf(leaf: FutureKey, way: Way): Way {
  return way.map((future) => exchanged(future, { leaf }))
}

/** Either of both ways, and nobody can say which. */
function orElse(way: Way, other: Way, picked: FutureKey): Way {
  return [
    ...way.map((future) => exchanged(future, { picked })),
    ...other.map((future) => exchanged(future, { picked: NEW_KEY })),
  ]
}

function reserveKey(planned: PlannedPin): FutureKey {
  return { kind: 'reserve', planned, pin: planned.pin }
}

/** A new key first, then those that are pinned, each below any of these CAs. */
function withAnotherKey(situation: Situation, reserve: Reserve, uppers: readonly Way[]): readonly Way[] {
  return [...uppers.map((upper) => withLeaf(NEW_KEY, upper)), ...reserveLeaves(situation, reserve, uppers)]
}

function reserveLeaves({ others }: Situation, reserve: Reserve, uppers: readonly Way[]): readonly Way[] {
  const sure = reserve.leaves.flatMap((planned) => [
    // A certificate that is there already comes with its own chain.
    ...others.filter((chain) => serverLeaf(chain)?.pin === planned.pin).map((own) => sameAuthorities(own, reserve)),
    ...uppers.map((upper) => withLeaf(reserveKey(planned), upper)),
  ])
  const guesses = reserve.unknown.flatMap((planned) =>
    uppers.map((upper) => orElse(withLeaf(reserveKey(planned), upper), withLeaf(NEW_KEY, upper), reserveKey(planned))),
  )
  return [...sure, ...guesses]
}

function otherKeyType(chain: Chain, situation: Situation, reserve: Reserve): readonly Way[] {
  const { today, others } = situation
  const uppers = hasAuthority(chain) ? [authoritiesOfOtherType(chain, reserve)] : [[unchanged(chain)]]
  const isOther = (algorithm: string | undefined) => algorithm !== algorithmOf(chain)
  const there = [...today, ...others].filter((other) => isOther(algorithmOf(other)))
  const leaves = reserve.leaves.filter((planned) => typesOf(planned).some(isOther))
  const untold = reserve.leaves.filter((planned) => typesOf(planned).length === 0)
  return [
    ...there.map((other) => sameAuthorities(other, reserve)),
    ...withAnotherKey(
      { ...situation, others: there },
      { ...reserve, leaves, unknown: [...untold, ...reserve.unknown] },
      uppers,
    ),
  ]
}

/** Empty where the pin is all that is known of the key. */
function typesOf({ origins }: PlannedPin): readonly string[] {
  return origins.flatMap((origin) => {
    if (origin.kind === 'certificate') return [origin.certificate.publicKey.algorithm]
    return origin.kind === 'key' && origin.key.publicKey ? [origin.key.publicKey.algorithm] : []
  })
}

function algorithmOf(chain: Chain): string | undefined {
  return serverLeaf(chain)?.publicKey.algorithm
}

/** CAs issue keys of each type from an intermediate of its own, and some from a root of its own. */
function authoritiesOfOtherType(chain: Chain, reserve: Reserve): Way {
  const sameRoot = sameAuthorities(chain, reserve).map((future) => exchanged(future, { issuer: NEW_KEY }))
  // Who has a CA of his own keeps its root.
  if (hasOwnCa(chain)) return sameRoot
  return [
    ...sameRoot.map((future) => exchanged(future, { picked: future.picked ?? rootOf(chain) })),
    ...rootsOfFamily(chain, reserve),
  ]
}

function rootOf({ links }: Chain): FutureKey {
  const root = links.at(-1)?.certificate
  return root ? { kind: 'kept', certificate: root, pin: root.pin } : NEW_KEY
}

/**
 * The CA picks one of its roots that devices do not end at today, and none that is over; of an unknown CA nobody knows
 * which it has.
 */
function rootsOfFamily(chain: Chain, { family, authorities, unknown, endOf }: Reserve): Way {
  const ends = new Set([chain, ...chain.search.paths].flatMap(({ links }) => links.at(-1)?.certificate.pin ?? []))
  const known: readonly FutureKey[] = family
    ? family.roots
        .filter(({ pin }) => !ends.has(pin) && endOf(pin) === null)
        .map((root) => ({ kind: 'family-root', root, pin: root.pin }))
    : [
        ...authorities.filter((planned) => !isOfFamily(planned) && (isRoot(planned) || isWithoutCertificate(planned))),
        ...unknown,
      ]
        .filter(({ pin }) => endOf(pin) === null)
        .map(reserveKey)
  const picks = family && known.length > 0 ? known : [...known, NEW_KEY]
  return picks.map((picked) => exchanged(unchanged(chain), { authorities: [NEW_KEY, picked], picked }))
}

function newIntermediate(chain: Chain, reserve: Reserve): readonly Way[] {
  const to = (issuer: FutureKey): Way =>
    sameAuthorities(chain, reserve).map((future) => exchanged(future, { issuer, picked: issuer }))
  const below = reserve.authorities.filter((planned) => !isRoot(planned) && reserve.endOf(planned.pin) === null)
  const own = below.filter((planned) => isOfSameCa(planned, chain)).map(reserveKey)
  const guesses = [...below.filter((planned) => isWithoutCertificate(planned)), ...reserve.unknown].map(reserveKey)
  if (!hasOwnCa(chain)) return [[...own, ...guesses, NEW_KEY].flatMap(to)]
  return [to(NEW_KEY), ...own.map(to), ...guesses.map((key) => orElse(to(key), to(NEW_KEY), key))]
}

function isOfSameCa({ origins }: PlannedPin, { links: [, ...above] }: Chain): boolean {
  return origins.some(
    (origin) =>
      origin.kind === 'certificate' &&
      above.some(({ certificate }) => certificate.subject.text === origin.certificate.issuer.text),
  )
}

function newRoot(chain: Chain, reserve: Reserve): readonly Way[] {
  return hasOwnCa(chain) ? ownRoots(chain, reserve) : [rootsOfFamily(chain, reserve)]
}

/** Roots that the owner of a CA may move it to: a pinned one, or any other. */
function ownRoots(chain: Chain, { authorities, unknown }: Reserve): readonly Way[] {
  const own = authorities.filter((planned) => !isPublicRoot(planned))
  const below = (root: FutureKey, picked: FutureKey | null) =>
    exchanged(unchanged(chain), { authorities: [NEW_KEY, root], picked })
  return [
    ...own.filter(isRoot).map((planned) => [below(reserveKey(planned), reserveKey(planned))]),
    ...[...own.filter((planned) => !isRoot(planned)), ...unknown].map((planned) =>
      orElse([below(reserveKey(planned), null)], [below(NEW_KEY, null)], reserveKey(planned)),
    ),
    [below(NEW_KEY, null)],
  ]
}

/** Whoever has a CA of his own picks; another CA does as it likes. */
function hasOwnCa({ end, search }: Chain): boolean {
  return end.kind === 'private-root' || isPrivate(search)
}

/** A CA that is pinned and not in service, by those of its roots that are not over; or any other. */
function otherAuthorities(chain: Chain, { family, authorities, unknown, endOf }: Reserve): readonly Way[] {
  const families = new Set(authorities.flatMap(({ pin }) => familyOfRoot(pin) ?? []))
  if (family) families.delete(family)
  const below = (root: FutureKey, picked: FutureKey | null) =>
    exchanged(unchanged(chain), { authorities: [NEW_KEY, root], isOtherCa: true, picked })
  const lone = authorities.filter((planned) => !isOfFamily(planned))
  return [
    ...Array.from(families, ({ roots }): Way => {
      const issuing = roots.filter(({ pin }) => endOf(pin) === null)
      return (issuing.length > 0 ? issuing : roots).map((root) => {
        const key: FutureKey = { kind: 'family-root', root, pin: root.pin }
        return below(key, key)
      })
    }),
    ...lone.filter(isRoot).map((planned) => [below(reserveKey(planned), reserveKey(planned))]),
    ...[...lone.filter((planned) => !isRoot(planned)), ...unknown].map((planned) =>
      orElse([below(reserveKey(planned), null)], [below(NEW_KEY, null)], reserveKey(planned)),
    ),
    [below(NEW_KEY, null)],
  ]
}

function isOfFamily({ pin }: PlannedPin): boolean {
  return familyOfRoot(pin) !== null
}

/** Whether a store is known to list it, or to have listed it. */
function isPublicRoot({ pin, origins }: PlannedPin): boolean {
  return familyOfRoot(pin) !== null || origins.some((origin) => origin.kind === 'typed' && origin.bundledRoot !== null)
}

/** Whether chains end at the key, as far as that is known. */
function isRoot(planned: PlannedPin): boolean {
  return (
    isPublicRoot(planned) ||
    planned.origins.some((origin) => origin.kind === 'certificate' && origin.chainRole === 'root')
  )
}
