import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/static-pinning.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

describe('static pins', () => {
  it('are a note about the plan as a whole, with its hosts', () => {
    expect(findingOf(rule, contextOf('two-hosts-sharing-pins'))).toMatchObject({
      severity: 'note',
      tab: 'results',
      title: 'Static pins can cut off installed apps',
      why: expect.stringContaining('On the day api.example.com and www.example.org can present none') as unknown,
      rowIds: [],
    })
  })

  it('of many hosts are counted', () => {
    expect(findingOf(rule, contextOf('many-hosts')).why).toContain(
      'api.example.com, auth.example.com, img.example.com and 3 more can present none',
    )
  })

  it('are told with a backup as well', () => {
    expect(findingsOf(rule, contextOf('backup-leaf'))).toHaveLength(1)
  })
})

it('does not apply when nothing is pinned', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
