import type { Instant } from '../instant.ts'
import type { ProjectSettings } from '../settings/project-settings.ts'
import type { PinPlan, PlanRow } from '../pins/plan-pins.ts'
import { causeKey, strongerRules, type Cause } from './causes.ts'
import type { Fix } from './plan-change.ts'

/**
 * By consequence. `blocker`: ship this and users are cut off, or nothing is pinned. `warning`: works today, known way
 * to fail. `note`: worth knowing.
 */
export type Severity = 'blocker' | 'warning' | 'note'

/** The tab that a finding belongs to. */
export type FindingTab = 'results' | 'android' | 'ios'

/** Everything a rule may look at. */
export interface RiskContext {
  readonly plan: PinPlan
  readonly rows: readonly PlanRow[]
  readonly settings: ProjectSettings
  readonly now: Instant
}

/** One risk alert, worded. The texts hold names from certificates: hostile, print as text. */
export interface Finding {
  /** Stable for the same rule and the same place. */
  readonly id: string
  readonly ruleId: string
  readonly severity: Severity
  readonly tab: FindingTab
  readonly title: string
  readonly why: string
  /** The rows it is about; empty when it is about the plan as a whole. */
  readonly rowIds: readonly string[]
  /** Id of the FAQ answer that explains it. */
  readonly faq: string
  readonly source: string
  /** Holds whatever output of the platform is used; else it is about the platform's own configuration. */
  readonly isOfEveryOutput: boolean
  /** Ways out that one click takes; none where the user has to bring something. */
  readonly fixes: readonly Fix[]
}

/** What a rule found at one place: facts, no sentences. */
export interface Occurrence<Facts> {
  readonly rowIds: readonly string[]
  readonly facts: Facts
  /** Where this occurrence is published, when that says more than the rule's own source. */
  readonly source?: string | undefined
  /** What other rules may find at these rows as well. */
  readonly cause?: Cause | undefined
}

/** Causes that rules find, as `causeKey` has them, by the rules' ids. */
export type ToldCauses = ReadonlyMap<string, ReadonlySet<string>>

interface RiskRuleDefinition<Facts> {
  readonly id: string
  readonly tab: FindingTab
  readonly severity: Severity | ((facts: Facts) => Severity)
  readonly title: string | ((facts: Facts) => string)
  readonly why: (facts: Facts) => string
  /** Absent: the user has to bring something. */
  readonly fixes?: (facts: Facts, rowIds: readonly string[], context: RiskContext) => readonly Fix[]
  readonly faq: string
  /** See `Finding`; only in the tab of a platform does it matter. Absent: about the platform's own configuration. */
  readonly isOfEveryOutput?: true
  /** Where the rule comes from. */
  readonly source: string
  /** The day on which the source was read, `yyyy-MM-dd`. */
  readonly since: string
  /** Whether the rule has anything to look at; "does not apply" is not "passed". */
  readonly applies: (context: RiskContext) => boolean
  readonly check: (context: RiskContext) => readonly Occurrence<Facts>[]
  /** How occurrences become one finding that say the same of several places. Absent: each is a finding of its own. */
  readonly together?: {
    readonly same: (facts: Facts) => string
    readonly join: (first: Facts, next: Facts) => Facts
  }
}

/** One rule. Adding one: a file in `rules/` whose name is the id, and a line in `registry.ts`. */
export interface RiskRule {
  readonly id: string
  readonly source: string
  readonly since: string
  readonly faq: string
  readonly applies: (context: RiskContext) => boolean
  /** What it finds that other rules may find as well, told or not; called only when the rule applies, as is `find`. */
  readonly causes: (context: RiskContext) => ReadonlySet<string>
  /** @param told what others find: of what a stronger rule tells, this one says nothing */
  readonly find: (context: RiskContext, told?: ToldCauses) => readonly Finding[]
}

/** Ties the facts that `check` returns to the sentences made of them. */
export function defineRule<Facts>(definition: RiskRuleDefinition<Facts>): RiskRule {
  const {
    id,
    tab,
    severity,
    title,
    why,
    fixes,
    faq,
    isOfEveryOutput = false,
    source,
    since,
    applies,
    check,
    together,
  } = definition
  return {
    id,
    source,
    since,
    faq,
    applies,
    causes: (context) =>
      new Set(
        check(context).flatMap(({ cause, rowIds }) => (cause ? rowIds.map((rowId) => causeKey(cause, rowId)) : [])),
      ),
    find: (context, told = new Map()) => {
      const counts = new Map<string, number>()
      const occurrences = check(context).filter((one) => !isTold(one, id, told))
      return (together ? joined(occurrences, together) : occurrences).map(
        ({ rowIds, facts, source: ownSource = source }) => {
          const place = [id, ...rowIds].join(' ')
          const count = (counts.get(place) ?? 0) + 1
          counts.set(place, count)
          return {
            id: `${place} ${count}`,
            ruleId: id,
            severity: typeof severity === 'function' ? severity(facts) : severity,
            tab,
            title: typeof title === 'function' ? title(facts) : title,
            why: why(facts),
            rowIds,
            faq,
            source: ownSource,
            isOfEveryOutput,
            fixes: fixes?.(facts, rowIds, context) ?? [],
          }
        },
      )
    },
  }
}

function isTold<Facts>({ cause, rowIds }: Occurrence<Facts>, ruleId: string, told: ToldCauses): boolean {
  if (!cause) return false
  return strongerRules(cause, ruleId).some((stronger) =>
    rowIds.some((rowId) => told.get(stronger)?.has(causeKey(cause, rowId))),
  )
}

function joined<Facts>(
  occurrences: readonly Occurrence<Facts>[],
  { same, join }: NonNullable<RiskRuleDefinition<Facts>['together']>,
): readonly Occurrence<Facts>[] {
  const groups = new Map<string, Occurrence<Facts>>()
  for (const one of occurrences) {
    const key = same(one.facts)
    const before = groups.get(key)
    groups.set(
      key,
      before
        ? {
            ...before,
            rowIds: [...new Set([...before.rowIds, ...one.rowIds])],
            facts: join(before.facts, one.facts),
          }
        : one,
    )
  }
  return [...groups.values()]
}
