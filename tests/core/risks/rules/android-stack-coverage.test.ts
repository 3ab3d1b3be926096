import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/android-stack-coverage.ts'
import { assess } from '../../../../src/core/risks/assess.ts'
import { verdictOnRow, verdictOnSet } from '../../../../src/core/risks/verdict.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const using = (...ids: readonly string[]) =>
  contextOf('leaf-alone', { settings: { stacks: Object.fromEntries(ids.map((id) => [id, true])) } })
const severities = (...ids: readonly string[]) => {
  const findings = findingsOf(rule, using(...ids))
  return findings === 'does not apply' ? findings : findings.map(({ severity }) => severity)
}

describe('a stack that the app is said to use', () => {
  it('is a blocker when the configuration breaks its connections, with the way out and the source', () => {
    const context = using('okhttp', 'ktor-cio')
    const finding = findingOf(rule, context)
    expect(finding).toMatchObject({
      severity: 'blocker',
      tab: 'android',
      title: 'Ktor with the CIO engine: connections fail with this configuration',
      why: expect.stringContaining('Use the OkHttp engine.') as unknown,
      source: expect.stringMatching(/^https:\/\/github\.com\/ktorio\/ktor\//) as unknown,
      rowIds: ['row of api.example.com'],
    })
    const { findings } = assess(context)
    expect(verdictOnSet(findings, context.plan).kind).toBe('not-yet')
    expect(verdictOnRow('row of api.example.com', findings, context.plan).kind).toBe('not-yet')
  })

  it.each([
    ['flutter', '“Flutter'],
    ['native-code', '“curl'],
    ['unity', '“Unity'],
  ])('is a warning when it needs an output of its own, which is named: %s', (id, output) => {
    const finding = findingOf(rule, using('okhttp', id))
    expect(finding.severity).toBe('warning')
    expect(finding.title).toMatch(/: this configuration does nothing for it$/)
    expect(finding.why).toContain(`Choose the output ${output}`)
  })

  it('is a warning when no output covers it, and a blocker when nothing else does either', () => {
    expect(severities('okhttp', 'own-trust')).toEqual(['warning'])
    expect(severities('own-trust')).toEqual(['blocker'])
    expect(findingOf(rule, using('own-trust')).why).toContain('no pins at all')
    // On Android there is no such thing.
    expect(severities('own-trust', 'alamofire')).toEqual(['blocker'])
  })

  it('is a note when nobody knows', () => {
    expect(severities('grpc')).toEqual(['note'])
  })
})

it('stays quiet for what the platform covers', () => {
  expect(findingsOf(rule, using('okhttp', 'react-native', 'cronet'))).toEqual([])
})

it('does not apply while nothing is said, nothing is pinned, or only of the other platform', () => {
  expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
  expect(severities('alamofire')).toBe('does not apply')
  expect(findingsOf(rule, contextOf('nothing-pinned', { settings: { stacks: { flutter: true } } }))).toBe(
    'does not apply',
  )
  expect(findingsOf(rule, contextOf('leaf-alone', { settings: { stacks: { flutter: 'x', nonsense: true } } }))).toBe(
    'does not apply',
  )
})
