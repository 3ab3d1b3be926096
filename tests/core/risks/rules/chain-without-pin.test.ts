import { describe, expect, it } from 'vitest'
import type { Chain } from '../../../../src/core/chain/chain.ts'
import type { PinChoices } from '../../../../src/core/pins/pin-choices.ts'
import rule from '../../../../src/core/risks/rules/chain-without-pin.ts'
import { exampleChain, otherChain, pinning, pinOfKey, row, type RowOrder } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'
const FIRST = exampleChain(HOST)
const SECOND = otherChain(HOST, { key: 'second', until: '2027-01-31' })

const leavesOf = (chains: readonly Chain[]) => chains.flatMap(({ links }) => links.slice(0, 1))

function without(chains: readonly Chain[], choices: PinChoices = pinning('leaf')): PinChoices {
  return { ...choices, exceptions: new Map(leavesOf(chains).map(({ certificate: leaf }) => [leaf.sha256, false])) }
}

const both = (choices: PinChoices, order: Partial<RowOrder> = {}) => [
  row({ host: HOST, chains: [FIRST, SECOND], choices, ...order }),
]

it('a chain from a file that no pin matches is a warning', () => {
  expect(findingOf(rule, contextOf(both(without([SECOND]))))).toMatchObject({
    severity: 'warning',
    tab: 'results',
    title: `A chain of ${HOST} has no pinned key`,
    why: expect.stringContaining(
      `With the leaf that ends on 31 January 2027, Android and iOS would refuse ${HOST}`,
    ) as unknown,
    rowIds: [`row of ${HOST}`],
  })
})

it('the same is one on iOS alone where only its leaf is pinned beside a CA list', () => {
  const [leaf] = leavesOf([SECOND])
  const exceptions = new Map(leaf ? [[leaf.certificate.sha256, true]] : [])
  const rootOfFirst = { ...pinning(), exceptions: new Map([...exceptions, ...rootOf(FIRST)]) }
  const { why } = findingOf(rule, contextOf(both(rootOfFirst)))
  expect(why).toContain(`, iOS would refuse ${HOST}`)
})

function rootOf({ links }: Chain) {
  return links.slice(-1).map(({ certificate: root }) => [root.sha256, true] as const)
}

describe('it stays quiet', () => {
  it.each([
    ['each leaf is pinned', both(pinning('leaf'))],
    ['a CA of each is pinned', both(without([SECOND], pinning('leaf', 'root')))],
    ['none passes, which another rule tells', both(without([FIRST, SECOND], alsoTyped()))],
    ['the chain has ended', both(without([ended()]), { chains: [FIRST, ended()] })],
    [
      'the server was asked',
      both(without([SECOND]), { served: leavesOf([FIRST]).map(({ certificate }) => certificate) }),
    ],
  ])('where %s', (_what, rows) => {
    expect(findingsOf(rule, contextOf(rows))).toEqual([])
  })
})

function alsoTyped(): PinChoices {
  return { ...pinning('leaf'), typedPins: [{ pin: pinOfKey('elsewhere'), role: 'leaf' }] }
}

function ended(): Chain {
  return otherChain(HOST, { key: 'ended', from: '2025-11-01', until: '2026-10-31' })
}

it('does not apply to a single chain', () => {
  expect(findingsOf(rule, contextOf('leaf-and-root'))).toBe('does not apply')
})
