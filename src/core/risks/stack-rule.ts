import type { Platform } from '../formats/format.ts'
import { FORMATS, type FormatId } from '../formats/registry.ts'
import { chosenStacks, type StackVerdict } from '../stacks/stacks.ts'
import { defineRule, type RiskRule, type Severity } from './risk-rule.ts'
import { listed, PLATFORM_NAMES } from '../wording/wording.ts'

interface Facts {
  readonly platform: Platform
  readonly stack: string
  readonly verdict: Exclude<StackVerdict, 'covered'>
  /** What is the matter with it there, and what to take instead where there is anything. */
  readonly reason: string
  readonly outputs: readonly FormatId[]
  /** Nothing that the app is said to connect with on this platform can be pinned by any output. */
  readonly isNothingPinned: boolean
}

/** What the platform’s own configuration is for each stack that the app is said to use (platforms.md A.10, B.4, G). */
export function stackRule(platform: Platform, id: string, source: string): RiskRule {
  return defineRule<Facts>({
    id,
    tab: platform,
    severity: severityOf,
    title: ({ stack, verdict }) => TITLES[verdict](stack),
    why: reasonOf,
    faq: 'frameworks',
    source,
    since: '2026-11-21',
    applies: ({ plan, settings }) =>
      plan.policies.length > 0 && chosenStacks(settings.stacks).some(({ coverage }) => coverage[platform] !== null),
    check: ({ plan, settings }) => {
      const rowIds = plan.policies.flatMap((policy) => policy.rowIds)
      const chosen = chosenStacks(settings.stacks).flatMap(({ title, coverage }) => {
        const own = coverage[platform]
        return own ? [{ title, own }] : []
      })
      const isNothingPinned = chosen.every(({ own: { verdict } }) => verdict === 'not-covered' || verdict === 'breaks')
      return chosen.flatMap(({ title, own: { verdict, outputs, why, source: ownSource } }) =>
        verdict === 'covered'
          ? []
          : [
              {
                rowIds,
                facts: { platform, stack: shortTitle(title), verdict, reason: why, outputs, isNothingPinned },
                source: ownSource,
              },
            ],
      )
    },
  })
}

function severityOf({ verdict, isNothingPinned }: Facts): Severity {
  switch (verdict) {
    case 'breaks':
      return 'blocker'
    case 'not-covered':
      return isNothingPinned ? 'blocker' : 'warning'
    case 'own-output':
      return 'warning'
    case 'unknown':
      return 'note'
  }
}

const TITLES: Readonly<Record<Facts['verdict'], (stack: string) => string>> = {
  breaks: (stack) => `${stack}: connections fail with this configuration`,
  'not-covered': (stack) => `${stack}: no output covers it`,
  'own-output': (stack) => `${stack}: this configuration does nothing for it`,
  unknown: (stack) => `${stack}: nobody can say whether the pins hold`,
}

function reasonOf({ platform, verdict, reason, outputs, isNothingPinned }: Facts): string {
  const name = PLATFORM_NAMES[platform]
  switch (verdict) {
    case 'breaks':
      return `You said that your app uses it. ${reason} Until then do not ship this configuration in that app.`
    case 'not-covered':
      return `You said that your app uses it. ${reason} ${
        isNothingPinned
          ? `Nothing else that you chose for ${name} is pinned either, so the app has no pins at all there. Let requests to pinned hosts take a way that ${name} checks.`
          : `What goes that way is not pinned; let requests to pinned hosts take one of the others.`
      }`
    case 'own-output':
      return `You said that your app uses it. ${reason} Choose the output ${listed(outputs.map(titleOf))} for it, too.`
    case 'unknown':
      return `You said that your app uses it. ${reason}`
  }
}

/** Without the examples that a menu gives: `Flutter` of `Flutter: dart:io, Dio`. */
function shortTitle(title: string): string {
  return title.split(': ')[0] ?? title
}

function titleOf(output: FormatId): string {
  return `“${FORMATS.find(({ id }) => id === output)?.title ?? output}”`
}
