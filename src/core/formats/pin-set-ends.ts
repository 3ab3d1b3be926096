import type { Instant } from '../instant.ts'
import type { HostPolicy, PinPlan } from '../pins/plan-pins.ts'
import { entryExpiration, type Expiration } from './expiration.ts'
import { optionValue, type ExpirationChoice, type FormatAbilities } from './format.ts'
import { FORMATS, settingsId, type FormatId, type Output, type OutputSettings } from './registry.ts'

/** An output whose pin sets can end by themselves, and what is chosen for that. */
export interface PinSetEnd {
  readonly format: Output['format']
  /** Where the choice is kept. */
  readonly owner: FormatId
  readonly option: string
  readonly choice: ExpirationChoice
  /** When on its day the end comes. */
  readonly begins: EndOfDay
}

export type EndOfDay = Exclude<FormatAbilities['expiry'], 'none'>

/** Null for an output whose pins have no end of their own. */
export function pinSetEnd(format: Output['format'], settings: OutputSettings): PinSetEnd | null {
  const { expiry } = format.abilities
  const found = Object.entries(format.options).find(([, { kind }]) => kind === 'expiration')
  if (!found || expiry === 'none') return null
  const [name, option] = found
  const owner = settingsId(format)
  const value = optionValue(option, settings[owner]?.[name])
  const choice: ExpirationChoice = typeof value === 'object' && 'kind' in value ? value : { kind: 'none' }
  return { format, owner, option: name, choice, begins: expiry }
}

/** Those of every output for which an end is chosen; of outputs that share their settings the one that keeps them. */
export function chosenPinSetEnds(settings: OutputSettings): readonly PinSetEnd[] {
  return FORMATS.flatMap((format) => {
    const end = pinSetEnd(format, settings)
    return end && end.owner === format.id && end.choice.kind !== 'none' ? [end] : []
  })
}

/** What an end comes to for each host. */
export function pinSetEndsByPolicy(
  { format: { abilities }, choice }: PinSetEnd,
  { policies }: PinPlan,
  now: Instant,
): readonly { readonly policy: HostPolicy; readonly expiration: Expiration }[] {
  return policies.map((policy) => ({ policy, expiration: entryExpiration(policy, policies, abilities, choice, now) }))
}
