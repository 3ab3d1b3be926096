import { certificateName, type Certificate } from '../../core/certificate/certificate.ts'
import { shortLine } from '../../core/single-line.ts'
import { listed } from '../../core/wording/wording.ts'
import type { RecognisedFamily, RecognisedProvider } from '../../core/trust/recognise.ts'

// Every sentence of the recognition card, in one place.

const LONGEST_NAME = 100

/** Who issued, as far as it is known. */
export function issuedText({ family: { name }, by, isVerified }: RecognisedFamily): string {
  if (by === 'chain') return `Issued under a root of ${name}`
  if (by === 'policy') return `Issued by a policy of ${name}, it says`
  return isVerified ? `Issued by ${name}` : `Issued by ${name}, it says`
}

/** Why a provider is named, and how little that proves. */
export function signText({ provider: { name: provider }, sign }: RecognisedProvider): string {
  const name = shortLine(sign.name, LONGEST_NAME)
  switch (sign.in) {
    case 'host':
      return `${name} is a name of ${provider}.`
    case 'certificate':
      return `It looks like it: the certificate names ${name}. That is a pattern, no proof.`
    case 'issuer':
      return `It looks like it: the issuer, ${name}, issues for ${provider}. That is a pattern, no proof.`
  }
}

/** How many of a family's roots stand where on the paths of the chains. */
export interface RootPlaces {
  readonly roots: number
  /** Names of those that a path ends at. */
  readonly ends: readonly string[]
  /** Names of those that are only within a path. */
  readonly within: readonly string[]
  /** Roots that paths end at which none of the family's is on. */
  readonly beside: readonly Certificate[]
  /** Why nothing is known of the paths: the chain stops below its root, or a signature of it is not verified. */
  readonly unknown: 'issuer-missing' | 'not-verified' | null
}

/** Which of the roots can end the very chain that is there, and what the others are for. */
export function placesText({ roots, ends, within, unknown }: RootPlaces): string {
  if (unknown === 'issuer-missing') {
    return 'The issuer’s certificate is missing; these are its family’s roots, and it is not known yet which of them ends the path.'
  }
  if (unknown === 'not-verified') {
    return 'No verified path leads from this chain to a root, so it is not known whether one of these ends it.'
  }
  const others = roots - ends.length - within.length
  return [
    ends.length > 0 ? `Paths of this chain end at ${listed(ends)}.` : '',
    within.length > 0
      ? `${listed(within)} ${within.length === 1 ? 'is' : 'are'} on a path as well, certified by another root.`
      : '',
    others > 0 && ends.length + within.length > 0
      ? `The other${others === 1 ? ' is' : ` ${others} are`} for changes that the CA makes by itself.`
      : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** What these pins would cut off; null when nothing is known that they would. */
export function besideText({ ends, within, beside }: RootPlaces): string | null {
  if (beside.length === 0) return null
  const names = listed(beside.map((certificate) => shortLine(certificateName(certificate), LONGEST_NAME)))
  return ends.length + within.length === 0
    ? `None of these roots is on a path of this chain, which ends at ${names}: with their pins alone no device connects.`
    : `A path of this chain ends at ${names} without any of these roots: a device that takes it matches none of their pins.`
}

export function countText(count: number): string {
  return count === 1 ? '1 root' : `${count} roots`
}
