import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/pins-without-chain.ts'
import { alsoPinning, backupKey, exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const key = backupKey('CN=a.example')
const choices = alsoPinning(pinning(), [key])

describe('pins that nothing was held against', () => {
  it('are a blocker, for keys in reserve alone', () => {
    expect(findingOf(rule, contextOf([row({ host: 'a.example', keys: [key], choices })]))).toMatchObject({
      severity: 'blocker',
      tab: 'results',
      title: 'No certificate of a.example is known',
      why: expect.stringContaining('Only keys that no certificate is there for are pinned') as unknown,
      rowIds: ['row of a.example'],
    })
  })

  it('are a warning, for typed pins', () => {
    expect(findingOf(rule, contextOf('typed-pins'))).toMatchObject({
      severity: 'warning',
      why: expect.stringContaining('Its pins were typed in') as unknown,
      rowIds: ['row of unknown.example.org'],
    })
  })
})

it('stays quiet when the row has a chain, which other rules look at', () => {
  const chains = [exampleChain('a.example')]
  expect(findingsOf(rule, contextOf([row({ host: 'a.example', chains, keys: [key], choices })]))).toEqual([])
})

it.each(['leaf-alone', 'nothing-pinned'])('does not apply when every pin has a certificate: %s', (name) => {
  expect(findingsOf(rule, contextOf(name))).toBe('does not apply')
})
