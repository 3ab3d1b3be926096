import { expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/android-ios-parity.ts'
import { exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const rowOf = (host: string, choices = pinning('leaf'), includeSubdomains = false) =>
  row({ host, chains: [exampleChain(host)], choices, includeSubdomains })
const ENDING = { 'android-network-security-config': { expiration: { kind: 'date', date: '2027-06-01' } as const } }

it('all differences are one note for the whole set', () => {
  const rows = [rowOf('a.example', pinning('leaf', 'root')), rowOf('b.example', pinning('leaf'), true)]
  expect(findingOf(rule, contextOf(rows, { settings: ENDING }))).toMatchObject({
    severity: 'note',
    rowIds: [],
    title: 'Android and iOS differ in which pins count, how far sub-domains reach and when the pins end',
    why: expect.stringMatching(
      /For a\.example Android takes any .*Sub-domains of b\.example are pinned .*Android stops checking on 1 June 2027;/,
    ) as unknown,
  })
})

it.each(['leaf', 'ca', 'both'])('leaf and CA pins count differently with the lists %s', (lists) => {
  const settings = { 'ios-pinned-domains': { lists } }
  const context = contextOf([rowOf('a.example', pinning('leaf', 'root'))], { settings })
  expect(findingOf(rule, context).title).toBe('Android and iOS differ in which pins count')
})

it('one list without sub-domains and without a day is the same on both', () => {
  expect(findingsOf(rule, contextOf([rowOf('a.example'), rowOf('b.example', pinning('root'))]))).toEqual([])
})

it('does not apply without pins', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
