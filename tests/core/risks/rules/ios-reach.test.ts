import { expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/ios-reach.ts'
import { alsoPinning, pinning, pinOfKey, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const PARTS = ['iOS 13 and older', 'app extension', 'WKWebView', 'Code with TLS of its own']

it('what does not obey is one note, however many the hosts', () => {
  const finding = findingOf(rule, contextOf('two-hosts-sharing-pins'))
  expect(finding).toMatchObject({ severity: 'note', tab: 'ios', rowIds: [] })
  expect(finding.why).toContain('api.example.com and www.example.org are not pinned there')
  for (const part of PARTS) expect(finding.why).toContain(part)
})

it('does not apply where iOS has no entry', () => {
  const typed = alsoPinning(pinning(), [], [{ pin: pinOfKey('typed'), role: 'unknown' }])
  expect(findingsOf(rule, contextOf([row({ host: 'a.example', choices: typed })]))).toBe('does not apply')
})
