import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/ios-unknown-pin-left-out.ts'
import { alsoPinning, exampleChain, pinning, pinOfKey, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const typedAs = (role: 'leaf' | 'ca' | 'unknown', host = 'a.example') =>
  row({
    host,
    chains: [exampleChain(host)],
    choices: alsoPinning(pinning('leaf'), [], [{ pin: pinOfKey('typed'), role }]),
  })

describe('a typed pin that nobody says the role of', () => {
  it('is a warning when the host has others', () => {
    expect(findingOf(rule, contextOf([typedAs('unknown'), typedAs('leaf', 'b.example')]))).toMatchObject({
      severity: 'warning',
      tab: 'ios',
      title: 'A typed pin is left out for a.example on iOS',
      why: expect.stringContaining('which the typed pin of a.example belongs to') as unknown,
      rowIds: ['row of a.example'],
    })
  })

  it('is a blocker when it is all there is, since iOS then pins nothing', () => {
    const found = findingsOf(rule, contextOf('typed-pins'))
    expect(found).toMatchObject([
      { severity: 'warning', rowIds: ['row of api.example.com'] },
      {
        severity: 'blocker',
        title: 'iOS does not pin unknown.example.org at all',
        why: expect.stringContaining('apps connect unpinned') as unknown,
        rowIds: ['row of unknown.example.org'],
      },
    ])
  })

  it('are counted over all hosts', () => {
    const finding = findingOf(rule, contextOf([typedAs('unknown'), typedAs('unknown', 'b.example')]))
    expect(finding.title).toBe('A typed pin is left out for a.example and b.example on iOS')
  })
})

it.each(['leaf', 'ca'] as const)('stays quiet when it is said: %s', (role) => {
  expect(findingsOf(rule, contextOf([typedAs(role)]))).toEqual([])
})

it.each(['backup-request-and-ca', 'nothing-pinned'])('does not apply without typed pins: %s', (name) => {
  expect(findingsOf(rule, contextOf(name))).toBe('does not apply')
})
