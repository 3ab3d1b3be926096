import { describe, expect, it } from 'vitest'
import type { ExpirationChoice } from '../../../src/core/formats/format.ts'
import { FORMATS, type FormatId } from '../../../src/core/formats/registry.ts'
import { planPins } from '../../../src/core/pins/plan-pins.ts'
import { ownExpirationFindings } from '../../../src/core/risks/own-expiration.ts'
import { CASE_NOW, planCase } from '../../support/cases.ts'

function found(id: FormatId, expiration: ExpirationChoice, name = 'leaf-alone') {
  const format = FORMATS.find((one) => one.id === id)
  if (!format) throw new Error(`${id} is no format`)
  return ownExpirationFindings(format, planPins(planCase(name).rows), { [id]: { expiration } }, 'android', CASE_NOW)
}

const titles = (...parts: Parameters<typeof found>) => found(...parts).map(({ title }) => title)
const OWN = FORMATS.filter(({ options, hasOwnRules }) => 'expiration' in options && !hasOwnRules).map(({ id }) => id)

it('is looked at for every output that has a day of its own', () => {
  expect(OWN).toEqual(['android-cronet', 'android-http-engine', 'android-trustkit', 'react-native'])
})

describe.each(OWN)('the day of %s', (id) => {
  it('that has passed is told, with a way out', () => {
    const [finding] = found(id, { kind: 'date', date: '2020-01-01' })
    expect(finding).toMatchObject({ severity: 'warning', tab: 'android', fixes: [{ label: 'Choose no expiration' }] })
    expect(finding?.title).toMatch(/: the expiration has begun somewhere$/)
    expect(finding?.why).toContain('api.example.com')
  })

  it('that is near or far is told, and none between', () => {
    expect(titles(id, { kind: 'date', date: '2026-11-27' })[0]).toMatch(/the pins end on 27 November 2026$/)
    expect(titles(id, { kind: 'date', date: '2028-01-01' })[0]).toMatch(/more than a year from now$/)
    expect(titles(id, { kind: 'date', date: '2027-05-01' })).toEqual([])
  })

  it('that is none is told, and nothing of no day at all', () => {
    expect(titles(id, { kind: 'date', date: '2027-02-30' })[0]).toMatch(/is not a date$/)
    expect(titles(id, { kind: 'computed' }, 'typed-pins')[0]).toMatch(/cannot be computed$/)
    expect(titles(id, { kind: 'none' })).toEqual([])
  })
})

it('of the Network Security Config is told by rules', () => {
  expect(found('android-network-security-config', { kind: 'date', date: '2020-01-01' })).toEqual([])
})
