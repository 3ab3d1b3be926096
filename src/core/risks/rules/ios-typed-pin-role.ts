import { certificateName } from '../../certificate/certificate.ts'
import type { PinRole, TypedPin } from '../../pins/pin-choices.ts'
import { rolesOfTypedPin } from '../../pins/pins-of-row.ts'
import { policyOf, type PlanRow } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

type KnownRole = Exclude<PinRole, 'unknown'>

interface Facts {
  readonly host: string
  readonly pins: readonly SpkiPin[]
  /** What the keys are, by certificates or bundled roots of these names. */
  readonly role: KnownRole
  readonly names: readonly string[]
  /** The row itself has what says so, and then the outputs go by that. */
  readonly isObeyed: boolean
}

const OTHER: Readonly<Record<KnownRole, KnownRole>> = { leaf: 'ca', ca: 'leaf' }
const LISTS: Readonly<Record<KnownRole, string>> = { leaf: 'leaf list', ca: 'CA list' }
const KINDS: Readonly<Record<KnownRole, string>> = { leaf: 'leaf pin', ca: 'CA pin' }

export default defineRule<Facts>({
  id: 'ios-typed-pin-role',
  tab: 'ios',
  severity: ({ isObeyed }) => (isObeyed ? 'note' : 'warning'),
  title: ({ host, pins, role, names }) =>
    pins.length === 1
      ? `The pin typed as ${KINDS[OTHER[role]]} for ${host} is that of ${listed(names)}`
      : `${pins.length} pins typed as ${KINDS[OTHER[role]]}s for ${host} are those of ${listed(names)}`,
  why: ({ pins, role, isObeyed }) => {
    const [it, its] = pins.length === 1 ? ['it', 'the certificate'] : ['they', 'the certificates']
    const wrongList = `the ${LISTS[OTHER[role]]} of iOS, where the key of a ${role === 'ca' ? 'CA' : 'leaf'} never matches`
    return isObeyed
      ? `The outputs go by ${its}, so ${it} ${pins.length === 1 ? 'stands' : 'stand'} in the ${LISTS[role]} today. Without ${its} in this row, what was said counts, and ${it} would be in ${wrongList}.`
      : `Nothing in this row says so, so what was said counts, and ${it} ${pins.length === 1 ? 'is' : 'are'} in ${wrongList}. Android takes any pin, so there it counts.`
  },
  fixes: ({ pins, role }, rowIds) => [
    {
      label: pins.length === 1 ? `It is a ${KINDS[role]}` : `They are ${KINDS[role]}s`,
      change: { kind: 'tell-typed-pins', rowIds, role, pins },
    },
  ],
  faq: 'typed-pins',
  source:
    'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  since: '2026-11-21',
  applies: ({ plan, rows }) =>
    rows.some(
      ({ hostRule, choices }) =>
        hostRule !== null && policyOf(hostRule.host, plan.policies) !== null && choices.typedPins.some(isToldRole),
    ),
  check: ({ plan, rows }) => {
    const known = knownKeys(rows)
    return rows.flatMap((row) => {
      const policy = row.hostRule && policyOf(row.hostRule.host, plan.policies)
      if (!policy) return []
      const wrong = row.choices.typedPins.filter(isToldRole).flatMap((typed) => {
        const names = known.get(typed.pin)?.[OTHER[typed.role]]
        const isRight = known.get(typed.pin)?.[typed.role] !== undefined
        const isObeyed = !rolesOfTypedPin(typed, row).includes(typed.role)
        return names === undefined || isRight
          ? []
          : [{ pin: typed.pin, role: OTHER[typed.role], name: names, isObeyed }]
      })
      return (['ca', 'leaf'] as const).flatMap((role) =>
        [false, true].flatMap((isObeyed) => {
          const alike = wrong.filter((one) => one.role === role && one.isObeyed === isObeyed)
          if (alike.length === 0) return []
          const names = [...new Set(alike.map(({ name }) => name))]
          return [
            {
              rowIds: [row.rowId],
              facts: { host: policy.host, pins: alike.map(({ pin }) => pin), role, names, isObeyed },
            },
          ]
        }),
      )
    })
  },
})

type ToldPin = TypedPin & { readonly role: KnownRole }

function isToldRole(typed: TypedPin): typed is ToldPin {
  return typed.role !== 'unknown'
}

/** What the certificates and bundled roots of all rows are the keys of, by name for each role. */
function knownKeys(rows: readonly PlanRow[]): ReadonlyMap<SpkiPin, Readonly<Partial<Record<KnownRole, string>>>> {
  const known = new Map<SpkiPin, Partial<Record<KnownRole, string>>>()
  const add = (pin: SpkiPin, role: KnownRole, name: string) => known.set(pin, { [role]: name, ...known.get(pin) })
  for (const { chains, reserve, bundledRoots } of rows) {
    for (const { links, search } of chains) {
      for (const { certificate, role } of links)
        add(certificate.pin, role === 'leaf' ? 'leaf' : 'ca', certificateName(certificate))
      for (const { certificate } of search.paths.flatMap((path) => path.links.slice(1)))
        add(certificate.pin, 'ca', certificateName(certificate))
    }
    for (const certificate of reserve) add(certificate.pin, 'ca', certificateName(certificate))
    for (const [pin, name] of bundledRoots) add(pin, 'ca', name)
  }
  return known
}
