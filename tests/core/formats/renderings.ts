import { isText, type Format, type FormatSettings, type Snippet } from '../../../src/core/formats/format.ts'
import type { FormatId } from '../../../src/core/formats/registry.ts'
import { planPins, type PinPlan } from '../../../src/core/pins/plan-pins.ts'
import { CASE_STAMP, PLAN_CASES, type PlanCase } from '../../support/cases.ts'

/** One case as one format prints it with one set of options. */
export interface Rendering {
  /** The case, and the option that is not the initial one: `leaf-and-root.lists-both`. */
  readonly name: string
  readonly planCase: PlanCase
  readonly plan: PinPlan
  readonly settings: FormatSettings
  readonly snippets: readonly Snippet[]
}

/** Every case with the options it brings; without any, once per choice that matters for its plan. */
export function renderingsOf(format: Format & { readonly id: FormatId }): Rendering[] {
  return PLAN_CASES.flatMap((planCase) => {
    const own = planCase.settings?.[format.id]
    if (planCase.settings && !own) return []
    const plan = planPins(planCase.rows)
    const variants: readonly { name: string; settings: FormatSettings }[] = own
      ? [{ name: planCase.name, settings: own }]
      : [{ name: planCase.name, settings: {} }, ...otherChoices(format, planCase.name, plan)]
    return variants.map(({ name, settings }) => ({
      name,
      planCase,
      plan,
      settings,
      snippets: format.render(plan, settings, CASE_STAMP),
    }))
  })
}

function otherChoices(format: Format, caseName: string, plan: PinPlan) {
  return Object.entries(format.options).flatMap(([option, definition]) =>
    definition.kind === 'choice' && definition.matters(plan)
      ? definition.choices
          .slice(1)
          .map(({ value }) => ({ name: `${caseName}.${option}-${value}`, settings: { [option]: value } }))
      : [],
  )
}

/** The content of the one snippet with that id; null when the plan has nothing to print. */
export function contentOf({ snippets }: Rendering, id: string): string | null {
  return snippets.filter(isText).find((snippet) => snippet.id === id)?.content ?? null
}
