import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/ios-backup-left-out.ts'
import { alsoPinning, backupKey, exampleChain, pinning, pinOfKey, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const choosing = (lists: string) => ({ settings: { 'ios-pinned-domains': { lists } } })

describe('a backup key beside a CA', () => {
  it('is left out of iOS when nobody chose, and that is a note with the host', () => {
    expect(findingOf(rule, contextOf('backup-request-and-ca'))).toMatchObject({
      severity: 'note',
      tab: 'ios',
      title: 'A backup pin is left out for api.example.com on iOS',
      why: expect.stringContaining('For api.example.com a CA is pinned too') as unknown,
      rowIds: ['row of api.example.com'],
    })
  })

  it('may be typed as a leaf pin', () => {
    const typed = [{ pin: pinOfKey('typed'), role: 'leaf' as const }]
    const key = backupKey('CN=a.example')
    const rows = [
      row({
        host: 'a.example',
        chains: [exampleChain('a.example')],
        keys: [key],
        choices: alsoPinning(pinning('root'), [key], typed),
      }),
    ]
    expect(findingOf(rule, contextOf(rows)).title).toBe('2 backup pins are left out for a.example on iOS')
  })
})

describe('it stays quiet', () => {
  it('when the backup stands in the leaf list', () => {
    expect(findingsOf(rule, contextOf('backup-request-and-leaf'))).toEqual([])
  })

  it.each(['leaf', 'both'])('when another list was chosen: %s', (lists) => {
    expect(findingsOf(rule, contextOf('backup-request-and-ca', choosing(lists)))).toEqual([])
  })
})

it.each(['leaf-and-root', 'nothing-pinned'])('does not apply without such a backup: %s', (name) => {
  expect(findingsOf(rule, contextOf(name))).toBe('does not apply')
})
