import type { CertificateFingerprint } from '../certificate/certificate.ts'
import type { Chain, ChainLink, ChainRole } from '../chain/chain.ts'

/** What a row pins: whole roles, and certificates that are switched against their role. */
export interface PinChoices {
  readonly roles: Readonly<Record<ChainRole, boolean>>
  /** Certificates whose switch differs from the one of their role. */
  readonly exceptions: ReadonlyMap<CertificateFingerprint, boolean>
}

/** A new row pins the leaf. */
export const DEFAULT_PIN_CHOICES: PinChoices = {
  roles: { leaf: true, intermediate: false, root: false },
  exceptions: new Map(),
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
  return { roles: { ...choices.roles, [role]: pinned }, exceptions }
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

function linksOfRole(chains: readonly Chain[], role: ChainRole): ChainLink[] {
  return chains.flatMap((chain) => chain.links.filter((link) => link.role === role))
}
