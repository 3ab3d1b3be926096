import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../src/core/certificate/certificate.ts'
import type { Chain } from '../../../src/core/chain/chain.ts'
import type { TrustPath } from '../../../src/core/chain/trust-path.ts'
import type { OutputSettings } from '../../../src/core/formats/registry.ts'
import { incidentOf, type IncidentHost } from '../../../src/core/incident/incident.ts'
import type { Instant } from '../../../src/core/instant.ts'
import { distinctPins, planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { CA_FAMILIES } from '../../../src/core/trust/ca-families.ts'
import {
  alsoPinning,
  backupKey,
  CASE_NOW,
  certificate,
  chain,
  EVERYWHERE,
  EXAMPLE_CA,
  EXAMPLE_ROOT,
  exampleChain,
  otherChain,
  pinning,
  pinOfKey,
  planCase,
  PLAN_CASES,
  privateChain,
  row,
} from '../../support/cases.ts'

const HOST = 'api.example.com'

const incident = (rows: readonly PlanRow[], settings: OutputSettings = {}, now: Instant = CASE_NOW) =>
  incidentOf(planPins(rows), rows, settings, now)

function only(rows: readonly PlanRow[], settings: OutputSettings = {}, now: Instant = CASE_NOW): IncidentHost {
  const [host, ...others] = incident(rows, settings, now).hosts
  if (!host || others.length > 0) throw new Error('not one host')
  return host
}

/** A row that has the chain which its server presents, and the pins that shipped. */
function shipped(presented: Chain, pins: readonly { readonly pin: SpkiPin; readonly role: 'leaf' | 'ca' }[]): PlanRow {
  const [leaf] = presented.links
  return row({
    host: HOST,
    chains: [presented],
    served: leaf ? [leaf.certificate] : [],
    choices: alsoPinning(pinning(), [], pins),
  })
}

const leafOf = ({ links: [first] }: Chain): Certificate => {
  if (!first) throw new Error('an empty chain')
  return first.certificate
}

/** A CA that is pinned and in no chain. */
function withCa(held: Certificate): PlanRow {
  return row({ host: HOST, reserve: [held], choices: { ...pinning(), exceptions: new Map([[held.sha256, true]]) } })
}

/** By GNU date; `UTC-14` is the earliest time zone of the earth there, `UTC+12` the latest. */
function midnight(day: string, zone: string): Instant {
  return 1000 * Number(execFileSync('date', ['-d', `TZ="${zone}" ${day} 00:00:00`, '+%s'], { encoding: 'utf8' }))
}

describe('a pinned leaf key', () => {
  it('can be put back with its certificate while that is valid for the host', () => {
    const { leafKeys, iosLists } = only(planCase('leaf-alone').rows)
    const leaf = leafOf(exampleChain(HOST))
    expect(leafKeys).toEqual([
      { pin: leaf.pin, ios: 'enough', from: { kind: 'certificate', latest: leaf, usable: leaf } },
    ])
    expect(iosLists).toBe('leaf')
  })

  it.each([
    ['has ended', exampleChain(HOST, { until: '2026-11-20' })],
    ['has not begun', exampleChain(HOST, { from: '2026-11-22' })],
    ['is for another host', exampleChain(HOST, { dnsNames: ['other.example.com'] })],
  ])('needs a new certificate when its own %s', (_why, held) => {
    const [key] = only([row({ host: HOST, chains: [held] })]).leafKeys
    expect(key?.from).toEqual({ kind: 'certificate', latest: leafOf(held), usable: null })
  })

  it('is told once, by the latest of its certificates, and the one that is valid today', () => {
    const now = exampleChain(HOST)
    const later = exampleChain(HOST, { from: '2027-03-01', until: '2027-09-30' })
    const { leafKeys } = only([row({ host: HOST, chains: [now, later] })])
    expect(leafKeys.map(({ from }) => from)).toEqual([
      { kind: 'certificate', latest: leafOf(later), usable: leafOf(now) },
    ])
  })

  it('of a rule with sub-domains may have a certificate for one of them', () => {
    const wildcard = exampleChain('*.example.com', { dnsNames: ['*.example.com'] })
    const rowFor = (includeSubdomains: boolean) => row({ host: 'example.com', includeSubdomains, chains: [wildcard] })
    expect(only([rowFor(true)]).leafKeys[0]?.from).toHaveProperty('usable', leafOf(wildcard))
    expect(only([rowFor(false)]).leafKeys[0]?.from).toHaveProperty('usable', null)
  })

  it('is a backup key by its name, or nothing but a pin', () => {
    const key = backupKey('CN=reserve')
    const typed = pinOfKey('typed leaf')
    const { leafKeys } = only([
      row({ host: HOST, keys: [key], choices: alsoPinning(pinning(), [key], [{ pin: typed, role: 'leaf' }]) }),
    ])
    expect(leafKeys.map(({ pin, from }) => ({ pin, from }))).toEqual([
      { pin: key.pin, from: { kind: 'reserve', key, canBeCertified: true } },
      { pin: typed, from: { kind: 'typed' } },
    ])
  })

  it('that no public CA certifies is no backup, and below a CA of one’s own it is', () => {
    const key = backupKey('CN=ed', { publicKey: { algorithm: 'Ed25519', bits: null, curve: null } })
    const canBeCertified = (chains: readonly Chain[]) => {
      const host = only([row({ host: HOST, chains, keys: [key], choices: alsoPinning(pinning('leaf'), [key]) })])
      const [of] = host.leafKeys.flatMap(({ from }) => (from.kind === 'reserve' ? [from.canBeCertified] : []))
      return [of, host.isWithoutBackup]
    }
    expect(canBeCertified([exampleChain(HOST)])).toEqual([false, true])
    expect(canBeCertified([privateChain(HOST)])).toEqual([true, false])
  })

  it('is told apart from what no key has', () => {
    const placeholder = `${'A'.repeat(43)}=` as SpkiPin
    const host = only([
      shipped(
        exampleChain(HOST),
        (['leaf', 'ca'] as const).map((role) => ({ pin: placeholder, role })),
      ),
    ])
    expect([host.leafKeys, host.authorities, host.unknownPins, host.keylessPins]).toEqual([[], [], [], [placeholder]])
    expect(host.isWithoutBackup).toBe(true)
  })

  it('helps iOS only where its list is the one that counts', () => {
    const { rows } = planCase('leaf-and-root')
    const helpWith = (lists: string) => {
      const host = only(rows, { 'ios-pinned-domains': { lists } })
      return [host.iosLists, host.leafKeys[0]?.ios, host.authorities[0]?.ios]
    }
    expect(helpWith('ca')).toEqual(['ca', 'not-listed', 'enough'])
    expect(helpWith('leaf')).toEqual(['leaf', 'enough', 'not-listed'])
    expect(helpWith('both')).toEqual(['both', 'beside-other-list', 'beside-other-list'])
  })
})

describe('a pinned CA', () => {
  it('is known by its name and its end', () => {
    const { authorities } = only(planCase('intermediate-and-root').rows)
    expect(authorities.map(({ name, ends, canIssue, family }) => ({ name, ends, canIssue, family }))).toEqual([
      { name: 'Example TLS CA 1', ends: EXAMPLE_CA.notAfter, canIssue: 'yes', family: null },
      { name: 'Example Root R1', ends: EXAMPLE_ROOT.notAfter, canIssue: 'yes', family: null },
    ])
  })

  it('is of a family by its key, also when only the pin was typed', () => {
    const letsEncrypt = CA_FAMILIES.find(({ id }) => id === 'lets-encrypt')
    const [root] = letsEncrypt?.roots ?? []
    if (!root) throw new Error('no root')
    const { authorities } = only([
      row({
        host: HOST,
        bundledRoots: new Map([[root.pin, root.name]]),
        choices: alsoPinning(pinning(), [], [{ pin: root.pin, role: 'unknown' }]),
      }),
    ])
    expect(authorities.map(({ name, family, canIssue, ends }) => [name, family?.name, canIssue, ends])).toEqual([
      ['ISRG Root X1', 'Let’s Encrypt', 'yes', null],
    ])
  })

  it('of a family that issues no more is no help', () => {
    const closed = CA_FAMILIES.find(({ isClosed }) => isClosed)
    const organization = closed?.organizations[0] ?? ''
    const held = certificate({
      name: 'closed',
      isCa: true,
      until: '2035-01-01',
      subject: { text: `O=${organization}`, commonName: 'Closed Root', organization },
    })
    expect(only([withCa(held)]).authorities.map(({ canIssue }) => canIssue)).toEqual(['closed'])
  })

  it('whose certificate has ended is no help, from the second after', () => {
    const held = certificate({ name: 'Old Root', isCa: true, from: '2005-01-01', until: '2026-11-20' })
    const at = (now: Instant) => only([withCa(held)], {}, now).authorities[0]?.canIssue
    expect(at(held.notAfter)).toBe('yes')
    expect(at(held.notAfter + 1)).toBe('ended')
  })

  it.each([
    ['that has ended', 'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys=', 'over', ['expired', 'expired']],
    ['that phones refuse', 'du6FkDdMcVQ3u8prumAo6t3i3G27uMP2EOhR8R0at/U=', 'over', ['distrusted', 'distrusted']],
    ['that new Android phones lack', 'K87oWBWM9UZfyddvDfoxL+8lpNyoUB2ptGtn0fv6G2Q=', 'yes', ['gone', undefined]],
  ] as const)('%s is told by its key alone', (_what, pin, canIssue, kinds) => {
    const [authority] = only([
      row({
        host: HOST,
        bundledRoots: new Map([[pin as SpkiPin, 'An old root']]),
        choices: alsoPinning(pinning(), [], [{ pin: pin as SpkiPin, role: 'unknown' }]),
      }),
    ]).authorities
    expect([authority?.canIssue, [authority?.over.android?.kind, authority?.over.ios?.kind]]).toEqual([canIssue, kinds])
  })

  it('of which nothing but the pin is known says so', () => {
    const pin = pinOfKey('typed CA')
    const { authorities } = only([row({ host: HOST, choices: alsoPinning(pinning(), [], [{ pin, role: 'ca' }]) })])
    expect(authorities.map(({ name, canIssue }) => ({ name, canIssue }))).toEqual([{ name: null, canIssue: 'unknown' }])
  })

  it('is one’s own when no store has its root', () => {
    const own = only([row({ host: HOST, chains: [privateChain(HOST)], choices: pinning('root') })])
    expect(own.authorities.map(({ isOwn }) => isOwn)).toEqual([true])
    expect(only(planCase('root-from-the-store').rows).authorities.map(({ isOwn }) => isOwn)).toEqual([false])
  })
})

describe('what a server presents', () => {
  it('is compared with the pins by the rules of each platform', () => {
    const presented = otherChain(HOST)
    const compare = (...pins: Parameters<typeof shipped>[1]) =>
      only([shipped(presented, pins)]).presented.map(({ android, ios, isServed }) => ({ android, ios, isServed }))
    const leaf = { pin: leafOf(presented).pin, role: 'leaf' } as const
    const foreign = { pin: EXAMPLE_ROOT.pin, role: 'ca' } as const
    expect(compare(foreign)).toEqual([{ android: 'no-match', ios: 'no-match', isServed: true }])
    expect(compare(leaf)).toEqual([{ android: 'matches', ios: 'matches', isServed: true }])
    // With both kinds iOS gets the CA list alone.
    expect(compare(leaf, foreign)).toEqual([{ android: 'matches', ios: 'no-match', isServed: true }])
  })

  it('may match on some paths of Android, and then does on iOS, which tries them all', () => {
    const newRoot = certificate({ name: 'Example Root R2', isCa: true, until: '2040-01-01' })
    const path: TrustPath = {
      links: [leafOf(exampleChain(HOST)), EXAMPLE_CA, newRoot].map((held) => ({ certificate: held, origin: 'given' })),
      stores: EVERYWHERE,
      faults: [],
    }
    const presented = { ...exampleChain(HOST), search: { paths: [path], isCut: false } }
    const [compared] = only([shipped(presented, [{ pin: newRoot.pin, role: 'ca' }])]).presented
    expect(compared).toMatchObject({ android: 'some-paths', ios: 'matches' })
    const broken = { ...path, faults: [{ kind: 'may-not-sign', certificate: EXAMPLE_CA } as const] }
    const [alone] = only([
      shipped({ ...presented, search: { paths: [broken], isCut: false } }, [{ pin: newRoot.pin, role: 'ca' }]),
    ]).presented
    expect(alone).toMatchObject({ android: 'no-match', ios: 'no-match' })
  })

  it('is told apart from what somebody added, and from CA certificates alone', () => {
    const { presented } = only([
      row({
        host: HOST,
        chains: [exampleChain(HOST), otherChain(HOST), chain([EXAMPLE_CA, EXAMPLE_ROOT])],
        served: [leafOf(otherChain(HOST))],
        choices: pinning('leaf'),
      }),
    ])
    expect(presented.map(({ isServed }) => isServed)).toEqual([false, true])
  })

  it('has nothing to match on iOS when no pin is listed there', () => {
    const pin = leafOf(exampleChain('elsewhere.example')).pin
    const [compared] = only([
      row({
        host: HOST,
        chains: [otherChain(HOST)],
        choices: alsoPinning(pinning(), [], [{ pin, role: 'unknown' }]),
      }),
    ]).presented
    expect(compared?.ios).toBe('not-pinned')
  })
})

describe('the day on which Android opens by itself', () => {
  const FROM = midnight('2027-02-01', 'UTC-14')
  const UNTIL = midnight('2027-02-01', 'UTC+12')
  const { rows, settings } = planCase('expiration-date')
  const openingAt = (now: Instant) => incident(rows, settings, now).hosts.map(({ opening }) => opening.kind)

  it('begins and ends with local midnight around the earth', () => {
    const [first] = incident(rows, settings).hosts
    expect(first?.opening).toEqual({ kind: 'waiting', date: '2027-02-01', from: FROM, until: UNTIL })
  })

  it.each([
    ['waiting', FROM - 1],
    ['under-way', FROM],
    ['under-way', UNTIL - 1],
    ['open', UNTIL],
  ])('is %s at its turn', (kind, now) => {
    expect(openingAt(now)).toEqual([kind, kind])
  })

  it('is told for each host by its own certificates when it is computed', () => {
    const computed = planCase('expiration-computed')
    const dates = incident(computed.rows, computed.settings).hosts.map(({ opening }) =>
      'date' in opening ? opening.date : null,
    )
    expect(dates).toEqual(['2027-03-31', '2028-12-31'])
  })

  it('never comes without a date, and is not known for what is no day', () => {
    expect(incident(rows).hosts.map(({ opening }) => opening)).toEqual([{ kind: 'never' }, { kind: 'never' }])
    const notADay = planCase('expiration-not-a-day')
    expect(incident(notADay.rows, notADay.settings).hosts[0]?.opening).toEqual({ kind: 'unknown' })
  })
})

describe('the rows of an incident', () => {
  it('without pins are named, so that somebody enters what shipped', () => {
    const { hosts, leftOut } = incident(planCase('rows-without-pins').rows)
    expect(hosts.map(({ host }) => host)).toEqual(['api.example.com'])
    expect(leftOut.map(({ host }) => host)).toEqual(['cdn.example.com', 'www.example.com'])
    expect(incident([])).toEqual({ hosts: [], leftOut: [] })
  })

  it('give a sub-domain the pins that it inherits', () => {
    const [child] = incident(planCase('parent-and-child').rows).hosts
    expect(child?.authorities.map(({ name }) => name)).toEqual(['Other Root X1', 'Example TLS CA 1', 'Example Root R1'])
  })

  it('say whether one change takes all pins of a host away', () => {
    expect(only(planCase('leaf-alone').rows).isWithoutBackup).toBe(true)
    expect(only(planCase('backup-request-and-leaf').rows).isWithoutBackup).toBe(false)
  })

  it.each(PLAN_CASES)('tell every pin of the plan as what it is: $name', ({ rows, settings = {} }) => {
    const { policies } = planPins(rows)
    const { hosts } = incident(rows, settings)
    expect(hosts.map(({ host }) => host)).toEqual(policies.map(({ host }) => host))
    for (const [index, { pins, leafKeys, authorities, unknownPins }] of hosts.entries()) {
      const told = new Set([...leafKeys.map(({ pin }) => pin), ...authorities.map(({ pin }) => pin), ...unknownPins])
      expect(told).toEqual(new Set(distinctPins(policies[index]?.pins ?? [])))
      expect(new Set(pins)).toEqual(told)
    }
  })
})
