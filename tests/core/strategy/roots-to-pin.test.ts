import { describe, expect, it } from 'vitest'
import { isoDay } from '../../../src/core/instant.ts'
import { assess } from '../../../src/core/risks/assess.ts'
import { canBeSecondCa, rootsToPin } from '../../../src/core/strategy/roots-to-pin.ts'
import { CA_FAMILIES } from '../../../src/core/trust/ca-families.ts'
import { alsoPinning, pinning, row } from '../../support/cases.ts'
import { contextOf } from '../risks/context.ts'
import { AUTUMN_2026, publicChain, ROOTS, SPRING_2027 } from '../risks/public-chains.ts'

const [LETS_ENCRYPT, GLOBALSIGN, SWISSSIGN] = ['lets-encrypt', 'globalsign', 'swisssign'].flatMap((id) =>
  CA_FAMILIES.filter((family) => family.id === id),
)

/** Warnings and blockers about the roots that are pinned for a host, when they are all that is pinned. */
function warningsAbout(family: (typeof CA_FAMILIES)[number], now: number): readonly string[] {
  const typed = rootsToPin(family, [], now).map((pin) => ({ pin, role: 'ca' as const }))
  const rows = [row({ host: 'api.example.com', choices: alsoPinning(pinning(), [], typed) })]
  return assess(contextOf(rows, { now }))
    .findings.filter(({ ruleId, severity }) => severity !== 'note' && /root/.test(ruleId))
    .map(({ title }) => title)
}

describe('the roots of a CA to pin', () => {
  it('are all of them, but for those that somebody has dropped', () => {
    expect(LETS_ENCRYPT && rootsToPin(LETS_ENCRYPT, [], AUTUMN_2026)).toEqual(LETS_ENCRYPT?.roots.map(({ pin }) => pin))
    const others = GLOBALSIGN?.roots.filter(({ name }) => name !== 'GlobalSign Root CA').map(({ pin }) => pin)
    expect(others).toHaveLength(5)
    expect(GLOBALSIGN && rootsToPin(GLOBALSIGN, [], AUTUMN_2026)).toEqual(others)
  })

  it('are there from before the day on which it was dropped', () => {
    expect(GLOBALSIGN && rootsToPin(GLOBALSIGN, [], Date.parse('2025-11-30'))).toContain(ROOTS.globalSignR1.held.pin)
  })

  it('have the dropped one where the chain has no other', () => {
    const chain = publicChain('api.example.com', ROOTS.globalSignR1)
    expect(GLOBALSIGN && rootsToPin(GLOBALSIGN, [chain], AUTUMN_2026)).toContain(ROOTS.globalSignR1.held.pin)
  })
})

describe('a second CA', () => {
  it.each([AUTUMN_2026, SPRING_2027].map((now) => [isoDay(now), now] as const))(
    'that is offered on %s gives no warning about its own roots',
    (_day, now) => {
      const offered = CA_FAMILIES.filter((family) => canBeSecondCa(family, now))
      expect(offered.length).toBeGreaterThan(8)
      expect(offered.flatMap((family) => warningsAbout(family, now))).toEqual([])
    },
  )

  it('is none that is closed, and none that browsers will drop without a successor', () => {
    expect(CA_FAMILIES.filter(({ isClosed }) => isClosed).some((family) => canBeSecondCa(family, AUTUMN_2026))).toBe(
      false,
    )
    expect(SWISSSIGN && canBeSecondCa(SWISSSIGN, AUTUMN_2026)).toBe(false)
    expect(SWISSSIGN && warningsAbout(SWISSSIGN, AUTUMN_2026)).not.toEqual([])
  })
})
