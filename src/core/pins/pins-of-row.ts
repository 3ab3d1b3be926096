import type { Certificate } from '../certificate/certificate.ts'
import type { ChainLink, ChainRole } from '../chain/chain.ts'
import { authorityName } from '../trust/known-authorities.ts'
import type { KeyWithoutCertificate } from './key-without-certificate.ts'
import { isPinned, type PinRole, type TypedPin } from './pin-choices.ts'
import type { CertificateOrigin, PinOrigin, PlannedPin, PlanRow } from './plan-pins.ts'
import type { SpkiPin } from './spki-pin.ts'

/**
 * What a row pins by its choices, leaf first; the same pin may occur several times.
 *
 * A key without a certificate and a typed pin are looked up among the row's certificates, pinned or not. If one has the
 * key, that certificate says what the key is and what takes it away. Else a key in reserve counts as a leaf's, since a
 * CA will one day certify it for the server.
 */
export function pinsOfRow(row: PlanRow): PlannedPin[] {
  const { choices } = row
  const held = [...heldInChains(row), ...heldInReserve(row)]
  const chosen = [
    ...held.filter(({ isChosen }) => isChosen).map(({ certificate }) => pinOfCertificate(certificate)),
    ...row.keys.filter(({ pin }) => choices.backupKeys.has(pin)).flatMap((key) => pinsOfKey(key, row, held)),
    ...choices.typedPins.flatMap((typed) => pinsOfTyped(typed, row, held)),
  ]
  return chosen.toSorted((one, other) => rank(one) - rank(other))
}

/**
 * What a typed pin is: what the row's certificates, the bundled roots and the known CAs say, else what the user says. More than one
 * role when a leaf has the key of a CA; never empty.
 */
export function rolesOfTypedPin({ pin, role }: TypedPin, row: PlanRow): readonly PinRole[] {
  return rolesAmong(pin, role, row, [...heldInChains(row), ...heldInReserve(row)])
}

/** A certificate of the row, pinned or not. */
interface Held {
  readonly certificate: CertificateOrigin
  readonly isChosen: boolean
}

function heldInChains(row: PlanRow): Held[] {
  return row.chains.flatMap(({ links }, index) => {
    const changesWith = changeOfChain(row, index)
    return links.map((link) => ({
      certificate: originOfLink(link, changesWith),
      isChosen: isPinned(row.choices, link),
    }))
  })
}

function changeOfChain({ rowId, chains, served }: PlanRow, index: number): string {
  // By its leaf: the CA of a served chain may stand above a key in reserve as well.
  const leaf = chains[index]?.links[0]?.certificate
  return leaf && served.has(leaf.sha256) ? 'served' : `${rowId} chain ${index}`
}

function originOfLink({ certificate, role, origin }: ChainLink, changesWith: string): CertificateOrigin {
  return {
    kind: 'certificate',
    certificate,
    chainRole: role,
    addedFromStore: origin === 'bundled-store',
    changesWith,
  }
}

function heldInReserve({ rowId, reserve, choices, served }: PlanRow): Held[] {
  return reserve.map((certificate: Certificate) => ({
    certificate: {
      kind: 'certificate',
      certificate,
      chainRole: certificate.isSelfIssued ? 'root' : 'intermediate',
      addedFromStore: false,
      changesWith: served.has(certificate.sha256) ? 'served' : `${rowId} reserve ${certificate.sha256}`,
    },
    isChosen: choices.exceptions.get(certificate.sha256) === true,
  }))
}

function pinOfCertificate(origin: CertificateOrigin): PlannedPin {
  return plannedPin(origin.certificate.pin, roleOf(origin), origin)
}

function roleOf({ chainRole }: CertificateOrigin): 'leaf' | 'ca' {
  return chainRole === 'leaf' ? 'leaf' : 'ca'
}

function plannedPin(pin: SpkiPin, role: PinRole, origin: PinOrigin): PlannedPin {
  return { pin, role, origins: [origin], inheritedFrom: null }
}

function pinsOfKey(key: KeyWithoutCertificate, row: PlanRow, held: readonly Held[]): PlannedPin[] {
  const holders = holdersOf(key.pin, held)
  if (holders.length === 0) {
    return [plannedPin(key.pin, 'leaf', { kind: 'key', key, changesWith: `${row.rowId} key ${key.pin}` })]
  }
  return holders.flatMap((holder) => [
    pinOfCertificate(holder),
    plannedPin(key.pin, roleOf(holder), { kind: 'key', key, changesWith: holder.changesWith }),
  ])
}

/**
 * Nobody knows which certificate stands behind a typed pin. One that equals no key of the row's chains is taken to
 * change apart from them, and apart from any other: a chain has only so many keys, and they are all there to compare
 * with. Where the upper end of a chain is not known that does not hold, so there a pin that may be a CA's is taken for
 * one of that chain: rather a warning too many than a backup that is none.
 */
function pinsOfTyped(typed: TypedPin, row: PlanRow, held: readonly Held[]): PlannedPin[] {
  const { pin } = typed
  const bundledRoot = row.bundledRoots.get(pin) ?? null
  const holders = holdersOf(pin, held)
  const changes = holders.length > 0 ? holders.map(({ changesWith }) => changesWith) : changesOfStranger(typed, row)
  const typedIn = rolesAmong(pin, typed.role, row, held).flatMap((role) =>
    changes.map((changesWith) => plannedPin(pin, role, { kind: 'typed', bundledRoot, changesWith })),
  )
  return [...holders.map(pinOfCertificate), ...typedIn]
}

function changesOfStranger({ pin, role }: TypedPin, row: PlanRow): readonly string[] {
  const mayBeCa = role !== 'leaf' || row.bundledRoots.has(pin) || authorityName(pin) !== null
  const unfinished = row.chains.flatMap(({ end }, index) =>
    mayBeCa && end.kind === 'issuer-missing' ? [changeOfChain(row, index)] : [],
  )
  return unfinished.length > 0 ? unfinished : [`${row.rowId} typed ${pin}`]
}

function rolesAmong(pin: SpkiPin, said: PinRole, row: PlanRow, held: readonly Held[]): readonly PinRole[] {
  const known = new Set<PinRole>(holdersOf(pin, held).map(roleOf))
  if (row.bundledRoots.has(pin) || authorityName(pin) !== null) known.add('ca')
  // A key in reserve will one day be a server's.
  if (known.size === 0 && row.keys.some((key) => key.pin === pin)) known.add('leaf')
  return known.size > 0 ? [...known] : [said]
}

function holdersOf(pin: SpkiPin, held: readonly Held[]): CertificateOrigin[] {
  return held.map(({ certificate }) => certificate).filter((holder) => holder.certificate.pin === pin)
}

const RANKS: Readonly<Record<ChainRole, number>> = { leaf: 0, intermediate: 1, root: 2 }
const ROLE_RANKS: Readonly<Record<PinRole, number>> = { leaf: 0, ca: 2, unknown: 3 }

function rank({ role, origins }: PlannedPin): number {
  const [first] = origins
  return first?.kind === 'certificate' ? RANKS[first.chainRole] : ROLE_RANKS[role]
}
