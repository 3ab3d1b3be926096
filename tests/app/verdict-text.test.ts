import { expect, it } from 'vitest'
import { shareOf, verdictReason } from '../../src/app/results/verdict-text.ts'
import { planPins } from '../../src/core/pins/plan-pins.ts'
import type { Finding } from '../../src/core/risks/risk-rule.ts'
import { VERDICT_WORDS } from '../../src/core/risks/verdict.ts'
import { exampleChain, pinning, row } from '../support/cases.ts'

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

const pinned = (host: string, rowId = host) => row({ host, rowId, chains: [exampleChain(host)] })

const shareWith = (...rows: Parameters<typeof planPins>[0]) => shareOf(planPins(rows))

it('the verdict on the set says how many domains it is about, where some have no pins', () => {
  const unpinned = (host: string, rowId = host) => ({ ...pinned(host, rowId), choices: pinning() })
  const nameless = { ...pinned('x.example'), hostRule: null }
  expect(shareWith(pinned('a.example'), pinned('b.example'), unpinned('c.example'))).toBe(
    '2 of 3 domains have pins of their own. ',
  )
  expect(shareWith(pinned('a.example'), unpinned('b.example'))).toBe('1 of 2 domains has pins of its own. ')
  // A second row of a domain makes no second domain.
  expect(shareWith(pinned('a.example'), unpinned('a.example', 'again'))).toBe('')
  expect(shareWith(pinned('a.example'), nameless)).toBe('')
  expect(shareWith(unpinned('a.example'))).toBe('')
})
