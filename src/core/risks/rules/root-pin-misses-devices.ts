import { certificateName } from '../../certificate/certificate.ts'
import type { Chain } from '../../chain/chain.ts'
import { enforcedPins } from '../../formats/enforced-pins.ts'
import type { Instant } from '../../instant.ts'
import { worstOf, type Coverage, type EnforcedPins } from '../../trust/coverage.ts'
import { anchorOf, verdictOf } from '../../trust/device-paths.ts'
import type { PinningDevice } from '../../trust/devices.ts'
import { rangeLabel, rangesAmong } from '../../trust/ranges.ts'
import { areRefused, chainsInService, trustingDevices, type TrustingDevice } from '../device-coverage.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

interface Facts {
  readonly host: string
  /** Ranges of devices, as they are called. */
  readonly missed: readonly string[]
  readonly unsure: readonly string[]
  readonly connecting: readonly string[]
  /** The roots that the missed devices, or else the unsure ones, may end at. */
  readonly roots: readonly string[]
}

export default defineRule<Facts>({
  id: 'root-pin-misses-devices',
  tab: 'results',
  severity: ({ missed }) => (missed.length > 0 ? 'blocker' : 'warning'),
  title: ({ host, missed, unsure }) =>
    missed.length > 0 ? `${listed(missed)} would refuse ${host} today` : `${listed(unsure)} may refuse ${host}`,
  why: ({ host, missed, unsure, connecting, roots }) => {
    const works = connecting.length > 0 ? ` With these pins ${listed(connecting)} ${verb(connecting, 'connect')}.` : ''
    const depends =
      missed.length > 0 && unsure.length > 0 ? ` On ${listed(unsure)} nobody can say which path is taken.` : ''
    const what =
      missed.length > 0
        ? `${listed(missed)} ${verb(missed, 'trust')} the chain of ${host}, but not by a path that has a pinned key.`
        : `On ${listed(unsure)} more than one path to a root is possible for ${host}, or some releases lack the root, and not all of that has a pinned key.`
    return `${what} These devices may end at ${listed(roots)}.${works}${depends} Pin every root that a path may end at, or a CA below them that all paths share.`
  },
  faq: 'one-match',
  source: 'https://github.com/google/conscrypt/blob/master/common/src/main/java/org/conscrypt/TrustManagerImpl.java',
  since: '2026-11-21',
  applies: ({ plan, rows, now }) =>
    plan.policies.length > 0 &&
    rows.some((row) => chainsInService(row).some((chain) => isTrustedSomewhere(chain, now))),
  check: ({ plan, rows, settings, now }) => {
    const chainsOfRow = new Map(rows.map((row) => [row.rowId, chainsInService(row)]))
    return plan.policies.flatMap((policy) => {
      const chains = policy.rowIds.flatMap((rowId) => chainsOfRow.get(rowId) ?? [])
      const pins = enforcedPins(policy, plan.policies, settings)
      const devices = (['android', 'ios'] as const).flatMap((platform) => worstByDevice(chains, platform, pins, now))
      if (devices.every(({ coverage }) => coverage.connects === 'yes')) return []
      const called = (connects: Coverage['connects']) =>
        rangesAmong(devices.filter(({ coverage }) => coverage.connects === connects).map(({ device }) => device)).map(
          rangeLabel,
        )
      const [missed, unsure, connecting] = [called('no'), called('depends'), called('yes')]
      const missing = devices.filter(({ coverage }) => coverage.connects === (missed.length > 0 ? 'no' : 'depends'))
      const roots = rootsOf(chains, missing, now)
      return [{ rowIds: policy.rowIds, facts: { host: policy.host, missed, unsure, connecting, roots } }]
    })
  },
})

/** One range is spoken of as one system. */
function verb(ranges: readonly string[], plural: string): string {
  return ranges.length === 1 ? `${plural}s` : plural
}

function isTrustedSomewhere(chain: Chain, now: Instant): boolean {
  const nothing: EnforcedPins = { android: null, ios: { leaf: null, ca: null } }
  return (['android', 'ios'] as const).some((platform) => trustingDevices(chain, platform, nothing, now).length > 0)
}

/** A chain that a whole platform refuses is for other rules to tell: a reserve, or a blocker. */
function worstByDevice(
  chains: readonly Chain[],
  platform: PinningDevice['platform'],
  pins: EnforcedPins,
  now: Instant,
): readonly TrustingDevice[] {
  const byDevice = new Map<PinningDevice, Coverage>()
  for (const chain of chains) {
    const trusting = trustingDevices(chain, platform, pins, now)
    if (areRefused(trusting)) continue
    for (const { device, coverage } of trusting) {
      const before = byDevice.get(device)
      byDevice.set(device, (before && worstOf([before, coverage])) ?? coverage)
    }
  }
  return [...byDevice].flatMap(([device, coverage]) => (isInDoubtAlone(coverage) ? [] : [{ device, coverage }]))
}

/** Whether only the trust in the chain is in doubt and every path matches: the pins miss nothing. */
function isInDoubtAlone({ kind, connects }: Coverage): boolean {
  return kind === 'every-path' && connects === 'depends'
}

function rootsOf(chains: readonly Chain[], devices: readonly TrustingDevice[], now: Instant): readonly string[] {
  const names = devices.flatMap(({ device }) =>
    chains.flatMap(({ search }) => {
      const verdict = verdictOf(search, device, now)
      const paths = verdict.kind === 'trusted' || verdict.kind === 'uncertain' ? verdict.paths : []
      return paths.flatMap(({ path }) => anchorOf(path) ?? []).map(certificateName)
    }),
  )
  return [...new Set(names)]
}
