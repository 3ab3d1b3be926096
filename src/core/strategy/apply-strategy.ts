import type { CertificateFingerprint } from '../certificate/certificate.ts'
import { canBeCertified } from '../certificate/key-suitability.ts'
import { certificatesIn, keylessnessOfPin } from '../pins/keyless-pins.ts'
import type { KeyWithoutCertificate } from '../pins/key-without-certificate.ts'
import type { PinChoices, TypedPin } from '../pins/pin-choices.ts'
import type { PlanRow } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { Strategy } from './advice.ts'

/**
 * What a row pins by a strategy, and nothing else: pins that do not belong to it go.
 *
 * @param roots pins of the roots of CAs, for `ca-roots`
 * @returns null where the strategy does not fit what the row has
 */
export function choicesBy(strategy: Strategy, row: PlanRow, roots: readonly SpkiPin[]): PinChoices | null {
  const { choices, keys, bundledRoots } = row
  const isPublicRoot = ({ pin }: TypedPin) => bundledRoots.has(pin)
  const isAuthority = (typed: TypedPin) => typed.role === 'ca' || isPublicRoot(typed)
  switch (strategy) {
    case 'do-not-pin':
      return NOTHING
    case 'own-key':
      return {
        ...NOTHING,
        roles: { leaf: true, intermediate: false, root: false },
        backupKeys: new Set(keys.filter((key) => isBackup(key, row)).map(({ pin }) => pin)),
        typedPins: choices.typedPins.filter((typed) => !isAuthority(typed) && !isKeyless(typed.pin, row)),
      }
    case 'ca-roots':
      return { ...NOTHING, roles: ROOTS, typedPins: withRoots(choices.typedPins.filter(isAuthority), roots) }
    case 'private-ca':
      if (!row.chains.some(({ end }) => end.kind === 'private-root')) return null
      return {
        ...NOTHING,
        roles: ROOTS,
        exceptions: pinnedReserve(row),
        typedPins: choices.typedPins.filter((typed) => isAuthority(typed) && !isPublicRoot(typed)),
      }
  }
}

/** Whether a certificate can be had for a key on the day on which it is needed. */
function isBackup({ publicKey }: KeyWithoutCertificate, { chains }: PlanRow): boolean {
  return (
    publicKey === null ||
    canBeCertified(publicKey, !chains.some(({ end }) => end.kind === 'private-root' || end.kind === 'self-signed-leaf'))
  )
}

function isKeyless(pin: SpkiPin, row: PlanRow): boolean {
  const isOfKey = row.keys.some((key) => key.pin === pin)
  return !isOfKey && keylessnessOfPin(pin, certificatesIn([row])) !== null
}

const NOTHING: PinChoices = {
  roles: { leaf: false, intermediate: false, root: false },
  exceptions: new Map(),
  backupKeys: new Set(),
  typedPins: [],
}
const ROOTS = { leaf: false, intermediate: false, root: true }

function withRoots(typedPins: readonly TypedPin[], roots: readonly SpkiPin[]): readonly TypedPin[] {
  const there = new Set(typedPins.map(({ pin }) => pin))
  return [
    ...typedPins,
    ...[...new Set(roots)].filter((pin) => !there.has(pin)).map((pin): TypedPin => ({ pin, role: 'ca' })),
  ]
}

/** Roots that are pinned for the day on which the first one is replaced. */
function pinnedReserve({ reserve, choices }: PlanRow): ReadonlyMap<CertificateFingerprint, boolean> {
  return new Map(
    reserve.flatMap(({ sha256, isSelfIssued }) =>
      isSelfIssued && choices.exceptions.get(sha256) === true ? [[sha256, true] as const] : [],
    ),
  )
}
