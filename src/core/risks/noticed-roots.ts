import { certificateName, validityAt, type Certificate } from '../certificate/certificate.ts'
import type { Chain, StoreMembership } from '../chain/chain.ts'
import type { TrustPath } from '../chain/trust-path.ts'
import { MILLISECONDS_PER_DAY, type Instant } from '../instant.ts'
import { pinsOfRow } from '../pins/pins-of-row.ts'
import type { PinOrigin, PlanRow } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { isInStore } from '../trust/device-paths.ts'
import { NEWEST_DEVICES, type Device } from '../trust/devices.ts'
import { familyOfRoot } from '../trust/recognise.ts'
import { keyAgeNotice } from './key-age-notice.ts'
import { NEAR_PHASE_OUT_DAYS } from './policy.ts'
import { effectiveFrom, isInEffect, noticesOf, type RootNotice, type RootProgramme } from './root-notice.ts'
import { shownName } from './wording.ts'

/** A root that a row pins or depends on, and about which something is published. */
export interface NoticedRoot {
  readonly pin: SpkiPin
  readonly name: string
  /** Of the rows; empty while none is said. */
  readonly hosts: readonly string[]
  readonly isPinned: boolean
  /** Another root of the same CA, of which nothing like that is in effect, is pinned as well. */
  readonly hasSuccessor: boolean
  /** Phones whose makers have stopped to trust it, and that find no other root for a chain of the row. */
  readonly cutOff: readonly PhoneSystem[]
  /** The worst first; either may be empty, not both. */
  readonly inEffect: readonly RootNotice[]
  readonly ahead: readonly RootNotice[]
}

type PhoneSystem = 'Android' | 'iOS'

const NEWEST_PHONES: Readonly<Record<PhoneSystem, readonly Device[]>> = {
  Android: NEWEST_DEVICES.filter(({ platform }) => platform === 'android'),
  iOS: NEWEST_DEVICES.filter(({ platform }) => platform === 'ios'),
}

/** How far ahead a change is told: an installed app keeps a pin for years, a server changes its chain in weeks. */
const YEAR = 366 * MILLISECONDS_PER_DAY
const AHEAD_WHEN_PINNED = 4 * YEAR
const AHEAD_WHEN_NOT = YEAR

/** What is published about the roots of a row: those that it pins, and those that a chain of it depends on. One entry per key. */
export function noticedRoots(row: PlanRow, now: Instant): NoticedRoot[] {
  const pinned = pinnedCas(row)
  const chains = row.chains.filter(isInService(now)).map((chain) => ({ chain, ends: endsOf(chain, now) }))
  const anchors = chains.flatMap(({ ends }) => ends)
  return [...new Set([...pinned.keys(), ...anchors.map(({ root }) => root.pin)])].flatMap((pin) => {
    // Several certificates may have one key, each in stores of its own.
    const own = anchors.filter(({ root }) => root.pin === pin)
    const isPinned = pinned.has(pin)
    const notices = noticesAbout(pin, own)
    const cutOff = (['Android', 'iOS'] as const).filter((system) =>
      chains.some(({ chain, ends }) => isCutOff(pin, chain, ends, system, now)),
    )
    const isOnlyEnd = chains.some(({ ends }) => ends.length > 0 && ends.every(({ root }) => root.pin === pin))
    if (!isPinned && cutOff.length === 0 && !isOnlyEnd) return []
    const { inEffect, ahead } = noticesToTell(notices, isPinned, now)
    if (inEffect.length + ahead.length === 0) return []
    const name = pinned.get(pin) ?? (own[0] ? certificateName(own[0].root) : pin)
    const hosts = row.hostRule ? [row.hostRule.host] : []
    const hasSuccessor = isPinned && [...pinned.keys()].some((other) => succeeds(other, pin, now))
    return [{ pin, name: shownName(name), hosts, isPinned, hasSuccessor, cutOff, inEffect, ahead }]
  })
}

/** What is published about a key, earliest first, and then the age at which browsers drop one of its certificates. */
export function noticesAbout(
  pin: SpkiPin,
  certificates: readonly { readonly root: Certificate; readonly stores: StoreMembership | null }[],
): readonly RootNotice[] {
  const published = noticesOf(pin)
  const ageing = certificates.map(({ root, stores }) => stores && keyAgeNotice(root, stores, published)).find(Boolean)
  return ageing ? [...published, ageing] : published
}

/** Rows that have the same root in the same way are told of together. */
export const TOLD_TOGETHER = {
  same: (root: NoticedRoot) => JSON.stringify({ ...root, hosts: [] }),
  join: <Root extends NoticedRoot>(first: Root, next: Root): Root => ({
    ...first,
    hosts: [...new Set([...first.hosts, ...next.hosts])],
  }),
}

function noticesToTell(
  notices: readonly RootNotice[],
  isPinned: boolean,
  now: Instant,
): Pick<NoticedRoot, 'inEffect' | 'ahead'> {
  const horizon = now + (isPinned ? AHEAD_WHEN_PINNED : AHEAD_WHEN_NOT)
  return {
    inEffect: worstFirst(notices.filter((notice) => isInEffect(notice, now))),
    ahead: worstFirst(notices.filter((notice) => !isInEffect(notice, now) && effectiveFrom(notice) <= horizon)),
  }
}

type ToldWhenPinned = Pick<NoticedRoot, 'isPinned' | 'hasSuccessor' | 'inEffect' | 'ahead'>

/** What would be told of the key of a root if it was pinned, and these as well. */
export function toldWhenPinned(pin: SpkiPin, pins: readonly SpkiPin[], now: Instant): ToldWhenPinned {
  const hasSuccessor = pins.some((other) => succeeds(other, pin, now))
  return { isPinned: true, hasSuccessor, ...noticesToTell(noticesOf(pin), true, now) }
}

const NEAR = NEAR_PHASE_OUT_DAYS * MILLISECONDS_PER_DAY

/** Whether the pin of a root has to be looked after: the programmes have begun to drop it or will soon, and no other does. */
export function needsSuccessor({ isPinned, hasSuccessor, inEffect, ahead }: ToldWhenPinned, now: Instant): boolean {
  // Within the time that a plan for another root takes.
  const isNear = ahead.some((notice) => effectiveFrom(notice) - now < NEAR)
  const hasConsequence = isNear || inEffect.length > 0 || ahead.some(({ severity }) => severity !== 'info')
  return isPinned && !hasSuccessor && hasConsequence
}

function succeeds(other: SpkiPin, pin: SpkiPin, now: Instant): boolean {
  const family = familyOfRoot(pin)
  const isSpared = !noticesOf(other).some((notice) => isInEffect(notice, now))
  return other !== pin && family !== null && familyOfRoot(other) === family && isSpared
}

/** Whether a row has anything that may be a root or lead to one. */
export function hasRoots({ chains, reserve, choices }: PlanRow): boolean {
  return chains.length + reserve.length + choices.typedPins.length > 0
}

const ENDS_OF_TRUST: ReadonlySet<RootNotice['kind']> = new Set(['distrust', 'expiry', 'removed'])

/** Whether somebody has stopped to trust a root, which is more than that they are about to. */
export function isDistrusted({ inEffect }: Pick<NoticedRoot, 'inEffect'>): boolean {
  return inEffect.some(({ kind }) => ENDS_OF_TRUST.has(kind))
}

/** Names of the keys that are pinned and may be a root's: all but the leaves'. */
function pinnedCas(row: PlanRow): ReadonlyMap<SpkiPin, string> {
  return new Map(
    pinsOfRow(row).flatMap(({ pin, role, origins }) => (role === 'leaf' ? [] : [[pin, nameOf(pin, origins)] as const])),
  )
}

function nameOf(pin: SpkiPin, origins: readonly PinOrigin[]): string {
  const names = origins.map((origin) => {
    if (origin.kind === 'certificate') return certificateName(origin.certificate)
    return origin.kind === 'typed' ? origin.bundledRoot : null
  })
  return names.find((name) => name !== null) ?? pin
}

/** An expired leaf is refused whatever its root is. */
function isInService(now: Instant) {
  return ({ links: [leaf] }: Chain) => leaf !== undefined && validityAt(leaf.certificate, now) !== 'expired'
}

/** A root that a path of a chain ends at. */
interface PathEnd {
  readonly root: Certificate
  readonly stores: StoreMembership | null
  /** Android does not fetch certificates, so it takes only what the server sends or the store has. */
  readonly isOpenToAndroid: boolean
}

/** The ends of the paths that devices may take today; of a chain without paths, its last certificate. */
function endsOf({ links, end, search }: Chain, now: Instant): PathEnd[] {
  const [leaf, ...cas] = links
  if (search.paths.length > 0) return search.paths.flatMap((path) => (isOpen(path, now) ? endOf(path) : []))
  const root = cas.at(-1) ?? leaf
  if (!root || end.kind === 'issuer-missing' || end.kind === 'self-signed-leaf') return []
  return [{ root: root.certificate, stores: root.stores, isOpenToAndroid: true }]
}

function isOpen({ links, faults }: TrustPath, now: Instant): boolean {
  const between = links.slice(1, -1)
  // What could not be checked may well be right.
  const isSound = faults.every(({ kind }) => kind === 'signature-not-checked')
  return isSound && between.every(({ certificate }) => validityAt(certificate, now) === 'valid')
}

function endOf({ links, stores }: TrustPath): PathEnd[] {
  const root = links.at(-1)?.certificate
  const isOpenToAndroid = links.every(({ origin }) => origin !== 'bundled-cross-sign')
  return root ? [{ root, stores, isOpenToAndroid }] : []
}

function isCutOff(pin: SpkiPin, chain: Chain, ends: readonly PathEnd[], system: PhoneSystem, now: Instant): boolean {
  // Without a search for paths nobody knows of any other.
  if (chain.search.paths.length === 0) return false
  if (!ends.some(({ root }) => root.pin === pin) || !isDropped(pin, chain, system, now)) return false
  return !ends.some((end) => isListed(end, system) && !isDropped(end.root.pin, chain, system, now))
}

function isDropped(pin: SpkiPin, { links: [leaf] }: Chain, system: PhoneSystem, now: Instant): boolean {
  return noticesOf(pin).some((notice) => {
    const issued = leaf?.certificate.notBefore ?? now
    const concerns = notice.sparesOlder !== true || issued >= effectiveFrom(notice)
    return systemsOf(notice).includes(system) && isInEffect(notice, now) && concerns
  })
}

function isListed({ stores, isOpenToAndroid }: PathEnd, system: PhoneSystem): boolean {
  const isWithinReach = system === 'iOS' || isOpenToAndroid
  return isWithinReach && stores !== null && NEWEST_PHONES[system].some((phone) => isInStore(stores, phone))
}

/** The phones that a notice is about; a browser's list decides about that browser alone. */
export function systemsOf({ kind, programmes }: RootNotice): readonly PhoneSystem[] {
  const concerns = (programme: RootProgramme) => programmes.includes(programme) || programmes.includes('all')
  return [
    // Android does not look at the end date of a root (Let's Encrypt, 2020-12-21: Extending Android Device Compatibility).
    ...(concerns('android') && kind !== 'expiry' ? (['Android'] as const) : []),
    ...(concerns('apple') ? (['iOS'] as const) : []),
  ]
}

const SEVERITIES: readonly RootNotice['severity'][] = ['error', 'warning', 'info']

/** A programme that has something worse to say, or says the same of more, is not named a second time. */
function worstFirst(notices: readonly RootNotice[]): RootNotice[] {
  const told = new Set<RootProgramme>()
  const sorted = notices.toSorted((one, other) => rank(one) - rank(other))
  return sorted.filter(({ programmes }) => {
    const isNews = programmes.some((programme) => !told.has(programme))
    for (const programme of programmes) told.add(programme)
    return isNews
  })
}

function rank(notice: RootNotice): number {
  if (notice.kind === 'expiry') return -1
  return (systemsOf(notice).length > 0 ? 0 : SEVERITIES.length) + SEVERITIES.indexOf(notice.severity)
}
