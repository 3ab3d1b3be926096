import type { FormatSettings } from '../formats/format.ts'
import type { FormatId } from '../formats/registry.ts'

/**
 * What a project keeps settings of besides its outputs: the review, the rotation planner, what the app connects with,
 * the adviser, and the columns of the survival table. `isRead`: by a rule or an output. The words of a review change
 * while somebody types, and a report takes its time.
 */
const BESIDE_OUTPUTS = {
  review: { isRead: false },
  rotation: { isRead: true },
  stacks: { isRead: true },
  strategy: { isRead: false },
  survival: { isRead: false },
} as const satisfies Readonly<Record<string, { readonly isRead: boolean }>>

export type SettingsOwner = FormatId | keyof typeof BESIDE_OUTPUTS

/** What the user set for each of them. */
export type ProjectSettings = Readonly<Partial<Record<SettingsOwner, FormatSettings>>>

/** Whether the same report follows from both. */
export function areReadTheSame(one: ProjectSettings, other: ProjectSettings): boolean {
  return ownersIn(one, other).every((owner) => !isRead(owner) || one[owner] === other[owner])
}

/** Those of either. */
export function ownersIn(...all: readonly ProjectSettings[]): readonly SettingsOwner[] {
  return [...new Set(all.flatMap((settings) => Object.keys(settings) as SettingsOwner[]))]
}

function isRead(owner: SettingsOwner): boolean {
  return owner in BESIDE_OUTPUTS ? BESIDE_OUTPUTS[owner as keyof typeof BESIDE_OUTPUTS].isRead : true
}
