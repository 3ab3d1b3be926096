import type { HostName } from '../../../core/pins/host-rule.ts'
import { CADENCE_FIELDS, type CadenceField } from '../../../core/cadence/cadence.ts'
import { earlierEndText } from '../../../core/rotation/holding-end.ts'
import type { IssuerKind, RenewalCost } from '../../../core/rotation/renewal-costs.ts'
import type { Rotation, RotationPlan } from '../../../core/rotation/rotation-plan.ts'
import { certificateName } from '../../../core/certificate/certificate.ts'
import { isoDay } from '../../../core/instant.ts'
import { counted, listed, PLATFORM_NAMES, shownName } from '../../../core/wording/wording.ts'

/** Hosts in a sentence, and whether it goes on in the singular. */
function verb(hosts: readonly HostName[], singular: string, plural: string): string {
  return hosts.length === 1 ? singular : plural
}

/** What the pins rest on; the last whole day that the plan counts on it follows. */
export function restsOnText({ certificate, role, platforms, earlier }: Rotation): string {
  const where = platforms.length === 1 && platforms[0] ? ` on ${PLATFORM_NAMES[platforms[0]]}` : ''
  const what = `Rests${where} on the ${role} ${shownName(certificateName(certificate))}`
  if (earlier === null) return `${what}, whose last whole day is`
  const why = `${what}; ${earlierEndText(earlier)}, so`
  return earlier.kind === 'root-notice' && !earlier.isInEffect
    ? `${why} the plan counts on it until`
    : `${why} the server’s next certificate may come from elsewhere: the plan counts on it until the leaf in service ends, on`
}

/** By how much a change comes too late, and what helps there; null when it is in time. The summary says why. */
export function lateText(rotation: Rotation, today: string): string | null {
  const { missingDays, lastDay, hasNextPin, role, earlier } = rotation
  if (missingDays === 0) return null
  const end = isoDay(lastDay)
  const subject = earlier === null ? 'The certificate' : 'What the plan counts on'
  const what =
    end < today ? `${subject} ended after ${end}.` : `${subject} ends ${counted(missingDays, 'day')} too early.`
  const remedy = role === 'leaf' ? 'Renew for the same key.' : 'Keep the server on a chain through it.'
  // The plan tells which pins there are, not since when they have been in releases.
  const shipped = hasNextPin ? ' If the next pin is in all released versions already, the server can change today.' : ''
  return `${what} ${remedy}${shipped}`
}

/** What follows when the old pin ends before any app has it; null when it does not. */
export function nextPinAloneText({ start }: Rotation): string | null {
  return start === 'next-pin-alone'
    ? 'That is before the first release: pin the next key there, and leave this one out.'
    : null
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
  if (rotations.length === 0) return ['No change of keys can be planned yet.']
  if (isFirst) {
    const bound = rotations.filter(({ start }) => start !== 'free').length
    return [
      'No released version has pins, so no phone can be cut off today.',
      'With the next pin in the first release, the server can change on any day; when a later release brings it, only once nearly all phones have that one.',
      ...(bound === 0
        ? []
        : [`${someOf(bound, rotations)} ${bound === 1 ? 'leaves' : 'leave'} no time for a later release.`]),
    ]
  }
  const late = rotations.filter(({ missingDays }) => missingDays > 0)
  const [first] = late
  return first
    ? [
        `${someOf(late.length, rotations)} cannot be complete in time: nearly all phones have a pin of the next release only on ${isoDay(first.switchFrom)}.`,
        'Until then versions that pin the old key and not the next are cut off by a new one; let the app update sooner, or put the change off.',
        'If no released version has pins yet, say so above: then there is more time.',
      ]
    : [
        `${rotations.length === 1 ? 'The change of keys' : `The ${rotations.length} changes of keys`} can be complete in time.`,
      ]
}

function someOf(count: number, { length }: readonly Rotation[]): string {
  return length === 1 ? 'The change of keys' : `${count} of ${length} changes of keys`
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
    `A pin that is added today is in a release within ${counted(releaseEvery, 'day')}, and ${counted(adoption, 'day')} after the release nearly all phones have it. Whoever has not updated by then is not counted.`,
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
