import { certificateName, validityAt } from '../../certificate/certificate.ts'
import type { Chain } from '../../chain/chain.ts'
import type { Instant } from '../../instant.ts'
import { verdictOf, type PathRefusal } from '../../trust/device-paths.ts'
import { devicesOf, PINNING_DEVICES, type PinningDevice } from '../../trust/devices.ts'
import { rangeLabel, rangesAmong } from '../../trust/ranges.ts'
import { chainsInService } from '../device-coverage.ts'
import { refusalClause } from '../refusal-clause.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

interface Facts {
  readonly host: string
  /** Ranges of devices, as they are called. */
  readonly devices: readonly string[]
  /** `platform`: a whole platform. `old`: Android 7 alone. */
  readonly reach: 'platform' | 'versions' | 'old'
  /** Roots that stores lack. */
  readonly lacking: readonly string[]
  /** All else that speaks against a path, as clauses. */
  readonly reasons: readonly string[]
  /** Sending a certificate that Pinsmith knows would mend it, at least for some. */
  readonly isMendedBySending: boolean
}

/** Android 8.0: what only older ones refuse is worth knowing, and seldom worth another chain. */
const FIRST_COMMON_LEVEL = 26
const MOST_REASONS = 3

export default defineRule<Facts>({
  id: 'chain-not-trusted-on-devices',
  tab: 'results',
  severity: ({ reach }) => {
    if (reach === 'platform') return 'blocker'
    return reach === 'old' ? 'note' : 'warning'
  },
  title: ({ host, devices }) =>
    `${listed(devices)} ${devices.length === 1 ? 'does' : 'do'} not trust the chain of ${host}`,
  why: ({ lacking, reasons, isMendedBySending }) => {
    const clauses = [
      ...(lacking.length > 0 ? [`the root store lacks ${listed(lacking)}`] : []),
      ...reasons.slice(0, MOST_REASONS),
    ]
    const mend = isMendedBySending
      ? 'Have the server send what is missing: Android does not fetch it.'
      : 'If you support these versions, ask the CA for a chain to a root that they have.'
    return `The connection is refused there before any pin is looked at: ${clauses.join('; ')}. ${mend}`
  },
  faq: 'served-chain',
  source: 'https://android.googlesource.com/platform/system/ca-certificates/+/refs/heads/main/files/',
  since: '2026-11-21',
  applies: ({ rows, now }) => rows.some((row) => row.hostRule !== null && judgedChains(row, now).length > 0),
  check: ({ rows, now }) =>
    rows.flatMap((row) => {
      if (!row.hostRule) return []
      const refused = new Map<PinningDevice, readonly PathRefusal[]>()
      for (const { search } of judgedChains(row, now)) {
        for (const device of PINNING_DEVICES) {
          const verdict = verdictOf(search, device, now)
          if (verdict.kind !== 'not-trusted') continue
          refused.set(device, [...(refused.get(device) ?? []), ...verdict.refusals])
        }
      }
      if (refused.size === 0) return []
      const devices = [...refused.keys()]
      const refusals = [...refused.values()].flat()
      return [
        {
          rowIds: [row.rowId],
          facts: {
            host: row.hostRule.host,
            devices: rangesAmong(devices).map(rangeLabel),
            reach: reachOf(devices),
            lacking: [...new Set(refusals.flatMap(lackingRoot))],
            reasons: [...new Set(refusals.filter(({ kind }) => kind !== 'anchor-not-in-store').map(refusalClause))],
            isMendedBySending: refusals.some(({ kind }) => kind === 'not-given'),
          },
        },
      ]
    }),
})

/** Of a leaf that is not valid today another rule tells, and it would hide all other reasons. */
function judgedChains(row: Parameters<typeof chainsInService>[0], now: Instant): readonly Chain[] {
  return chainsInService(row).filter(
    ({ links: [leaf], search }) =>
      leaf !== undefined &&
      validityAt(leaf.certificate, now) === 'valid' &&
      search.paths.some(({ stores }) => stores !== null),
  )
}

function lackingRoot(refusal: PathRefusal): readonly string[] {
  return refusal.kind === 'anchor-not-in-store' ? [certificateName(refusal.anchor)] : []
}

function reachOf(devices: readonly PinningDevice[]): Facts['reach'] {
  const isWhole = (['android', 'ios'] as const).some((platform) => {
    const all: readonly PinningDevice[] = devicesOf(platform)
    return all.every((device) => devices.includes(device))
  })
  if (isWhole) return 'platform'
  return devices.every(isOld) ? 'old' : 'versions'
}

function isOld(device: PinningDevice): boolean {
  return device.platform === 'android' && device.apiLevel < FIRST_COMMON_LEVEL
}
