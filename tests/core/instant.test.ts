import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  daysUntil,
  isoDay,
  MILLISECONDS_PER_DAY,
  MILLISECONDS_PER_HOUR,
  startOfDayUtc,
} from '../../src/core/instant.ts'

describe('the day of an instant', () => {
  it.each([
    [Date.UTC(2027, 0, 1), '2027-01-01'],
    [Date.UTC(2027, 0, 1) - 1, '2026-12-31'],
    [Date.UTC(2028, 1, 29, 23, 59, 59, 999), '2028-02-29'],
    [0, '1970-01-01'],
    [-1, '1969-12-31'],
    // RFC 5280 §4.1.2.5: a certificate without a well-defined end has this one.
    [Date.UTC(9999, 11, 31, 23, 59, 59), '9999-12-31'],
  ])('of %d is %s, whatever the zone of the machine', (instant, day) => {
    expect(isoDay(instant)).toBe(day)
  })
})

describe('the start of a day', () => {
  it.each([
    ['2027-01-01', Date.UTC(2027, 0, 1)],
    ['2028-02-29', Date.UTC(2028, 1, 29)],
    ['2000-02-29', Date.UTC(2000, 1, 29)],
    ['1000-01-01', Date.UTC(1000, 0, 1)],
    ['9999-12-31', Date.UTC(9999, 11, 31)],
  ])('%s is midnight in UTC', (day, instant) => {
    expect(startOfDayUtc(day)).toBe(instant)
  })

  // Android takes some of these for another day than the one meant, or refuses the whole file (platforms.md A.3).
  it.each([
    '',
    '2027',
    '2027-1-5',
    '27-01-01',
    '0999-12-31',
    '0027-01-01',
    '12027-01-01',
    '+12027-01-01',
    '2027/01/01',
    '20270101',
    '2027-02-29',
    '2027-02-30',
    '2100-02-29',
    '2027-04-31',
    '2027-13-01',
    '2027-00-10',
    '2027-01-00',
    '2027-01-32',
    '2027-01-01T00:00:00Z',
    ' 2027-01-01',
    '2027-01-01 ',
    '2027-01-01\n',
    '２０２７-01-01',
    '2027‐01‐01',
    'tomorrow',
  ])('%j is none', (text) => {
    expect(startOfDayUtc(text)).toBeNull()
  })

  it('is found again from any instant of that day', () => {
    const days = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    const withinDay = fc.integer({ min: 0, max: MILLISECONDS_PER_DAY - 1 })
    fc.assert(
      fc.property(days, withinDay, (date, offset) => {
        const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
        expect(startOfDayUtc(isoDay(start + offset))).toBe(start)
      }),
    )
  })
})

const at = (text: string) => Date.parse(`${text}Z`)

describe('the days until', () => {
  it.each([
    ['2026-12-05T23:59:59', '2026-12-05T00:00:00', 0],
    ['2026-12-05T00:00:00', '2026-12-04T23:59:59', 1],
    ['2026-12-05T23:59:59', '2026-12-04T00:00:00', 1],
    ['2026-12-05T08:00:00', '2026-11-21T12:00:00', 14],
    ['2026-12-05T23:59:59', '2026-11-21T00:00:00', 14],
    ['2027-03-01T00:00:00', '2027-02-28T00:00:00', 1],
    ['2028-03-01T00:00:00', '2028-02-28T00:00:00', 2],
    ['2026-12-04T23:59:59', '2026-12-05T00:00:00', -1],
  ])('%s, asked at %s, are %i', (later, now, days) => {
    expect(daysUntil(at(later), at(now))).toBe(days)
  })

  it('are those between the two days that are printed, whatever the hours', () => {
    const instants = fc.integer({ min: at('1970-01-01T00:00:00'), max: at('2100-01-01T00:00:00') })
    fc.assert(
      fc.property(instants, instants, (later, now) => {
        const printed = Date.parse(isoDay(later)) - Date.parse(isoDay(now))
        expect(daysUntil(later, now)).toBe(printed / 86_400_000)
      }),
    )
  })
})

it('a day has 24 hours of 60 minutes', () => {
  expect(MILLISECONDS_PER_HOUR).toBe(60 * 60 * 1000)
  expect(MILLISECONDS_PER_DAY).toBe(24 * 60 * 60 * 1000)
})
