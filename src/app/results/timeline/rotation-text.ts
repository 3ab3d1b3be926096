import type { HostName } from '../../../core/pins/host-rule.ts'
import type { Cadence, CadenceField } from '../../../core/cadence/cadence.ts'
import { CADENCE_FIELDS } from '../../../core/cadence/cadence.ts'
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

/** What the pins rest on; its last whole day follows. */
export function restsOnText({ certificate, role, platforms }: Rotation): string {
  const where = platforms.length === 1 && platforms[0] ? ` on ${PLATFORM_NAMES[platforms[0]]}` : ''
  return `Rests${where} on the ${role} ${shownName(certificateName(certificate))}, whose last whole day is`
}

/** Why a change cannot be complete in time; null when it can. */
export function lateText({ missingDays, lastDay, switchBy, hasNextPin }: Rotation, today: string): string | null {
  if (missingDays === 0) return null
  const end = isoDay(lastDay)
  const what =
    end < today ? `The certificate ended after ${end}` : `The certificate ends ${days(missingDays)} too early`
  // The plan tells which pins there are, not since when they have been in releases.
  const shipped = hasNextPin ? ' If the next pin is in all released versions already, the server can change today.' : ''
  return `${what}: nearly all phones have a pin of the next release only on ${isoDay(switchBy)}. Renew for the same key, or let the app update sooner; with a new key, versions that pin the old one and not the next are cut off.${shipped}`
}

export function nextPinText({ hasNextPin, role }: Rotation): string {
  if (hasNextPin) return 'in this plan: put it into a release'
  // A key of one's own is no CA's, so a list of CAs on iOS leaves it out.
  return role === 'leaf' ? 'none yet: make a key, and pin it as backup' : 'none yet: pin the root of a second CA'
}

/** What the plan comes to, in a sentence. */
export function planSummary({ rotations, onCas, unknown }: RotationPlan): string {
  const late = rotations.filter(({ missingDays }) => missingDays > 0).length
  const sentences = [
    rotations.length === 0
      ? 'No change of keys can be planned yet.'
      : late === 0
        ? `${rotations.length === 1 ? 'The change of keys' : `The ${rotations.length} changes of keys`} can be complete in time.`
        : `${rotations.length === 1 ? 'The change of keys' : `${late} of ${rotations.length} changes of keys`} cannot be complete before the certificate ends.`,
    onCas.length === 0
      ? null
      : `${listed(onCas)} ${verb(onCas, 'pins', 'pin')} a CA or a root of the chain: a new leaf key costs no release there, until that CA changes.`,
    unknown.length === 0
      ? null
      : `For ${listed(unknown)} no pin is known to be of a certificate in service, so no day can be told.`,
  ]
  return sentences.filter((sentence) => sentence !== null).join(' ')
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
export function assumptions({ releaseEvery, adoption }: Cadence): readonly string[] {
  return [
    `A pin that is added today is in a release within ${days(releaseEvery)}, and ${days(adoption)} after the release nearly all phones have it. Whoever has not updated by then is not counted.`,
    'An app has to know a key before the server presents it. So each renewal with a new key needs a release before it; one for the same key needs none, and neither does a new leaf key where a CA or a root of the chain is pinned. Those cost a release when that CA changes, which may come without notice.',
    'Renewals are counted as if each certificate were used to its last day. Most servers renew after two thirds of it, which makes half as many again.',
    'Keys to pin ahead are those that come into service before nearly all phones have the release after this one.',
    'The old pin goes when the old certificate has ended, so that the server can go back to it until then.',
    'Android’s expiration is not counted: it ends the check of the pins, and with it what they are for. All days are days in UTC.',
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

/** What to say of a number of days that is none. */
export function cadenceProblem(field: CadenceField, used: number): string {
  const { least, most } = CADENCE_FIELDS[field]
  return `Enter whole days from ${least} to ${most}. The plan still uses ${used}.`
}
