import { expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/android-reach.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const PARTS = ['minSdk below 24', 'Flutter', 'Ktor’s CIO', 'TrustManager of its own', 'WebViews do obey']

it('what does not obey is one note, however many the hosts', () => {
  const finding = findingOf(rule, contextOf('two-hosts-sharing-pins'))
  expect(finding).toMatchObject({ severity: 'note', tab: 'android', rowIds: [] })
  expect(finding.why).toContain('api.example.com and www.example.org are not pinned there')
  for (const part of PARTS) expect(finding.why).toContain(part)
})

it('does not apply without pins', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
