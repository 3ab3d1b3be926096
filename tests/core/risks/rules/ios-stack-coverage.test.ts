import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/ios-stack-coverage.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const using = (...ids: readonly string[]) =>
  contextOf('leaf-alone', { settings: { stacks: Object.fromEntries(ids.map((id) => [id, true])) } })

describe('on iOS', () => {
  it('what brings its own TLS is told', () => {
    expect(findingOf(rule, using('alamofire', 'ktor-cio'))).toMatchObject({
      severity: 'warning',
      tab: 'ios',
      title: 'Ktor with the CIO engine: no output covers it',
      why: expect.stringContaining('Use the Darwin engine.') as unknown,
    })
    expect(findingOf(rule, using('grpc')).severity).toBe('blocker')
  })

  it('a web view is a note', () => {
    expect(findingOf(rule, using('web-view'))).toMatchObject({
      severity: 'note',
      title: 'Web views: nobody can say whether the pins hold',
    })
  })
})

it('stays quiet for Flutter, which Dart lets the system judge there', () => {
  expect(findingsOf(rule, using('flutter'))).toEqual([])
})

it('does not apply to what there is on Android alone', () => {
  expect(findingsOf(rule, using('okhttp', 'cronet'))).toBe('does not apply')
  expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
})
