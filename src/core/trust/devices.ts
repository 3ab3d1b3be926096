import { APPLE_LISTS } from '../chain/chain.ts'

interface DeviceClass {
  /** Stable; for keys and tests. */
  readonly id: string
  /** For example `Android 12L`. */
  readonly label: string
  /** The label without its platform; empty where there are no versions. */
  readonly version: string
}

/** A release of Android, with the root store of its source code; vendors may differ. */
export interface AndroidDevice extends DeviceClass {
  readonly platform: 'android'
  readonly checksPins: true
  readonly apiLevel: number
  /** Its root store comes with a module that Google Play updates, so it can be newer than the release (platforms.md D.4). */
  readonly isStoreUpdatable: boolean
}

/** Apple's systems from the version of one published list of roots up to the next. */
export interface AppleDevice extends DeviceClass {
  readonly platform: 'ios'
  readonly checksPins: true
  /** Position in `APPLE_LISTS`. */
  readonly list: number
}

/** A browser with a root store of its own. Pins of apps mean nothing to it. */
export interface Browser extends DeviceClass {
  readonly platform: 'firefox' | 'chrome'
  readonly checksPins: false
}

/** Devices that read the pins of an app. */
export type PinningDevice = AndroidDevice | AppleDevice

/** A class of devices that build and judge paths alike. */
export type Device = PinningDevice | Browser

export type DevicePlatform = Device['platform']

/** Releases of Android by API level; pins are checked from the first of them on (platforms.md A.1). */
const ANDROID_RELEASES = [
  [24, '7.0'],
  [25, '7.1'],
  [26, '8.0'],
  [27, '8.1'],
  [28, '9'],
  [29, '10'],
  [30, '11'],
  [31, '12'],
  [32, '12L'],
  [33, '13'],
  [34, '14'],
  [35, '15'],
  [36, '16'],
  [37, '17'],
] as const satisfies readonly (readonly [apiLevel: number, version: string])[]

const FIRST_UPDATABLE_STORE = 34

/** The first of Apple's lists that came with a system that knows `NSPinnedDomains` (platforms.md B.1). */
const FIRST_PINNING_LIST = APPLE_LISTS.indexOf('iOS 14')

const ANDROID_DEVICES: readonly AndroidDevice[] = ANDROID_RELEASES.map(([apiLevel, version]) => ({
  platform: 'android',
  id: `android-${apiLevel}`,
  label: `Android ${version}`,
  version,
  checksPins: true,
  apiLevel,
  isStoreUpdatable: apiLevel >= FIRST_UPDATABLE_STORE,
}))

const APPLE_DEVICES: readonly AppleDevice[] = APPLE_LISTS.flatMap((label, list) => {
  const version = label.slice('iOS '.length)
  return list < FIRST_PINNING_LIST
    ? []
    : [{ platform: 'ios', id: `ios-${version}`, label, version, checksPins: true, list }]
})

const BROWSERS: readonly Browser[] = [
  { platform: 'firefox', id: 'firefox', label: 'Firefox', version: '', checksPins: false },
  { platform: 'chrome', id: 'chrome', label: 'Chrome', version: '', checksPins: false },
]

/** Those that check pins: by platform, oldest first. */
export const PINNING_DEVICES: readonly PinningDevice[] = [...ANDROID_DEVICES, ...APPLE_DEVICES]

/** Every class of devices: by platform, oldest first. */
export const DEVICES: readonly Device[] = [...PINNING_DEVICES, ...BROWSERS]

const BY_PLATFORM: Readonly<Record<DevicePlatform, readonly Device[]>> = {
  android: ANDROID_DEVICES,
  ios: APPLE_DEVICES,
  firefox: BROWSERS.filter(({ platform }) => platform === 'firefox'),
  chrome: BROWSERS.filter(({ platform }) => platform === 'chrome'),
}

/** The device classes of one platform, oldest first. */
export function devicesOf<Platform extends DevicePlatform>(
  platform: Platform,
): readonly Extract<Device, { readonly platform: Platform }>[]
export function devicesOf(platform: DevicePlatform): readonly Device[] {
  return BY_PLATFORM[platform]
}

/** Of each platform the device class with the newest root store that is known. */
export const NEWEST_DEVICES: readonly Device[] = (['android', 'ios', 'firefox', 'chrome'] as const).flatMap(
  (platform) => BY_PLATFORM[platform].slice(-1),
)
