import { describe, expect, it } from 'vitest'
import type { ExpirationChoice } from '../../../src/core/formats/format.ts'
import { FORMATS, type FormatId } from '../../../src/core/formats/registry.ts'
import { planPins } from '../../../src/core/pins/plan-pins.ts'
import { ownExpirationFindings } from '../../../src/core/risks/own-expiration.ts'
import { CASE_NOW, planCase } from '../../support/cases.ts'

function found(id: FormatId, expiration: ExpirationChoice, name = 'leaf-alone') {
  const format = FORMATS.find((one) => one.id === id)
  if (!format) throw new Error(`${id} is no format`)
  const { rows } = planCase(name)
  return ownExpirationFindings(
    format,
    { plan: planPins(rows), rows, settings: { [id]: { expiration } }, now: CASE_NOW },
    'android',
  )
}

const titles = (...parts: Parameters<typeof found>) => found(...parts).map(({ title }) => title)
const OWN = FORMATS.filter(({ options, hasOwnRules }) => 'expiration' in options && !hasOwnRules)

it('is looked at for every output that has a day of its own', () => {
  expect(OWN).not.toEqual([])
  expect(OWN).toEqual(FORMATS.filter(({ abilities, hasOwnRules }) => abilities.expiry !== 'none' && !hasOwnRules))
})

describe.each(OWN)('the day of $id', ({ id, title, docs, abilities }) => {
  it('that has passed is told, with a way out that changes this output', () => {
    const [finding, ...others] = found(id, { kind: 'date', date: '2020-01-01' })
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      severity: 'warning',
      tab: 'android',
      title: 'The expiration 2020-01-01 has begun somewhere',
      source: docs,
      fixes: [
        {
          label: 'Choose no expiration',
          change: { kind: 'set-option', format: id, option: 'expiration', value: { kind: 'none' } },
        },
      ],
    })
    expect(finding?.why).toContain('api.example.com')
  })

  it('is told with what happens then, and when on that day', () => {
    const [finding, ...others] = found(id, { kind: 'date', date: '2027-03-01' })
    expect(others).toEqual([])
    expect(finding).toMatchObject({ severity: 'note', title: `${title} stops checking the pins on 1 March 2027` })
    const isLocal = abilities.expiry === 'device-local-midnight'
    expect(finding?.why.includes('in their own time zone')).toBe(isLocal)
    expect(finding?.why.includes('at 00:00 UTC of that day')).toBe(!isLocal)
    // The test of OWASP is about the Network Security Config.
    expect(finding?.why).not.toContain('OWASP')
  })

  it('that is near, far or later than all certificates is a warning', () => {
    expect(titles(id, { kind: 'date', date: '2026-11-27' })).toEqual(['The pins end in 6 days, on 27 November 2026'])
    expect(titles(id, { kind: 'date', date: '2028-01-01' }, 'backup-request-and-leaf')).toEqual([
      'The pins end on 1 January 2028, more than a year from now',
    ])
    expect(found(id, { kind: 'date', date: '2027-06-01' })).toMatchObject([
      {
        title: 'The pins end on 1 June 2027, after all pinned certificates',
        // To end them with the certificate would be the trap: its key may go on.
        fixes: [],
      },
    ])
  })

  it('that is none is told, and nothing of no day at all', () => {
    expect(found(id, { kind: 'date', date: '2027-02-30' })).toMatchObject([
      { title: 'The expiration is not a date', why: expect.stringMatching(/^“2027-02-30” is no day/) as unknown },
    ])
    expect(titles(id, { kind: 'computed' }, 'hostile-request')).toEqual(['The expiration cannot be computed'])
    expect(titles(id, { kind: 'none' })).toEqual([])
  })
})

it('of the Network Security Config is told by rules of the registry', () => {
  expect(found('android-network-security-config', { kind: 'date', date: '2020-01-01' })).toEqual([])
})

it('tells nothing of an output without such a day', () => {
  expect(found('android-okhttp-kotlin', { kind: 'date', date: '2020-01-01' })).toEqual([])
})
