import type { Coverage } from './coverage.ts'
import { DEVICES, devicesOf, PINNING_DEVICES, type Device, type DevicePlatform, type PinningDevice } from './devices.ts'

/** Neighbouring device classes of one platform for which the same holds. */
export interface DeviceRange<Result = unknown> {
  readonly platform: DevicePlatform
  /** Oldest first; never empty. */
  readonly devices: readonly Device[]
  readonly result: Result
}

/**
 * Groups devices of a platform that stand next to each other and have the same result.
 *
 * @param resultOf compared with `===`
 */
export function rangesOf<Result>(
  devices: readonly Device[],
  resultOf: (device: Device) => Result,
): readonly DeviceRange<Result>[] {
  const ranges: { platform: DevicePlatform; devices: Device[]; result: Result }[] = []
  for (const device of devices) {
    const result = resultOf(device)
    const last = ranges.at(-1)
    if (last && last.result === result && follows(device, last.devices)) last.devices.push(device)
    else ranges.push({ platform: device.platform, devices: [device], result })
  }
  return ranges
}

/** The ranges that these devices make up, gaps and all. */
export function rangesAmong(devices: readonly Device[]): readonly DeviceRange<true>[] {
  const among = new Set(devices)
  return rangesOf(
    DEVICES.filter((device) => among.has(device)),
    () => true,
  )
}

/**
 * For example `Android 7.0`, `Android 8.0–13`, `Android 14+` where it reaches the newest version that is known, and
 * `iOS 14–26` for all of a platform.
 */
export function rangeLabel({ platform, devices }: DeviceRange): string {
  const [first] = devices
  const last = devices.at(-1)
  if (!first || !last) return ''
  if (first === last) return first.label
  const all: readonly Device[] = devicesOf(platform)
  const isOpen = last === all.at(-1) && first !== all[0]
  return isOpen ? `${first.label}+` : `${first.label}–${last.version}`
}

/** What an app sees on a device: the answer to "does it connect there, and if not, is it for the pins?" */
export type DeviceOutcome = 'connects' | 'depends' | 'refused' | 'not-trusted' | 'unknown'

export function outcomeOf({ kind, connects }: Coverage): DeviceOutcome {
  if (kind === 'not-trusted' || kind === 'unknown') return kind
  return connects === 'yes' ? 'connects' : connects === 'no' ? 'refused' : 'depends'
}

/** The facts of a sentence over all devices that check pins: by platform, oldest first. */
export function outcomeRanges(coverageOn: (device: PinningDevice) => Coverage): readonly DeviceRange<DeviceOutcome>[] {
  const outcomes = new Map<Device, DeviceOutcome>(
    PINNING_DEVICES.map((device) => [device, outcomeOf(coverageOn(device))]),
  )
  return rangesOf(PINNING_DEVICES, (device) => outcomes.get(device) ?? 'unknown')
}

const POSITIONS: ReadonlyMap<Device, number> = new Map(DEVICES.map((device, index) => [device, index]))

/** A device without a gap behind the last of a range. */
function follows(device: Device, range: readonly Device[]): boolean {
  const last = range.at(-1)
  return last?.platform === device.platform && POSITIONS.get(device) === (POSITIONS.get(last) ?? -1) + 1
}
