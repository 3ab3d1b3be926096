import { withoutRoles, type HostPolicy, type PinPlan, type PlannedPin } from '../../pins/plan-pins.ts'
import { xmlComment, xmlText } from '../escape.ts'
import { expirationOf } from '../expiration.ts'
import { defineFormat, stampText, type OptionValues, type Stamp } from '../format.ts'
import { pinComment } from '../pin-comment.ts'
import { anchorSources, shippedAnchors, TRUST_OPTION, type AnchorSource } from './trust-anchors.ts'

const FILE_NAME = 'network_security_config.xml'

const OPTIONS = {
  expiration: { kind: 'expiration', label: 'When do these pins stop being enforced?' },
  trust: TRUST_OPTION,
} as const

type Values = OptionValues<typeof OPTIONS>

/** Android's own pinning, by the output rules of platforms.md A.12. */
export const networkSecurityConfig = defineFormat({
  id: 'android-network-security-config',
  platforms: ['android'],
  kind: 'app',
  hasOwnRules: true,
  title: 'Network Security Config',
  docs: 'https://developer.android.com/privacy-and-security/security-config',
  failsWith: 'CertificateException: Pin verification failed',
  abilities: {
    subdomainDepth: 'all',
    overlap: 'nearest',
    expiry: 'device-local-midnight',
    lists: 'any',
    minimumPins: 1,
    minimumVersion: 'Android 7.0 (API 24)',
  },
  options: OPTIONS,
  render: (plan, values, stamp) =>
    plan.policies.length === 0
      ? []
      : [
          {
            kind: 'text',
            id: 'config',
            title: 'Network security configuration',
            path: `app/src/main/res/xml/${FILE_NAME}`,
            fileName: FILE_NAME,
            language: 'xml',
            content: configFile(plan, values, stamp),
            place: `Save it as app/src/main/res/xml/${FILE_NAME}.`,
          },
          ...(values.trust === 'ship' ? shippedAnchors(plan) : []),
          {
            kind: 'text',
            id: 'manifest',
            title: 'Manifest attribute',
            path: 'app/src/main/AndroidManifest.xml',
            fileName: null,
            language: 'xml',
            content: `android:networkSecurityConfig="@xml/network_security_config"`,
            place: 'Add it to the <application> element of AndroidManifest.xml; without it the file has no effect.',
          },
        ],
})

function configFile(plan: PinPlan, values: Values, stamp: Stamp): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    xmlComment(stampText(stamp)),
    '<network-security-config>',
    ...groupsOf(plan.policies, values, stamp).flatMap((group) => domainConfig(group)),
    '</network-security-config>',
    '',
  ].join('\n')
}

interface DomainGroup {
  readonly policies: readonly HostPolicy[]
  readonly anchors: readonly AnchorSource[]
  readonly pins: readonly PlannedPin[]
  readonly expiration: string | null
}

/** Hosts with the same pins, the same end and the same trust anchors share one `domain-config`. */
function groupsOf(policies: readonly HostPolicy[], values: Values, { now }: Stamp): DomainGroup[] {
  const groups = new Map<string, DomainGroup>()
  for (const policy of policies) {
    const pins = withoutRoles(policy.pins)
    const end = expirationOf(policy, values.expiration, now)
    const expiration = end.kind === 'written' ? end.date : null
    const anchors = anchorSources(policy, values.trust)
    const key = [
      expiration ?? '',
      ...anchors.map(({ src }) => src).toSorted(),
      ...pins.map(({ pin }) => pin).toSorted(),
    ].join(' ')
    const before = groups.get(key)
    groups.set(key, {
      policies: [...(before?.policies ?? []), policy],
      anchors,
      // A comment says where a pin comes from; the host's own certificate says more than its parent's.
      pins: (before?.pins ?? pins).map((pin) => pins.find((own) => own.pin === pin.pin && !own.inheritedFrom) ?? pin),
      expiration,
    })
  }
  return [...groups.values()]
}

function domainConfig({ policies, anchors, pins, expiration }: DomainGroup): string[] {
  const attribute = expiration === null ? '' : ` expiration="${expiration}"`
  return [
    '    <domain-config>',
    ...policies.map(
      ({ host, includeSubdomains }) =>
        `        <domain includeSubdomains="${includeSubdomains}">${xmlText(host)}</domain>`,
    ),
    ...trustAnchors(anchors),
    `        <pin-set${attribute}>`,
    ...pins.flatMap((pin) => [
      `            ${xmlComment(pinComment(pin))}`,
      `            <pin digest="SHA-256">${pin.pin}</pin>`,
    ]),
    '        </pin-set>',
    '    </domain-config>',
  ]
}

/** Empty, the element would trust nothing (platforms.md A.3), so without anchors there is none. */
function trustAnchors(anchors: readonly AnchorSource[]): string[] {
  if (anchors.length === 0) return []
  return [
    '        <trust-anchors>',
    ...anchors.flatMap(({ src, comment }) => [
      ...(comment === null ? [] : [`            ${xmlComment(comment)}`]),
      `            <certificates src="${src}"/>`,
    ]),
    '        </trust-anchors>',
  ]
}
