import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/retired-issuer.ts'
import type { SpkiPin } from '../../../../src/core/pins/spki-pin.ts'
import { CA_FAMILIES } from '../../../../src/core/trust/ca-families.ts'
import { alsoPinning, certificate, chain, pinning, row, type RowOrder } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { AUTUMN_2026, ROOTS, SPRING_2027, SPRING_2029 } from '../public-chains.ts'

const HOST = 'api.example.com'
const nameOf = (commonName: string, organization = "Let's Encrypt") => ({
  text: `CN=${commonName},O=${organization},C=US`,
  commonName,
  organization,
})

function intermediate(commonName: string, organization?: string) {
  const held = certificate({
    name: commonName,
    issuer: 'ISRG Root X1',
    isCa: true,
    from: '2024-03-13',
    until: '2027-03-12',
  })
  return { ...held, subject: nameOf(commonName, organization) }
}

function chainBy(commonName: string, organization?: string) {
  const leaf = {
    ...certificate({ name: HOST, dnsNames: [HOST], issuer: 'x' }),
    issuer: nameOf(commonName, organization),
  }
  return chain([leaf, intermediate(commonName, organization)])
}

const withChain = (name: string, order: Partial<RowOrder> = {}, now = AUTUMN_2026) =>
  contextOf([row({ host: HOST, chains: [chainBy(name)], ...order })], { now })

it('a pinned intermediate that no longer issues is a warning', () => {
  expect(findingOf(rule, withChain('E7', { choices: pinning('intermediate') }))).toMatchObject({
    severity: 'warning',
    tab: 'results',
    title: 'E7 of Let’s Encrypt, pinned for api.example.com, is retired',
    why: expect.stringMatching(
      /has retired E5, E6, E7, E8, E9, R10, R11, R12, R13 and R14 and has issued from YE1, YE2, YR1 and YR2 since May 2026\..*matches nothing/,
    ) as unknown,
    rowIds: ['row of api.example.com'],
    source: 'https://letsencrypt.org/certificates/',
  })
})

it('one that is not pinned is a note', () => {
  expect(findingOf(rule, withChain('R11'))).toMatchObject({
    severity: 'note',
    title: 'R11 of Let’s Encrypt, which issued for api.example.com, is retired',
    why: expect.stringContaining('do not pin R11') as unknown,
  })
})

it('one is found as the issuer of a leaf that stands alone', () => {
  const leaf = { ...certificate({ name: HOST, issuer: 'x' }), issuer: nameOf('R10') }
  const chains = [chain([leaf], { kind: 'issuer-missing', issuer: leaf.issuer })]
  expect(
    findingOf(rule, contextOf([row({ host: HOST, chains, choices: pinning('leaf', 'intermediate') })])),
  ).toMatchObject({ severity: 'note', title: 'R10 of Let’s Encrypt, which issued for api.example.com, is retired' })
})

describe('a root above one that is not pinned itself', () => {
  const ROOT_PINS = CA_FAMILIES.find(({ id }) => id === 'lets-encrypt')?.roots ?? []
  const pinningRoots = (...names: readonly string[]) =>
    alsoPinning(
      pinning(),
      [],
      ROOT_PINS.filter(({ name }) => names.includes(name)).map(({ pin }) => ({ pin, role: 'ca' as const })),
    )

  it('is a warning while other roots of the CA are not pinned, since its successors end there', () => {
    expect(findingOf(rule, withChain('R11', { choices: pinningRoots('ISRG Root X1') }))).toMatchObject({
      severity: 'warning',
      title: 'R11 of Let’s Encrypt, which issued for api.example.com, is retired',
      why: expect.stringContaining('ISRG Root X2, Root YE and Root YR are not pinned. Android takes') as unknown,
    })
    const three = pinningRoots('ISRG Root X1', 'ISRG Root X2', 'Root YE')
    expect(findingOf(rule, withChain('E7', { choices: three })).why).toContain('Root YR is not pinned.')
  })

  it('is a note when all of them are', () => {
    expect(ROOT_PINS).toHaveLength(4)
    const choices = pinningRoots(...ROOT_PINS.map(({ name }) => name))
    expect(findingOf(rule, withChain('R11', { choices })).severity).toBe('note')
  })

  it('may be pinned by another row of the host', () => {
    const [first, ...others] = ROOT_PINS.map(({ name }) => name)
    const rows = [
      row({ host: HOST, chains: [chainBy('R11')], choices: pinningRoots(first!) }),
      row({ host: HOST, rowId: 'again', choices: pinningRoots(...others) }),
    ]
    expect(findingOf(rule, contextOf(rows)).severity).toBe('note')
  })

  it('of another CA says nothing about it', () => {
    const choices = alsoPinning(pinning('leaf'), [], [{ pin: ROOTS.digiCertG2.held.pin, role: 'ca' }])
    expect(findingOf(rule, withChain('R11', { choices })).severity).toBe('note')
  })
})

it('one is found in reserve, and pinned there it is a warning', () => {
  const held = intermediate('E5')
  const choices = { ...pinning(), exceptions: new Map([[held.sha256, true]]) }
  expect(findingOf(rule, contextOf([row({ host: HOST, reserve: [held], choices })])).severity).toBe('warning')
})

it('one is told once, with the hosts of all rows, however many leaves it issued', () => {
  const rows = [
    row({ host: HOST, chains: [chainBy('E8'), chainBy('E8')] }),
    row({ host: 'b.example', chains: [chainBy('E8')] }),
  ]
  expect(findingOf(rule, contextOf(rows))).toMatchObject({
    title: 'E8 of Let’s Encrypt, which issued for api.example.com and b.example, is retired',
    rowIds: ['row of api.example.com', 'row of b.example'],
  })
})

it.each(['E5', 'E6', 'E7', 'E8', 'E9', 'R10', 'R11', 'R12', 'R13', 'R14'])('%s is found at any later day', (name) => {
  for (const now of [AUTUMN_2026, SPRING_2027, SPRING_2029])
    expect(findingsOf(rule, withChain(name, {}, now))).toHaveLength(1)
})

it('none was retired before its successors took over', () => {
  expect(findingsOf(rule, withChain('E7', {}, Date.parse('2026-04-30T23:59:59Z')))).toEqual([])
  expect(findingsOf(rule, withChain('E7', {}, Date.parse('2026-05-01T00:00:00Z')))).toHaveLength(1)
})

it.each([
  ['YE1', undefined],
  ['YR2', undefined],
  ['E1', undefined],
  ['E7', 'Somebody else'],
])('%s of %s is none of them', (name, organization) => {
  expect(findingsOf(rule, contextOf([row({ host: HOST, chains: [chainBy(name, organization)] })]))).toEqual([])
})

it('does not apply without certificates', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})

it('a typed pin of one is known by its key', () => {
  const pin = 'iFvwVyJSxnQdyaUvUERIf+8qk7gRze3612JMwoO3zdU=' as SpkiPin
  const choices = alsoPinning(pinning(), [], [{ pin, role: 'ca' }])
  expect(findingOf(rule, contextOf([row({ host: HOST, choices })]))).toMatchObject({
    severity: 'warning',
    title: 'E8 of Let’s Encrypt, pinned for api.example.com, is retired',
  })
})
