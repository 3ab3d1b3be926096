import { expect, it } from 'vitest'
import { verdictReason } from '../../src/app/results/verdict-text.ts'
import type { Finding } from '../../src/core/risks/risk-rule.ts'
import { VERDICT_WORDS } from '../../src/core/risks/verdict.ts'

const finding = (title: string): Finding => ({
  id: title,
  ruleId: 'x',
  severity: 'warning',
  tab: 'results',
  title,
  why: 'x.',
  rowIds: [],
  faq: 'basics',
  source: 'https://example.com',
  isOfEveryOutput: false,
  fixes: [],
})
const reasonOf = (...titles: readonly string[]) =>
  verdictReason({ kind: 'known-risks', deciding: titles.map(finding) }, 'row')

it('a verdict is words of its own', () => {
  expect(new Set(Object.values(VERDICT_WORDS)).size).toBe(Object.values(VERDICT_WORDS).length)
})

it('the reason is what decides it, at most two of them', () => {
  expect(reasonOf('One')).toBe('One.')
  expect(reasonOf('One', 'Two')).toBe('One; Two.')
  expect(reasonOf('One', 'Two', 'Two', 'Three', 'Four')).toBe('One; Two; and 2 more.')
})

it.each(['row', 'set'] as const)('without anything that decides it says so in one sentence or two: %s', (scope) => {
  for (const kind of ['nothing-pinned', 'ready'] as const) {
    expect(verdictReason({ kind, deciding: [] }, scope)).toMatch(/^[A-Z].*\.$/)
  }
})
