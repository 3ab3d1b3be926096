import { describe, expect, it } from 'vitest'
import { assess } from '../../../../src/core/risks/assess.ts'
import rule from '../../../../src/core/risks/rules/ios-leaf-and-ca.ts'
import { alsoPinning, backupKey, exampleChain, otherChain, pinning, pinOfKey, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const choosing = (lists: string) => ({ settings: { 'ios-pinned-domains': { lists } } })

const withBoth = (name: string) =>
  row({
    host: name,
    chains: [exampleChain(name), otherChain(name, { key: `reserve of ${name}` })],
    choices: pinning('leaf', 'root'),
  })

describe('a leaf and a CA', () => {
  it('leave the leaf out of iOS when nobody chose, and that is a note', () => {
    expect(findingOf(rule, contextOf('leaf-and-root'))).toMatchObject({
      severity: 'note',
      tab: 'ios',
      title: 'The leaf pins are left out on iOS',
      why: expect.stringContaining('For api.example.com both kinds are chosen.') as unknown,
      rowIds: ['row of api.example.com'],
    })
    expect(findingOf(rule, contextOf('leaf-and-root')).why).toContain('so one pin is not in this output')
  })

  it('may leave the CA out', () => {
    expect(findingOf(rule, contextOf('leaf-and-root', choosing('leaf')))).toMatchObject({
      severity: 'note',
      title: 'The CA pins are left out on iOS',
    })
  })

  it('are a warning when both must match', () => {
    const { severity, title, why } = findingOf(rule, contextOf('leaf-and-root', choosing('both')))
    expect([severity, title]).toEqual(['warning', 'iOS must match a leaf pin AND a CA pin'])
    expect(why).toContain('For api.example.com both lists are filled')
    expect(why).toContain('on Android any one pin is enough')
  })

  it('are counted over all hosts, one finding for all', () => {
    const rows = [
      withBoth('a.example'),
      withBoth('b.example'),
      row({ host: 'c.example', chains: [exampleChain('c.example')] }),
    ]
    const finding = findingOf(rule, contextOf(rows))
    expect(finding.rowIds).toEqual(['row of a.example', 'row of b.example'])
    expect(finding.why).toContain('For a.example and b.example both kinds are chosen.')
    expect(finding.why).toContain('so 4 pins are not in this output')
    expect(findingOf(rule, contextOf(rows, choosing('leaf'))).why).toContain('so 2 pins are not in this output')
  })

  it('count as both kinds when one of them is inherited', () => {
    expect(findingOf(rule, contextOf('leaf-of-parent-and-ca-of-child')).why).toContain('For api.example.com both kinds')
  })
})

describe('leaf pins that are backup keys alone', () => {
  const key = backupKey('CN=a.example')
  const choices = alsoPinning(pinning('root'), [key], [{ pin: pinOfKey('typed'), role: 'unknown' }])
  const rows = [row({ host: 'a.example', chains: [exampleChain('a.example')], keys: [key], choices })]

  it('are left to the rules for backups when nobody chose', () => {
    const { findings, notApplicable } = assess(contextOf(rows))
    expect(findings.filter(({ ruleId }) => ruleId === rule.id)).toEqual([])
    expect(notApplicable).toContain(rule.id)
    expect(findingOf(rule, contextOf('backup-request-and-ca')).why).toContain('so 2 pins are not in this output')
  })

  it('are both kinds when another list was chosen; unknown pins are in none', () => {
    expect(findingOf(rule, contextOf(rows, choosing('leaf'))).why).toContain('so one pin is not in this output')
    expect(findingOf(rule, contextOf(rows, choosing('both'))).severity).toBe('warning')
  })
})

it.each(['leaf-alone', 'intermediate-and-root', 'backup-leaf'])('stays quiet for %s', (name) => {
  expect(findingsOf(rule, contextOf(name, choosing('both')))).toEqual([])
})

it('does not apply when nothing is pinned', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
