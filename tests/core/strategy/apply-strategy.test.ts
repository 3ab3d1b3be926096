import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PinChoices } from '../../../src/core/pins/pin-choices.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import type { Strategy } from '../../../src/core/strategy/advice.ts'
import { choicesTakenBack } from '../../../src/core/pins/choices-taken-back.ts'
import { choicesBy } from '../../../src/core/strategy/apply-strategy.ts'
import { CA_FAMILIES } from '../../../src/core/trust/ca-families.ts'
import {
  alsoPinning,
  backupKey,
  certificate,
  exampleChain,
  pinning,
  pinOfKey,
  privateChain,
  row,
} from '../../support/cases.ts'
import { runs } from '../../support/runs.ts'

const HOST = 'api.example.com'
const KEY = backupKey(HOST)
const ROOTS = CA_FAMILIES.slice(0, 2).flatMap(({ roots }) => roots.map(({ pin }) => pin))
const LEAF_PIN = pinOfKey('typed leaf')
const CA_PIN = pinOfKey('typed CA')
const [PUBLIC_ROOT = pinOfKey('none')] = ROOTS

/** A row with something of everything. */
const FULL = row({
  host: HOST,
  chains: [exampleChain(HOST)],
  keys: [KEY],
  bundledRoots: new Map([[PUBLIC_ROOT, 'A public root']]),
  choices: alsoPinning(
    { ...pinning('leaf', 'intermediate', 'root') },
    [KEY],
    [
      { pin: LEAF_PIN, role: 'leaf' },
      { pin: CA_PIN, role: 'ca' },
      { pin: PUBLIC_ROOT, role: 'unknown' },
    ],
  ),
})

function pinsOf(planRow: PlanRow, strategy: Strategy) {
  const choices = choicesBy(strategy, planRow, ROOTS)
  const plan = choices && planPins([{ ...planRow, choices }])
  return plan?.policies.flatMap(({ pins }) => pins.map(({ pin, role }) => `${role} ${pin}`)) ?? null
}

describe('a strategy', () => {
  it('not to pin leaves no pin', () => {
    expect(pinsOf(FULL, 'do-not-pin')).toEqual([])
  })

  it('of one’s own key pins the leaf and what is in reserve, and no CA', () => {
    expect(pinsOf(FULL, 'own-key')).toEqual(
      [HOST, `backup of ${HOST}`, 'typed leaf'].map((key) => `leaf ${pinOfKey(key)}`),
    )
  })

  it('of one’s own key pins no key that no CA certifies, and nothing that no key has', () => {
    const odd = backupKey('CN=ed', { publicKey: { algorithm: 'Ed25519', bits: null, curve: null } })
    const placeholder = { pin: `${'A'.repeat(43)}=` as SpkiPin, role: 'leaf' } as const
    const pinned = (chains: PlanRow['chains']) =>
      pinsOf(row({ host: HOST, chains, keys: [odd], choices: alsoPinning(pinning(), [odd], [placeholder]) }), 'own-key')
    expect(pinned([exampleChain(HOST)])).toEqual([`leaf ${pinOfKey(HOST)}`])
    expect(pinned([privateChain(HOST)])).toEqual([`leaf ${pinOfKey(HOST)}`, `leaf ${odd.pin}`])
  })

  it('of CA roots pins those, the root of the chain, and no leaf', () => {
    const pins = new Set(pinsOf(FULL, 'ca-roots'))
    expect(pins).toEqual(new Set([pinOfKey('Example Root R1'), CA_PIN, ...ROOTS].map((pin) => `ca ${pin}`)))
  })

  it('of one’s own CA pins its root and the next one, and does not fit a public chain', () => {
    const second = certificate({ name: 'Example Private Root G2', isCa: true })
    const own = row({
      host: HOST,
      chains: [privateChain(HOST)],
      reserve: [second],
      keys: [KEY],
      bundledRoots: FULL.bundledRoots,
      choices: { ...FULL.choices, exceptions: new Map([[second.sha256, true]]) },
    })
    expect(pinsOf(own, 'private-ca')).toEqual(
      [pinOfKey('Example Private Root'), second.pin, CA_PIN].map((pin) => `ca ${pin}`),
    )
    expect(pinsOf(FULL, 'private-ca')).toBeNull()
  })

  it('is the same when it is applied twice', () => {
    for (const strategy of ['do-not-pin', 'own-key', 'ca-roots'] as const) {
      const once = choicesBy(strategy, FULL, ROOTS)
      expect(once && choicesBy(strategy, { ...FULL, choices: once }, ROOTS)).toEqual(once)
    }
  })
})

describe('taking it back', () => {
  const pins = ['K1', 'K2', 'K3'].map(pinOfKey)
  const fingerprints = ['one', 'other'].map((name) => certificate({ name }).sha256)
  const someChoices: fc.Arbitrary<PinChoices> = fc.record({
    roles: fc.record({ leaf: fc.boolean(), intermediate: fc.boolean(), root: fc.boolean() }),
    exceptions: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...fingerprints), fc.boolean()), { selector: ([id]) => id })
      .map((entries) => new Map(entries)),
    backupKeys: fc.subarray(pins).map((some) => new Set(some)),
    typedPins: fc.uniqueArray(
      fc.record({ pin: fc.constantFrom(...pins), role: fc.constantFrom('leaf' as const, 'ca' as const) }),
      { selector: ({ pin }) => pin },
    ),
  })

  it('at once gives back what was chosen before', () => {
    fc.assert(
      fc.property(someChoices, someChoices, (before, applied) => {
        const restored = choicesTakenBack(before, applied, applied)
        expect({ ...restored, typedPins: new Set(restored.typedPins) }).toEqual({
          ...before,
          typedPins: new Set(before.typedPins),
        })
      }),
      runs(100),
    )
  })

  it('later leaves what was chosen since', () => {
    const applied = choicesBy('own-key', FULL, []) ?? FULL.choices
    const since: PinChoices = {
      ...applied,
      roles: { ...applied.roles, leaf: false },
      typedPins: [...applied.typedPins, { pin: pinOfKey('new'), role: 'leaf' }],
    }
    const restored = choicesTakenBack(FULL.choices, applied, since)
    expect(restored.roles).toEqual({ leaf: false, intermediate: true, root: true })
    expect(restored.typedPins.map(({ pin }) => pin)).toEqual([LEAF_PIN, CA_PIN, PUBLIC_ROOT, pinOfKey('new')])
    expect(restored.backupKeys).toEqual(FULL.choices.backupKeys)
  })
})
