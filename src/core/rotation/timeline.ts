import { certificateName, type Certificate, type CertificateFingerprint } from '../certificate/certificate.ts'
import type { ChainRole } from '../chain/chain.ts'
import { isPublic } from '../chain/store-listings.ts'
import { chosenPinSetEnds, pinSetEndsByPolicy, type EndOfDay, type PinSetEnd } from '../formats/pin-set-ends.ts'
import type { ProjectSettings } from '../settings/project-settings.ts'
import { isoDay, startOfDayUtc, type Instant } from '../instant.ts'
import type { HostName } from '../pins/host-rule.ts'
import { policyOf, type PinPlan, type PlanRow } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { noticeTitle } from '../risks/noticed-root-text.ts'
import { noticedRoots } from '../risks/noticed-roots.ts'
import { LETS_ENCRYPT_LIFETIMES, LIFETIME_STEPS } from '../risks/policy.ts'
import { retiredIn } from '../risks/retired-issuers.ts'
import type { RootNotice } from '../risks/root-notice.ts'
import { dayInWords, listed, shownName } from '../wording/wording.ts'
import { recognise } from '../trust/recognise.ts'
import { addDays, dayOf } from '../days.ts'
import { earlierEndText, sourceOf } from './holding-end.ts'
import { rotationPlan, type Rotation, type RotationPlan } from './rotation-plan.ts'

export type TimelineEventKind =
  | 'certificate-end'
  | 'issuer-retired'
  | 'last-release'
  | 'lifetime-step'
  | 'pins-expire'
  | 'remove-old-pin'
  | 'root-notice'
  | 'switch-server'

/** A day that matters to a plan. The texts hold names from certificates: hostile, print as text. */
export interface TimelineEvent {
  /** The same for the same matter, whatever its day; distinct; ASCII letters, digits and `-._` alone. */
  readonly id: string
  readonly kind: TimelineEventKind
  /** The beginning of the day in UTC; of a month or a year that is all that is known, the first day of it. */
  readonly day: Instant
  /** The same as precisely as it is known: `yyyy`, `yyyy-MM` or `yyyy-MM-dd`. */
  readonly date: string
  /** The day is Pinsmith’s estimate. */
  readonly isEstimate: boolean
  /** One line. */
  readonly title: string
  /** Whole sentences. */
  readonly text: string
  /** Empty when it is about no host in particular. */
  readonly hosts: readonly HostName[]
  readonly source: string | null
}

/** How long a certificate of the plan is valid. */
export interface ValiditySpan {
  readonly certificate: Certificate
  readonly role: ChainRole
  readonly hosts: readonly HostName[]
  readonly isPinned: boolean
}

/** How far ahead days are told: an installed app keeps its pins for years, and nobody plans for longer. */
const HORIZON_DAYS = 4 * 366

/**
 * Everything that is to come for a plan, and what has come; earliest first.
 *
 * @param rotation the same of `rotationPlan`, where it is at hand
 */
export function timelineEvents(
  plan: PinPlan,
  rows: readonly PlanRow[],
  settings: ProjectSettings,
  now: Instant,
  { rotations }: Pick<RotationPlan, 'rotations'> = rotationPlan(plan, rows, settings, now),
): readonly TimelineEvent[] {
  const withHost = rows.filter(({ hostRule }) => hostRule !== null)
  const events = [
    ...validitySpans(plan, withHost).map(certificateEnd),
    ...expirations(plan, settings, now),
    ...lifetimeSteps(withHost),
    ...retirements(withHost, now),
    ...rootNotices(withHost, now),
    ...rotations.flatMap(rotationDays),
  ]
  const horizon = addDays(dayOf(now), HORIZON_DAYS)
  return (
    events
      .filter(({ day }) => day <= horizon)
      // Of those on one day what ends first stays first.
      .toSorted((one, other) => one.day - other.day)
  )
}

/** Those from today on. */
export function eventsAhead(events: readonly TimelineEvent[], now: Instant): readonly TimelineEvent[] {
  return events.filter(({ day }) => day >= dayOf(now))
}

/** Each certificate of the chains once, leaves first, and within a role what ends first. */
export function validitySpans(plan: PinPlan, rows: readonly PlanRow[]): readonly ValiditySpan[] {
  const spans = new Map<CertificateFingerprint, ValiditySpan>()
  for (const { hostRule, chains } of rows) {
    if (!hostRule) continue
    const { host } = hostRule
    const pinned = new Set<SpkiPin>(policyOf(host, plan.policies)?.pins.map(({ pin }) => pin))
    for (const { certificate, role } of chains.flatMap(({ links }) => links)) {
      const known = spans.get(certificate.sha256)
      spans.set(certificate.sha256, {
        certificate,
        role,
        hosts: known?.hosts.includes(host) ? known.hosts : [...(known?.hosts ?? []), host],
        isPinned: (known?.isPinned ?? false) || pinned.has(certificate.pin),
      })
    }
  }
  return [...spans.values()].toSorted(
    (one, other) =>
      ROLES.indexOf(one.role) - ROLES.indexOf(other.role) || one.certificate.notAfter - other.certificate.notAfter,
  )
}

const ROLES: readonly ChainRole[] = ['leaf', 'intermediate', 'root']

type UndatedEvent = Omit<TimelineEvent, 'day' | 'date' | 'isEstimate'>

function onDay(instant: Instant, event: UndatedEvent): TimelineEvent {
  const day = dayOf(instant)
  return { ...event, day, date: isoDay(day), isEstimate: false }
}

function onDate(date: string, event: UndatedEvent, isEstimate = false): TimelineEvent {
  // An unknown day or month is the first one.
  const day = startOfDayUtc(`${date}-01-01`.slice(0, 'yyyy-MM-dd'.length))
  if (day === null) throw new Error(`no day: ${date}`)
  return { ...event, day, date, isEstimate }
}

function certificateEnd({ certificate, role, hosts, isPinned }: ValiditySpan): TimelineEvent {
  const name = shownName(certificateName(certificate))
  const consequence =
    role === 'leaf'
      ? 'From then on phones refuse a server that still presents it. The next certificate matches the same pin only when its key is the same.'
      : 'Chains through it have to end at, or go through, another certificate by then.'
  return onDay(certificate.notAfter, {
    id: `certificate-end-${certificate.sha256}`,
    kind: 'certificate-end',
    title: `The ${role} ${name} ends`,
    text: `${isPinned ? 'Pinned for' : 'Not pinned; in the chain of'} ${listed(hosts)}. ${consequence}`,
    hosts,
    source: null,
  })
}

const FROM_MIDNIGHT: Readonly<Record<EndOfDay, string>> = {
  'device-local-midnight': 'from 00:00 of this day in each phone’s own time zone',
  'utc-midnight': 'from 00:00 UTC of this day',
}

/** The ends of pin sets that outputs write; outputs that end the pins of the same hosts on one day are one event. */
function expirations(plan: PinPlan, settings: ProjectSettings, now: Instant): readonly TimelineEvent[] {
  const groups = new Map<string, EndingTogether>()
  for (const end of chosenPinSetEnds(settings)) {
    for (const [date, hosts] of hostsByDate(end, plan, now)) {
      const key = [date, ...hosts].join(' ')
      const known = groups.get(key)
      groups.set(key, { date, hosts, ends: known ? [...known.ends, end] : [end] })
    }
  }
  return [...groups.values()].map(({ date, hosts, ends }) => {
    const [first] = ends
    return onDate(date, {
      id: `pins-expire-${first.format.id}-${hosts[0]}`,
      kind: 'pins-expire',
      title: `The pins of ${listed(hosts)} end in ${titlesOf(ends)}`,
      text: `The expiration that is chosen there: ${whenOn(ends)} phones do not check these pins, and give no message. A release with a later day has to reach the phones before.`,
      hosts,
      source: first.format.docs,
    })
  })
}

interface EndingTogether {
  readonly date: string
  readonly hosts: readonly HostName[]
  readonly ends: readonly [PinSetEnd, ...PinSetEnd[]]
}

function titlesOf(ends: readonly PinSetEnd[]): string {
  const titles = ends.map(({ format }) => format.title)
  return listed(titles, titles.length)
}

/** When on the day; with whose that is, where outputs differ. */
function whenOn(ends: readonly PinSetEnd[]): string {
  const moments = (['device-local-midnight', 'utc-midnight'] as const).flatMap((begins) => {
    const same = ends.filter((end) => end.begins === begins)
    if (same.length === 0) return []
    return [same.length === ends.length ? FROM_MIDNIGHT[begins] : `${FROM_MIDNIGHT[begins]} (${titlesOf(same)})`]
  })
  return moments.join(' and ')
}

function hostsByDate(end: PinSetEnd, plan: PinPlan, now: Instant): ReadonlyMap<string, readonly HostName[]> {
  const hosts = new Map<string, HostName[]>()
  for (const { policy, expiration } of pinSetEndsByPolicy(end, plan, now)) {
    if (expiration.kind === 'written') hosts.set(expiration.date, [...(hosts.get(expiration.date) ?? []), policy.host])
  }
  return hosts
}

function lifetimeSteps(rows: readonly PlanRow[]): readonly TimelineEvent[] {
  const ofPublicCas = rows.filter(({ chains }) => chains.some(isPublic))
  const ofLetsEncrypt = ofPublicCas.filter(({ chains }) =>
    chains.some((chain) => recognise(chain, null).family?.family.id === 'lets-encrypt'),
  )
  const later =
    'Certificates from before that day stay valid to their end. More renewals mean more key changes, unless the key is kept.'
  return [
    ...(ofPublicCas.length > 0 ? LIFETIME_STEPS : []).map(({ from, days, source }) =>
      onDate(from, {
        id: `lifetime-step-${days}`,
        kind: 'lifetime-step',
        title: `Public CAs issue for ${days} days at most`,
        text: `From this day on the CA/Browser Forum allows server certificates of ${days} days. ${later}`,
        hosts: [],
        source,
      }),
    ),
    ...(ofLetsEncrypt.length > 0 ? LETS_ENCRYPT_LIFETIMES.slice(1) : []).map(({ from, days, source }) =>
      onDate(from, {
        id: `lifetime-step-lets-encrypt-${days}`,
        kind: 'lifetime-step',
        title: `Let’s Encrypt issues for ${days} days`,
        text: `From this day on that is what its default profile issues. ${later}`,
        hosts: distinctHosts(ofLetsEncrypt),
        source,
      }),
    ),
  ]
}

function retirements(rows: readonly PlanRow[], now: Instant): readonly TimelineEvent[] {
  const found = rows.flatMap((row) => retiredIn(row, now).map(({ name, retired }) => ({ name, retired, row })))
  return [...new Set(found.map(({ name }) => name))].flatMap((name) => {
    const same = found.filter((issuer) => issuer.name === name)
    return same.slice(0, 1).map(({ retired }) =>
      onDate(retired.since, {
        // One of the names that the CA has published.
        id: `issuer-retired-${name}`,
        kind: 'issuer-retired',
        title: `${retired.ca} issues no longer from ${name}`,
        text: `Since ${dayInWords(retired.since)} it issues from ${retired.successors}. The next certificate comes from one of those, and a pin of ${name} does not match it.`,
        hosts: distinctHosts(same.map(({ row }) => row)),
        source: retired.source,
      }),
    )
  })
}

/** One event for each root and what is published about it, with all hosts that it concerns. */
function rootNotices(rows: readonly PlanRow[], now: Instant): readonly TimelineEvent[] {
  const found = new Map<string, { notice: RootNotice; name: string; hosts: Set<HostName>; isPinned: boolean }>()
  for (const row of rows) {
    for (const { pin, name, isPinned, inEffect, ahead } of noticedRoots(row, now)) {
      for (const notice of [...inEffect, ...ahead]) {
        const key = `${keyForId(pin)}-${notice.effective}-${notice.kind}-${notice.programmes.join('-')}`
        const known = found.get(key) ?? { notice, name, hosts: new Set(), isPinned: false }
        if (row.hostRule) known.hosts.add(row.hostRule.host)
        found.set(key, { ...known, isPinned: known.isPinned || isPinned })
      }
    }
  }
  return [...found].map(([key, { notice, name, hosts, isPinned }]) =>
    onDate(
      notice.effective,
      {
        id: `root-notice-${key}`,
        kind: 'root-notice',
        title: noticeTitle(name, notice),
        text: `${notice.text} ${name} is ${isPinned ? 'pinned for' : 'where the chain ends of'} ${listed([...hosts])}.`,
        hosts: [...hosts],
        source: notice.sources[0] ?? null,
      },
      notice.isEstimate === true,
    ),
  )
}

function keyForId(pin: SpkiPin): string {
  return pin.replaceAll('+', '.').replaceAll('/', '_').replace('=', '')
}

function rotationDays(rotation: Rotation): readonly TimelineEvent[] {
  const { certificate, hosts, earlier, shipBy, switchBy, removeAfter, start } = rotation
  const of = listed(hosts)
  // Each host is in one rotation.
  const identity = `${certificate.sha256}-${hosts[0]}`
  const shared = { hosts, source: earlier && sourceOf(earlier) }
  return [
    onDay(shipBy, { id: `last-release-${identity}`, kind: 'last-release', ...releaseWords(rotation, of), ...shared }),
    onDay(switchBy, {
      id: `switch-server-${identity}`,
      kind: 'switch-server',
      ...switchWords(rotation, of),
      ...shared,
    }),
    // A pin that no release has cannot go from one.
    ...(start === 'next-pin-alone'
      ? []
      : [
          onDay(addDays(removeAfter, 1), {
            id: `remove-old-pin-${identity}`,
            kind: 'remove-old-pin',
            title: `The old pin may go: ${of}`,
            text: `The server has left ${certificateOf(rotation)}. From this day on releases can do without its pin, and should have the pin of another key in reserve.`,
            ...shared,
          }),
        ]),
  ]
}

type Words = Pick<TimelineEvent, 'title' | 'text'>

function releaseWords(rotation: Rotation, of: string): Words {
  const { hasNextPin, missingDays, role, start } = rotation
  const next = hasNextPin ? 'the next pin' : 'a next pin, which this plan does not have yet,'
  const until = endingOf(rotation)
  if (missingDays > 0) {
    const delay = role === 'leaf' ? 'renew for the same key' : 'stay with this CA'
    return {
      title: `Release the next pin at once: ${of}`,
      text: `It is too late for a plan without loss: old versions of the app do not know the next key when ${until}. Release ${next} at once, and ${delay} for as long as you can.`,
    }
  }
  switch (start) {
    case 'released':
    case 'free':
      return {
        title: `Last safe release with the next pin: ${of}`,
        text: `A release with ${next} has to be out by this day, so that the phones have it before ${until}.`,
      }
    case 'first-release':
      return {
        title: `The first release needs the next pin: ${of}`,
        text: `No released version has pins yet, so the first one can bring ${next} along. With a later release phones would not have it before ${until}.`,
      }
    case 'next-pin-alone':
      return {
        title: `The first release needs the next pin alone: ${of}`,
        text: `Before it is out, ${until}. Release ${next} and leave the old one out.`,
      }
  }
}

function switchWords(rotation: Rotation, of: string): Words {
  const { missingDays, start, switchFrom, switchBy, lastDay } = rotation
  const until = endingOf(rotation)
  if (missingDays > 0) {
    return {
      title: `Phones have the next pin: ${of}`,
      text: `Until then versions without the next pin refuse the new key, and ${until}.`,
    }
  }
  const title = `Last day to change the server’s key: ${of}`
  if (start === 'released') {
    return {
      title,
      text: `The server takes its next certificate, for a key that the app pins, between ${isoDay(switchFrom)} and this day, before ${until}.`,
    }
  }
  return switchBy > lastDay
    ? {
        title: `Change the server’s key now: ${of}`,
        text: `No released version has pins, so none refuses it, and ${until}.`,
      }
    : {
        title,
        text: `No released version has pins, so with the next pin in the first one the server can take its next certificate on any day up to this one, before ${until}.`,
      }
}

function certificateOf({ certificate, role }: Rotation): string {
  return `the ${role} ${shownName(certificateName(certificate))}`
}

/** A clause without a full stop: until when the plan counts on a certificate, and why. */
function endingOf(rotation: Rotation): string {
  const { lastDay, earlier } = rotation
  return earlier === null
    ? `${certificateOf(rotation)} ends (its last whole day is ${isoDay(lastDay)})`
    : `chains leave ${certificateOf(rotation)} (the plan counts on it until ${isoDay(lastDay)}: ${earlierEndText(earlier)})`
}

function distinctHosts(rows: readonly PlanRow[]): readonly HostName[] {
  return [...new Set(rows.flatMap(({ hostRule }) => (hostRule ? [hostRule.host] : [])))]
}
