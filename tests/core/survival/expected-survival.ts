/**
 * What becomes of a host, worked out from its rows by hand: chains of pins that a judge lets pass or not. No plan, no
 * policy and nothing of `src/core/survival` is consulted, so that tests can hold the table against it. For rows whose
 * keys are all of one type, and whose CA is public and unknown.
 */
import type { Chain } from '../../../src/core/chain/chain.ts'
import type { PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { STRANGER } from '../formats/any-rows.ts'
import { wantedEntries } from '../formats/wanted.ts'

export type Outcome = 'connects' | 'blocked' | 'depends'
type Judge = (chainPins: readonly string[]) => boolean
/** The chains that may come of what the owner does. */
type Way = readonly (readonly string[])[]

interface Spare {
  readonly leaves: ReadonlySet<string>
  /** Typed, with nothing known of the key but that it is a leaf's. */
  readonly typedLeaves: ReadonlySet<string>
  readonly unknown: ReadonlySet<string>
  readonly roots: ReadonlySet<string>
  /** A CA's, and nothing else is known. */
  readonly typedAuthorities: ReadonlySet<string>
  readonly intermediates: ReadonlySet<string>
}

/** The outcomes of the events, for a row without an answer of a server: any of its chains may be the one in service. */
export function expectedSurvival(rows: readonly PlanRow[], row: PlanRow, judge: Judge): Record<string, Outcome> {
  const chains = distinct(row.chains)
  const ofHost = rows.filter((one) => one.hostRule?.host === row.hostRule?.host && isPinned(one))
  const all = distinct(ofHost.flatMap((one) => one.chains))
  const byEvent = chains.map((chain) => {
    const others = all.filter((other) => identity(other) !== identity(chain))
    return eventsOf(pinsOf(chain), others.map(pinsOf), spareOf(rows, row, pinsOf(chain)), judge)
  })
  const events = [...new Set(byEvent.flatMap((one) => Object.keys(one)))]
  return Object.fromEntries(events.map((event) => [event, worst(byEvent.flatMap((one) => one[event] ?? []))] as const))
}

function eventsOf(
  [leaf = '', ...above]: readonly string[],
  others: readonly (readonly string[])[],
  spare: Spare,
  judge: Judge,
): Record<string, Outcome> {
  const outcome = (ways: readonly Way[]) => best(ways.map((way) => together(way.map((chain) => judge(chain)))))
  const below = (one: string, upper: Way): Way => upper.map((authorities) => [one, ...authorities])
  const issuedBy = (issuer: string) => [issuer, ...(above.length > 1 ? above.slice(1) : above)]

  const kept: Way = [above]
  const newRoots = [...spare.roots, ...spare.typedAuthorities, ...spare.unknown, STRANGER].map((root) => [
    STRANGER,
    root,
  ])
  const otherCas: readonly Way[] = [
    [[STRANGER, STRANGER]],
    ...Array.from(spare.roots, (root) => [[STRANGER, root]]),
    ...[...spare.typedAuthorities, ...spare.intermediates, ...spare.unknown].map((pin) => [
      [STRANGER, pin],
      [STRANGER, STRANGER],
    ]),
  ]
  const withSpareLeaf = (
    sure: Iterable<string>,
    guessed: Iterable<string>,
    uppers: readonly Way[],
    own: readonly (readonly string[])[],
  ): readonly Way[] => {
    const ways: Way[] = own.filter(([first]) => [...sure].some((one) => one === first)).map((chain) => [chain])
    for (const upper of uppers) {
      for (const one of sure) ways.push(below(one, upper))
      for (const one of guessed) ways.push([...below(one, upper), ...below(STRANGER, upper)])
    }
    return ways
  }
  const backups = withSpareLeaf(spare.leaves, spare.unknown, [kept], others)
  const upperOfOtherType: Way = above.length > 0 ? [issuedBy(STRANGER), ...newRoots] : [above]
  return {
    'same-key': outcome([below(leaf, kept)]),
    'new-key': outcome([below(STRANGER, kept)]),
    'other-key-type': outcome([
      below(STRANGER, upperOfOtherType),
      ...withSpareLeaf([], [...spare.typedLeaves, ...spare.unknown], [upperOfOtherType], []),
    ]),
    'key-stolen': outcome([
      ...[kept, ...otherCas].map((upper) => below(STRANGER, upper)),
      ...withSpareLeaf(spare.leaves, spare.unknown, [kept, ...otherCas], others),
    ]),
    'backup-key': outcome(backups.length > 0 ? backups : [below(STRANGER, kept)]),
    ...(above.length > 0 && {
      'new-intermediate': outcome([below(leaf, [...spare.typedAuthorities, ...spare.unknown, STRANGER].map(issuedBy))]),
      'new-root': outcome([below(leaf, newRoots)]),
      'new-ca': outcome(otherCas.map((upper) => below(leaf, upper))),
    }),
  }
}

function spareOf(rows: readonly PlanRow[], { hostRule }: PlanRow, [leaf = '', ...above]: readonly string[]): Spare {
  const host: string = hostRule?.host ?? ''
  const entry = wantedEntries(rows).find((one) => one.host === host)
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
  const leaves = [...entry.leaf].filter((pin) => {
    const named = naming('leaf', pin)
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
  const hasCertificate = (pin: string) => naming('ca', pin).some((one) => holdsAs(one, false, pin))
  const rest = authorities.filter((pin) => !isRoot(pin))
  return {
    leaves: new Set(leaves),
    typedLeaves: new Set(leaves.filter((pin) => !isKnownType(pin))),
    unknown: new Set([...entry.unknown].filter((pin) => pin !== leaf && !above.includes(pin))),
    roots: new Set(authorities.filter(isRoot)),
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

function together(passes: readonly boolean[]): Outcome {
  if (passes.every(Boolean)) return 'connects'
  return passes.some(Boolean) ? 'depends' : 'blocked'
}

function best(outcomes: readonly Outcome[]): Outcome {
  return (['connects', 'depends'] as const).find((outcome) => outcomes.includes(outcome)) ?? 'blocked'
}

function worst(outcomes: readonly Outcome[]): Outcome {
  return (['blocked', 'depends'] as const).find((outcome) => outcomes.includes(outcome)) ?? 'connects'
}
