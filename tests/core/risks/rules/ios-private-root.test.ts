import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/ios-private-root.ts'
import { alsoPinning, pinning, pinOfKey, privateChain, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

describe('a root that no iPhone ships with', () => {
  it('is a warning that says what devices need', () => {
    expect(findingOf(rule, contextOf('private-root'))).toMatchObject({
      severity: 'warning',
      tab: 'ios',
      title: 'iPhones have to trust the root of intranet.example.com first',
      why: expect.stringMatching(
        /NSPinnedDomains only tightens.*Example Private Root.*device management.*Certificate Trust Settings.*in code/,
      ) as unknown,
      rowIds: ['row of intranet.example.com'],
    })
  })

  it('says of a lone certificate that no CA list can match it', () => {
    expect(findingOf(rule, contextOf('self-signed-server'))).toMatchObject({
      severity: 'warning',
      title: 'iPhones have no CA to trust for device.example.com',
      why: expect.stringContaining('a CA list for it refuses every connection') as unknown,
    })
  })

  it('is not spoken of where iOS gets no entry', () => {
    const host = 'intranet.example.com'
    const choices = alsoPinning(pinning(), [], [{ pin: pinOfKey('typed'), role: 'unknown' }])
    expect(findingsOf(rule, contextOf([row({ host, chains: [privateChain(host)], choices })]))).toBe('does not apply')
  })

  it('is not looked for in public chains', () => {
    expect(findingsOf(rule, contextOf('leaf-and-root'))).toBe('does not apply')
  })
})
