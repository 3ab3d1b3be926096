import { certificateName } from '../../../core/certificate/certificate.ts'
import { shortLine } from '../../../core/single-line.ts'
import { PLATFORMS } from '../../../core/formats/format.ts'
import { pinComment } from '../../../core/formats/pin-comment.ts'
import { PLATFORM_OUTPUTS } from '../../../core/formats/platform-outputs.ts'
import { endText } from '../../../core/risks/ended-ca-text.ts'
import { PLATFORM_NAMES } from '../../../core/wording/wording.ts'
import type { SurvivalEvent } from '../../../core/survival/events.ts'
import type { FutureKey } from '../../../core/survival/future-chain.ts'
import type { SurvivalColumn } from '../../../core/survival/output-check.ts'
import type {
  ComingChain,
  SurvivalCase,
  SurvivalCell,
  SurvivalOutcome,
  SurvivalTable,
} from '../../../core/survival/survival-table.ts'
import type { RootTrust } from '../../../core/survival/root-trust.ts'
import { rangeLabel, rangesAmong } from '../../../core/trust/ranges.ts'
import type { Tone } from '../coverage-cells.ts'

// Every sentence about what a host survives, in one place.

const LONGEST_NAME = 80
/** Enough to tell two pins apart; the chains below have them whole. */
const SHOWN_OF_PIN = 12

export const OUTCOME_WORDS: Readonly<Record<SurvivalOutcome, { readonly word: string; readonly tone: Tone }>> = {
  connects: { word: 'connects', tone: 'good' },
  unpinned: { word: 'connects unpinned', tone: 'warning' },
  depends: { word: 'depends', tone: 'warning' },
  blocked: { word: 'blocked', tone: 'blocker' },
}

/** What an event is called, and what it is taken to be. */
export function eventText(
  event: SurvivalEvent,
  { keyTypes, hasBackupKey }: Pick<SurvivalTable, 'keyTypes' | 'hasBackupKey'>,
): { readonly label: string; readonly meaning: string } {
  switch (event) {
    case 'same-key':
      return { label: 'Renewal, same key', meaning: 'A new certificate for the key in service, below the same CAs.' }
    case 'new-key':
      return {
        label: 'New key, same CA',
        meaning: 'The next certificate has a new key, as ACME clients and providers make one by default.',
      }
    case 'other-key-type':
      return {
        label: keyTypeLabel(keyTypes),
        meaning: 'A key of the other type. CAs issue it from another intermediate, and some from another root.',
      }
    case 'key-stolen':
      return {
        label: 'Key stolen',
        meaning:
          'The server moves at once to another key, a pinned one if need be, with this CA or another pinned one.',
      }
    case 'new-intermediate':
      return { label: 'New intermediate, same key', meaning: 'The CA issues from another intermediate.' }
    case 'new-root':
      return {
        label: 'New root of the same CA, same key',
        meaning: 'The chain ends at another root of the CA, and no cross-certificate leads back to the old one.',
      }
    case 'new-ca':
      return { label: 'New CA, same key', meaning: 'You move to another CA: to a pinned one, where there is one.' }
    case 'backup-key':
      return {
        label: 'Planned switch to the backup key',
        meaning: hasBackupKey
          ? 'The server presents a certificate for the pinned key in reserve.'
          : 'No backup key is pinned, so whatever you switch to is a new key.',
      }
  }
}

function keyTypeLabel(keyTypes: readonly string[]): string {
  if (keyTypes.length === 1 && keyTypes[0] === 'RSA') return 'RSA to ECDSA'
  if (keyTypes.length === 1 && keyTypes[0] === 'EC') return 'ECDSA to RSA'
  return 'Other key type'
}

export function columnText({ format, phase }: SurvivalColumn): string {
  // The platforms' own configuration goes by the platform's name.
  const platform = PLATFORMS.find((one) => PLATFORM_OUTPUTS[one] === format.id)
  const name = platform ? PLATFORM_NAMES[platform] : format.title
  if (phase === null) return name
  return phase.kind === 'before' ? `${name} until ${phase.date}` : `${name} from ${phase.date}`
}

/** Why a cell is what it is: a sentence, and one part for each chain that may come. */
export interface CellText {
  readonly sentence: string
  readonly parts: readonly CellPart[]
}

export interface CellPart {
  readonly lead: string
  /** Why the phone does not, or may not, trust the chain although its keys would do; null where it does. */
  readonly because: string | null
  /** The keys that make it pass; none where it does not. */
  readonly saving: readonly { readonly name: string; readonly pin: string }[]
  /** The chain, leaf first. */
  readonly chain: string
}

export function cellText({ outcome, cases }: SurvivalCell, column: SurvivalColumn): CellText {
  return {
    sentence: sentenceOf(outcome, cases, column),
    parts: cases.flatMap((one) => partsOf(one)),
  }
}

function sentenceOf(outcome: SurvivalOutcome, cases: readonly SurvivalCase[], column: SurvivalColumn): string {
  const { check, phase, format } = column
  if (check.kind === 'does-not-start') {
    return check.reason === 'too-few-pins'
      ? `${format.title} needs ${format.abilities.minimumPins} different pins for each host. With fewer the app does not start.`
      : `${format.title} refuses a host of this configuration, and the app does not start.`
  }
  const trust = untrusted(cases)
  if (trust !== null && outcome !== 'connects') {
    const first = check.kind === 'not-pinned' ? 'No pin is checked' : 'A pinned key is in the chain'
    return outcome === 'blocked'
      ? `${first}, yet the phone does not trust the root that the chain ends at.`
      : `${first}, and it depends on whether the phone trusts the root that the chain ends at.`
  }
  if (check.kind === 'not-pinned') {
    return phase?.kind === 'after'
      ? `From 00:00 of ${phase.date} on, by the device’s own clock, no pin is checked. Any certificate that the device trusts is accepted.`
      : 'This output has no pins for the host. Any certificate that the device trusts is accepted.'
  }
  switch (outcome) {
    case 'connects':
      return 'A pinned key is in the chain.'
    case 'blocked':
      return 'The pins do not match, so installed apps stop connecting until they are updated.'
    case 'unpinned':
    case 'depends':
      return cases.length > 1
        ? 'It depends on which key the chain then has.'
        : 'It depends on the path that the device takes.'
  }
}

/** What is wrong with the root at the end, where nothing else is wrong with any chain that may come. */
function untrusted(cases: readonly SurvivalCase[]): RootTrust | null {
  const presented = cases.flatMap((one) => one.presented)
  const first = presented.find(({ passes, trust }) => passes && trust.kind !== 'given')
  return first && presented.every(({ passes }) => passes) ? first.trust : null
}

/** Why a phone does not trust a root, or may not. */
function trustText(trust: RootTrust): string | null {
  switch (trust.kind) {
    case 'given':
      return null
    case 'not-an-anchor':
      return 'The configuration names the only roots that count for this domain, and this root is none of them. An update that brings it along has to come first.'
    case 'not-on-phones':
      return trust.of === 'own-ca'
        ? 'No phone ships with this root. The app connects where it has been installed.'
        : 'Phones trust a public CA. The root of another CA of your own has to be installed on them first.'
    case 'ended':
      return endText(trust.end)
  }
}

function partsOf({ picked, presented }: SurvivalCase): readonly CellPart[] {
  const alike = new Map<string, { chain: ComingChain; devices: ComingChain['devices'][number][] }>()
  for (const chain of presented) {
    const id = `${chain.outcome} ${chain.trust.kind} ${chain.keys.map(({ pin }) => pin).join(' ')}`
    const known = alike.get(id)
    if (known) known.devices.push(...chain.devices)
    else alike.set(id, { chain, devices: [...chain.devices] })
  }
  return Array.from(alike.values(), ({ chain, devices }) => {
    // A key that saves is named as such.
    const isSaving = chain.saving.some(({ pin }) => pin === picked?.pin)
    const conditions = [
      ...(picked && !isSaving ? [`with ${keyName(picked, false)}`] : []),
      ...(alike.size > 1 && devices.length > 0 ? [`on ${rangesAmong(devices).map(rangeLabel).join(', ')}`] : []),
    ]
    const word = PART_WORDS[chain.outcome]
    return {
      lead: conditions.length > 0 ? `${word} ${conditions.join(' ')}` : word,
      because: chain.passes ? trustText(chain.trust) : null,
      saving: chain.saving.map((key) => ({
        name: keyName(key, key === chain.keys[0]),
        pin: `${key.pin.slice(0, SHOWN_OF_PIN)}…`,
      })),
      chain: chain.keys.map((key, index) => keyName(key, index === 0)).join(' ← '),
    }
  })
}

const PART_WORDS: Readonly<Record<ComingChain['outcome'], string>> = {
  connects: 'Connects',
  blocked: 'Blocked',
  depends: 'Not known',
}

function keyName(key: FutureKey, isLeaf: boolean): string {
  switch (key.kind) {
    case 'kept':
      return shortLine(certificateName(key.certificate), LONGEST_NAME)
    case 'reserve':
      return shortLine(pinComment(key.planned), LONGEST_NAME)
    case 'family-root':
      return key.root.name
    case 'new':
      return isLeaf ? 'a new key' : 'a CA key that is not pinned'
  }
}

/** What the thief of the key in service gets, told from what a renewal with that key would get. */
export function thiefText({ outcome, cases }: SurvivalCell): string {
  if (outcome === 'blocked') return 'The thief’s server is refused too: none of its keys is pinned.'
  if (outcome === 'unpinned') return 'Nothing is checked, so the thief’s server passes while its certificate is valid.'
  const isByLeaf = cases.some(({ presented }) =>
    presented.some(({ keys: [leaf], saving }) => saving.some((key) => key === leaf)),
  )
  return isByLeaf
    ? 'Until an update takes the stolen key’s pin out of the app, the thief’s server passes too while its certificate is valid.'
    : 'The thief’s server passes too until its certificate ends or is known to be revoked: the pin is of the CA, and no update shuts him out.'
}
