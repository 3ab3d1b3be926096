import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/one-ca-family.ts'
import type { SpkiPin } from '../../../../src/core/pins/spki-pin.ts'
import { alsoPinning, backupKey, exampleChain, pinning, pinOfKey, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { ROOTS } from '../public-chains.ts'

const X2 = 'diGVwiVYbubAI3RW4hB9xU8e/CH2GnkuvVFZE8zmgzI=' as SpkiPin
const LETS_ENCRYPT = [ROOTS.isrgX1.held.pin, X2]

/** Typed roots alone, beside a chain of nobody in particular. */
function rowWith(pins: readonly SpkiPin[], role: 'ca' | 'leaf' = 'ca') {
  return row({
    host: 'api.example.com',
    chains: [exampleChain('api.example.com')],
    choices: alsoPinning(
      pinning(),
      [],
      pins.map((pin) => ({ pin, role })),
    ),
  })
}

describe('pins of one CA alone', () => {
  it.each([
    ['a placeholder', `${'A'.repeat(43)}=` as SpkiPin],
    ['a root that nobody issues from', ROOTS.entrustG2.held.pin],
  ])('stay that beside %s', (_what, pin) => {
    expect(findingOf(rule, contextOf([rowWith([...LETS_ENCRYPT, pin])])).title).toContain('are of Let’s Encrypt')
  })

  it('are a warning that names it', () => {
    expect(findingOf(rule, contextOf([rowWith(LETS_ENCRYPT)]))).toMatchObject({
      severity: 'warning',
      title: 'All pins of api.example.com are of Let’s Encrypt',
    })
  })

  it.each([
    ['a root of a second CA is pinned', rowWith([...LETS_ENCRYPT, ROOTS.gtsR4.held.pin])],
    ['a CA is pinned that nobody knows', rowWith([...LETS_ENCRYPT, pinOfKey('nobody')])],
    [
      'there is a leaf pin',
      {
        ...rowWith(LETS_ENCRYPT),
        choices: alsoPinning(
          pinning('leaf'),
          [],
          LETS_ENCRYPT.map((pin) => ({ pin, role: 'ca' as const })),
        ),
      },
    ],
    ['there is a backup key', backupRow()],
  ])('are none where %s', (_what, one) => {
    expect(findingsOf(rule, contextOf([one]))).toEqual([])
  })

  it('are no question where no CA is pinned', () => {
    expect(rule.applies(contextOf('leaf-alone'))).toBe(false)
  })
})

function backupRow() {
  const key = backupKey('api.example.com')
  return {
    ...rowWith(LETS_ENCRYPT),
    keys: [key],
    choices: alsoPinning(
      pinning(),
      [key],
      LETS_ENCRYPT.map((pin) => ({ pin, role: 'ca' as const })),
    ),
  }
}
