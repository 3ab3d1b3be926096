import { expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/backup-in-chain.ts'
import { alsoPinning, backupKey, exampleChain, EXAMPLE_ROOT, pinning, pinOfKey, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'
const chains = [exampleChain(HOST)]
const OWN = backupKey('CN=api.example.com', { pin: pinOfKey(HOST) })
const OTHER = backupKey('CN=reserve')

it('a request for the key in service is no backup', () => {
  const choices = alsoPinning(pinning('leaf'), [OWN])
  expect(findingOf(rule, contextOf([row({ host: HOST, chains, keys: [OWN], choices })]))).toMatchObject({
    severity: 'warning',
    tab: 'results',
    title: 'The backup key of api.example.com is the one in service',
    why: expect.stringContaining('It is the key of api.example.com, so whatever takes') as unknown,
    rowIds: ['row of api.example.com'],
  })
})

it('a typed pin of the pinned leaf is a note', () => {
  const choices = alsoPinning(pinning('leaf'), [], [{ pin: pinOfKey(HOST), role: 'leaf' }])
  expect(findingOf(rule, contextOf([row({ host: HOST, chains, choices })]))).toMatchObject({
    severity: 'note',
    title: 'A typed pin of api.example.com is the key that it presents',
  })
})

it.each([
  ['the leaf, which is not pinned otherwise', pinOfKey(HOST)],
  ['the root, as one of its family', EXAMPLE_ROOT.pin],
])('a typed pin of %s is no backup that was meant', (_what, pin) => {
  const choices = alsoPinning(pinning('root'), [], [{ pin, role: 'unknown' }])
  expect(findingsOf(rule, contextOf([row({ host: HOST, chains, choices })]))).toEqual([])
})

it('a key that is not pinned is no backup that anybody counts on', () => {
  const context = contextOf([row({ host: HOST, chains, keys: [OWN, OTHER], choices: alsoPinning(pinning(), [OTHER]) })])
  expect(findingsOf(rule, context)).toEqual([])
})

it('a key in reserve is a backup', () => {
  const choices = alsoPinning(pinning('leaf'), [OTHER], [{ pin: pinOfKey('typed'), role: 'leaf' }])
  expect(findingsOf(rule, contextOf([row({ host: HOST, chains, keys: [OTHER], choices })]))).toEqual([])
})

it('does not apply where nothing else than the chain is pinned', () => {
  expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
})
