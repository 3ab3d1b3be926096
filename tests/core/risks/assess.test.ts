import { describe, expect, it } from 'vitest'
import { FAQ_ANSWERS } from '../../../src/app/faq/answers.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import type { Chain } from '../../../src/core/chain/chain.ts'
import { isoDay } from '../../../src/core/instant.ts'
import { renderAll } from '../../../src/core/formats/registry.ts'
import type { ProjectSettings } from '../../../src/core/settings/project-settings.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { assess } from '../../../src/core/risks/assess.ts'
import { verdictOnRow, verdictOnSet } from '../../../src/core/risks/verdict.ts'
import { RISK_RULES } from '../../../src/core/risks/registry.ts'
import type { Finding } from '../../../src/core/risks/risk-rule.ts'
import {
  alsoPinning,
  backupKey,
  CASE_NOW,
  CASE_STAMP,
  certificate,
  chain,
  EVERYWHERE,
  EXAMPLE_CA,
  exampleChain,
  HOSTILE_TEXT,
  link,
  NOWHERE,
  otherChain,
  pinning,
  pinOfKey,
  PLAN_CASES,
  row,
  servedList,
  type RowOrder,
} from '../../support/cases.ts'
import { chainOf, ISRG_SENT, ISRG_X1, path, search } from '../../support/paths.ts'
import { contextOf } from './context.ts'
import { AUTUMN_2026, publicChain, ROOTS, SPRING_2027, SPRING_2029 } from './public-chains.ts'
import { NO_PATHS } from '../../../src/core/chain/trust-path.ts'

const SENT_ALONE = exampleChain('nodes.example.net')
const SENT_TWICE = otherChain('nodes.example.net', { key: 'another key' })
const leafOf = ({ links }: Chain) => links.slice(0, 1).map((found) => found.certificate)
const TAKEN = exampleChain('twice.example.org')
const LEFT = otherChain('twice.example.org', { key: 'left out' })
const MITMPROXY = { text: 'CN=mitmproxy', commonName: 'mitmproxy', organization: null }

/** A chain that Android 7.0 trusts, with a key that it cannot use. */
const P384_EVERYWHERE = search(
  path([{ ...certificate({ name: 'p384' }), publicKey: { algorithm: 'EC', bits: 384, curve: 'P-384' } }], {
    held: certificate({ name: 'Root of P-384', isCa: true }),
    stores: EVERYWHERE,
  }),
)
const LETS_ENCRYPT_R11 = { text: "CN=R11,O=Let's Encrypt,C=US", commonName: 'R11', organization: "Let's Encrypt" }

const WEAK = chain([
  {
    ...certificate({ name: 'same-key.example.net', issuer: 'Weak CA', dnsNames: ['same-key.example.net'] }),
    publicKey: { algorithm: 'RSA', bits: 1024, curve: null },
    signatureAlgorithm: 'SHA-1 with RSA',
  },
  certificate({ name: 'Weak CA', isCa: true }),
])
const OWN_KEY = backupKey('CN=same-key.example.net', { pin: pinOfKey('same-key.example.net') })

/** Something for every rule to find, at two places where it can be. */
const TROUBLED: readonly PlanRow[] = [
  row({
    host: 'example.com',
    includeSubdomains: true,
    chains: [exampleChain('example.com')],
    choices: pinning('leaf', 'root'),
  }),
  row({
    host: 'api.example.com',
    chains: [exampleChain('stray.example', { until: '2026-10-01', dnsNames: ['v1.api.example.com'] })],
  }),
  row({ host: 'api.example.com', chains: [exampleChain('stray.example', { from: '2026-12-01' })], rowId: 'again' }),
  row({
    host: 'twice.example.org',
    chains: [TAKEN, LEFT],
    choices: {
      ...pinning('leaf'),
      exceptions: new Map(leafOf(LEFT).map(({ sha256 }) => [sha256, false])),
    },
  }),
  row({
    host: 'bad.example.org',
    chains: [
      {
        links: [link('leaf', certificate({ name: 'bad.example.org' }), { signature: { kind: 'does-not-verify' } })],
        end: { kind: 'self-signed-leaf' },
        search: NO_PATHS,
      },
    ],
  }),
  row({ host: 'empty.example.org', rootStoreDate: '2025-11-20' }),
  row({
    host: 'two.example.org',
    chains: [exampleChain('two.example.org'), exampleChain('two.example.org', { key: 'reserve key' })],
    choices: pinning('leaf', 'root'),
  }),
  row({
    host: 'backup.example.org',
    chains: [exampleChain('backup.example.org')],
    keys: [backupKey('CN=backup.example.org')],
    choices: alsoPinning(pinning('leaf', 'root'), [backupKey('CN=backup.example.org')]),
  }),
  row({
    host: 'two-cas.example.org',
    chains: [exampleChain('two-cas.example.org'), otherChain('two-cas.example.org')],
    keys: [backupKey('CN=backup.example.org')],
    choices: alsoPinning(pinning('leaf', 'root'), [backupKey('CN=backup.example.org')]),
  }),
  row({
    host: 'reserve.example.org',
    chains: [exampleChain('reserve.example.org')],
    keys: [backupKey('CN=backup.example.org')],
    choices: alsoPinning(pinning(), [backupKey('CN=backup.example.org')]),
  }),
  row({
    host: 'typed.example.org',
    choices: alsoPinning(pinning(), [], [{ pin: pinOfKey('typed'), role: 'unknown' }]),
  }),
  row({
    host: 'role.example.org',
    chains: [exampleChain('role.example.org')],
    choices: alsoPinning(pinning('leaf'), [], [{ pin: EXAMPLE_CA.pin, role: 'leaf' }]),
  }),
  row({ host: 'shop.example.com', chains: [otherChain('shop.example.com', { keyEncoding: ['explicit-curve'] })] }),
  row({
    host: 'nodes.example.net',
    chains: [SENT_ALONE, SENT_TWICE],
    servedLists: [
      servedList(leafOf(SENT_ALONE), [{ address: '192.0.2.1' }]),
      servedList([...leafOf(SENT_TWICE), ...leafOf(SENT_TWICE)], [{ address: '192.0.2.2' }]),
    ],
    choices: pinning(),
  }),
  row({
    host: 'intranet.example.net',
    chains: [
      chain(
        [
          certificate({ name: 'intranet.example.net', issuer: 'Own Root', dnsNames: ['intranet.example.net'] }),
          certificate({ name: 'Own Root', isCa: true, extensions: { keyUsage: ['CRL Sign'] } }),
        ],
        { kind: 'private-root' },
      ),
    ],
  }),
  row({
    host: 'proxied.example.net',
    chains: [
      chain([certificate({ name: 'proxied.example.net', issuer: 'mitmproxy', dnsNames: ['proxied.example.net'] })], {
        kind: 'issuer-missing',
        issuer: MITMPROXY,
      }),
    ],
  }),
  row({
    host: 'paths.example.net',
    chains: [chainOf(ISRG_SENT), chainOf(P384_EVERYWHERE)],
    choices: alsoPinning(pinning(), [], [{ pin: ISRG_X1.held.pin, role: 'ca' }]),
  }),
  row({ host: 'pay.example.net', chains: [exampleChain('pay.example.net', { keyEncoding: ['rsa-pss'] })] }),
  row({
    host: 'one-ca.example.net',
    chains: [exampleChain('one-ca.example.net')],
    choices: alsoPinning(
      pinning(),
      [],
      [
        { pin: ROOTS.isrgX1.held.pin, role: 'ca' },
        { pin: 'diGVwiVYbubAI3RW4hB9xU8e/CH2GnkuvVFZE8zmgzI=' as SpkiPin, role: 'ca' },
      ],
    ),
  }),
  row({
    host: 'old.example.net',
    chains: [
      publicChain('old.example.net', ROOTS.globalSignR1, { leaf: { until: '2027-12-31' } }),
      publicChain('old.example.net', ROOTS.digiCertG1, { leaf: { until: '2028-12-31' } }),
    ],
    choices: pinning('leaf', 'root'),
  }),
  row({
    host: 'renewed.example.net',
    chains: [chain([{ ...certificate({ name: 'renewed.example.net', issuer: 'R11' }), issuer: LETS_ENCRYPT_R11 }])],
  }),
  row({ host: 'api.stripe.com', chains: [exampleChain('api.stripe.com')] }),
  row({
    host: 'edge.example.net',
    chains: [publicChain('edge.example.net', ROOTS.gtsR4, { leaf: { dnsNames: ['sni.cloudflaressl.com'] } })],
  }),
  row({
    host: 'acme.example.net',
    chains: [publicChain('acme.example.net', ROOTS.isrgX1, { leaf: { until: '2026-12-05' } })],
    choices: pinning('leaf', 'intermediate'),
  }),
  row({
    host: 'same-key.example.net',
    chains: [WEAK],
    keys: [OWN_KEY],
    choices: alsoPinning(pinning('leaf'), [OWN_KEY]),
  }),
  row({
    host: 'sample.example.net',
    choices: alsoPinning(pinning(), [], [{ pin: `${'A'.repeat(43)}=` as SpkiPin, role: 'leaf' }]),
  }),
  row({
    host: 'gone.example.net',
    choices: alsoPinning(pinning(), [], [{ pin: ROOTS.baltimore.held.pin, role: 'ca' }]),
  }),
]

/** When the first pinned certificate ends: of some rows it has, of others it will. */
const COMPUTED: ProjectSettings = {
  'android-network-security-config': { expiration: { kind: 'computed' }, unpinned: 'status.example.com' },
  stacks: { 'ktor-cio': true, flutter: true },
}

const troubles = assess(contextOf(TROUBLED, { settings: COMPUTED }))

/** After each step of the renewal rules (`public-chains.ts`). */
const LATER = [SPRING_2027, SPRING_2029]

const android = (first: number, last: number) => ({ ...NOWHERE, android: { first, last, partial: [last] } })

/** The names of a certificate wherever a rule may put one. */
function hostileRows(name: string): PlanRow[] {
  const named = (order: Parameters<typeof certificate>[0]) =>
    certificate({ ...order, subject: { text: name, commonName: name, organization: name } })
  const leaf = named({ name: 'leaf', issuer: 'ca', dnsNames: [`${name}.a.example.com`], until: '2026-10-01' })
  const ca = named({ name: 'ca', isCa: true, until: '2026-10-01' })
  const signature = { kind: 'does-not-verify' } as const
  const links = [link('leaf', leaf, { signature }), link('root', ca, { signature })]
  const servedLists = [servedList([ca, leaf, ca]), servedList([leaf])]
  const far = named({ name: 'far', isCa: true, key: 'far' })
  const lapsed = named({ name: 'far', issuer: 'far', isCa: true, until: '2026-10-01' })
  const today = { ...leaf, notAfter: far.notAfter, publicKey: { algorithm: 'EC', bits: 384, curve: 'P-384' } }
  const unnamed = { kind: 'name-not-permitted', certificate: far, name } as const
  const found = search(
    path([today], { held: far, stores: android(24, 30) }),
    path([today], { held: lapsed, stores: android(24, 31) }),
    path([today, lapsed], { held: far, stores: EVERYWHERE }, { faults: [unnamed] }),
    path([today, named({ name: 'ca', key: 'between', isCa: true })], { held: lapsed, stores: EVERYWHERE }),
  )
  return [
    row({
      host: 'example.com',
      includeSubdomains: true,
      chains: [{ links, end: { kind: 'private-root' }, search: NO_PATHS }],
      servedLists,
    }),
    row({
      host: 'api.example.com',
      chains: [{ links, end: { kind: 'private-root' }, search: NO_PATHS }],
      choices: pinning('leaf', 'root'),
    }),
    row({
      host: 'paths.example.net',
      chains: [chainOf(found)],
      choices: alsoPinning(pinning(), [], [{ pin: far.pin, role: 'ca' }]),
    }),
  ]
}

const everything: readonly { readonly name: string; readonly findings: readonly Finding[] }[] = [
  ...PLAN_CASES.map(({ name }) => ({ name, findings: assess(contextOf(name)).findings })),
  { name: 'troubled rows', findings: troubles.findings },
  ...LATER.map((now) => ({
    name: `troubled rows on ${isoDay(now)}`,
    findings: assess(contextOf(TROUBLED, { settings: COMPUTED, now })).findings,
  })),
  { name: 'hostile names', findings: assess(contextOf(hostileRows(HOSTILE_TEXT))).findings },
  { name: 'endless names', findings: assess(contextOf(hostileRows('x '.repeat(20_000)))).findings },
]

describe('the rules', () => {
  it('have ids of their own', () => {
    expect(new Set(RISK_RULES.map(({ id }) => id)).size).toBe(RISK_RULES.length)
  })

  it('link to an answer that the FAQ has', () => {
    const answers = new Set<string>(FAQ_ANSWERS.map(({ id }) => id))
    expect(RISK_RULES.filter(({ faq }) => !answers.has(faq)).map(({ id, faq }) => `${id}: ${faq}`)).toEqual([])
  })

  it.each(RISK_RULES)('$id has a source over https and the day on which it was read', ({ source, since }) => {
    expect(new URL(source).protocol).toBe('https:')
    expect(since).toMatch(/^20\d{2}-\d{2}-\d{2}$/)
    expect(new Date(since).toISOString().slice(0, 10)).toBe(since)
  })

  it('each find something in troubled rows', () => {
    expect(new Set(troubles.findings.map(({ ruleId }) => ruleId))).toEqual(new Set(RISK_RULES.map(({ id }) => id)))
    expect([troubles.fine, troubles.notApplicable]).toEqual([[], []])
  })

  it('never throw, whatever the rows and the settings', () => {
    const settings: ProjectSettings = {
      'android-network-security-config': { expiration: 'nonsense' },
      'ios-pinned-domains': { lists: 'nonsense', wholeFile: 'x' },
    }
    for (const { rows } of PLAN_CASES) expect(() => assess(contextOf(rows, { settings, now: 0 }))).not.toThrow()
    expect(() =>
      assess(
        contextOf([
          row({ host: 'a.example', chains: [{ links: [], end: { kind: 'public-root' }, search: NO_PATHS }] }),
        ]),
      ),
    ).not.toThrow()
  })
})

/** What a rule says of the troubled rows on a day. */
function titlesOn(now: number, ruleId: string): readonly string[] {
  const { findings } = assess(contextOf(TROUBLED, { settings: COMPUTED, now }))
  return findings.filter((finding) => finding.ruleId === ruleId).map(({ severity, title }) => `${severity}: ${title}`)
}

describe('as time passes', () => {
  it('what is to end first nears, then has ended', () => {
    const acme = 'acme.example.net'
    expect(titlesOn(CASE_NOW, 'certificate-ends-soon').join()).toContain(`${acme} ends on 5 December 2026`)
    expect(titlesOn(SPRING_2027, 'certificate-ends-soon').join()).not.toContain(acme)
    expect(titlesOn(SPRING_2027, 'certificate-validity')).toContain(`blocker: The leaf ${acme} expired on 2026-12-05`)
    // The others of the table end on 31 March 2027.
    expect(titlesOn(SPRING_2027, 'certificate-ends-soon').join()).toContain('pay.example.net ends on 31 March 2027')
    expect(titlesOn(SPRING_2029, 'certificate-ends-soon')).toEqual([])
  })

  it('what is not yet valid becomes valid, and ends', () => {
    const days = [CASE_NOW, SPRING_2027].map((now) =>
      titlesOn(now, 'certificate-validity').filter((title) => title.includes('valid only')),
    )
    expect(days).toEqual([['blocker: The leaf stray.example is valid only from 2026-12-01'], []])
  })

  it('the limits that count for the next certificate become shorter', () => {
    const acme = 'The next certificate of'
    expect(titlesOn(CASE_NOW, 'certificate-lifetime').join()).toContain(acme)
    expect(titlesOn(SPRING_2029, 'certificate-lifetime').join()).not.toContain(acme)
  })

  it('an end that is computed comes near and passes', () => {
    expect(titlesOn(CASE_NOW, 'android-expiration').join()).toContain('31 March 2027')
    expect(titlesOn(SPRING_2027, 'android-expiration').join()).toContain('31 March 2027')
    expect(titlesOn(SPRING_2029, 'android-expiration').join()).not.toContain('2027')
    expect(titlesOn(SPRING_2029, 'android-expiration-not-written').join()).toContain('2027-03-31 has begun')
  })

  it('the copy of the root stores ages', () => {
    expect(titlesOn(SPRING_2029, 'root-data-old')).toHaveLength(1)
  })

  it.each([AUTUMN_2026, SPRING_2027, SPRING_2029].map(isoDay))('no rule is about nothing but the day: %s', (day) => {
    const now = Date.parse(day)
    const { findings, fine, notApplicable } = assess(contextOf([], { now }))
    expect([findings, fine, notApplicable.length]).toEqual([[], [], RISK_RULES.length])
  })
})

/** Own key, offline backup, a year to go: what the page tells people to do. */
describe('a sound plan', () => {
  const backup = backupKey('CN=api.example.com')
  const sound = (order: Partial<RowOrder>) =>
    row({
      host: 'api.example.com',
      chains: [publicChain('api.example.com', ROOTS.digiCertG2, { leaf: { until: '2027-03-15' } })],
      keys: [backup],
      choices: alsoPinning(pinning('leaf'), [backup]),
      ...order,
    })

  it.each([
    ['its own key and an offline backup', sound({})],
    ['such keys below a CA that nobody knows', sound({ chains: [exampleChain('api.example.com')] })],
    [
      'the roots of two CAs',
      sound({
        keys: [],
        choices: alsoPinning(
          pinning('root'),
          [],
          [
            { pin: ROOTS.isrgX1.held.pin, role: 'ca' },
            { pin: 'diGVwiVYbubAI3RW4hB9xU8e/CH2GnkuvVFZE8zmgzI=' as SpkiPin, role: 'ca' },
          ],
        ),
      }),
    ],
  ])('with %s has neither a blocker nor a warning', (_what, one) => {
    const context = contextOf([one])
    const { findings } = assess(context)
    expect(findings.filter(({ severity }) => severity !== 'note').map(({ title }) => title)).toEqual([])
    expect(verdictOnSet(findings, context.plan).kind).toBe('ready')
    expect(verdictOnRow(one.rowId, findings, context.plan).kind).toBe('ready')
  })
})

describe('an assessment', () => {
  it.each(PLAN_CASES)('puts every rule in one of three places: $name', ({ name }) => {
    const { findings, fine, notApplicable } = assess(contextOf(name))
    const found = new Set(findings.map(({ ruleId }) => ruleId))
    expect([...found, ...fine, ...notApplicable].toSorted()).toEqual(RISK_RULES.map(({ id }) => id).toSorted())
  })

  it('tells what was looked at and fine from what there was nothing to look at', () => {
    const { fine, notApplicable } = assess(contextOf('backup-leaf'))
    expect(fine).toContain('no-backup-pin')
    expect(notApplicable).toContain('android-expiration-not-written')
  })

  it('of no rows finds nothing to look at', () => {
    const { findings, fine, notApplicable } = assess(contextOf([]))
    expect([findings, fine]).toEqual([[], []])
    expect(notApplicable).toHaveLength(RISK_RULES.length)
  })

  it.each(everything)('goes from blocker to note, then by rule: $name', ({ findings }) => {
    const places = findings.map(
      ({ severity, ruleId }) => `${['blocker', 'warning', 'note'].indexOf(severity)} ${ruleId}`,
    )
    expect(places).toEqual(places.toSorted())
  })

  it('has all three severities in troubled rows', () => {
    expect([...new Set(troubles.findings.map(({ severity }) => severity))]).toEqual(['blocker', 'warning', 'note'])
  })

  it('keeps the order of the rows within a rule, however many they are', () => {
    const hosts = Array.from({ length: 12 }, (_, index) => `host-${index}.example`)
    const rows = hosts.map((host) => row({ host, chains: [exampleChain(host)] }))
    const backups = assess(contextOf(rows)).findings.filter(({ ruleId }) => ruleId === 'no-backup-pin')
    expect(backups.map(({ title }) => title)).toEqual(hosts.map((host) => `No backup pin for ${host}`))
  })

  it('is the same when made twice', () => {
    expect(assess(contextOf(TROUBLED, { settings: COMPUTED }))).toEqual(troubles)
  })
})

const idOfBackup = (rows: readonly PlanRow[]) =>
  assess(contextOf(rows)).findings.find(({ title }) => title === 'No backup pin for b.example')?.id

describe('the id of a finding', () => {
  it.each(everything)('is its own: $name', ({ findings }) => {
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length)
  })

  it('stays with its place when another place is mended', () => {
    const troubled = row({ host: 'b.example', chains: [exampleChain('b.example')] })
    const alone = idOfBackup([troubled])
    expect(alone).toBeDefined()
    expect(idOfBackup([row({ host: 'a.example', chains: [exampleChain('a.example')] }), troubled])).toBe(alone)
  })
})

describe('a finding', () => {
  it.each(PLAN_CASES)('never changes what is printed: $name', ({ rows, settings = {} }) => {
    const print = () => JSON.stringify(renderAll(planPins(rows), settings, CASE_STAMP).map(({ snippets }) => snippets))
    const before = print()
    const plan = planPins(rows)
    const copy = JSON.stringify(plan)
    assess({ plan, rows, settings, now: CASE_NOW })
    expect(JSON.stringify(plan)).toBe(copy)
    expect(print()).toBe(before)
  })

  it('stands beside snippets even when it is a blocker', () => {
    expect(troubles.findings[0]?.severity).toBe('blocker')
    for (const { snippets } of renderAll(planPins(TROUBLED), COMPUTED, CASE_STAMP))
      expect(snippets.length).toBeGreaterThan(0)
  })

  it.each(everything)('is whole sentences without a gap: $name', ({ findings }) => {
    for (const { title, why } of findings) {
      for (const text of [title, why]) {
        expect(text).not.toMatch(/undefined|null|NaN|\[object|Invalid Date/)
        expect(text.trim()).not.toBe('')
      }
      expect(why).toMatch(/\.$/)
    }
  })

  it.each(everything)('is about rows that exist: $name', ({ findings }) => {
    for (const { rowIds } of findings) expect(new Set(rowIds).size).toBe(rowIds.length)
  })

  it.each(everything)(
    'is one line of bounded length in each text, whatever certificates are called: $name',
    ({ findings }) => {
      for (const { title, why } of findings) {
        for (const text of [title, why])
          expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u2028-\u202e\u2060-\u206f\u200b\ufeff]/u)
        expect(title.length).toBeLessThan(500)
        expect(why.length).toBeLessThan(1500)
      }
    },
  )
})
