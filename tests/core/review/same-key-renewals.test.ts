import { expect, it } from 'vitest'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { sameKeyRenewals, sameKeyText } from '../../../src/core/review/same-key-renewals.ts'
import { CASE_NOW, exampleChain, otherChain, pinning, planCase, row } from '../../support/cases.ts'

const HOST = 'api.example.com'
const at = (host: string, from: string) => row({ host, chains: [exampleChain(host, { key: 'shared', from })] })
const told = (rows: readonly PlanRow[]) =>
  sameKeyRenewals(planPins(rows), rows).map((kept) => sameKeyText(kept, CASE_NOW))

it('a renewal that is to come keeps the pin', () => {
  expect(told(planCase('renewed-with-the-same-key').rows)).toEqual([
    'Same key in two certificates, valid until 2027-03-31 and 2027-09-30: the renewal keeps your pin.',
  ])
})

it('one that has happened kept it, from another CA and in another row of the host as well', () => {
  const older = exampleChain(HOST, { from: '2026-05-01', until: '2026-11-30' })
  const newer = otherChain(HOST, { from: '2026-11-01', until: '2027-05-31' })
  const text = 'Same key in two certificates, valid until 2026-11-30 and 2027-05-31: the renewal kept your pin.'
  expect(told([row({ host: HOST, chains: [newer, older] })])).toEqual([text])
  expect(told([row({ host: HOST, chains: [older] }), row({ host: HOST, chains: [newer], rowId: 'second' })])).toEqual([
    text,
  ])
})

it('of several renewals the last one is told', () => {
  const chains = ['2026-06-30', '2027-06-30', '2026-12-31'].map((until) =>
    exampleChain(HOST, { from: until.replace('30', '01').replace('31', '01'), until }),
  )
  expect(told([row({ host: HOST, chains })])).toEqual([
    'Same key in two certificates, valid until 2026-12-31 and 2027-06-30: the renewal keeps your pin.',
  ])
})

it('that is said when the key is not pinned', () => {
  const chains = [exampleChain(HOST), exampleChain(HOST, { from: '2027-03-01', until: '2027-09-30' })]
  expect(told([row({ host: HOST, chains, choices: pinning('root') })])).toEqual([
    'Same key in two certificates, valid until 2027-03-31 and 2027-09-30: the renewal keeps the key, which is not pinned here.',
  ])
})

it.each([
  ['another key', [exampleChain(HOST), exampleChain(HOST, { key: 'new', from: '2027-03-01', until: '2027-09-30' })]],
  ['the same certificate twice', [exampleChain(HOST), exampleChain(HOST)]],
  ['two that begin together', [exampleChain(HOST), otherChain(HOST)]],
  ['one', [exampleChain(HOST)]],
])('%s is no renewal with the same key', (_what, chains) => {
  expect(told([row({ host: HOST, chains })])).toEqual([])
})

it('the same key at two hosts is none either', () => {
  expect(told([at(HOST, '2026-09-01'), at('www.example.com', '2026-10-01')])).toEqual([])
})
