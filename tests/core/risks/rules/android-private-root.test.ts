import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/android-private-root.ts'
import { exampleChain, pinning, privateChain, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const choosing = (trust: string) => ({ settings: { 'android-network-security-config': { trust } } })

describe('a root that no phone ships with', () => {
  it('is a note on Android while the app brings it along', () => {
    expect(findingOf(rule, contextOf('private-root'))).toMatchObject({
      severity: 'note',
      tab: 'android',
      title: 'The app brings the root of intranet.example.com along',
      why: expect.stringMatching(
        /No phone ships with Example Private Root.*The CAs of the phone’s own store are not trusted there/,
      ) as unknown,
      rowIds: ['row of intranet.example.com'],
    })
  })

  it('is a warning where every CA is trusted that somebody added to the phone', () => {
    expect(findingOf(rule, contextOf('private-root', choosing('installed')))).toMatchObject({
      severity: 'warning',
      why: expect.stringContaining('every other CA that management or the user added') as unknown,
    })
  })

  it('is a blocker where nothing makes it trusted', () => {
    expect(findingOf(rule, contextOf('private-root', choosing('as-is')))).toMatchObject({
      severity: 'blocker',
      title: 'Android would not trust intranet.example.com',
    })
  })

  it('leaves the phone’s store trusted where a host has a public chain as well', () => {
    const host = 'moving.example.com'
    const rows = [row({ host, chains: [privateChain(host), exampleChain(host)], choices: pinning('root') })]
    expect(findingOf(rule, contextOf(rows)).why).toContain(`For ${host} the CAs of the phone’s own store stay trusted`)
  })

  it('is not spoken of for public roots, lone certificates and proxies', () => {
    for (const name of ['leaf-and-root', 'self-signed-server']) {
      expect(findingsOf(rule, contextOf(name))).toBe('does not apply')
    }
  })
})
