import type { Chain } from '../../core/chain/chain.ts'
import type { PathSearch } from '../../core/chain/trust-path.ts'
import { enforcedAlone } from '../../core/formats/enforced-pins.ts'
import type { Instant } from '../../core/instant.ts'
import type { HostPolicy, PlannedPin } from '../../core/pins/plan-pins.ts'
import { coverageOf, type Coverage, type EnforcedPins } from '../../core/trust/coverage.ts'
import { PINNING_DEVICES, type PinningDevice } from '../../core/trust/devices.ts'
import { verdictOf, type DeviceVerdict } from '../../core/trust/device-paths.ts'
import { rangesOf, type DeviceRange } from '../../core/trust/ranges.ts'
import { appCell, pinCell } from './coverage-cells.ts'

/** One pin, and what it comes to by itself on each range; null where its platform's output leaves it out. */
export interface PinCoverage {
  readonly pin: PlannedPin
  readonly cells: readonly (Coverage | null)[]
}

/** Pins by devices: what each pin, and all together, come to for one chain. Every list is as long as `ranges`. */
export interface CoverageTable {
  /** Devices that check pins; neighbours for which all cells read the same are one. */
  readonly ranges: readonly DeviceRange[]
  readonly verdicts: readonly DeviceVerdict[]
  readonly together: readonly Coverage[]
  readonly pins: readonly PinCoverage[]
}

/** Chains for which the table is the same. */
export interface CoverageGroup {
  readonly chains: readonly Chain[]
  readonly table: CoverageTable
}

/** One group for each table that differs. */
export function coverageGroups(
  chains: readonly Chain[],
  policy: HostPolicy,
  enforced: EnforcedPins,
  now: Instant,
): readonly CoverageGroup[] {
  const groups = new Map<string, { chains: Chain[]; table: CoverageTable }>()
  for (const chain of chains) {
    const columns = PINNING_DEVICES.map((device) => columnOf(chain.search, device, policy, enforced, now))
    const key = columns.map(identityOf).join('\n')
    const known = groups.get(key)
    if (known) known.chains.push(chain)
    else groups.set(key, { chains: [chain], table: tableOf(columns, policy) })
  }
  return [...groups.values()]
}

interface Column {
  readonly device: PinningDevice
  readonly verdict: DeviceVerdict
  readonly together: Coverage
  readonly cells: readonly (Coverage | null)[]
}

function columnOf(
  search: PathSearch,
  device: PinningDevice,
  { pins }: HostPolicy,
  enforced: EnforcedPins,
  now: Instant,
): Column {
  return {
    device,
    verdict: verdictOf(search, device, now),
    together: coverageOf(search, device, enforced, now),
    cells: pins.map((pin) => {
      const alone = aloneOn(device, pin, enforced)
      return alone && coverageOf(search, device, alone, now)
    }),
  }
}

/** A pin as if it were the only one; null when the platform's output does not have it. */
function aloneOn({ platform }: PinningDevice, pin: PlannedPin, { ios }: EnforcedPins): EnforcedPins | null {
  const isWritten =
    platform === 'android' ||
    (pin.role === 'leaf' && ios.leaf?.has(pin.pin) === true) ||
    (pin.role === 'ca' && ios.ca?.has(pin.pin) === true)
  return isWritten ? enforcedAlone(pin) : null
}

/** The same for columns that read the same, whatever is behind them. */
function identityOf({ verdict, together, cells }: Column): string {
  return [appCell(together, verdict), ...cells.map(pinCell)].map(({ text }) => text).join('\n')
}

function tableOf(columns: readonly Column[], { pins }: HostPolicy): CoverageTable {
  const byDevice = new Map(columns.map((column) => [column.device.id, column]))
  const identities = new Map(columns.map((column) => [column.device.id, identityOf(column)]))
  const ranges = rangesOf(PINNING_DEVICES, ({ id }) => identities.get(id))
  const first = ranges.flatMap(({ devices: [device] }) => (device && byDevice.get(device.id)) ?? [])
  return {
    ranges,
    verdicts: first.map(({ verdict }) => verdict),
    together: first.map(({ together }) => together),
    pins: pins.map((pin, index) => ({ pin, cells: first.map(({ cells }) => cells[index] ?? null) })),
  }
}
