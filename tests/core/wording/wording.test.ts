import { expect, it } from 'vitest'
import { counted, dayInWords, inDays, listed, shownName } from '../../../src/core/wording/wording.ts'

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c', 'd'], 'a, b, c and d'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  [Array.from({ length: 1000 }, () => 'x'), 'x, x, x and 997 more'],
])('lists %j', (items, text) => {
  expect(listed(items)).toBe(text)
})

it.each([
  [counted(0, 'key'), '0 keys'],
  [counted(1, 'key'), '1 key'],
  [counted(2, 'key'), '2 keys'],
  [counted(2, 'match', 'matches'), '2 matches'],
])('counts: %s', (text, expected) => {
  expect(text).toBe(expected)
})

it('shows a name as one line without hidden characters', () => {
  expect(shownName('  Example\n\tCA \u202e1 ')).toBe('Example CA ?1')
  expect(listed(['a\nb', 'c\0'])).toBe('a b and c?')
})

it('shows 100 characters of a name, whole ones', () => {
  expect(shownName('x'.repeat(100))).toBe('x'.repeat(100))
  expect(shownName('x'.repeat(101))).toBe(`${'x'.repeat(99)}…`)
  expect(shownName('🔒'.repeat(101))).toBe(`${'🔒'.repeat(99)}…`)
})

it.each([
  ['2027-04-05', '5 April 2027'],
  ['2025-12', 'December 2025'],
  ['2030', '2030'],
])('says %s as %s, no more precisely than it is known', (day, words) => {
  expect(dayInWords(day)).toBe(words)
})

it.each([
  [0, 'today'],
  [1, 'tomorrow'],
  [2, 'in 2 days'],
  [30, 'in 30 days'],
])('says %i days ahead as %s', (days, words) => {
  expect(inDays(days)).toBe(words)
})
