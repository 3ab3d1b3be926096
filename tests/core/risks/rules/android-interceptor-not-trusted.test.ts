import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/android-interceptor-not-trusted.ts'
import { interceptedChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

describe('the CA of a product on the way to the server', () => {
  it('gets no trust anchor, and that is a warning', () => {
    const host = 'proxied.example.com'
    const rows = [row({ host, chains: [interceptedChain(host)], choices: pinning('root') })]
    expect(findingOf(rule, contextOf(rows))).toMatchObject({
      severity: 'warning',
      tab: 'android',
      title: 'No trust anchor is written for the CA of mitmproxy',
      why: expect.stringContaining(`The chain of ${host} looks like one that mitmproxy`) as unknown,
      rowIds: [`row of ${host}`],
    })
  })

  it('is not seen in a private root of any other name', () => {
    expect(findingsOf(rule, contextOf('private-root'))).toBe('does not apply')
  })
})
