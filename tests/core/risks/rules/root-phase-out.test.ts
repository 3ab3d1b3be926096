import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/root-phase-out.ts'
import type { SpkiPin } from '../../../../src/core/pins/spki-pin.ts'
import { alsoPinning, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { AUTUMN_2026, publicChain, ROOTS, SPRING_2027, SPRING_2029 } from '../public-chains.ts'

const HOST = 'api.example.com'
const ROOT_PINNED = pinning('root')
const LEAF_PINNED = pinning('leaf')

const typing = (pins: readonly string[]) =>
  alsoPinning(
    pinning(),
    [],
    pins.map((pin) => ({ pin: pin as SpkiPin, role: 'ca' })),
  )

/** Its leaf is valid on any of the days. */
function at(now: number, root: keyof typeof ROOTS, choices: typeof ROOT_PINNED) {
  const chains = [publicChain(HOST, ROOTS[root], { leaf: { from: '2026-09-01', until: '2029-12-01' } })]
  return contextOf([row({ host: HOST, chains, choices })], { now })
}

describe('a root that a programme is to drop', () => {
  it('is a note years ahead, which says that the day is an estimate', () => {
    const { severity, tab, title, why, source } = findingOf(rule, at(AUTUMN_2026, 'digiCertG2', ROOT_PINNED))
    expect([severity, tab]).toEqual(['note', 'results'])
    expect(title).toBe(
      'DigiCert Global Root G2, pinned for api.example.com, will be phased out by Mozilla from about 15 April 2029',
    )
    expect(why).toContain('an estimate from the first day of its certificate')
    expect(source).toBe('https://wiki.mozilla.org/CA/Root_CA_Lifecycles')
  })

  it.each([
    ['goDaddyG2', SPRING_2027, 'warning', 'will be phased out by Mozilla from about 15 April 2027'],
    ['goDaddyG2', SPRING_2029, 'warning', 'has been phased out by Mozilla since about 15 April 2027'],
    ['userTrust', AUTUMN_2026, 'warning', 'has been phased out by its CA since 2 June 2025'],
    ['userTrust', SPRING_2029, 'warning', 'has been phased out by its CA since 2 June 2025'],
    ['digiCertG2', SPRING_2029, 'warning', 'will be phased out by Mozilla from about 15 April 2029'],
    ['digiCertG1', AUTUMN_2026, 'warning', 'has been phased out by Mozilla and Chrome since 15 April 2026'],
    ['swissSign2022', SPRING_2027, 'warning', 'will be phased out by Chrome from 14 June 2027'],
    ['swissSign2022', SPRING_2029, 'warning', 'has been phased out by Chrome since 14 June 2027'],
    ['isrgX1', AUTUMN_2026, 'note', 'will be phased out by the root programmes from about 4 June 2030'],
  ] as const)('%s: its day moves from ahead to past', (root, now, severity, text) => {
    const finding = findingOf(rule, at(now, root, ROOT_PINNED))
    expect([finding.severity, finding.title]).toEqual([
      severity,
      `${ROOTS[root].held.subject.commonName}, pinned for api.example.com, ${text}`,
    ])
  })

  it('is told earlier when it is pinned than when the chain ends there', () => {
    expect(findingsOf(rule, at(AUTUMN_2026, 'digiCertG2', LEAF_PINNED))).toEqual([])
    expect(findingOf(rule, at(SPRING_2029, 'digiCertG2', LEAF_PINNED))).toMatchObject({
      severity: 'note',
      title: expect.stringContaining('where the chain of api.example.com ends') as unknown,
      why: expect.stringContaining('It is not pinned here') as unknown,
    })
  })

  it('is not told before anybody needs to know', () => {
    expect(findingsOf(rule, at(AUTUMN_2026, 'gtsR4', ROOT_PINNED))).toEqual([])
  })

  it('is a note where another root of the same CA is pinned as well', () => {
    const { pin } = ROOTS.digiCertG2.held
    const chains = [publicChain(HOST, ROOTS.digiCertG1, { leaf: { from: '2026-09-01', until: '2029-12-01' } })]
    const choices = alsoPinning(ROOT_PINNED, [], [{ pin, role: 'ca' }])
    const found = rule.find(contextOf([row({ host: HOST, chains, choices })], { now: AUTUMN_2026 }))
    expect(found.map(({ severity, title }) => [severity, title.split(',')[0]])).toContainEqual([
      'note',
      'DigiCert Global Root CA',
    ])
    expect(found.map(({ why }) => why).join(' ')).toContain('Another root of the same CA is pinned as well')
  })

  it.each([
    ['COMODO RSA Certification Authority', 'grX4Ta9HpZx6tSHkmCrvpApTQGo67CYDnvprLg5yRME='],
    ['COMODO ECC Certification Authority', '58qRu/uxh4gFezqAcERupSkRYBlBAvfcw7mEjGPLnNU='],
    ['USERTrust ECC Certification Authority', 'ICGRfpgmOUXIWcQ/HXPLQTkFPEFPoDyjvH7ohhQpjzs='],
  ])('%s is one that its CA has left', (name, pin) => {
    const rowsOf = (pins: readonly string[]) => [
      row({ host: HOST, choices: typing(pins), bundledRoots: new Map([[pin as SpkiPin, name]]) }),
    ]
    const left = findingOf(rule, contextOf(rowsOf([pin]), { now: AUTUMN_2026 }))
    expect(left).toMatchObject({
      severity: 'warning',
      title: expect.stringContaining('has been phased out by its CA since 2 June 2025') as unknown,
      why: expect.stringContaining('R46 and E46 since 2 June 2025') as unknown,
      source: 'https://www.sectigo.com/resource-library/changes-to-root-ca-hierarchies-and-trust-status',
    })
    // With the root that follows it, it is what older phones need.
    const r46 = 'Douxi77vs4G+Ib/BogbTFymEYq0QSFXwSgVCaZcI09Q='
    expect(findingOf(rule, contextOf(rowsOf([pin, r46]), { now: AUTUMN_2026 })).severity).toBe('note')
  })

  it('is known by a typed pin', () => {
    const { pin } = ROOTS.userTrust.held
    const choices = alsoPinning(pinning(), [], [{ pin, role: 'unknown' }])
    const rows = [row({ host: HOST, choices, bundledRoots: new Map([[pin, 'USERTrust RSA Certification Authority']]) })]
    expect(findingOf(rule, contextOf(rows, { now: AUTUMN_2026 })).title).toContain(
      'USERTrust RSA Certification Authority, pinned for api.example.com',
    )
  })
})

const rowOf = (host: string, choices = ROOT_PINNED) =>
  row({ host, chains: [publicChain(host, ROOTS.digiCertG1, { leaf: { until: '2029-12-01' } })], choices })

describe('a root of several rows', () => {
  it('is told of once, with the hosts', () => {
    const rows = [rowOf('a.example'), rowOf('b.example'), rowOf('c.example')]
    expect(findingOf(rule, contextOf(rows, { now: AUTUMN_2026 }))).toMatchObject({
      severity: 'warning',
      title:
        'DigiCert Global Root CA, pinned for a.example, b.example and c.example, has been phased out by Mozilla and Chrome since 15 April 2026',
      rowIds: ['row of a.example', 'row of b.example', 'row of c.example'],
    })
  })

  it('is told of apart where it means something else', () => {
    const { pin } = ROOTS.digiCertG2.held
    const spared = rowOf('c.example', alsoPinning(ROOT_PINNED, [], [{ pin, role: 'ca' }]))
    const rows = [rowOf('a.example'), rowOf('b.example', LEAF_PINNED), spared]
    const found = rule.find(contextOf(rows, { now: AUTUMN_2026 })).filter(({ title }) => title.includes('Root CA'))
    expect(found.map(({ severity, rowIds }) => [severity, rowIds])).toEqual([
      ['warning', ['row of a.example']],
      ['note', ['row of b.example']],
      ['note', ['row of c.example']],
    ])
  })

  it('needs no host', () => {
    const nameless = { ...rowOf('b.example'), hostRule: null }
    const rows = [rowOf('a.example'), nameless]
    expect(findingOf(rule, contextOf(rows, { now: AUTUMN_2026 })).title).toContain('pinned for a.example,')
    expect(findingOf(rule, contextOf([nameless], { now: AUTUMN_2026 })).title).toContain('pinned for this row,')
  })
})

describe('the age limit of the browsers', () => {
  it('is computed where nobody has published a day, and says so', () => {
    const finding = findingOf(rule, at(SPRING_2029, 'gtsR4', ROOT_PINNED))
    expect([finding.severity, finding.title]).toEqual([
      'note',
      'GTS Root R4, pinned for api.example.com, will be phased out by Chrome and Mozilla from about 22 June 2031',
    ])
    expect(finding.why).toContain(
      'Chrome and Mozilla remove roots whose keys are older than 15 years, in steps: this one about 22 June 2031, an estimate from the first day of its certificate.',
    )
    expect(finding.source).toBe('https://googlechrome.github.io/chromerootprogram/')
  })

  it('stands beside a notice of the other browser', () => {
    expect(findingOf(rule, at(SPRING_2027, 'goDaddyG2', ROOT_PINNED)).why).toContain(
      'Chrome removes roots whose keys are older than 15 years, in steps: this one about 15 April 2027',
    )
  })

  it('says nothing of a root that no browser lists', () => {
    const root = { ...ROOTS.gtsR4, stores: { ...ROOTS.gtsR4.stores, mozilla: null, chrome: null } }
    const rows = [row({ host: HOST, chains: [publicChain(HOST, root, { leaf: { until: '2029-12-01' } })] })]
    expect(findingsOf(rule, contextOf(rows, { now: SPRING_2029 }))).toEqual([])
  })
})

it('leaves a root to the rule about distrust once somebody has dropped it', () => {
  expect(findingsOf(rule, at(AUTUMN_2026, 'globalSignR1', ROOT_PINNED))).toEqual([])
  expect(findingsOf(rule, at(AUTUMN_2026, 'hiPki', ROOT_PINNED))).toEqual([])
})

it('stays quiet about roots that it does not know', () => {
  expect(findingsOf(rule, contextOf('leaf-and-root'))).toEqual([])
})

it('does not apply without certificates and typed pins', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
