import { describe, expect, it } from 'vitest'
import type { FormatAbilities } from '../../../src/core/formats/format.ts'
import { shortfallsOf } from '../../../src/core/formats/shortfalls.ts'
import { planPins } from '../../../src/core/pins/plan-pins.ts'
import { alsoPinning, exampleChain, pinning, pinOfKey, row } from '../../support/cases.ts'

const ALL: FormatAbilities = {
  subdomainDepth: 'all',
  expiry: 'device-local-midnight',
  lists: 'any',
  minimumPins: 1,
  minimumVersion: 'any',
}

const plan = planPins([
  row({
    host: 'deep.example',
    includeSubdomains: true,
    chains: [exampleChain('deep.example')],
    choices: pinning('leaf', 'root'),
  }),
  row({ host: 'leaf.example', chains: [exampleChain('leaf.example')] }),
  row({ host: 'ca.example', chains: [exampleChain('ca.example')], choices: pinning('root') }),
])

const found = (abilities: Partial<FormatAbilities>, wantsExpiration = false) =>
  shortfallsOf({ ...ALL, ...abilities }, plan, wantsExpiration)

describe('what an output cannot honour', () => {
  it('is nothing where it can say everything', () => {
    expect(found({})).toEqual([])
    expect(found({}, true)).toEqual([])
  })

  it('is sub-domains that it does not reach', () => {
    expect(found({ subdomainDepth: 'none' })).toEqual([{ kind: 'subdomains', depth: 'none', hosts: ['deep.example'] }])
    expect(found({ subdomainDepth: 'one-label' })).toMatchObject([{ depth: 'one-label' }])
  })

  it('is a host with fewer pins than it takes', () => {
    expect(found({ minimumPins: 2 })).toEqual([
      { kind: 'too-few-pins', minimum: 2, hosts: ['leaf.example', 'ca.example'] },
    ])
  })

  it('is what stands above the leaf where it looks at the leaf alone', () => {
    expect(found({ lists: 'leaf' })).toEqual([
      { kind: 'no-leaf-pin', hosts: ['ca.example'] },
      { kind: 'ca-pins-left-out', hosts: ['deep.example'] },
    ])
  })

  it('is pins of which nobody said what they are, where that is told apart', () => {
    const host = 'typed.example'
    const typed = row({
      host,
      chains: [exampleChain(host)],
      choices: alsoPinning(pinning('leaf'), [], [{ pin: pinOfKey('typed'), role: 'unknown' }]),
    })
    const ofTyped = (lists: FormatAbilities['lists']) =>
      shortfallsOf({ ...ALL, lists }, planPins([typed]), false).map(({ kind, hosts }) => [kind, hosts])
    expect(ofTyped('leaf')).toEqual([['unknown-pins-left-out', [host]]])
    expect(ofTyped('leaf-or-ca')).toEqual([['unknown-pins-left-out', [host]]])
    expect([ofTyped('any'), ofTyped('none'), found({ lists: 'leaf-or-ca' })]).toEqual([[], [], []])
  })

  it('is keys without a certificate, where the output is certificates', () => {
    const host = 'typed.example'
    const typed = row({
      host,
      choices: alsoPinning(pinning(), [], [{ pin: pinOfKey('typed'), role: 'leaf' }]),
    })
    const withTyped = planPins([typed, row({ host: 'leaf.example', chains: [exampleChain('leaf.example')] })])
    expect(shortfallsOf({ ...ALL, needs: 'certificates' }, withTyped, false)).toEqual([
      { kind: 'no-certificate', hosts: [host] },
    ])
    expect(found({ needs: 'certificates' })).toEqual([])
  })

  it('is an end of the pins, where one is wanted and anything is enforced', () => {
    expect(found({ expiry: 'none' })).toEqual([])
    expect(found({ expiry: 'none' }, true)).toMatchObject([{ kind: 'no-expiration' }])
    expect(found({ expiry: 'none', lists: 'none' }, true)).toEqual([])
  })
})
