import type { CertificateFingerprint } from '../certificate/certificate.ts'
import type { Chain, ChainLink, ChainRole } from '../chain/chain.ts'
import type { SpkiPin } from './spki-pin.ts'

/** `leaf` and `ca` go into different lists on iOS. `unknown` pins were typed, and nobody said which they are. */
export type PinRole = 'leaf' | 'ca' | 'unknown'

/** A pin that was typed or pasted as text. */
export interface TypedPin {
  readonly pin: SpkiPin
  /** What the user says it is; counts only while no certificate or bundled root says otherwise. */
  readonly role: PinRole
}

/** What a row pins: whole roles, certificates that are switched against their role, and keys without a certificate. */
export interface PinChoices {
  readonly roles: Readonly<Record<ChainRole, boolean>>
  /** Certificates whose switch differs from the one of their role. */
  readonly exceptions: ReadonlyMap<CertificateFingerprint, boolean>
  /** Keys without a certificate that are pinned as backup; those that the row does not have count for nothing. */
  readonly backupKeys: ReadonlySet<SpkiPin>
  /** Distinct by pin, in the order in which they came. */
  readonly typedPins: readonly TypedPin[]
}

/** A new row pins the leaf. */
export const DEFAULT_PIN_CHOICES: PinChoices = {
  roles: { leaf: true, intermediate: false, root: false },
  exceptions: new Map(),
  backupKeys: new Set(),
  typedPins: [],
}

export function isPinned(choices: PinChoices, link: ChainLink): boolean {
  return choices.exceptions.get(link.certificate.sha256) ?? choices.roles[link.role]
}

/** How a role's switch stands: `some` when its certificates differ. Without certificates the stored choice counts. */
export function roleState(choices: PinChoices, chains: readonly Chain[], role: ChainRole): 'all' | 'some' | 'none' {
  const states = linksOfRole(chains, role).map((link) => isPinned(choices, link))
  if (states.length === 0) return choices.roles[role] ? 'all' : 'none'
  if (states.every(Boolean)) return 'all'
  return states.some(Boolean) ? 'some' : 'none'
}

/** Switches a whole role. Every certificate of that role follows; other roles keep their exceptions. */
export function chooseRole(
  choices: PinChoices,
  chains: readonly Chain[],
  role: ChainRole,
  pinned: boolean,
): PinChoices {
  const exceptions = new Map(choices.exceptions)
  for (const link of linksOfRole(chains, role)) exceptions.delete(link.certificate.sha256)
  return { ...choices, roles: { ...choices.roles, [role]: pinned }, exceptions }
}

/** Switches one certificate. When all certificates of its role then agree, the role's switch takes their state. */
export function chooseCertificate(
  choices: PinChoices,
  chains: readonly Chain[],
  link: ChainLink,
  pinned: boolean,
): PinChoices {
  const exceptions = new Map(choices.exceptions).set(link.certificate.sha256, pinned)
  const switched = { ...choices, exceptions }
  const state = roleState(switched, chains, link.role)
  return state === 'some' ? switched : chooseRole(switched, chains, link.role, state === 'all')
}

/** Pins a certificate that is in no chain, or no longer. */
export function chooseReserve(choices: PinChoices, fingerprint: CertificateFingerprint, pinned: boolean): PinChoices {
  const exceptions = new Map(choices.exceptions)
  if (pinned) exceptions.set(fingerprint, true)
  else exceptions.delete(fingerprint)
  return { ...choices, exceptions }
}

/** Pins a key without a certificate as backup, or no longer. */
export function chooseBackupKey(choices: PinChoices, pin: SpkiPin, pinned: boolean): PinChoices {
  const backupKeys = new Set(choices.backupKeys)
  if (pinned) backupKeys.add(pin)
  else backupKeys.delete(pin)
  return { ...choices, backupKeys }
}

/** Adds a typed pin, or says what one is that is there. */
export function chooseTypedPin(choices: PinChoices, pin: SpkiPin, role: PinRole): PinChoices {
  const isThere = choices.typedPins.some((typed) => typed.pin === pin)
  const typedPins = isThere
    ? choices.typedPins.map((typed) => (typed.pin === pin ? { pin, role } : typed))
    : [...choices.typedPins, { pin, role }]
  return { ...choices, typedPins }
}

export function dropTypedPin(choices: PinChoices, pin: SpkiPin): PinChoices {
  return { ...choices, typedPins: choices.typedPins.filter((typed) => typed.pin !== pin) }
}

function linksOfRole(chains: readonly Chain[], role: ChainRole): ChainLink[] {
  return chains.flatMap((chain) => chain.links.filter((link) => link.role === role))
}
