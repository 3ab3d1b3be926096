import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/android-self-signed-anchor.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const choosing = (trust: string) => ({ settings: { 'android-network-security-config': { trust } } })

describe('a server certificate that signed itself', () => {
  it('is a warning that says what its being the anchor means', () => {
    expect(findingOf(rule, contextOf('self-signed-server'))).toMatchObject({
      severity: 'warning',
      tab: 'android',
      title: 'No CA stands above the certificate of device.example.com',
      why: expect.stringMatching(/names the certificate itself as trust anchor.*looks neither at its dates/) as unknown,
      rowIds: ['row of device.example.com'],
    })
  })

  it('is a warning where devices may not take it', () => {
    expect(findingOf(rule, contextOf('self-signed-server', choosing('installed')))).toMatchObject({
      severity: 'warning',
      why: expect.stringContaining('whether they take this one depends on the device') as unknown,
    })
  })

  it('is a blocker where nothing makes it trusted', () => {
    expect(findingOf(rule, contextOf('self-signed-server', choosing('as-is'))).severity).toBe('blocker')
  })

  it('is not looked for where a CA stands above the leaf', () => {
    expect(findingsOf(rule, contextOf('private-root'))).toBe('does not apply')
    expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
  })
})
