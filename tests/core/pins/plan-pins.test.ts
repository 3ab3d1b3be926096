import { describe, expect, it } from 'vitest'
import type { Chain } from '../../../src/core/chain/chain.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import type { TypedPin } from '../../../src/core/pins/pin-choices.ts'
import {
  changeTogether,
  distinctPins,
  parentPolicies,
  planPins,
  type HostPolicy,
  type PlanRow,
} from '../../../src/core/pins/plan-pins.ts'
import {
  alsoPinning,
  backupKey,
  certificate,
  chain,
  EXAMPLE_CA,
  EXAMPLE_ROOT,
  exampleChain,
  otherChain,
  pinning,
  pinOfKey,
  PLAN_CASES,
  planCase,
  row,
  type RowOrder,
} from '../../support/cases.ts'

const A = pinOfKey('api.example.com')
const CA = pinOfKey('Example TLS CA 1')
const ROOT = pinOfKey('Example Root R1')
const OTHER_CA = pinOfKey('Other Issuing CA 7')
const OTHER_ROOT = pinOfKey('Other Root X1')
const RESERVE = pinOfKey('reserve key')

const planOf = (name: string) => planPins(planCase(name).rows)

function policyOf(policies: readonly HostPolicy[], host: string): HostPolicy {
  const found = policies.find((policy) => policy.host === host)
  if (!found) throw new Error(`no policy for ${host}`)
  return found
}

/** One line per pin: what it is, and from whom. */
const pinsOf = (policy: HostPolicy) =>
  policy.pins.map(({ pin, role, inheritedFrom }) => [pin, role, ...(inheritedFrom ? [inheritedFrom] : [])])

describe('the pins of a row', () => {
  it('are those of the chosen roles, leaf first and root last', () => {
    const { policies } = planPins([
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com')],
        choices: pinning('root', 'leaf', 'intermediate'),
      }),
    ])
    expect(policies.map(pinsOf)).toEqual([
      [
        [A, 'leaf'],
        [CA, 'ca'],
        [ROOT, 'ca'],
      ],
    ])
  })

  it('have the leaves of all chains before the CAs of any', () => {
    const { policies } = planPins([
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com'), otherChain('api.example.com', { key: 'reserve key' })],
        choices: pinning('leaf', 'intermediate', 'root'),
      }),
    ])
    expect(policies.map(distinctOf)).toEqual([[A, RESERVE, CA, OTHER_CA, ROOT, OTHER_ROOT]])
  })

  it('follow the switch of a single certificate', () => {
    expect(planOf('one-certificate-against-its-role').policies.map(distinctOf)).toEqual([[CA]])
  })

  it('name every certificate that holds the key, with row, chain and how it came', () => {
    const [policy] = planOf('renewed-with-the-same-key').policies
    expect(policy?.pins).toHaveLength(1)
    expect(policy?.pins[0]?.origins).toMatchObject([
      { changesWith: 'row of api.example.com chain 0', chainRole: 'leaf', addedFromStore: false },
      { changesWith: 'row of api.example.com chain 1', chainRole: 'leaf', addedFromStore: false },
    ])
    expect(
      policy?.pins[0]?.origins.map((origin) => origin.kind === 'certificate' && origin.certificate.notAfter),
    ).toEqual([Date.parse('2027-03-31T23:59:59Z'), Date.parse('2027-09-30T23:59:59Z')])
  })

  it('are taken of a certificate in reserve when it is switched on, and of no other', () => {
    const choices = { ...pinning('leaf', 'root'), exceptions: new Map([[EXAMPLE_ROOT.sha256, true]]) }
    const rows = [
      row({ host: 'a.example', chains: [otherChain('a.example')], reserve: [EXAMPLE_ROOT, EXAMPLE_CA], choices }),
    ]
    expect(planPins(rows).policies.map(pinsOf)).toEqual([
      [
        [pinOfKey('a.example'), 'leaf'],
        [pinOfKey('Other Root X1'), 'ca'],
        [pinOfKey('Example Root R1'), 'ca'],
      ],
    ])
  })

  it('say that a root came from the bundled store', () => {
    const origins = planOf('root-from-the-store').policies.flatMap(({ pins }) => pins.flatMap((pin) => pin.origins))
    expect(origins).toMatchObject([{ chainRole: 'root', addedFromStore: true }])
  })

  it('are two when one key stands as a leaf and as a CA, since iOS has a list for each', () => {
    const selfMade = certificate({ name: 'ca of itself', isCa: true, key: 'one key' })
    const leaf = certificate({ name: 'api.example.com', issuer: 'ca of itself', key: 'one key' })
    const { policies } = planPins([
      row({ host: 'api.example.com', chains: [chain([leaf, selfMade])], choices: pinning('leaf', 'root') }),
    ])
    expect(policies.map(pinsOf)).toEqual([
      [
        [pinOfKey('one key'), 'leaf'],
        [pinOfKey('one key'), 'ca'],
      ],
    ])
    expect(policies.map(distinctOf)).toEqual([[pinOfKey('one key')]])
  })
})

const distinctOf = ({ pins }: HostPolicy) => distinctPins(pins)

/** One line per pin: what it is, and what each of its origins is and changes with. */
const originsOf = (rows: readonly PlanRow[]) =>
  planPins(rows).policies.flatMap(({ pins }) =>
    pins.map(({ role, origins }) => [role, ...origins.map(({ kind, changesWith }) => `${kind}: ${changesWith}`)]),
  )

const LEAF_CHAIN = exampleChain('a.example')
const leafOf = ({ links }: Chain) => links.slice(0, 1).map(({ certificate: held }) => held)

describe('a key without a certificate', () => {
  const key = backupKey('CN=a.example')

  it('is pinned when it is chosen, and not before', () => {
    const order = { host: 'a.example', chains: [LEAF_CHAIN], keys: [key] }
    expect(originsOf([row(order)])).toEqual([['leaf', 'certificate: row of a.example chain 0']])
    expect(originsOf([row({ ...order, choices: alsoPinning(pinning('leaf', 'root'), [key]) })])).toEqual([
      ['leaf', 'certificate: row of a.example chain 0'],
      ['leaf', `key: row of a.example key ${key.pin}`],
      ['ca', 'certificate: row of a.example chain 0'],
    ])
  })

  it('that the row does not have counts for nothing', () => {
    expect(planPins([row({ host: 'a.example', choices: alsoPinning(pinning(), [key]) })]).policies).toEqual([])
  })

  it('is a backup for what is in service', () => {
    const choices = alsoPinning(pinning('leaf', 'root'), [key])
    const rows = [row({ host: 'a.example', chains: [LEAF_CHAIN], served: leafOf(LEAF_CHAIN), keys: [key], choices })]
    expect(planPins(rows).policies.map(({ pins }) => changeTogether(pins))).toEqual([false])
  })

  it('is no backup when a certificate of the row has it, pinned or not', () => {
    const inService = backupKey('CN=a.example', { pin: pinOfKey('a.example') })
    for (const roles of [pinning('leaf', 'root'), pinning('root')]) {
      const choices = alsoPinning(roles, [inService])
      const order = { host: 'a.example', chains: [LEAF_CHAIN], keys: [inService], choices }
      expect(originsOf([row({ ...order, served: leafOf(LEAF_CHAIN) })])).toEqual([
        ['leaf', 'certificate: served', 'key: served'],
        ['ca', 'certificate: served'],
      ])
      expect(planPins([row(order)]).policies.map(({ pins }) => changeTogether(pins))).toEqual([true])
    }
  })

  it('is a CA pin when a CA of the row has it', () => {
    const ofCa = backupKey('CN=CA', { pin: CA })
    const choices = alsoPinning(pinning(), [ofCa])
    expect(originsOf([row({ host: 'a.example', chains: [LEAF_CHAIN], keys: [ofCa], choices })])).toEqual([
      ['ca', 'certificate: row of a.example chain 0', 'key: row of a.example chain 0'],
    ])
  })
})

const typedIn = (order: Partial<RowOrder>, ...typed: readonly TypedPin[]) => [
  row({ host: 'a.example', ...order, choices: alsoPinning(pinning(), [], typed) }),
]

describe('a typed pin', () => {
  const X = pinOfKey('X')
  const Y = pinOfKey('Y')

  it.each(['leaf', 'ca', 'unknown'] as const)('is what the user says while nothing else is known: %s', (role) => {
    expect(originsOf(typedIn({ chains: [LEAF_CHAIN] }, { pin: X, role }))).toEqual([
      [role, `typed: row of a.example typed ${X}`],
    ])
  })

  it('is what the certificate is that has the key, whatever the user says', () => {
    const chains = [LEAF_CHAIN]
    expect(originsOf(typedIn({ chains }, { pin: pinOfKey('a.example'), role: 'ca' }))).toEqual([
      ['leaf', 'certificate: row of a.example chain 0', 'typed: row of a.example chain 0'],
    ])
    expect(originsOf(typedIn({ chains }, { pin: CA, role: 'leaf' })).map(([role]) => role)).toEqual(['ca'])
    const inReserve = typedIn({ reserve: [EXAMPLE_CA] }, { pin: CA, role: 'unknown' })
    expect(originsOf(inReserve).map(([role]) => role)).toEqual(['ca'])
  })

  it('is a CA pin when a bundled root has the key', () => {
    const bundledRoots = new Map([[X, 'Root X']])
    const [policy] = planPins(typedIn({ bundledRoots }, { pin: X, role: 'leaf' })).policies
    expect(policy?.pins).toMatchObject([{ role: 'ca', origins: [{ kind: 'typed', bundledRoot: 'Root X' }] }])
  })

  it.each([
    ['E8, which has retired', 'iFvwVyJSxnQdyaUvUERIf+8qk7gRze3612JMwoO3zdU='],
    ['Root YE, which no store has yet', 'sCkq5UWXjg+7mKu9lMhhYF5bGLsy7VI/UNW3tccdR7w='],
  ])('is a CA pin when it is the key of a public CA that is known without the root stores: %s', (_what, text) => {
    const pin = text as SpkiPin
    for (const role of ['unknown', 'leaf'] as const) {
      expect(originsOf(typedIn({}, { pin, role }))).toEqual([['ca', `typed: row of a.example typed ${pin}`]])
    }
  })

  it('of a known CA may be the missing issuer of a chain, whatever the user says', () => {
    const pin = 'iFvwVyJSxnQdyaUvUERIf+8qk7gRze3612JMwoO3zdU=' as SpkiPin
    const unfinished = chain(leafOf(LEAF_CHAIN), { kind: 'issuer-missing', issuer: EXAMPLE_CA.subject })
    const choices = alsoPinning(pinning('leaf'), [], [{ pin, role: 'leaf' }])
    const { policies } = planPins([row({ host: 'a.example', chains: [unfinished], choices })])
    expect(policies.map(({ pins }) => changeTogether(pins))).toEqual([true])
  })

  it('changes apart from another one and from a chain that is known to its end', () => {
    const pins = [
      { pin: X, role: 'leaf' },
      { pin: Y, role: 'unknown' },
    ] as const
    expect(planPins(typedIn({}, ...pins)).policies.map((policy) => changeTogether(policy.pins))).toEqual([false])
    const withLeaf = { ...pinning('leaf'), typedPins: [pins[1]] }
    const rows = [row({ host: 'a.example', chains: [LEAF_CHAIN], choices: withLeaf })]
    expect(planPins(rows).policies.map((policy) => changeTogether(policy.pins))).toEqual([false])
  })

  it.each([
    ['unknown', true],
    ['ca', true],
    ['leaf', false],
  ] as const)('that may be the missing issuer of a chain changes with it: %s', (role, together) => {
    const unfinished = chain(leafOf(LEAF_CHAIN), { kind: 'issuer-missing', issuer: EXAMPLE_CA.subject })
    const choices = alsoPinning(pinning('leaf'), [], [{ pin: X, role }])
    const { policies } = planPins([row({ host: 'a.example', chains: [unfinished], choices })])
    expect(policies.map(({ pins }) => changeTogether(pins))).toEqual([together])
  })

  it('that one row knows is known for the host, and for one under it', () => {
    const unknown = { pin: CA, role: 'unknown' } as const
    const parent = row({
      host: 'example.com',
      includeSubdomains: true,
      chains: [exampleChain('example.com')],
      choices: pinning('intermediate'),
    })
    const typed = alsoPinning(pinning(), [], [unknown])
    const same = planPins([row({ host: 'example.com', choices: typed, rowId: 'typed' }), parent])
    expect(same.policies.map(pinsOf)).toEqual([[[CA, 'ca']]])
    const under = planPins([row({ host: 'api.example.com', choices: typed }), parent])
    expect(under.policies.map(pinsOf)).toEqual([[[CA, 'ca']], [[CA, 'ca']]])
    const above = planPins([
      row({ host: 'example.com', includeSubdomains: true, choices: typed }),
      row({ host: 'api.example.com', chains: [LEAF_CHAIN], choices: pinning('intermediate') }),
    ])
    expect(above.policies.map(pinsOf)).toEqual([[[CA, 'unknown']], [[CA, 'ca']]])
  })
})

describe('rows of one host', () => {
  const { policies } = planOf('same-host-twice')

  it('become one policy with the pins of both, in the order of the rows', () => {
    expect(policies.map(pinsOf)).toEqual([
      [
        [A, 'leaf'],
        [RESERVE, 'leaf'],
        [OTHER_ROOT, 'ca'],
      ],
    ])
  })

  it('are both named', () => {
    expect(policies.map(({ rowIds }) => rowIds)).toEqual([['first row', 'second row']])
  })

  it('include sub-domains when one of them does, wherever it stands', () => {
    expect(policies.map(({ includeSubdomains }) => includeSubdomains)).toEqual([true])
    const turned = planPins(planCase('same-host-twice').rows.toReversed())
    expect(turned.policies.map(({ includeSubdomains }) => includeSubdomains)).toEqual([true])
  })

  it('do not include sub-domains when none does', () => {
    const rows = planCase('same-host-twice').rows.map(({ rowId, chains, choices }) =>
      row({ rowId, host: 'api.example.com', chains, choices }),
    )
    expect(planPins(rows).policies.map(({ includeSubdomains }) => includeSubdomains)).toEqual([false])
  })

  it('with the same key have it once, with the certificates of both', () => {
    const { policies: united } = planPins([
      row({ host: 'a.example', chains: [exampleChain('a.example')], choices: pinning('root'), rowId: '1' }),
      row({ host: 'a.example', chains: [exampleChain('a.example')], choices: pinning('root'), rowId: '2' }),
    ])
    expect(united.map(pinsOf)).toEqual([[[ROOT, 'ca']]])
    expect(united[0]?.pins[0]?.origins.map(({ changesWith }) => changesWith)).toEqual(['1 chain 0', '2 chain 0'])
  })
})

const reserveTypedAs = (role: 'leaf' | 'unknown') => alsoPinning(pinning(), [], [{ pin: RESERVE, role }])

describe('a host under another one with sub-domains', () => {
  it("gets that one's pins after its own, and says whose they are", () => {
    const { policies } = planOf('parent-and-child')
    expect(pinsOf(policyOf(policies, 'api.example.com'))).toEqual([
      [OTHER_ROOT, 'ca'],
      [CA, 'ca', 'example.com'],
      [ROOT, 'ca', 'example.com'],
    ])
  })

  it('gives nothing back to it', () => {
    const { policies } = planOf('parent-and-child')
    expect(pinsOf(policyOf(policies, 'example.com'))).toEqual([
      [CA, 'ca'],
      [ROOT, 'ca'],
    ])
  })

  it('inherits from every level, nearest first, each pin once', () => {
    const { policies } = planOf('three-levels')
    expect(pinsOf(policyOf(policies, 'api.eu.example.com'))).toEqual([
      [CA, 'ca'],
      [OTHER_CA, 'ca', 'eu.example.com'],
      [ROOT, 'ca', 'example.com'],
    ])
    expect(pinsOf(policyOf(policies, 'eu.example.com'))).toEqual([
      [OTHER_CA, 'ca'],
      [ROOT, 'ca', 'example.com'],
    ])
  })

  it('keeps a pin as its own when both have it', () => {
    const { policies } = planPins([
      row({
        host: 'example.com',
        includeSubdomains: true,
        chains: [exampleChain('example.com')],
        choices: pinning('root'),
      }),
      row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], choices: pinning('root') }),
    ])
    expect(pinsOf(policyOf(policies, 'api.example.com'))).toEqual([[ROOT, 'ca']])
  })

  it('has a pin as what any of its parents knows it to be', () => {
    const rows = [
      row({ host: 'eu.example.com', includeSubdomains: true, choices: reserveTypedAs('unknown') }),
      row({ host: 'example.com', includeSubdomains: true, choices: reserveTypedAs('leaf') }),
      row({ host: 'api.eu.example.com', chains: [exampleChain('api.example.com')] }),
    ]
    for (const order of [rows, rows.toReversed()]) {
      expect(pinsOf(policyOf(planPins(order).policies, 'api.eu.example.com'))).toEqual([
        [A, 'leaf'],
        [RESERVE, 'leaf', 'eu.example.com'],
      ])
    }
  })

  it.each([
    ['the other one leaves sub-domains out', 'example.com', false],
    ['it only ends alike', 'ample.com', true],
    ['it is a neighbour', 'www.example.com', true],
  ])('inherits nothing when %s', (_why, host, includeSubdomains) => {
    const { policies } = planPins([
      row({ host, includeSubdomains, chains: [otherChain(host)], choices: pinning('root') }),
      row({ host: 'api.example.com', chains: [exampleChain('api.example.com')] }),
    ])
    expect(pinsOf(policyOf(policies, 'api.example.com'))).toEqual([[A, 'leaf']])
  })

  it('knows its parents, nearest first and never itself', () => {
    const { policies } = planOf('three-levels')
    const parents = (host: string) => parentPolicies(host, policies).map((policy) => policy.host)
    expect(parents('api.eu.example.com')).toEqual(['eu.example.com', 'example.com'])
    expect(parents('x.api.eu.example.com')).toEqual(['eu.example.com', 'example.com'])
    expect(parents('us.example.com')).toEqual(['example.com'])
    expect(parents('example.com')).toEqual([])
    expect(parents('example.org')).toEqual([])
  })
})

describe('rows that bring nothing', () => {
  const { policies, leftOut } = planOf('rows-without-pins')

  it('are left out with the reason', () => {
    expect(leftOut).toEqual([
      { rowId: 'row of cdn.example.com', host: 'cdn.example.com', reason: 'no-certificate' },
      { rowId: 'row of www.example.com', host: 'www.example.com', reason: 'no-pin-chosen' },
    ])
  })

  it('leave the others as they are', () => {
    expect(policies.map(({ host }) => host)).toEqual(['api.example.com'])
  })

  it('do not switch on the sub-domains of another row of the same host', () => {
    const plan = planPins([
      row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], rowId: '1' }),
      row({ host: 'api.example.com', includeSubdomains: true, rowId: '2' }),
    ])
    expect(plan.policies.map(({ includeSubdomains }) => includeSubdomains)).toEqual([false])
    expect(plan.leftOut).toEqual([{ rowId: '2', host: 'api.example.com', reason: 'no-certificate' }])
  })

  it('say so when they have keys alone, and none is pinned', () => {
    const { leftOut: rows } = planPins([row({ host: 'a.example', keys: [backupKey('CN=a.example')] })])
    expect(rows).toMatchObject([{ host: 'a.example', reason: 'no-key-chosen' }])
  })

  it('are not mentioned when they have no host', () => {
    expect(planPins([row({ host: null, chains: [exampleChain('a.example')] })])).toEqual({ policies: [], leftOut: [] })
  })

  it('make an empty plan when there is nothing else', () => {
    expect(planPins([])).toEqual({ policies: [], leftOut: [] })
    expect(planOf('nothing-pinned')).toMatchObject({ policies: [], leftOut: [{ reason: 'no-certificate' }] })
  })
})

describe('a plan', () => {
  it('has the hosts in the order of their first rows', () => {
    const plan = planPins([
      row({ host: 'b.example', chains: [exampleChain('b.example')], rowId: '1' }),
      row({ host: 'a.example', chains: [exampleChain('a.example')], rowId: '2' }),
      row({ host: 'b.example', chains: [otherChain('b.example', { key: 'reserve key' })], rowId: '3' }),
    ])
    expect(plan.policies.map(({ host }) => host)).toEqual(['b.example', 'a.example'])
  })

  it.each(PLAN_CASES)('never has an empty policy, a host twice or a pin twice: $name', ({ rows }) => {
    const { policies } = planPins(rows)
    expect(new Set(policies.map(({ host }) => host)).size).toBe(policies.length)
    for (const { pins } of policies) {
      expect(pins.length).toBeGreaterThan(0)
      expect(new Set(pins.map(({ pin, role }) => `${role} ${pin}`)).size).toBe(pins.length)
      for (const { origins } of pins) expect(origins.length).toBeGreaterThan(0)
    }
  })

  it('knows nothing but what was given: the same rows make the same plan', () => {
    expect(planPins(planCase('many-hosts').rows)).toEqual(planPins(planCase('many-hosts').rows))
  })
})

it('the certificates of the cases are what their names say', () => {
  expect([EXAMPLE_CA, EXAMPLE_ROOT].map(({ isCa, isSelfIssued, pin }) => [isCa, isSelfIssued, pin])).toEqual([
    [true, false, CA],
    [true, true, ROOT],
  ])
})
