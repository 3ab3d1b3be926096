import { describe, expect, it } from 'vitest'
import {
  chooseBackupKey,
  chooseCertificate,
  chooseRole,
  chooseTypedPin,
  DEFAULT_PIN_CHOICES,
  dropTypedPin,
  isPinned,
  roleState,
  type PinChoices,
} from '../../../src/core/pins/pin-choices.ts'
import type { Chain, ChainLink } from '../../../src/core/chain/chain.ts'
import { certificate, exampleChain, link, otherChain, pinning, pinOfKey } from '../../support/cases.ts'
import { NO_PATHS } from '../../../src/core/chain/trust-path.ts'

const chains = [exampleChain('api.example.com'), otherChain('api.example.com')]

function linkAt(chainIndex: number, linkIndex: number): ChainLink {
  const found = chains[chainIndex]?.links[linkIndex]
  if (!found) throw new Error('no such link')
  return found
}

const firstCa = linkAt(0, 1)
const secondCa = linkAt(1, 1)
const firstLeaf = linkAt(0, 0)

/** The switches as they stand: one per role, then one per certificate in the order of the chains. */
const switches = (choices: PinChoices, ofChains: readonly Chain[] = chains) => ({
  leaf: roleState(choices, ofChains, 'leaf'),
  intermediate: roleState(choices, ofChains, 'intermediate'),
  root: roleState(choices, ofChains, 'root'),
  certificates: ofChains.map(({ links }) => links.map((one) => isPinned(choices, one))),
})

describe('a new row', () => {
  it('pins the leaves alone', () => {
    expect(switches(DEFAULT_PIN_CHOICES)).toEqual({
      leaf: 'all',
      intermediate: 'none',
      root: 'none',
      certificates: [
        [true, false, false],
        [true, false, false],
      ],
    })
  })

  it('shows its choice before it has certificates', () => {
    expect(switches(DEFAULT_PIN_CHOICES, [])).toEqual({
      leaf: 'all',
      intermediate: 'none',
      root: 'none',
      certificates: [],
    })
    expect(roleState(chooseRole(DEFAULT_PIN_CHOICES, [], 'root', true), [], 'root')).toBe('all')
  })

  it('shows its choice for a role that its certificates do not have', () => {
    const leafAlone: Chain = {
      links: [firstLeaf],
      end: { kind: 'issuer-missing', issuer: firstCa.certificate.subject },
      search: NO_PATHS,
    }
    expect(roleState(pinning('root'), [leafAlone], 'root')).toBe('all')
    expect(roleState(pinning('leaf'), [leafAlone], 'root')).toBe('none')
  })
})

describe('the switch of a certificate', () => {
  it('goes against its role without moving others', () => {
    const choices = chooseCertificate(DEFAULT_PIN_CHOICES, chains, firstCa, true)
    expect(switches(choices)).toEqual({
      leaf: 'all',
      intermediate: 'some',
      root: 'none',
      certificates: [
        [true, true, false],
        [true, false, false],
      ],
    })
  })

  it('back again leaves nothing behind', () => {
    const there = chooseCertificate(DEFAULT_PIN_CHOICES, chains, firstCa, true)
    const back = chooseCertificate(there, chains, firstCa, false)
    expect(back).toEqual(DEFAULT_PIN_CHOICES)
  })

  it('takes the role along when it was the last of its role that differed', () => {
    const one = chooseCertificate(DEFAULT_PIN_CHOICES, chains, firstCa, true)
    const both = chooseCertificate(one, chains, secondCa, true)
    expect(both).toEqual(pinning('leaf', 'intermediate'))
  })

  it('takes the role along at once when it is alone in it', () => {
    const alone = [exampleChain('api.example.com')]
    expect(chooseCertificate(DEFAULT_PIN_CHOICES, alone, firstCa, true)).toEqual(pinning('leaf', 'intermediate'))
    expect(chooseCertificate(DEFAULT_PIN_CHOICES, alone, firstLeaf, false)).toEqual(pinning())
  })

  it('that two chains share is one switch', () => {
    const twice = [exampleChain('api.example.com'), exampleChain('api.example.com', { key: 'reserve key' })]
    const choices = chooseCertificate(DEFAULT_PIN_CHOICES, twice, firstCa, true)
    expect(switches(choices, twice).certificates.map(([, intermediate]) => intermediate)).toEqual([true, true])
    expect(choices).toEqual(pinning('leaf', 'intermediate'))
  })

  it('does not move a certificate of another role', () => {
    const choices = chooseCertificate(pinning('leaf', 'root'), chains, firstLeaf, false)
    expect(switches(choices)).toMatchObject({ leaf: 'some', intermediate: 'none', root: 'all' })
  })
})

describe('the switch of a role', () => {
  it('takes every certificate of the role along, whichever way they stood', () => {
    const mixed = chooseCertificate(DEFAULT_PIN_CHOICES, chains, firstCa, true)
    expect(switches(chooseRole(mixed, chains, 'intermediate', true))).toMatchObject({
      intermediate: 'all',
      certificates: [
        [true, true, false],
        [true, true, false],
      ],
    })
    expect(chooseRole(mixed, chains, 'intermediate', false)).toEqual(DEFAULT_PIN_CHOICES)
  })

  it('leaves the exceptions of other roles alone', () => {
    const mixed = chooseCertificate(DEFAULT_PIN_CHOICES, chains, firstCa, true)
    expect(switches(chooseRole(mixed, chains, 'leaf', false))).toMatchObject({ leaf: 'none', intermediate: 'some' })
  })

  it('does not change the choices that it was given', () => {
    const before = chooseCertificate(DEFAULT_PIN_CHOICES, chains, firstCa, true)
    const exceptions = [...before.exceptions]
    chooseRole(before, chains, 'intermediate', false)
    chooseCertificate(before, chains, firstCa, false)
    expect([...before.exceptions]).toEqual(exceptions)
    expect(exceptions).toEqual([[firstCa.certificate.sha256, true]])
  })
})

describe('an exception', () => {
  it('stays with its certificate when others come or go', () => {
    const choices = chooseCertificate(DEFAULT_PIN_CHOICES, chains, firstCa, true)
    const later = [exampleChain('www.example.com'), otherChain('www.example.com')]
    expect(switches(choices, later).certificates).toEqual([
      [true, true, false],
      [true, false, false],
    ])
  })

  it('does not reach a certificate that was never switched', () => {
    const choices = chooseCertificate(DEFAULT_PIN_CHOICES, chains, firstCa, true)
    expect(isPinned(choices, link('intermediate', certificate({ name: 'newcomer', isCa: true })))).toBe(false)
    expect(isPinned(choices, link('leaf', certificate({ name: 'newcomer' })))).toBe(true)
  })
})

describe('pins without a certificate', () => {
  const [A, B] = [pinOfKey('A'), pinOfKey('B')]

  it('start with none', () => {
    expect(DEFAULT_PIN_CHOICES).toMatchObject({ backupKeys: new Set(), typedPins: [] })
  })

  it('are backup keys that are switched on and off', () => {
    const both = chooseBackupKey(chooseBackupKey(DEFAULT_PIN_CHOICES, A, true), B, true)
    expect([...both.backupKeys]).toEqual([A, B])
    expect([...chooseBackupKey(both, A, false).backupKeys]).toEqual([B])
    expect([...DEFAULT_PIN_CHOICES.backupKeys]).toEqual([])
  })

  it('are typed pins, each once, whose role may be said later', () => {
    const both = chooseTypedPin(chooseTypedPin(DEFAULT_PIN_CHOICES, A, 'unknown'), B, 'leaf')
    expect(chooseTypedPin(both, A, 'ca').typedPins).toEqual([
      { pin: A, role: 'ca' },
      { pin: B, role: 'leaf' },
    ])
    expect(dropTypedPin(both, A).typedPins).toEqual([{ pin: B, role: 'leaf' }])
  })

  it('stay when a role is switched', () => {
    const chosen = chooseTypedPin(chooseBackupKey(DEFAULT_PIN_CHOICES, A, true), B, 'leaf')
    expect(chooseRole(chosen, chains, 'root', true)).toMatchObject({
      backupKeys: new Set([A]),
      typedPins: [{ pin: B, role: 'leaf' }],
    })
  })
})
