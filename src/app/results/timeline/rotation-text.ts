import type { HostName } from '../../../core/pins/host-rule.ts'
import { CADENCE_FIELDS, type CadenceField } from '../../../core/rotation/cadence.ts'
import { earlierEndText, type EarlierEnd } from '../../../core/rotation/holding-end.ts'
import type { IssuerKind, RenewalCost } from '../../../core/rotation/renewal-costs.ts'
import type { Rotation, RotationPlan } from '../../../core/rotation/rotation-plan.ts'
import { certificateName } from '../../../core/certificate/certificate.ts'
import { isoDay } from '../../../core/instant.ts'
import { listed, shownName } from '../../../core/risks/wording.ts'

/** Hosts in a sentence, and whether it goes on in the singular. */
function verb(hosts: readonly HostName[], singular: string, plural: string): string {
  return hosts.length === 1 ? singular : plural
}

function days(count: number): string {
  return `${count} ${count === 1 ? 'day' : 'days'}`
}

const PLATFORM_NAMES = { android: 'Android', ios: 'iOS' } as const

/** What the pins rest on; the last whole day that the plan counts on it follows. */
export function restsOnText({ certificate, role, platforms, earlier }: Rotation): string {
  const where = platforms.length === 1 && platforms[0] ? ` on ${PLATFORM_NAMES[platforms[0]]}` : ''
  const what = `Rests${where} on the ${role} ${shownName(certificateName(certificate))}`
  if (earlier === null) return `${what}, whose last whole day is`
  const why = earlierEndText(certificate, earlier)
  return isAhead(earlier)
    ? `${what}. ${sentence(why)}, so the plan counts on it until`
    : `${what}. ${sentence(why)}, so the server’s next certificate may come from elsewhere: the plan counts on it until the leaf in service ends, on`
}

function isAhead(earlier: EarlierEnd): boolean {
  return earlier.kind === 'root-notice' && !earlier.isInEffect
}

/** The same with a capital letter, unless it begins with a name. */
function sentence(clause: string): string {
  return clause.replace(/^since /, 'Since ')
}

/** Why a change cannot be complete in time; null when it can. */
export function lateText(rotation: Rotation, today: string): string | null {
  const { missingDays, lastDay, switchBy, hasNextPin, role, earlier } = rotation
  if (missingDays === 0) return null
  const end = isoDay(lastDay)
  const subject = earlier === null ? 'The certificate' : 'What the plan counts on'
  const what = end < today ? `${subject} ended after ${end}` : `${subject} ends ${days(missingDays)} too early`
  const remedy =
    role === 'leaf'
      ? 'Renew for the same key, or let the app update sooner; with a new key,'
      : 'Keep the server on a chain through it, or let the app update sooner; with another chain,'
  // The plan tells which pins there are, not since when they have been in releases.
  const shipped = hasNextPin ? ' If the next pin is in all released versions already, the server can change today.' : ''
  return `${what}: nearly all phones have a pin of the next release only on ${isoDay(switchBy)}. ${remedy} versions that pin the old one and not the next are cut off.${shipped}`
}

/** What it means for a change that no released version has pins; null where some has. */
export function firstReleaseText({ start }: Rotation): string | null {
  switch (start) {
    case 'released':
      return null
    case 'free':
      return 'With the next pin in the first release, the server can change on any day. Should a later release bring it, these days hold for that one.'
    case 'first-release':
      return 'The first release needs the next pin. With a later one it would come too late for whoever has the first.'
    case 'next-pin-alone':
      return 'That is before the first release. Pin the next key there, and leave this one out.'
  }
}

/** Which release is meant, behind its day; empty where any release before will do. */
export function releaseText({ start, missingDays }: Rotation): string {
  if (missingDays > 0) return ' (the next release)'
  return start === 'first-release' || start === 'next-pin-alone' ? ' (the first release)' : ''
}

export function nextPinText({ hasNextPin, role, start }: Rotation): string {
  if (hasNextPin)
    return start === 'released' ? 'in this plan: put it into a release' : 'in this plan: keep it in the first release'
  // A key of one's own is no CA's, so a list of CAs on iOS leaves it out.
  return role === 'leaf' ? 'none yet: make a key, and pin it as backup' : 'none yet: pin the root of a second CA'
}

/** What the plan comes to, in a sentence. */
export function planSummary(plan: RotationPlan): string {
  const { onCas, unknown } = plan
  const sentences = [
    ...changesSummary(plan),
    onCas.length === 0
      ? null
      : `${listed(onCas)} ${verb(onCas, 'pins', 'pin')} a CA or a root of the chain: a new leaf key costs no release there, until that CA changes.`,
    unknown.length === 0
      ? null
      : `For ${listed(unknown)} no pin is known to be of a certificate in service, so no day can be told.`,
  ]
  return sentences.filter((text) => text !== null).join(' ')
}

function changesSummary({ rotations, isFirst }: RotationPlan): readonly string[] {
  const all = rotations.length
  const late = rotations.filter(({ missingDays }) => missingDays > 0).length
  const bound = rotations.filter(({ start }) => start === 'first-release' || start === 'next-pin-alone').length
  const some = (count: number) => (all === 1 ? 'The change of keys' : `${count} of ${all} changes of keys`)
  if (all === 0) return ['No change of keys can be planned yet.']
  const first = isFirst ? ['No released version has pins, so no phone can be cut off today.'] : []
  if (bound > 0)
    return [...first, `${some(bound)} can be complete in time only with the next pin in the first release.`]
  if (late > 0)
    return [
      `${some(late)} cannot be complete in time.`,
      'If no released version has pins yet, say so above: then there is more time.',
    ]
  return [...first, `${all === 1 ? 'The change of keys' : `The ${all} changes of keys`} can be complete in time.`]
}

const ISSUER_NAMES: Readonly<Record<IssuerKind, string>> = {
  public: 'public CAs',
  'lets-encrypt': 'Let’s Encrypt',
  private: 'a private CA',
}

export interface CostLine {
  readonly issued: string
  readonly days: string
  readonly renewals: string
  readonly releases: string
  readonly keysAhead: string
}

export function costLine(cost: RenewalCost, today: string): CostLine {
  const { issuer, from, keys, renewals, releases, isEveryRelease, keysAhead } = cost
  const since = from === null ? 'as today’s' : from <= today ? 'now' : `from ${from}`
  return {
    issued: `${ISSUER_NAMES[issuer]}, ${since}`,
    days: String(cost.days),
    renewals: `${oneDecimal(renewals)}${keys > 1 ? ` for each of ${keys} keys` : ''}`,
    releases: `${oneDecimal(releases)}${isEveryRelease ? ', every release' : ''}`,
    keysAhead: String(keysAhead),
  }
}

function oneDecimal(number: number): string {
  return number > 0 && number < 0.1 ? 'under 0.1' : String(Math.round(number * 10) / 10)
}

/** What the figures assume. */
export function assumptions({ cadence: { releaseEvery, adoption }, isFirst }: RotationPlan): readonly string[] {
  return [
    isFirst
      ? 'No released version has pins: whoever has one of those goes on with any key, and the next release is the first with pins.'
      : 'Released versions have these pins, without the next one.',
    `A pin that is added today is in a release within ${days(releaseEvery)}, and ${days(adoption)} after the release nearly all phones have it. Whoever has not updated by then is not counted.`,
    'An app has to know a key before the server presents it. So each renewal with a new key needs a release before it; one for the same key needs none, and neither does a new leaf key where a CA or a root of the chain is pinned. Those cost a release when that CA changes, which may come without notice.',
    'Renewals are counted as if each certificate were used to its last day. Most servers renew after two thirds of it, which makes half as many again.',
    'Keys to pin ahead are those that come into service before nearly all phones have the release after this one.',
    'A CA counts no longer than root programmes and the CA itself let it: until the day before they give it up, and where that day has come until the leaf in service ends. A day that is an estimate may move.',
    'The old pin goes when the old certificate has ended, so that the server can go back to it until then.',
    'An expiration of the pins is not counted: it ends the check of the pins, and with it what they are for. All days are days in UTC.',
  ]
}

export const CADENCE_LABELS: Readonly<Record<CadenceField, string>> = {
  releaseEvery: 'Days between releases of the app',
  adoption: 'Days until nearly all phones have a release',
}

export const CADENCE_HINTS: Readonly<Record<CadenceField, string>> = {
  releaseEvery: 'At most, with the time that the review takes.',
  adoption: 'For example until 95 % have updated; 0 when the app makes everybody update at once.',
}

/** What to say of a text that is no number of days. */
export function cadenceProblem(field: CadenceField, text: string, used: number): string {
  const { least, most } = CADENCE_FIELDS[field]
  const entered = text.trim()
  const isNumber = /^\d+$/.test(entered)
  const what =
    entered === ''
      ? 'No number of days is entered.'
      : isNumber
        ? `${Number(entered) < least ? 'Too few' : 'Too many'} days.`
        : 'This is no whole number in digits alone.'
  return `${what} Enter whole days from ${least} to ${most}. The plan still uses ${used}.`
}

export const RELEASED_QUESTION = 'Are pins in a released version of the app already?'

export const RELEASED_ANSWERS = [
  { value: 'yes', label: 'Yes, or I do not know' },
  { value: 'no', label: 'No, the next release is the first with pins' },
] as const
