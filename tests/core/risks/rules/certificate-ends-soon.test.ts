import { describe, expect, it } from 'vitest'
import type { Chain } from '../../../../src/core/chain/chain.ts'
import rule from '../../../../src/core/risks/rules/certificate-ends-soon.ts'
import type { KeyWithoutCertificate } from '../../../../src/core/pins/key-without-certificate.ts'
import { alsoPinning, backupKey, exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'
const ending = (until: string) => exampleChain(HOST, { until })
const rowOf = (choices = pinning('leaf'), chains = [ending('2026-12-05')]) => row({ host: HOST, chains, choices })

const asked = (now: string) => contextOf([rowOf()], { now: Date.parse(now) })

it('a pinned leaf that ends within a month is a warning, with the day', () => {
  expect(findingOf(rule, contextOf([rowOf()]))).toMatchObject({
    severity: 'warning',
    tab: 'results',
    title: 'The pinned leaf of api.example.com ends on 5 December 2026',
    why: expect.stringMatching(/^That is in 14 days, .* Its key has to be one that is pinned/) as unknown,
  })
})

it('a pinned CA carries it', () => {
  expect(findingOf(rule, contextOf([rowOf(pinning('leaf', 'root'))])).severity).toBe('note')
})

describe('a certificate that is valid for less than a month', () => {
  const sixDays = exampleChain(HOST, { from: '2026-11-20', until: '2026-11-25' })
  const key = backupKey('CN=reserve')
  const rowWith = (keys: readonly KeyWithoutCertificate[], chains = [sixDays], roles = pinning('leaf')) =>
    row({ host: HOST, chains, keys, choices: alsoPinning(roles, keys) })

  it('is a note where a backup is pinned, since the next one is told as well', () => {
    expect(findingOf(rule, contextOf([rowWith([key])]))).toMatchObject({
      severity: 'note',
      why: `That is in 4 days. Certificates of ${HOST} are valid for 6 days, so one always ends soon. Have each new one issued for the pinned key, or for the backup.`,
    })
  })

  it.each([
    ['there is no backup', rowWith([])],
    [
      'no CA certifies the backup',
      rowWith([backupKey('CN=ed', { publicKey: { algorithm: 'Ed25519', bits: null, curve: null } })]),
    ],
    ['it is valid for more', rowWith([key], [exampleChain(HOST, { from: '2026-11-01', until: '2026-12-01' })])],
  ])('is a warning where %s', (_what, one) => {
    expect(findingOf(rule, contextOf([one])).severity).toBe('warning')
  })

  it('is one of up to 30 days', () => {
    const thirty = exampleChain(HOST, { from: '2026-11-01', until: '2026-11-30' })
    expect(findingOf(rule, contextOf([rowWith([key], [thirty])])).severity).toBe('note')
  })

  it('is a note that tells of a pinned CA first', () => {
    expect(findingOf(rule, contextOf([rowWith([key], [sixDays], pinning('leaf', 'root'))])).why).toContain(
      'the pinned CA carries the connection',
    )
  })
})

it.each([
  ['more than a month is left', rowOf(pinning('leaf'), [ending('2026-12-22')])],
  ['the leaf is not pinned', rowOf(pinning('root'))],
  ['it has ended, which another rule tells', rowOf(pinning('leaf'), [ending('2026-11-20')])],
  ['its successor is pinned too', rowOf(pinning('leaf'), [ending('2026-12-05'), exampleChain(HOST, { key: 'next' })])],
])('nothing is told where %s', (_what, one) => {
  expect(findingsOf(rule, contextOf([one]))).toEqual([])
})

const servedOf = (chains: readonly Chain[]) => chains.flatMap(({ links }) => links.map((held) => held.certificate))

const serving = (other: Chain, chains = [other, ending('2026-12-05')]) =>
  row({ host: HOST, chains, served: servedOf(chains), choices: pinning('leaf') })

/** A server with two certificates, one for each type of key. */
describe('of two leaves that a server presents', () => {
  it('the one that ends soon is told, though the other lasts', () => {
    expect(findingOf(rule, contextOf([serving(exampleChain(HOST, { key: 'of the other type' }))])).title).toBe(
      'The pinned leaf of api.example.com ends on 5 December 2026',
    )
  })

  it('none is told when the other has its key', () => {
    expect(findingsOf(rule, contextOf([serving(exampleChain(HOST))]))).toEqual([])
  })

  it('none is told when a pinned one is in reserve', () => {
    const soon = ending('2026-12-05')
    const rows = [row({ host: HOST, chains: [soon, exampleChain(HOST, { key: 'next' })], served: servedOf([soon]) })]
    expect(findingsOf(rule, contextOf(rows))).toEqual([])
  })
})

it('comes with the days', () => {
  expect(findingsOf(rule, asked('2026-11-05T00:00:00Z'))).toEqual([])
  expect(findingOf(rule, asked('2026-11-06T00:00:00Z')).why).toContain('in 29 days')
})

it.each([
  ['2026-12-03T00:00:00Z', 'in 2 days'],
  ['2026-12-03T23:59:59Z', 'in 2 days'],
  ['2026-12-04T00:00:00Z', 'tomorrow'],
  ['2026-12-04T23:59:59Z', 'tomorrow'],
  ['2026-12-05T00:00:00Z', 'today'],
  ['2026-12-05T23:59:59Z', 'today'],
])('counts to the day that it names, at whatever hour: %s', (now, words) => {
  const { title, why } = findingOf(rule, asked(now))
  expect([title, why]).toEqual([
    'The pinned leaf of api.example.com ends on 5 December 2026',
    expect.stringContaining(`That is ${words}, so`),
  ])
})

it('does not apply without a leaf', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
