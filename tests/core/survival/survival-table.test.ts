import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../src/core/certificate/certificate.ts'
import type { Chain, StoreMembership } from '../../../src/core/chain/chain.ts'
import type { FormatId, OutputSettings } from '../../../src/core/formats/registry.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import type { TypedPin } from '../../../src/core/pins/pin-choices.ts'
import {
  APP_FORMATS,
  survivalTable,
  type SurvivalOutcome,
  type SurvivalTable,
} from '../../../src/core/survival/survival-table.ts'
import { CA_FAMILIES } from '../../../src/core/trust/ca-families.ts'
import { rangeLabel, rangesAmong } from '../../../src/core/trust/ranges.ts'
import {
  alsoPinning,
  backupKey,
  CASE_NOW,
  certificate,
  chain,
  EVERYWHERE,
  exampleChain,
  otherChain,
  pinning,
  pinOfKey,
  PLAN_CASES,
  privateChain,
  row,
} from '../../support/cases.ts'

const HOST = 'api.example.com'

function tableOf(rows: readonly PlanRow[], settings: OutputSettings = {}, formats: readonly FormatId[] = PLATFORMS) {
  return survivalTable({
    rowId: rows[0]?.rowId ?? '',
    rows,
    plan: planPins(rows),
    settings,
    formats: APP_FORMATS.filter(({ id }) => formats.includes(id)),
    now: CASE_NOW,
  })
}

const PLATFORMS: readonly FormatId[] = ['android-network-security-config', 'ios-pinned-domains']
const LETTERS: Readonly<Record<SurvivalOutcome, string>> = { connects: 'c', blocked: 'b', depends: '?', unpinned: 'u' }

/**
 * One letter for each event: same key, new key, other type, stolen; new intermediate, new root, new CA, backup. A dash
 * for an event that cannot happen.
 */
function column(table: SurvivalTable | null, at: number): string {
  const order = ['same-key', 'new-key', 'other-key-type', 'key-stolen'] as const
  const later = ['new-intermediate', 'new-root', 'new-ca', 'backup-key'] as const
  const letter = (event: string) => {
    const cell = table?.rows.find((one) => one.event === event)?.cells[at]
    return cell ? LETTERS[cell.outcome] : '-'
  }
  return `${order.map(letter).join('')} ${later.map(letter).join('')}`
}

function caseRows(name: string): readonly PlanRow[] {
  return PLAN_CASES.find((one) => one.name === name)?.rows ?? []
}

const lists = (choice: string): OutputSettings => ({ 'ios-pinned-domains': { lists: choice } })

describe('what the cases survive', () => {
  it.each([
    ['leaf-alone', 'cbbb cccb', 'cbbb cccb'],
    ['leaf-and-root', 'cc?c cccc', 'cc?c cbbc'],
    ['intermediate-and-root', 'cc?c cbbc', 'cc?c cbbc'],
    ['backup-leaf', 'cbbc cccc', 'cbbc cccc'],
    ['backup-request-and-leaf', 'cbbc cccc', 'cbbc cccc'],
    // On iOS the CA list stands alone, so neither leaf nor backup is in it.
    ['backup-request-and-ca', 'cc?c cccc', 'cc?c cbbc'],
    ['renewed-with-the-same-key', 'cbbb cccb', 'cbbb cccb'],
    ['root-from-the-store', 'cc?c cbbc', 'cc?c cbbc'],
    ['private-root', 'cccc cbbc', 'cccc cbbc'],
    // Android gets both roots from the app; on iPhones somebody has to have installed the second one.
    ['private-root-and-second', 'cccc cccc', 'cccc c??c'],
    ['self-signed-server', 'cbbb ---b', 'cbbb ---b'],
    // The typed root is of another CA, or of this one, which no list knows. On iOS the pin that nobody explained is out.
    ['typed-pins', 'cc?c cccc', 'cc?c b?cc'],
  ])('%s: Android %s, iOS %s', (name, android, ios) => {
    const table = tableOf(caseRows(name))
    expect([column(table, 0), column(table, 1)]).toEqual([android, ios])
  })

  it('with both lists on iOS both have to hold', () => {
    expect(column(tableOf(caseRows('leaf-and-root'), lists('both')), 1)).toBe('cbbb cbbb')
    expect(column(tableOf(caseRows('leaf-and-root'), lists('leaf')), 1)).toBe('cbbb cccb')
  })

  it('nothing is told of a row without pins, or without a server’s certificate', () => {
    expect(tableOf([row({ host: HOST, chains: [exampleChain(HOST)], choices: pinning() })])).toBeNull()
    expect(tableOf(caseRows('hostile-request'))).toBeNull()
  })
})

it('after the day of expiration Android connects unpinned, whatever happens', () => {
  const [first, second] = caseRows('expiration-date')
  const settings = PLAN_CASES.find(({ name }) => name === 'expiration-date')?.settings
  const table = tableOf(
    [first, second].flatMap((one) => one ?? []),
    settings,
  )
  expect(table?.columns.map(({ format, phase }) => [format.id, phase?.kind, phase?.date])).toEqual([
    ['android-network-security-config', 'before', '2027-02-01'],
    ['android-network-security-config', 'after', '2027-02-01'],
    ['ios-pinned-domains', undefined, undefined],
  ])
  expect(column(table, 0)).toBe('ccbc cccc')
  expect(column(table, 1)).toBe('uuuu uuuu')
})

describe('a key in reserve', () => {
  const rsa = backupKey('CN=rsa', { publicKey: { algorithm: 'RSA', bits: 3072, curve: null } })
  const untold = backupKey('CN=untold', { publicKey: null })

  it.each([
    ['of the other type survives the change of type', rsa, 'cbcc cccc'],
    ['of a type that is not known may survive it', untold, 'cb?c cccc'],
  ])('%s', (_name, key, expected) => {
    const choices = alsoPinning(pinning('leaf'), [key])
    expect(column(tableOf([row({ host: HOST, chains: [exampleChain(HOST)], keys: [key], choices })]), 0)).toBe(expected)
  })

  it('of a parent’s certificate is no backup, one of a parent’s request is', () => {
    const child = row({ host: HOST, chains: [exampleChain(HOST)] })
    const parent = { host: 'example.com', includeSubdomains: true, chains: [otherChain('example.com')] }
    expect(column(tableOf([child, row(parent)]), 0)).toBe('cbbb cccb')
    const key = backupKey('CN=example.com')
    const withRequest = row({ ...parent, keys: [key], choices: alsoPinning(pinning('leaf'), [key]) })
    expect(column(tableOf([child, withRequest]), 0)).toBe('cbbc cccc')
  })

  it('is none when it was stolen along: all keys that are served go at once', () => {
    const chains = [exampleChain(HOST), exampleChain(HOST, { key: 'second key' })]
    const served = chains.flatMap(({ links: [leaf] }) => (leaf ? [leaf.certificate] : []))
    expect(column(tableOf([row({ host: HOST, chains, served })]), 0)).toBe('cbbb cccb')
    expect(column(tableOf([row({ host: HOST, chains })]), 0)).toBe('cbbc cccc')
  })
})

const familyOf = (id: string) => CA_FAMILIES.find((family) => family.id === id)?.roots ?? []
const [X1, X2] = familyOf('lets-encrypt')

/** A root with the key that a real one has. */
function rootOf(name: string, pin: Certificate['pin'] | undefined): Certificate {
  if (!pin) throw new Error(`${name} has no pin`)
  return { ...certificate({ name, isCa: true, from: '2015-06-04', until: '2035-06-04' }), pin }
}

const ISRG_X1 = rootOf('ISRG Root X1', X1?.pin)
const ISRG_X2 = rootOf('ISRG Root X2', X2?.pin)
const LEAF = certificate({ name: HOST, issuer: 'YE1', dnsNames: [HOST] })
const YE1 = certificate({ name: 'YE1', issuer: 'ISRG Root X1', isCa: true, until: '2028-09-02' })
const LETS_ENCRYPT = chain([LEAF, YE1, ISRG_X1])

function typedRoots(roots: readonly { readonly name: string; readonly pin: TypedPin['pin'] }[]) {
  return {
    bundledRoots: new Map(roots.map(({ name, pin }) => [pin, name])),
    choices: alsoPinning(
      pinning('root'),
      [],
      roots.map(({ pin }): TypedPin => ({ pin, role: 'ca' })),
    ),
  }
}

function rowWith(roots: Parameters<typeof typedRoots>[0]) {
  return tableOf([row({ host: HOST, chains: [LETS_ENCRYPT], ...typedRoots(roots) })])
}

describe('the roots of a known CA', () => {
  it.each([
    ['one root alone is blocked by another', [], 'cc?c cbbc'],
    ['with some of them it depends on which one comes', familyOf('lets-encrypt').slice(0, 2), 'cc?c c?bc'],
    ['with all of them any may come', familyOf('lets-encrypt'), 'cccc ccbc'],
    ['with those of a second CA it may be that one', [...familyOf('lets-encrypt'), ...familyOf('amazon')], 'cccc cccc'],
    ['with some of a second CA it depends', familyOf('amazon').slice(0, 2), 'cc?c cb?c'],
  ])('%s', (_name, roots, expected) => {
    expect(column(rowWith(roots), 0)).toBe(expected)
    expect(column(rowWith(roots), 1)).toBe(expected)
  })

  it('are named in the cell that depends on them, each with what comes of it', () => {
    const cell = rowWith(familyOf('lets-encrypt').slice(0, 2))?.rows.find(({ event }) => event === 'new-root')?.cells[0]
    expect(
      cell?.cases.map(({ picked, outcome }) => [picked?.kind === 'family-root' ? picked.root.name : null, outcome]),
    ).toEqual([
      ['ISRG Root X2', 'connects'],
      ['Root YE', 'blocked'],
      ['Root YR', 'blocked'],
    ])
  })

  it('are not known above a leaf that came without its issuer', () => {
    const alone: Chain = {
      ...chain([certificate({ name: HOST, issuer: 'Nobody' })]),
      end: { kind: 'issuer-missing', issuer: { text: 'CN=Nobody', commonName: 'Nobody', organization: null } },
    }
    const typed = [{ pin: pinOfKey('some CA'), role: 'ca' }] as const
    const guess = tableOf([row({ host: HOST, chains: [alone], choices: alsoPinning(pinning(), [], typed) })])
    expect(column(guess, 0)).toBe('???? ????')
    expect(column(tableOf([row({ host: HOST, chains: [alone] })]), 0)).toBe('cbbb cccb')
  })
})

function given(certificates: readonly Certificate[]) {
  return certificates.map((held) => ({ certificate: held, origin: 'given' as const }))
}

/** A leaf of one’s own CA, pinned alone unless something else is said. */
const ownCa = (order: Partial<Parameters<typeof row>[0]> = {}) => [
  row({ host: HOST, chains: [privateChain(HOST)], ...order }),
]

const trustBy = (choice: string): OutputSettings => ({ 'android-network-security-config': { trust: choice } })

const bothOf = (rows: readonly PlanRow[], settings: OutputSettings = {}) =>
  [0, 1].map((at) => column(tableOf(rows, settings), at))

const alsoTyped = (pin: TypedPin['pin'], chosen = pinning('leaf')) => alsoPinning(chosen, [], [{ pin, role: 'ca' }])

describe('of chains from files', () => {
  const ended = exampleChain(HOST, { key: 'of before', from: '2025-09-01', until: '2026-09-30' })
  const valid = exampleChain(HOST)
  const tableWith = (chains: readonly Chain[], roles = pinning('leaf')) => {
    const exceptions = new Map(ended.links.slice(0, 1).map(({ certificate: leaf }) => [leaf.sha256, false] as const))
    return tableOf([row({ host: HOST, chains, choices: { ...roles, exceptions } })])
  }

  it('one that has ended is not in service beside one that is valid', () => {
    expect(tableWith([ended, valid])).toEqual(tableWith([valid]))
  })

  it('the same is where there is no other', () => {
    expect(column(tableWith([ended], pinning('leaf', 'root')), 0)).toBe('cc?c cbbc')
  })
})

describe('the trust in a new root', () => {
  const newRoot = certificate({ name: 'Example Private Root G2', isCa: true, until: '2040-01-01' })

  it('is missing on Android, whose own anchors replace the phone’s list, and on iPhones, which do not ship with it', () => {
    expect(bothOf(ownCa())).toEqual(['cbbb cbbb', 'cbbb c??b'])
  })

  it('depends on who installs it where the app goes by what is installed, or nothing is written', () => {
    expect(bothOf(ownCa(), trustBy('installed'))[0]).toBe('cbbb c??b')
    // Where nothing is written, that holds of today’s root as well.
    expect(bothOf(ownCa(), trustBy('as-is'))[0]).toBe('?bbb ???b')
    expect(column(tableOf(ownCa(), {}, ['android-okhttp-java']), 0)).toBe('cbbb c??b')
  })

  it('is there with the certificate of the next root, and not with its pin alone', () => {
    const exceptions = new Map([[newRoot.sha256, true]])
    expect(bothOf(ownCa({ reserve: [newRoot], choices: { ...pinning('leaf'), exceptions } }))[0]).toBe('cbbc cccb')
    expect(bothOf(ownCa({ choices: alsoTyped(newRoot.pin) }))[0]).toBe('cbbb cbbb')
  })

  it('of a public CA is there where that CA’s root is pinned, since the phone’s own list counts then', () => {
    const [amazon] = familyOf('amazon')
    if (!amazon) throw new Error('no root')
    const bundledRoots = new Map([[amazon.pin, amazon.name]])
    // One of five roots of that CA is pinned. To a new root of one’s own, a public one is no help.
    expect(bothOf(ownCa({ bundledRoots, choices: alsoTyped(amazon.pin) }))[0]).toBe('cbb? cbcb')
  })

  it('is still missing on the day after the pins have ended', () => {
    const settings = {
      'android-network-security-config': { expiration: { kind: 'date', date: '2027-02-01' } },
    } as const
    expect(column(tableOf(ownCa(), settings), 1)).toBe('uuuu ubbu')
  })

  it('is missing for another certificate that signs itself', () => {
    const key = backupKey('CN=backup')
    const signed = certificate({ name: HOST, dnsNames: [HOST] })
    const chains = [chain([signed], { kind: 'self-signed-leaf' })]
    const rows = [row({ host: HOST, chains, keys: [key], choices: alsoPinning(pinning('leaf'), [key]) })]
    expect(bothOf(rows)).toEqual(['cbbb ---b', 'cbb? ---?'])
  })
})

const withKey = (publicKey: Certificate['publicKey'], chains = [exampleChain(HOST)]) => {
  const key = backupKey('CN=odd', { publicKey })
  return column(tableOf([row({ host: HOST, chains, keys: [key], choices: alsoPinning(pinning('leaf'), [key]) })]), 0)
}

const newCaWith = (...roots: readonly TypedPin['pin'][]) => {
  const table = rowWith(roots.map((pin) => ({ name: 'An old root', pin })))
  return table?.rows.find(({ event }) => event === 'new-ca')?.cells ?? []
}

describe('what is no backup', () => {
  const [DST_X3, ENTRUST_G2, GLOBALSIGN_R1] = [
    'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys=',
    'du6FkDdMcVQ3u8prumAo6t3i3G27uMP2EOhR8R0at/U=',
    'K87oWBWM9UZfyddvDfoxL+8lpNyoUB2ptGtn0fv6G2Q=',
  ].map((pin) => pin as TypedPin['pin']) as [TypedPin['pin'], TypedPin['pin'], TypedPin['pin']]

  it.each([
    ['a placeholder', `${'A'.repeat(43)}=`],
    ['the hash of nothing', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
    ['an example from a document', '7HIpactkIAq2Y49orFOOQKurWxmmSFZhBCoQYcRhJ3Y='],
  ])('%s survives nothing', (_what, pin) => {
    for (const role of ['leaf', 'ca', 'unknown'] as const) {
      const choices = alsoPinning(pinning('leaf'), [], [{ pin: pin as TypedPin['pin'], role }])
      const table = tableOf([row({ host: HOST, chains: [exampleChain(HOST)], choices })])
      expect([column(table, 0), table?.hasBackupKey]).toEqual(['cbbb cccb', false])
    }
  })

  it.each([
    ['RSA with 1024 bits', { algorithm: 'RSA', bits: 1024, curve: null }, 'cbbb cccb'],
    ['Ed25519', { algorithm: 'Ed25519', bits: null, curve: null }, 'cbbb cccb'],
    ['P-521, which public CAs do certify', { algorithm: 'EC', bits: 521, curve: 'P-521' }, 'cbbc cccc'],
  ])('a key on %s', (_what, publicKey, expected) => {
    expect(withKey(publicKey)).toBe(expected)
  })

  it('a key that one’s own CA certifies is one', () => {
    expect(withKey({ algorithm: 'Ed25519', bits: null, curve: null }, [privateChain(HOST)])).toBe('cbcc cbbc')
    expect(withKey({ algorithm: 'RSA', bits: 1024, curve: null }, [privateChain(HOST)])).toBe('cbbb cbbb')
  })

  it.each([
    ['has ended', DST_X3, 'bb'],
    ['is distrusted', ENTRUST_G2, 'bb'],
    ['is gone from new phones of one platform alone', GLOBALSIGN_R1, 'b?'],
  ])('a root that %s', (_what, pin, expected) => {
    expect(
      newCaWith(pin)
        .map(({ outcome }) => LETTERS[outcome])
        .join(''),
    ).toBe(expected)
  })

  it('of a second CA is the root that is over, and not those beside it', () => {
    const roots = familyOf('globalsign')
    expect(newCaWith(...roots.map(({ pin }) => pin)).map(({ outcome }) => outcome)).toEqual(['connects', 'connects'])
    const living = roots.filter(({ pin }) => pin !== GLOBALSIGN_R1).map(({ pin }) => pin)
    // On Android the CA issues from no root that new phones lack; on iOS from any.
    expect(newCaWith(...living).map(({ outcome }) => outcome)).toEqual(['connects', 'depends'])
  })

  it('says against which root it is, although the pin matches', () => {
    const [android] = newCaWith(DST_X3)
    const [only] = android?.cases ?? []
    expect(only?.presented.map(({ passes, trust }) => [passes, trust.kind])).toEqual([[true, 'ended']])
  })
})

describe('devices that end at different roots', () => {
  const upTo13: StoreMembership = { ...EVERYWHERE, android: { first: 34, last: 37, partial: [] } }
  const short = { links: given([LEAF, YE1, ISRG_X2]), stores: upTo13, faults: [] }
  const long = { links: given([LEAF, YE1, ISRG_X2, ISRG_X1]), stores: EVERYWHERE, faults: [] }
  const meshed: Chain = { ...LETS_ENCRYPT, search: { paths: [short, long], isCut: false } }

  it('make a difference on Android, which takes one path, and none on iOS, which tries them all', () => {
    const rows = [row({ host: HOST, chains: [meshed], choices: pinning('root') })]
    const table = tableOf(rows)
    const [renewal] = table?.rows ?? []
    expect(renewal?.cells.map(({ outcome }) => outcome)).toEqual(['depends', 'connects'])
    const [only] = renewal?.cells[0]?.cases ?? []
    expect(
      only?.presented.map(({ outcome, devices }) => [outcome, rangesAmong(devices).map(rangeLabel).join()]),
    ).toEqual([
      ['connects', 'Android 7.0–13'],
      ['blocked', 'Android 14+'],
    ])
  })
})

describe('outputs of libraries', () => {
  const formats: readonly FormatId[] = ['android-okhttp-java', 'ios-trustkit', 'ios-urlsession']
  const outcomes = (rows: readonly PlanRow[]) => [0, 1, 2].map((at) => column(tableOf(rows, {}, formats), at))

  it('check leaf and CA pins alike, and TrustKit does not start with a single pin', () => {
    expect(outcomes(caseRows('leaf-and-root'))).toEqual(['cc?c cccc', 'cc?c cccc', 'cc?c cccc'])
    expect(outcomes(caseRows('leaf-alone'))).toEqual(['cbbb cccb', 'bbbb bbbb', 'cbbb cccb'])
    expect(tableOf(caseRows('leaf-alone'), {}, formats)?.columns[1]?.check).toEqual({
      kind: 'does-not-start',
      reason: 'too-few-pins',
    })
  })

  it('never match a key that they cannot put together', () => {
    const leaf = certificate({ name: HOST, issuer: 'Example TLS CA 1' })
    const unusual = { ...leaf, publicKey: { algorithm: 'EC', bits: 521, curve: 'P-521' } }
    const [, ca, root] = exampleChain(HOST).links.map((one) => one.certificate)
    const chains = [chain([unusual, ...[ca, root].flatMap((one) => one ?? [])])]
    expect(outcomes([row({ host: HOST, chains })])).toEqual(['cbbb cccb', 'bbbb bbbb', 'bbbb bbbb'])
    // The root is an ordinary key, so that is what remains of the two.
    expect(outcomes([row({ host: HOST, chains, choices: pinning('leaf', 'root') })])).toEqual([
      'cc?c cccc',
      'cc?c cbbc',
      'cc?c cbbc',
    ])
  })

  it('stop below a root that they cannot hash, as long as that root stays', () => {
    const [leaf, ca, root] = exampleChain(HOST).links.map((one) => one.certificate)
    const unusual = { ...root!, publicKey: { algorithm: 'EC', bits: 521, curve: 'P-521' } }
    const key = backupKey('CN=backup')
    const rows = [
      row({
        host: HOST,
        chains: [chain([leaf!, ca!, unusual], { kind: 'private-root' })],
        keys: [key],
        choices: alsoPinning(pinning('leaf'), [key]),
      }),
    ]
    const outcomesOf = (id: FormatId) => column(tableOf(rows, {}, [id]), 0)
    // A new root of one’s own is on no iPhone yet.
    expect(outcomesOf('ios-urlsession')).toBe('cbbc c??c')
    expect(outcomesOf('ios-trustkit')).toBe('bbb? b??b')
    expect(outcomesOf('react-native')).toBe('bbb? b??b')
    // A pinned key that comes before it, from the root down, ends the walk.
    const chains = [chain([{ ...leaf!, publicKey: unusual.publicKey }, ca!, root!])]
    const above = [row({ host: HOST, chains, choices: pinning('intermediate', 'root') })]
    expect(column(tableOf(above, {}, ['ios-trustkit']), 0)).toBe(column(tableOf(above, {}, ['ios-urlsession']), 0))
  })
})

it('what saves a cell is named: the pinned keys where they stand, and nothing where it is blocked', () => {
  const table = tableOf(caseRows('leaf-and-root'), lists('both'))
  const saving = (event: string, at: number) =>
    table?.rows
      .find((one) => one.event === event)
      ?.cells[at]?.cases.flatMap(({ presented }) => presented.flatMap((one) => one.saving.map(({ pin }) => pin)))
  expect(saving('same-key', 1)).toEqual([pinOfKey(HOST), pinOfKey('Example Root R1')])
  expect(saving('new-key', 0)).toEqual([pinOfKey('Example Root R1')])
  expect(saving('new-key', 1)).toEqual([])
})
