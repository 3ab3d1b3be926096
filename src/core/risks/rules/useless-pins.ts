import { certificateName } from '../../certificate/certificate.ts'
import { enforcedPins } from '../../formats/enforced-pins.ts'
import type { Platform } from '../../formats/format.ts'
import type { PlannedPin } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { endText } from '../ended-ca-text.ts'
import { defineRule } from '../risk-rule.ts'
import { uselessnessIn, type Uselessness } from '../useful-pins.ts'
import { listed, shownName, PLATFORM_NAMES } from '../../wording/wording.ts'

interface Facts {
  readonly host: string
  readonly platforms: readonly Platform[]
  /** Whole sentences, each once. */
  readonly reasons: readonly string[]
}

export default defineRule<Facts>({
  id: 'useless-pins',
  tab: 'results',
  severity: 'blocker',
  title: ({ host, platforms }) =>
    `No pin of ${host} can match on ${platforms.map((platform) => PLATFORM_NAMES[platform]).join(' and ')}`,
  why: ({ host, platforms, reasons }) =>
    `${reasons.join(' ')} No chain that up-to-date phones accept for ${host} has such a key, so ${
      platforms.length === 1 ? `the app on ${listed(platforms.map((one) => PLATFORM_NAMES[one]))}` : 'the app'
    } could not connect. Pin a key that the server has, or a root of a CA that issues for it.`,
  faq: 'distrusted-ca',
  source: 'https://wiki.mozilla.org/CA/Root_CA_Lifecycles',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan, rows, settings, now }) =>
    plan.policies.flatMap((policy) => {
      const judge = uselessnessIn(policy, rows)
      const { android, ios } = enforcedPins(policy, plan.policies, settings)
      const uselessOn = (platform: Platform, pins: ReadonlySet<SpkiPin> | null) => {
        const found = policy.pins.flatMap((planned) => {
          const uselessness = pins?.has(planned.pin) ? judge(planned, platform, now) : null
          return uselessness ? [{ planned, uselessness }] : []
        })
        return found.length > 0 && new Set(found.map(({ planned }) => planned.pin)).size === pins?.size ? found : []
      }
      // Each list of iOS has to match.
      const lists = [
        { platform: 'android' as const, useless: uselessOn('android', android) },
        { platform: 'ios' as const, useless: uselessOn('ios', ios.leaf) },
        { platform: 'ios' as const, useless: uselessOn('ios', ios.ca) },
      ].filter(({ useless }) => useless.length > 0)
      const useless = lists.flatMap((list) => list.useless)
      // Where nothing is pinned but what no key has, the rule about such pins says so.
      const isTold = policy.pins.every((planned) => judge(planned, 'android', now)?.kind === 'no-key')
      if (useless.length === 0 || isTold) return []
      return [
        {
          rowIds: policy.rowIds,
          facts: {
            host: policy.host,
            platforms: [...new Set(lists.map(({ platform }) => platform))],
            reasons: [...new Set(useless.map(reasonOf))],
          },
        },
      ]
    }),
})

function reasonOf({
  planned,
  uselessness,
}: {
  readonly planned: PlannedPin
  readonly uselessness: Uselessness
}): string {
  switch (uselessness.kind) {
    case 'no-key':
      return `No key has the pin ${planned.pin}.`
    case 'no-certificate':
      return `No public CA will certify the key of ${nameOf(planned)}.`
    case 'ended-ca':
      return `${nameOf(planned)} is over. ${endText(uselessness.end)}`
  }
}

function nameOf({ pin, origins }: PlannedPin): string {
  const names = origins.flatMap((origin) => {
    if (origin.kind === 'certificate') return [certificateName(origin.certificate)]
    if (origin.kind === 'key') return origin.key.name === '' ? [] : [origin.key.name]
    return origin.kind === 'typed' && origin.bundledRoot !== null ? [origin.bundledRoot] : []
  })
  return shownName(names[0] ?? pin)
}
