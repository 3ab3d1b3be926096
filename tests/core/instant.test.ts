import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoDay, MILLISECONDS_PER_DAY, MILLISECONDS_PER_HOUR, startOfDayUtc } from '../../src/core/instant.ts'

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

it('a day has 24 hours of 60 minutes', () => {
  expect(MILLISECONDS_PER_HOUR).toBe(60 * 60 * 1000)
  expect(MILLISECONDS_PER_DAY).toBe(24 * 60 * 60 * 1000)
})
