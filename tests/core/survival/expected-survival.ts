/**
 * What becomes of a host, worked out from its rows by hand: chains of pins that a judge lets pass or not. No plan, no
 * policy and nothing of `src/core/survival` is consulted, so that tests can hold the table against it. For rows whose
 * certificates have P-256 keys, and whose CA is public and unknown, or one's own.
 */
import type { Certificate, PublicKeyDescription } from '../../../src/core/certificate/certificate.ts'
import type { Chain } from '../../../src/core/chain/chain.ts'
import type { PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { CASE_NOW } from '../../support/cases.ts'
import { STRANGER } from '../formats/any-rows.ts'
import { wantedEntries } from '../formats/wanted.ts'

export type Outcome = 'connects' | 'blocked' | 'depends'

/** Pins that no key has, as people type them: a placeholder, the hash of nothing and an example of Android's documents. */
export const KEYLESS_PINS = [
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  '7HIpactkIAq2Y49orFOOQKurWxmmSFZhBCoQYcRhJ3Y=',
]

/** DST Root CA X3, which ended on 30 September 2021. */
export const ENDED_ROOT = 'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys='

/** What a server may present, leaf first. */
export interface Presented {
  readonly pins: readonly string[]
  /**
   * Where it ends. `kept`: as today, `kept-own` where that is a root of its owner's. `own`: at another root of the same owner, that is of no store. `public`: at one that
   * stores list. `unknown`: at one of which nothing is known.
   */
  readonly end: 'kept' | 'kept-own' | 'own' | 'public' | 'unknown'
}

export type Judge = (presented: Presented, isOfOwnCa: boolean) => Outcome
/** The chains that may come of what the owner does. */
type Way = readonly Presented[]

interface Spare {
  readonly leaves: ReadonlySet<string>
  /** Typed, with nothing known of the key but that it is a leaf's. */
  readonly typedLeaves: ReadonlySet<string>
  /** Of a key that is of another type than those in service. */
  readonly otherTypeLeaves: ReadonlySet<string>
  readonly unknown: ReadonlySet<string>
  readonly roots: ReadonlySet<string>
  /** Those of them that are bundled, so that stores list them. */
  readonly publicRoots: ReadonlySet<string>
  /** A CA's, and nothing else is known. */
  readonly typedAuthorities: ReadonlySet<string>
  readonly intermediates: ReadonlySet<string>
}

/** The outcomes of the events, for a row without an answer of a server: any of its chains may be the one in service. */
export function expectedSurvival(rows: readonly PlanRow[], row: PlanRow, judge: Judge): Record<string, Outcome> {
  const chains = orAll(distinct(row.chains), (leaf) => leaf.notBefore <= CASE_NOW && CASE_NOW <= leaf.notAfter)
  const ofHost = rows.filter((one) => one.hostRule?.host === row.hostRule?.host && isPinned(one))
  const all = orAll(distinct(ofHost.flatMap((one) => one.chains)), (leaf) => CASE_NOW <= leaf.notAfter)
  const byEvent = chains.map((chain) => {
    const others = all.filter((other) => identity(other) !== identity(chain))
    const spare = spareOf(rows, row, pinsOf(chain))
    return eventsOf(
      pinsOf(chain),
      others.map((other) => ({ pins: pinsOf(other), end: keptEnd(isOwn(other)) })),
      spare,
      isOwn(chain),
      judge,
    )
  })
  const events = [...new Set(byEvent.flatMap((one) => Object.keys(one)))]
  return Object.fromEntries(events.map((event) => [event, worst(byEvent.flatMap((one) => one[event] ?? []))] as const))
}

/** Those whose leaf is good, or all where none is. */
function orAll(chains: readonly Chain[], isGood: (leaf: Certificate) => boolean): readonly Chain[] {
  const good = chains.filter(({ links: [first] }) => first !== undefined && isGood(first.certificate))
  return good.length > 0 ? good : chains
}

/** Whether it ends at a root of its owner's, or at the server's certificate itself. */
function isOwn({ end }: Chain): boolean {
  return end.kind === 'private-root' || end.kind === 'self-signed-leaf'
}

function keptEnd(isOfOwnCa: boolean): 'kept' | 'kept-own' {
  return isOfOwnCa ? 'kept-own' : 'kept'
}

/** What stands above a leaf, with where it ends. */
type Upper = Presented

/** Below another root, from an intermediate that is not pinned. */
function at(root: string, end: Presented['end']): Upper {
  return { pins: [STRANGER, root], end }
}

function eventsOf(
  [leaf = '', ...above]: readonly string[],
  others: readonly Presented[],
  spare: Spare,
  hasOwnCa: boolean,
  judge: Judge,
): Record<string, Outcome> {
  const outcome = (ways: readonly Way[]) =>
    best(ways.map((way) => together(way.map((presented) => judge(presented, hasOwnCa)))))
  const below = (one: string, uppers: readonly Upper[]): Way =>
    uppers.map(({ pins, end }) => ({
      pins: [one, ...pins],
      // A certificate that signs itself is its own root.
      end: pins.length === 0 && one !== leaf ? (hasOwnCa ? 'own' : 'unknown') : end,
    }))
  const issuedBy = (issuer: string): Upper => ({
    pins: [issuer, ...(above.length > 1 ? above.slice(1) : above)],
    end: keptEnd(hasOwnCa),
  })

  const kept: readonly Upper[] = [{ pins: above, end: keptEnd(hasOwnCa) }]
  const guessedAuthorities = [...spare.typedAuthorities, ...spare.intermediates, ...spare.unknown]
  // No CA moves to a root that has ended.
  const newRoots: readonly Upper[] = [...spare.roots, ...spare.typedAuthorities, ...spare.unknown, STRANGER]
    .filter((root) => root !== ENDED_ROOT)
    .map((root) => at(root, 'unknown'))
  const ownRoots: readonly (readonly Upper[])[] = [
    [at(STRANGER, 'own')],
    ...[...spare.roots].filter((root) => !spare.publicRoots.has(root)).map((root) => [at(root, 'own')]),
    ...guessedAuthorities.map((pin) => [at(pin, 'own'), at(STRANGER, 'own')]),
  ]
  const otherCas: readonly (readonly Upper[])[] = [
    [at(STRANGER, 'unknown')],
    ...Array.from(spare.roots, (root) => [at(root, spare.publicRoots.has(root) ? 'public' : 'unknown')]),
    ...guessedAuthorities.map((pin) => [at(pin, 'unknown'), at(STRANGER, 'unknown')]),
  ]
  const withSpareLeaf = (
    sure: Iterable<string>,
    guessed: Iterable<string>,
    uppers: readonly (readonly Upper[])[],
    own: readonly Presented[],
  ): readonly Way[] => {
    const ways: Way[] = own
      .filter(({ pins: [first] }) => [...sure].some((one) => one === first))
      .map((chain) => [chain])
    for (const upper of uppers) {
      for (const one of sure) ways.push(below(one, upper))
      for (const one of guessed) ways.push([...below(one, upper), ...below(STRANGER, upper)])
    }
    return ways
  }
  const backups = withSpareLeaf(spare.leaves, spare.unknown, [kept], others)
  const upperOfOtherType = above.length === 0 ? kept : [issuedBy(STRANGER), ...(hasOwnCa ? [] : newRoots)]
  const issuers = [...spare.typedAuthorities, ...spare.unknown]
  return {
    'same-key': outcome([below(leaf, kept)]),
    'new-key': outcome([below(STRANGER, kept)]),
    'other-key-type': outcome([
      below(STRANGER, upperOfOtherType),
      ...withSpareLeaf(spare.otherTypeLeaves, [...spare.typedLeaves, ...spare.unknown], [upperOfOtherType], []),
    ]),
    'key-stolen': outcome([
      ...[kept, ...otherCas].map((upper) => below(STRANGER, upper)),
      ...withSpareLeaf(spare.leaves, spare.unknown, [kept, ...otherCas], others),
    ]),
    'backup-key': outcome(backups.length > 0 ? backups : [below(STRANGER, kept)]),
    ...(above.length > 0 && {
      'new-intermediate': outcome(
        hasOwnCa
          ? // Who has a CA of his own picks the intermediate.
            [[STRANGER], ...issuers.map((issuer) => [issuer, STRANGER])].map((way) => below(leaf, way.map(issuedBy)))
          : [below(leaf, [...issuers, STRANGER].map(issuedBy))],
      ),
      'new-root': outcome(hasOwnCa ? ownRoots.map((upper) => below(leaf, upper)) : [below(leaf, newRoots)]),
      'new-ca': outcome(otherCas.map((upper) => below(leaf, upper))),
    }),
  }
}

function spareOf(rows: readonly PlanRow[], { hostRule }: PlanRow, [leaf = '', ...above]: readonly string[]): Spare {
  const host: string = hostRule?.host ?? ''
  const found = wantedEntries(rows).find((one) => one.host === host)
  const entry = found && {
    leaf: withoutKeyless(found.leaf),
    ca: withoutKeyless(found.ca),
    unknown: withoutKeyless(found.unknown),
  }
  if (!entry) throw new Error(`${host} is not pinned`)
  const own = rows.filter((one) => one.hostRule?.host === host && isPinned(one))
  const parents = wantedEntries(rows)
    .filter((one) => one.includeSubdomains && host.endsWith(`.${one.host}`))
    .toSorted((one, other) => other.host.length - one.host.length)
  const ofParents = parents.map((parent) => rows.filter((one) => one.hostRule?.host === parent.host && isPinned(one)))

  /**
   * A host's own rows speak for a pin before those of its parents, and the nearest parent that says what it is before
   * the others.
   */
  const naming = (role: 'leaf' | 'ca', pin: string) => {
    const isOpen = !own.some((one) => says(one, 'leaf', pin) || says(one, 'ca', pin))
    const groups = [...(isOpen ? [] : [own]), ...ofParents]
    const saying = groups.find((group) => group.some((one) => says(one, role, pin)))
    // What a host's own rows leave open is what others say.
    const leftOpen = isOpen ? own.filter((one) => namesAs(one, role, pin)) : []
    return leftOpen.length > 0 ? leftOpen : (saying?.filter((one) => namesAs(one, role, pin)) ?? [])
  }
  const keysOf = (pin: string): readonly PublicKeyDescription[] =>
    naming('leaf', pin).flatMap(({ keys, choices }) =>
      keys.flatMap((key) => (key.pin === pin && choices.backupKeys.has(key.pin) ? (key.publicKey ?? []) : [])),
    )
  const hasOwnCa = own.some(({ chains }) => chains.some(isOwn))
  const leaves = [...entry.leaf].filter((pin) => {
    const named = naming('leaf', pin)
    if (keysOf(pin).some((key) => !isCertified(key, hasOwnCa))) return false
    return pin !== leaf && (named.some((one) => own.includes(one)) || !named.some((one) => holdsAs(one, true, pin)))
  })
  const isKnownType = (pin: string) =>
    naming('leaf', pin).some(
      (one) =>
        holdsAs(one, true, pin) || one.keys.some((key) => key.pin === pin && one.choices.backupKeys.has(key.pin)),
    )
  const authorities = [...entry.ca].filter((pin) => !above.includes(pin))
  const isRoot = (pin: string) =>
    naming('ca', pin).some(({ chains, bundledRoots, choices }) => {
      const isTyped = choices.typedPins.some((typed) => typed.pin === pin)
      const isNamed = isTyped || [...choices.backupKeys].some((key) => key === pin)
      const isRootOfChain = chains.some(({ links }) =>
        links.some(
          ({ certificate, role }) =>
            certificate.pin === pin &&
            role === 'root' &&
            (isNamed || (choices.exceptions.get(certificate.sha256) ?? choices.roles.root)),
        ),
      )
      return isRootOfChain || (isTyped && [...bundledRoots.keys()].some((root) => root === pin))
    })
  const isBundled = (pin: string) =>
    naming('ca', pin).some(
      ({ bundledRoots, choices }) =>
        choices.typedPins.some((typed) => typed.pin === pin) && [...bundledRoots.keys()].some((root) => root === pin),
    )
  const hasCertificate = (pin: string) => naming('ca', pin).some((one) => holdsAs(one, false, pin))
  const rest = authorities.filter((pin) => !isRoot(pin))
  return {
    leaves: new Set(leaves),
    typedLeaves: new Set(leaves.filter((pin) => !isKnownType(pin))),
    otherTypeLeaves: new Set(leaves.filter((pin) => keysOf(pin).some(({ algorithm }) => algorithm !== 'EC'))),
    unknown: new Set([...entry.unknown].filter((pin) => pin !== leaf && !above.includes(pin))),
    roots: new Set(authorities.filter(isRoot)),
    publicRoots: new Set(authorities.filter(isBundled)),
    typedAuthorities: new Set(rest.filter((pin) => !hasCertificate(pin))),
    intermediates: new Set(rest.filter(hasCertificate)),
  }
}

const alone = new WeakMap<PlanRow, readonly PlanRow[]>()

/** Asked for every pin of every row, so it is worked out once. */
function entriesOfAlone(row: PlanRow): ReturnType<typeof wantedEntries> {
  const rows = alone.get(row) ?? [row]
  alone.set(row, rows)
  return wantedEntries(rows)
}

function withoutKeyless(pins: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...pins].filter((pin) => !KEYLESS_PINS.includes(pin)))
}

/** Public CAs certify RSA of 2048 bits and more and three curves; one's own any key that cannot be broken. */
function isCertified({ algorithm, bits, curve }: PublicKeyDescription, ofOwnCa: boolean): boolean {
  if (algorithm === 'RSA') return (bits ?? 0) >= 2048
  return ofOwnCa || ['P-256', 'P-384', 'P-521'].includes(curve ?? '')
}

function says(row: PlanRow, role: 'leaf' | 'ca', pin: string): boolean {
  return entriesOfAlone(row).some((one) => one[role].has(pin))
}

function namesAs(row: PlanRow, role: 'leaf' | 'ca', pin: string): boolean {
  return entriesOfAlone(row).some((one) => one[role].has(pin) || one.unknown.has(pin))
}

function holdsAs({ chains }: PlanRow, isLeaf: boolean, pin: string): boolean {
  return chains.some(({ links }) =>
    links.some(({ certificate, role }) => certificate.pin === pin && (role === 'leaf') === isLeaf),
  )
}

function isPinned(row: PlanRow): boolean {
  return entriesOfAlone(row).length > 0
}

function pinsOf({ links }: Chain): readonly string[] {
  return links.map(({ certificate }) => certificate.pin)
}

function identity({ links }: Chain): string {
  return links.map(({ certificate }) => certificate.sha256).join()
}

function distinct(chains: readonly Chain[]): readonly Chain[] {
  return chains.filter((chain, index) => chains.findIndex((other) => identity(other) === identity(chain)) === index)
}

function together(outcomes: readonly Outcome[]): Outcome {
  const [first] = outcomes
  return first && outcomes.every((outcome) => outcome === first) ? first : 'depends'
}

function best(outcomes: readonly Outcome[]): Outcome {
  return (['connects', 'depends'] as const).find((outcome) => outcomes.includes(outcome)) ?? 'blocked'
}

function worst(outcomes: readonly Outcome[]): Outcome {
  return (['blocked', 'depends'] as const).find((outcome) => outcomes.includes(outcome)) ?? 'connects'
}
