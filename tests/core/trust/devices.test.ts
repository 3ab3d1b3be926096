import { describe, expect, it } from 'vitest'
import { DEVICES, devicesOf, PINNING_DEVICES } from '../../../src/core/trust/devices.ts'

describe('the device classes', () => {
  it('are every API level that reads a network security config, with the name of its release', () => {
    expect(devicesOf('android').map(({ apiLevel, label }) => `${apiLevel} ${label}`)).toEqual([
      '24 Android 7.0',
      '25 Android 7.1',
      '26 Android 8.0',
      '27 Android 8.1',
      '28 Android 9',
      '29 Android 10',
      '30 Android 11',
      '31 Android 12',
      '32 Android 12L',
      '33 Android 13',
      '34 Android 14',
      '35 Android 15',
      '36 Android 16',
      '37 Android 17',
    ])
  })

  it('are the lists of Apple since there is NSPinnedDomains', () => {
    expect(devicesOf('ios').map(({ label }) => label)).toEqual([
      'iOS 14',
      'iOS 15',
      'iOS 15.1',
      'iOS 16',
      'iOS 16.5',
      'iOS 17',
      'iOS 18',
      'iOS 26',
    ])
  })

  it('have ids of their own', () => {
    expect(new Set(DEVICES.map(({ id }) => id)).size).toBe(DEVICES.length)
  })

  it('check pins, but for browsers', () => {
    expect(DEVICES.filter(({ checksPins }) => !checksPins).map(({ label }) => label)).toEqual(['Firefox', 'Chrome'])
    expect(PINNING_DEVICES).toEqual(DEVICES.filter(({ checksPins }) => checksPins))
  })

  it('get their store from Google Play from Android 14 on', () => {
    const updatable = devicesOf('android').filter(({ isStoreUpdatable }) => isStoreUpdatable)
    expect(updatable.map(({ apiLevel }) => apiLevel)).toEqual([34, 35, 36, 37])
  })
})
