import { expect, it } from 'vitest'
import type { Certificate } from '../../../../src/core/certificate/certificate.ts'
import rule from '../../../../src/core/risks/rules/android-7-elliptic-curves.ts'
import { certificate, EVERYWHERE, row } from '../../../support/cases.ts'
import { chainOf, E7, ISRG_LEAF, ISRG_SENT, path, search } from '../../../support/paths.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const ROOT = { held: certificate({ name: 'Some Root', isCa: true }), stores: EVERYWHERE }
const keyed = (held: Certificate, algorithm: string, curve: string | null): Certificate => ({
  ...held,
  publicKey: { algorithm, bits: 384, curve },
})
const of = (leaf: Certificate, authority: Certificate) =>
  contextOf([row({ host: 'a.example', chains: [chainOf(search(path([leaf, authority], ROOT)))] })])

it('is a note where a key is on another curve than P-256', () => {
  expect(findingOf(rule, of(ISRG_LEAF, keyed(E7, 'EC', 'P-384')))).toMatchObject({
    severity: 'note',
    tab: 'android',
    title: 'Android 7.0 may not connect to a.example',
    why: expect.stringContaining('E7 has a key on another curve') as unknown,
    rowIds: ['row of a.example'],
  })
  expect(findingOf(rule, of(keyed(ISRG_LEAF, 'EC', 'P-521'), keyed(E7, 'EC', 'P-384'))).why).toContain(
    'a.example and E7 have a key on another curve',
  )
})

it('stays quiet about P-256 and about keys on no curve', () => {
  expect(findingsOf(rule, of(ISRG_LEAF, E7))).toEqual([])
  expect(findingsOf(rule, of(ISRG_LEAF, keyed(E7, 'RSA', null)))).toEqual([])
})

it('does not apply where Android 7.0 does not trust the chain, or no path is known', () => {
  expect(findingsOf(rule, contextOf([row({ host: 'a.example', chains: [chainOf(ISRG_SENT)] })]))).toBe('does not apply')
  expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
})

it('does not apply to rows without a host', () => {
  const found = search(path([keyed(ISRG_LEAF, 'EC', 'P-384')], ROOT))
  expect(findingsOf(rule, contextOf([row({ host: null, chains: [chainOf(found)] })]))).toBe('does not apply')
})
