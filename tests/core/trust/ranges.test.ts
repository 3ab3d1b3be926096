import { describe, expect, it } from 'vitest'
import { DEVICES, devicesOf } from '../../../src/core/trust/devices.ts'
import { rangeLabel, rangesAmong, rangesOf } from '../../../src/core/trust/ranges.ts'
import { device } from '../../support/paths.ts'

const labels = (...names: readonly string[]) => rangesAmong(names.map(device)).map(rangeLabel)

describe('a range', () => {
  it('is called by its ends', () => {
    expect(labels('Android 8.0', 'Android 8.1', 'Android 9')).toEqual(['Android 8.0–9'])
    expect(labels('Android 12', 'Android 12L')).toEqual(['Android 12–12L'])
  })

  it('that reaches the newest version is open', () => {
    expect(labels('Android 14', 'Android 15', 'Android 16', 'Android 17')).toEqual(['Android 14+'])
  })

  it('of a whole platform has both ends', () => {
    expect(rangesAmong(devicesOf('ios')).map(rangeLabel)).toEqual(['iOS 14–26'])
    expect(rangesAmong(devicesOf('android')).map(rangeLabel)).toEqual(['Android 7.0–17'])
  })

  it('of one device is called as it is', () => {
    expect(labels('Android 7.0', 'Android 17', 'iOS 26', 'Firefox')).toEqual([
      'Android 7.0',
      'Android 17',
      'iOS 26',
      'Firefox',
    ])
  })

  it('ends at a gap, and where the platform does', () => {
    expect(labels('Android 16', 'Android 17', 'iOS 14', 'iOS 15', 'iOS 16')).toEqual([
      'Android 16+',
      'iOS 14–15',
      'iOS 16',
    ])
  })
})

it('devices are grouped by what holds for them, and none is lost', () => {
  const ranges = rangesOf(DEVICES, ({ label }) => label.includes('1'))
  expect(ranges.map((range) => `${rangeLabel(range)} ${range.result}`)).toEqual([
    'Android 7.0 false',
    'Android 7.1 true',
    'Android 8.0 false',
    'Android 8.1 true',
    'Android 9 false',
    'Android 10+ true',
    'iOS 14–18 true',
    'iOS 26 false',
    'Firefox false',
    'Chrome false',
  ])
  expect(ranges.flatMap(({ devices }) => devices)).toEqual(DEVICES)
})
