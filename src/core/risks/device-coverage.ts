import type { Chain } from '../chain/chain.ts'
import { inService, serverChains } from '../chain/server-chains.ts'
import type { Instant } from '../instant.ts'
import type { PlanRow } from '../pins/plan-pins.ts'
import { coverageOf, matches, type Coverage, type EnforcedPins } from '../trust/coverage.ts'
import { devicesOf, type PinningDevice } from '../trust/devices.ts'

type PinningPlatform = PinningDevice['platform']

/** Chains that a server could present. Of one whose root is unknown nobody can say which CAs it has. */
export function knownChains({ chains }: Pick<PlanRow, 'chains'>): Chain[] {
  return serverChains(chains)
    .map(({ chain }) => chain)
    .filter(({ end, search }) => end.kind !== 'issuer-missing' || search.paths.length > 0)
}

/** Those of the known chains that servers presented; all of them where none was asked. */
export function chainsInService(row: Pick<PlanRow, 'chains' | 'served'>): Chain[] {
  return inService(serverChains(knownChains(row)), row.served).map(({ chain }) => chain)
}

/** One device that trusts the chain, or may, and what the pins come to there. */
export interface TrustingDevice {
  readonly device: PinningDevice
  readonly coverage: Coverage
}

/** The devices of a platform that trust the chain, or may; none when nothing is known of its paths. */
export function trustingDevices(
  { search }: Chain,
  platform: PinningPlatform,
  pins: EnforcedPins,
  now: Instant,
): readonly TrustingDevice[] {
  const devices: readonly PinningDevice[] = devicesOf(platform)
  return devices
    .map((device) => ({ device, coverage: coverageOf(search, device, pins, now) }))
    .filter(({ coverage: { kind } }) => kind !== 'not-trusted' && kind !== 'unknown')
}

/** Whether the pins match on no device of a platform that trusts the chain; without such a device, nowhere at all. */
export function isRefusedOn(platform: PinningPlatform, chain: Chain, pins: EnforcedPins, now: Instant): boolean {
  const trusting = trustingDevices(chain, platform, pins, now)
  return trusting.length > 0 ? areRefused(trusting) : !matchesAnywhere(platform, chain, pins)
}

/** Whether the pins cut off every one of these devices. */
export function areRefused(devices: readonly TrustingDevice[]): boolean {
  return devices.every(({ coverage }) => coverage.connects === 'no')
}

/** Whether the pins match the chain that is shown or any path, whether a device takes it or not. */
export function matchesAnywhere(platform: PinningPlatform, chain: Chain, pins: EnforcedPins): boolean {
  return [chain, ...chain.search.paths].some((path) => matches(path, { platform }, pins))
}
