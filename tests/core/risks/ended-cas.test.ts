import { describe, expect, it } from 'vitest'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { endOfCa } from '../../../src/core/risks/ended-cas.ts'
import { endText } from '../../../src/core/risks/ended-ca-text.ts'
import { CA_FAMILIES } from '../../../src/core/trust/ca-families.ts'
import { CASE_NOW, pinOfKey } from '../../support/cases.ts'
import { ROOTS } from './public-chains.ts'

/** Keys by their true names. */
const DST_X3 = 'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys=' as SpkiPin
const AFFIRM_TRUST = 'bEZLmlsjOl6HTadlwm8EUBDS3c/0V5TwtMfkqvpQFJU=' as SpkiPin
const GTS_R2 = 'Vfd95BwDeSQo+NUYxVEEIlvkOlWY2SalKK1lPhzOx78=' as SpkiPin
const BUYPASS_2 = 'WVWuKRV0qTE0LPdFDhZlLt4eD7MJfhVx36wRyRVgFWQ=' as SpkiPin
const USERTRUST_RSA = 'x4QzPSC810K5/cMjb05Qm4k3Bw5zBn4lTdO/nEW/Td4=' as SpkiPin
const E7 = 'y7xVm0TVJNahMr2sZydE2jQH8SquXV9yLF9seROHHHU=' as SpkiPin

const ends = (pin: SpkiPin, now = CASE_NOW) =>
  (['android', 'ios'] as const).map((platform) => endOfCa(pin, platform, now)?.kind ?? null)

describe('a CA is over', () => {
  it.each([
    ['that has ended', DST_X3, 'expired', 'expired'],
    ['that Apple and Chrome refuse', ROOTS.entrustG2.held.pin, 'distrusted', 'distrusted'],
    // Android lists it still, yet no CA sells what Chrome does not accept.
    ['that Chrome refuses', AFFIRM_TRUST, 'distrusted', 'distrusted'],
    ['that new phones of one platform have no more', ROOTS.globalSignR1.held.pin, 'gone', null],
    ['that its operator has left for others', USERTRUST_RSA, 'left', 'left'],
    ['whose operator issues no more', BUYPASS_2, 'closed', 'closed'],
    ['that others took over from', E7, 'retired', 'retired'],
  ])('%s', (_what, pin, android, ios) => {
    expect(ends(pin)).toEqual([android, ios])
  })

  it('from its day on', () => {
    expect(ends(DST_X3, Date.parse('2021-09-29T23:59:59Z'))).toEqual([null, null])
    expect(ends(DST_X3, Date.parse('2021-09-30T00:00:00Z'))).toEqual(['expired', 'expired'])
  })

  it('from the day on which its operator leaves it', () => {
    expect(ends(USERTRUST_RSA, Date.parse('2025-06-01T23:59:59Z'))).toEqual([null, null])
    expect(ends(USERTRUST_RSA, Date.parse('2025-06-02T00:00:00Z'))).toEqual(['left', 'left'])
  })

  it('and says why in whole sentences', () => {
    for (const pin of [DST_X3, ROOTS.globalSignR1.held.pin, BUYPASS_2, USERTRUST_RSA, E7]) {
      const end = endOfCa(pin, 'android', CASE_NOW)
      expect(end && endText(end)).toMatch(/^[A-Z].*\.$/)
    }
  })
})

describe('a CA may issue', () => {
  it.each([
    ['that one browser phases out', GTS_R2],
    ['whose age will end it', ROOTS.goDaddyG2.held.pin],
    ['of which nothing is published', pinOfKey('nobody')],
  ])('%s', (_what, pin) => {
    expect(ends(pin)).toEqual([null, null])
  })

  it('with some root of every family that is not closed', () => {
    const over = CA_FAMILIES.filter(
      ({ isClosed, roots }) => !isClosed && roots.every(({ pin }) => ends(pin).some(Boolean)),
    )
    expect(over.map(({ name }) => name)).toEqual([])
  })
})
