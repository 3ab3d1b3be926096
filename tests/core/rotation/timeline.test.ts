import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../../src/core/formats/registry.ts'
import type { ProjectSettings } from '../../../src/core/settings/project-settings.ts'
import { isoDay } from '../../../src/core/instant.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { eventsAhead, validitySpans } from '../../../src/core/rotation/timeline.ts'
import {
  alsoPinning,
  backupKey,
  certificate,
  chain,
  exampleChain,
  HOSTILE_TEXT,
  pinning,
  privateChain,
  row,
} from '../../support/cases.ts'
import { AUTUMN_2026, publicChain, ROOTS, SPRING_2027, SPRING_2029 } from '../risks/public-chains.ts'
import { cadence, eventsOf, told } from './plans.ts'

const HOST = 'api.example.com'

/** A year after whichever day, so that the planner is in time. */
const LEAF_ENDS = new Map([
  [AUTUMN_2026, '2027-09-15'],
  [SPRING_2027, '2028-03-01'],
  [SPRING_2029, '2030-03-01'],
])

function publicRow(now: number, root: keyof typeof ROOTS = 'digiCertG2') {
  const leaf = { from: '2026-09-01', until: LEAF_ENDS.get(now) ?? '' }
  return row({ host: HOST, chains: [publicChain(HOST, ROOTS[root], { leaf })], choices: pinning('leaf', 'root') })
}

const expiringOn = (date: string) => ({
  'android-network-security-config': { expiration: { kind: 'date' as const, date } },
})

const LEAF_ALONE = { 'ios-pinned-domains': { lists: 'both' } }

describe('the days of a plan', () => {
  it('in autumn 2026', () => {
    expect(told([publicRow(AUTUMN_2026)], LEAF_ALONE, AUTUMN_2026)).toEqual([
      '2026-03-15 Public CAs issue for 200 days at most',
      '2027-03-15 Public CAs issue for 100 days at most',
      `2027-03-19 Last safe release with the next pin: ${HOST}`,
      `2027-09-15 The leaf ${HOST} ends`,
      `2027-09-15 Last day to change the server’s key: ${HOST}`,
      `2027-09-16 The old pin may go: ${HOST}`,
      '2029-03-15 Public CAs issue for 47 days at most',
      '2029-04-15 DigiCert Global Root G2: phased out by Mozilla',
      '2029-04-15 DigiCert Global Root G2: phased out by Chrome',
    ])
  })

  it('the day after the second step', () => {
    expect(told([publicRow(SPRING_2027)], LEAF_ALONE, SPRING_2027)).toEqual([
      '2026-03-15 Public CAs issue for 200 days at most',
      '2027-03-15 Public CAs issue for 100 days at most',
      // 180 days before 2028-03-01, with the 29th of February.
      `2027-09-03 Last safe release with the next pin: ${HOST}`,
      `2028-03-01 The leaf ${HOST} ends`,
      `2028-03-01 Last day to change the server’s key: ${HOST}`,
      `2028-03-02 The old pin may go: ${HOST}`,
      '2029-03-15 Public CAs issue for 47 days at most',
      '2029-04-15 DigiCert Global Root G2: phased out by Mozilla',
      '2029-04-15 DigiCert Global Root G2: phased out by Chrome',
    ])
  })

  it('the day after the third step', () => {
    const events = eventsOf([publicRow(SPRING_2029)], LEAF_ALONE, SPRING_2029)
    expect(eventsAhead(events, SPRING_2029).map(({ date, kind }) => `${date} ${kind}`)).toEqual([
      // The root in the list of CAs goes before the leaf ends, and phones have the next release 194 days from now.
      '2029-03-30 last-release',
      '2029-04-15 root-notice',
      '2029-04-15 root-notice',
      '2029-09-26 switch-server',
      '2029-09-27 remove-old-pin',
      '2030-03-01 certificate-end',
    ])
    expect(events.slice(0, 3).map(({ date }) => date)).toEqual(['2026-03-15', '2027-03-15', '2029-03-15'])
  })

  it('at 23:59 are those of the same day, in UTC', () => {
    const late = Date.parse('2026-11-21T23:59:59.999Z')
    expect(told([publicRow(AUTUMN_2026)], {}, late)).toEqual(told([publicRow(AUTUMN_2026)], {}, AUTUMN_2026))
    const [first] = eventsAhead(eventsOf([publicRow(AUTUMN_2026)], {}, late), Date.parse('2027-03-15T23:59:59Z'))
    expect(first?.date).toBe('2027-03-15')
  })

  it('of Let’s Encrypt are its own steps as well', () => {
    const dates = told([publicRow(AUTUMN_2026, 'isrgX1')], {}, AUTUMN_2026)
    expect(dates).toContain('2027-02-10 Let’s Encrypt issues for 64 days')
    expect(dates).toContain('2028-02-16 Let’s Encrypt issues for 45 days')
    expect(told([publicRow(AUTUMN_2026)]).join()).not.toContain('Let’s Encrypt')
  })

  it('of a private CA are no steps of public ones', () => {
    const rows = [row({ host: HOST, chains: [privateChain(HOST, undefined, { until: '2027-09-15' })] })]
    expect(eventsOf(rows).map(({ kind }) => kind)).toEqual([
      'last-release',
      'certificate-end',
      'switch-server',
      'remove-old-pin',
    ])
  })

  it('has what Android’s expiration is written as, each date once', () => {
    const rows = ['a.example', 'b.example'].map((host) =>
      row({ host, chains: [exampleChain(host, { until: '2027-09-15' })] }),
    )
    expect(told(rows, expiringOn('2027-05-01'))).toContain(
      '2027-05-01 The pins of a.example and b.example end in Network Security Config',
    )
    // Somewhere that day has begun: none is written.
    expect(told(rows, expiringOn('2026-11-22')).join()).not.toContain(' end in ')
    expect(told(rows).join()).not.toContain(' end in ')
    expect(told(rows, { 'android-network-security-config': { expiration: { kind: 'computed' } } }).join()).toContain(
      '2027-09-15 The pins of a.example and b.example end in Network Security Config',
    )
  })

  it('says which issuer is retired, as precisely as that is known', () => {
    const issuer = { text: "CN=E7,O=Let's Encrypt,C=US", commonName: 'E7', organization: "Let's Encrypt" }
    const leaf = { ...certificate({ name: HOST, until: '2027-09-15' }), issuer }
    const events = eventsOf([row({ host: HOST, chains: [chain([leaf])] })])
    expect(events.filter(({ kind }) => kind === 'issuer-retired')).toMatchObject([
      { date: '2026-05', day: Date.parse('2026-05-01T00:00:00Z'), hosts: [HOST], id: 'issuer-retired-E7' },
    ])
  })

  it('says that a day is an estimate', () => {
    const notice = eventsOf([publicRow(AUTUMN_2026)]).find(({ kind }) => kind === 'root-notice')
    expect(notice).toMatchObject({ isEstimate: true, hosts: [HOST] })
    expect(notice?.text).toContain('DigiCert Global Root G2 is pinned for api.example.com.')
  })

  it('leaves out what is more than four years ahead', () => {
    const rows = [row({ host: HOST, chains: [exampleChain(HOST, { until: '2027-09-15' })] })]
    expect(told(rows).join()).not.toContain('Example Root R1')
    expect(validitySpans(planPins(rows), rows).map(({ certificate: { notAfter } }) => isoDay(notAfter))).toEqual([
      '2027-09-15',
      '2029-03-12',
      '2035-06-04',
    ])
  })

  it('says what to do when it is too late', () => {
    const rows = [row({ host: HOST, chains: [exampleChain(HOST, { until: '2026-12-24' })] })]
    expect(told(rows, cadence(7, 90)).slice(0, 2)).toEqual([
      `2026-11-28 Release the next pin at once: ${HOST}`,
      `2026-12-24 The leaf ${HOST} ends`,
    ])
  })
})

const TWO = [
  row({ host: 'a.example', chains: [exampleChain('a.example', { until: '2027-09-15' })] }),
  row({ host: 'b.example', chains: [exampleChain('b.example', { until: '2027-10-31' })] }),
]
const on = (date: string) => ({ expiration: { kind: 'date' as const, date } })
const ends = (settings: ProjectSettings) => eventsOf(TWO, settings).filter(({ kind }) => kind === 'pins-expire')
const idsOn = (date: string) => ends({ 'react-native': on(date), 'android-trustkit': on(date) }).map(({ id }) => id)

describe('the ends of pin sets', () => {
  it.each(FORMATS.filter(({ abilities: { expiry }, ...format }) => expiry !== 'none' && !('settingsOf' in format)))(
    'of $id are told on their day, with when on it',
    ({ id, title, docs, abilities: { expiry } }) => {
      const [event, ...others] = ends({ [id]: on('2027-05-01') })
      expect(others).toEqual([])
      expect(event).toMatchObject({
        date: '2027-05-01',
        title: `The pins of a.example and b.example end in ${title}`,
        hosts: ['a.example', 'b.example'],
        source: docs,
      })
      expect(event?.text).toContain(expiry === 'utc-midnight' ? 'from 00:00 UTC' : 'in each phone’s own time zone')
    },
  )

  it('on one day are one event that names every output', () => {
    const [event, ...others] = ends({
      'android-network-security-config': on('2027-05-01'),
      'react-native': on('2027-05-01'),
      'android-cronet': on('2027-05-01'),
    })
    expect(others).toEqual([])
    expect(event?.title).toBe(
      'The pins of a.example and b.example end in Network Security Config, Cronet and React Native: ssl-public-key-pinning',
    )
    expect(event?.text).toContain(
      'from 00:00 of this day in each phone’s own time zone (Network Security Config) and from 00:00 UTC of this day (Cronet and React Native: ssl-public-key-pinning)',
    )
  })

  it('on several days, or of other hosts, are as many events', () => {
    const settings = {
      'android-network-security-config': on('2027-09-15'),
      'android-cronet': { expiration: { kind: 'computed' as const } },
    }
    const events = ends(settings)
    expect(events.map(({ date, title }) => `${date} ${title}`)).toEqual([
      '2027-09-15 The pins of a.example and b.example end in Network Security Config',
      '2027-09-15 The pins of a.example end in Cronet',
      '2027-10-31 The pins of b.example end in Cronet',
    ])
    expect(new Set(events.map(({ id }) => id)).size).toBe(3)
  })

  it('keep their ids when their days move', () => {
    expect(idsOn('2027-05-01')).toEqual(idsOn('2027-06-01'))
  })

  it('that are chosen and cannot be written are none', () => {
    expect(ends({ 'android-cronet': on('2026-11-22'), 'react-native': on('2027-02-30') })).toEqual([])
  })
})

const wordsOf = (rows: readonly PlanRow[], settings: ProjectSettings) =>
  eventsOf(rows, settings).flatMap(({ kind, date, title, text, source }) =>
    ['last-release', 'switch-server', 'remove-old-pin'].includes(kind) ? [{ kind, date, title, text, source }] : [],
  )

const until = (day: string) => [row({ host: HOST, chains: [exampleChain(HOST, { until: day })] })]

describe('the words of a change', () => {
  const FIRST = { rotation: { released: 'no' } }

  it('say that a first plan cuts nobody off, and what the first release needs', () => {
    expect(wordsOf(until('2027-03-31'), FIRST)).toMatchObject([
      { date: '2026-12-05', title: `The first release needs the next pin: ${HOST}` },
      { date: '2027-03-31', title: `Last day to change the server’s key: ${HOST}` },
      { date: '2027-04-01', title: `The old pin may go: ${HOST}` },
    ])
    const texts = wordsOf(until('2027-03-31'), FIRST).map(({ text }) => text)
    expect(texts.join(' ')).not.toMatch(/too late|refuse|at once/)
  })

  it('say that a certificate may end before the first release', () => {
    expect(wordsOf(until('2026-11-30'), FIRST)).toMatchObject([
      { date: '2026-11-30', title: `Last day to change the server’s key: ${HOST}` },
      { date: '2026-12-05', title: `The first release needs the next pin alone: ${HOST}` },
    ])
    expect(wordsOf(until('2026-11-01'), FIRST)[0]).toMatchObject({ title: `Change the server’s key now: ${HOST}` })
  })

  it('name who gives up a root, with the source', () => {
    const leaf = { from: '2026-09-01', until: '2027-09-15' }
    const rows = [
      row({ host: HOST, chains: [publicChain(HOST, ROOTS.digiCertG2, { leaf })], choices: pinning('root') }),
    ]
    const [release, change] = wordsOf(rows, {})
    // 180 days before 2029-04-14.
    expect(release).toMatchObject({ date: '2028-10-16', source: expect.stringMatching(/^https:/) as unknown })
    expect(change?.date).toBe('2029-04-14')
    expect(release?.text).toContain(
      'before chains leave the root DigiCert Global Root G2 (the plan counts on it until 2029-04-14: it will be phased out by Mozilla from about 15 April 2029).',
    )
  })
})

it('on one day what ends first stands first', () => {
  const days = ['2027-01-15', '2026-12-24', '2027-02-20', '2027-01-02']
  const rows = days.map((day, index) =>
    row({ host: `h${index}.example`, chains: [exampleChain(`h${index}.example`, { until: day })] }),
  )
  expect(eventsOf(rows).flatMap(({ kind, hosts }) => (kind === 'last-release' ? hosts : []))).toEqual([
    'h1.example',
    'h3.example',
    'h0.example',
    'h2.example',
  ])
})

describe('events', () => {
  const keys = [backupKey('CN=a')]
  const rows = [
    publicRow(AUTUMN_2026),
    publicRow(AUTUMN_2026, 'isrgX1'),
    ...['a.example', 'b.example'].map((host) => row({ host, chains: [exampleChain('shared.example')] })),
    row({ host: 'c.example', chains: [exampleChain('c.example')], keys, choices: alsoPinning(pinning('leaf'), keys) }),
    row({ host: null, chains: [exampleChain('no.example')] }),
  ]

  it('have ids of their own, of harmless characters', () => {
    const ids = eventsOf(rows).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[\w.-]+$/)
  })

  it('keep their ids when their days move', () => {
    const [quick, slow] = [cadence(7, 30), cadence(14, 180)].map((settings) =>
      eventsOf(rows, settings)
        .map(({ id }) => id)
        .toSorted(),
    )
    expect(quick).toEqual(slow)
  })

  it('of a shared certificate are one, with its hosts', () => {
    const shared = eventsOf(rows).filter(({ title }) => title === 'The leaf shared.example ends')
    expect(shared.map(({ hosts }) => hosts)).toEqual([['a.example', 'b.example']])
  })

  it('hold hostile names as one harmless line', () => {
    const hostile = row({ host: HOST, chains: [exampleChain(HOST, { name: HOSTILE_TEXT, until: '2027-09-15' })] })
    for (const { title, text } of eventsOf([hostile])) {
      expect(`${title}${text}`).not.toMatch(/[\p{Cc}\u202e\u2066\u200b\ufeff]/u)
      expect(title.length).toBeLessThan(500)
    }
  })
})
