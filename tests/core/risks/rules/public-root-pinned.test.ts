import { expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/public-root-pinned.ts'
import { alsoPinning, exampleChain, pinning, pinOfKey, privateChain, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { publicChain, ROOTS } from '../public-chains.ts'

it('all pinned roots of public CAs are one note for the whole set', () => {
  const rows = [
    row({ host: 'a.example', chains: [publicChain('a.example', ROOTS.isrgX1)], choices: pinning('root') }),
    row({ host: 'b.example', chains: [publicChain('b.example', ROOTS.gtsR4)], choices: pinning('leaf', 'root') }),
    row({ host: 'c.example', chains: [exampleChain('c.example')] }),
  ]
  expect(findingOf(rule, contextOf(rows))).toMatchObject({
    severity: 'note',
    rowIds: [],
    title: 'ISRG Root X1 and GTS Root R4 admit more than your certificates',
    why: expect.stringContaining('For a.example and b.example the root of a public CA is pinned') as unknown,
  })
})

it('a typed root is one too, of whatever CA', () => {
  const pin = pinOfKey('some root')
  const choices = alsoPinning(pinning('leaf'), [], [{ pin, role: 'unknown' }])
  const bundledRoots = new Map([[pin, 'Some Root']])
  const one = row({ host: 'a.example', chains: [exampleChain('a.example')], choices, bundledRoots })
  expect(findingOf(rule, contextOf([one])).title).toBe('Some Root admits more than your certificates')
})

it('a private root admits your own alone', () => {
  const one = row({ host: 'a.example', chains: [privateChain('a.example')], choices: pinning('root') })
  expect(findingsOf(rule, contextOf([one]))).toEqual([])
})

it('does not apply without a CA pin', () => {
  expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
})
