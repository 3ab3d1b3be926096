import type { ChainRole } from '../chain/chain.ts'
import type { FormatSettings } from '../formats/format.ts'
import type { FormatId } from '../formats/registry.ts'
import type { PinRole } from '../pins/pin-choices.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'

/** A change of rows or options; what was not named stays as it is. */
export type PlanChange =
  | {
      readonly kind: 'choose-roles'
      readonly rowIds: readonly string[]
      readonly roles: Readonly<Partial<Record<ChainRole, boolean>>>
    }
  | {
      readonly kind: 'set-option'
      readonly format: FormatId
      readonly option: string
      readonly value: FormatSettings[string]
    }
  /** A row with the certificates and choices of another for each of the names, as certificates have them. */
  | { readonly kind: 'add-names'; readonly rowId: string; readonly names: readonly string[] }
  /** What typed pins of these rows are: those that are named, or else those of which nobody said it. */
  | {
      readonly kind: 'tell-typed-pins'
      readonly rowIds: readonly string[]
      readonly role: Exclude<PinRole, 'unknown'>
      readonly pins?: readonly SpkiPin[]
    }
  | { readonly kind: 'drop-typed-pins'; readonly rowIds: readonly string[]; readonly pins: readonly SpkiPin[] }

/** A way out of a finding that one click takes. The label holds names from certificates: hostile, print as text. */
export interface Fix {
  readonly label: string
  readonly change: PlanChange
}
