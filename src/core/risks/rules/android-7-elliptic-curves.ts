import { certificateName } from '../../certificate/certificate.ts'
import type { Chain } from '../../chain/chain.ts'
import type { Instant } from '../../instant.ts'
import { verdictOf } from '../../trust/device-paths.ts'
import { devicesOf } from '../../trust/devices.ts'
import { chainsInService } from '../device-coverage.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

interface Facts {
  readonly host: string
  readonly names: readonly string[]
}

/** Only this release is affected (platforms.md D.3). */
const AFFECTED_LEVEL = 24

export default defineRule<Facts>({
  id: 'android-7-elliptic-curves',
  tab: 'android',
  severity: 'note',
  title: ({ host }) => `Android 7.0 may not connect to ${host}`,
  why: ({ names }) =>
    `Android 7.0, and no other release, can use elliptic-curve keys on P-256 alone. ${listed(names)} ${names.length === 1 ? 'has' : 'have'} a key on another curve, so that release may refuse the connection whatever is pinned. An RSA certificate works there.`,
  faq: 'os-versions',
  isOfEveryOutput: true,
  source: 'https://letsencrypt.org/2024/04/12/changes-to-issuance-chains',
  since: '2026-11-21',
  applies: ({ rows, now }) =>
    rows.some((row) => row.hostRule !== null && chainsInService(row).some((chain) => pathsOn(chain, now).length > 0)),
  check: ({ rows, now }) =>
    rows.flatMap((row) => {
      const certificates = chainsInService(row)
        .flatMap((chain) => pathsOn(chain, now))
        .flatMap(({ doubts }) =>
          doubts.flatMap((doubt) => (doubt.kind === 'elliptic-curve' ? [doubt.certificate] : [])),
        )
      const names = [...new Set(certificates.map(certificateName))]
      if (!row.hostRule || names.length === 0) return []
      return [{ rowIds: [row.rowId], facts: { host: row.hostRule.host, names } }]
    }),
})

/** What Android 7.0 may end up with. */
function pathsOn({ search }: Chain, now: Instant) {
  return devicesOf('android')
    .filter(({ apiLevel }) => apiLevel === AFFECTED_LEVEL)
    .flatMap((device) => {
      const verdict = verdictOf(search, device, now)
      return verdict.kind === 'trusted' || verdict.kind === 'uncertain' ? verdict.paths : []
    })
}
