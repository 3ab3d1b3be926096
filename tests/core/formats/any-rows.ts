/** Any rows at all, for tests of what holds for every plan: nested, equal and unlike hosts, any pins, any names. */
import * as fc from 'fast-check'
import type { ChainRole } from '../../../src/core/chain/chain.ts'
import { isoDay, MILLISECONDS_PER_DAY } from '../../../src/core/instant.ts'
import type { PinRole } from '../../../src/core/pins/pin-choices.ts'
import type { PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { backupKey, certificate, chain, CASE_NOW, HOSTILE_TEXT, pinning, pinOfKey, row } from '../../support/cases.ts'

const HOSTS = [
  'example.com',
  'api.example.com',
  'eu.api.example.com',
  'x.eu.api.example.com',
  'notexample.com',
  'com',
  'example.org',
  'xn--bcher-kva.example',
  null,
]
export const KEYS = ['K1', 'K2', 'K3', 'K4', 'K5']
/** Of no certificate. */
export const OFFLINE_KEYS = ['K6', 'K7']
export const STRANGER = pinOfKey('stranger')

const hostileName = fc.oneof(
  fc.constantFrom(HOSTILE_TEXT, '-->', '--->', '<!--', ']]>', '</pin-set>', '</dict>', '\ud800', '', '-'.repeat(500)),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('-', '>', '<', '!', '\n', 'x'), maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('\\', 'u', '000a', '"', '$', '{', '}', '/', '*', '(', ')'), maxLength: 30 }),
)

/** Above all the days on which some of the earth is a day ahead. */
export const until = fc
  .oneof(fc.integer({ min: -2, max: 4 }), fc.integer({ min: -400, max: 4000 }))
  .map((days) => isoDay(CASE_NOW + days * MILLISECONDS_PER_DAY))

/** No certificate ends before it begins. */
const BEFORE_ANY_END = '2025-01-01'

/** A row with what is left of it when keys have names alone. */
export interface Draft {
  readonly host: string | null
  readonly includeSubdomains: boolean
  readonly roles: readonly ChainRole[]
  readonly chains: readonly {
    readonly end: string
    readonly held: readonly { readonly key: string; readonly name: string }[]
  }[]
  readonly exceptions: readonly boolean[]
  readonly backups: readonly { readonly key: string; readonly name: string; readonly isPinned: boolean }[]
  readonly typed: readonly { readonly key: string; readonly role: PinRole }[]
  /** Keys of bundled roots, and what those are called. */
  readonly roots: readonly { readonly key: string; readonly name: string }[]
}

/** Of a bundled root. One key has one name in every row, as the store has. */
const rootNames = fc.record({ K5: hostileName, K6: hostileName })

const draft = fc.record({
  host: fc.constantFrom(...HOSTS),
  includeSubdomains: fc.boolean(),
  roles: fc.subarray<ChainRole>(['leaf', 'intermediate', 'root']),
  chains: fc.array(
    fc.record({
      end: until,
      held: fc.array(fc.record({ key: fc.constantFrom(...KEYS), name: hostileName }), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 2 },
  ),
  exceptions: fc.array(fc.boolean(), { maxLength: 3 }),
  // A row has each key once, whatever requests there are for it.
  backups: fc.uniqueArray(
    fc.record({ key: fc.constantFrom(...KEYS, ...OFFLINE_KEYS), name: hostileName, isPinned: fc.boolean() }),
    { maxLength: 2, selector: ({ key }) => key },
  ),
  typed: fc.uniqueArray(
    fc.record({
      key: fc.constantFrom(...KEYS, ...OFFLINE_KEYS),
      role: fc.constantFrom<PinRole>('leaf', 'ca', 'unknown'),
    }),
    { maxLength: 2, selector: ({ key }) => key },
  ),
  roots: fc.array(fc.constantFrom('K5' as const, 'K6' as const), { maxLength: 1 }),
})

export const drafts: fc.Arbitrary<Draft[]> = fc
  .tuple(fc.array(draft, { maxLength: 6 }), rootNames)
  .map(([all, names]) => all.map((one) => ({ ...one, roots: one.roots.map((key) => ({ key, name: names[key] })) })))

/** Names differ and nothing else does when `rename` differs. */
export function rowsOf(all: readonly Draft[], rename = (name: string) => name): PlanRow[] {
  return all.map(({ host, includeSubdomains, roles, chains, exceptions, backups, typed, roots }, index) => {
    const built = chains.map(({ end, held }, position) =>
      chain(
        held.map(({ key, name }, depth) => {
          // Certificates that are called differently are two, as outside the tests: the name is part of what is hashed.
          const identity = `certificate ${position} ${depth} ${JSON.stringify(name)}`
          return certificate({
            name: identity,
            key,
            issuer: depth === held.length - 1 && depth > 0 ? identity : 'another',
            isCa: depth > 0,
            from: BEFORE_ANY_END,
            until: end,
            subject: { text: rename(name), commonName: rename(name), organization: null },
          })
        }),
      ),
    )
    const certificates = built.flatMap(({ links }) => links.map((link) => link.certificate.sha256))
    return row({
      host,
      includeSubdomains,
      rowId: `row ${index}`,
      chains: built,
      keys: backups.map(({ key, name }) => backupKey(rename(name), { pin: pinOfKey(key) })),
      bundledRoots: new Map(roots.map(({ key, name }) => [pinOfKey(key), rename(name)])),
      choices: {
        ...pinning(...roles),
        backupKeys: new Set(backups.filter(({ isPinned }) => isPinned).map(({ key }) => pinOfKey(key))),
        typedPins: typed.map(({ key, role }) => ({ pin: pinOfKey(key), role })),
        exceptions: new Map(certificates.flatMap((id, at) => exceptionAt(exceptions, id, at))),
      },
    })
  })
}

function exceptionAt<Id>(exceptions: readonly boolean[], id: Id, at: number): [Id, boolean][] {
  const pinned = exceptions[at]
  return pinned === undefined ? [] : [[id, pinned]]
}
