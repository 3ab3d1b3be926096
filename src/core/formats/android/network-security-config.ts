import { withoutRoles, type HostPolicy, type PinPlan, type PlannedPin } from '../../pins/plan-pins.ts'
import { xmlComment, xmlText } from '../escape.ts'
import { EXPIRATION_OPTION, expirationOf } from '../expiration.ts'
import { defineFormat, stampText, type OptionValues, type Stamp, type TextSnippet } from '../format.ts'
import type { NamedHost } from '../named-hosts.ts'
import { pinComment } from '../pin-comment.ts'
import { DEBUG_OPTIONS, debugFile } from './debug-overrides.ts'
import { anchorSources, shippedAnchors, TRUST_OPTION, type AnchorSource } from './trust-anchors.ts'
import { UNPINNED_OPTION, unpinnedHosts } from './unpinned-hosts.ts'

const FILE_NAME = 'network_security_config.xml'

/** What the configuration itself depends on, wherever it is written. */
export const CONFIG_OPTIONS = {
  expiration: EXPIRATION_OPTION,
  trust: TRUST_OPTION,
  unpinned: UNPINNED_OPTION,
  noCleartext: {
    kind: 'switch',
    label: 'Refuse connections to these hosts that are not encrypted',
    effect:
      'Pins are for TLS alone. Apps that target Android 9 or newer refuse plain HTTP anyway, unless their base-config permits it.',
    initial: false,
    isRare: true,
  },
  certificateTransparency: {
    kind: 'switch',
    label: 'Ask for Certificate Transparency for these hosts',
    effect:
      'Android 16 and newer then also refuses certificates that no public log vouches for; older versions skip it. Hosts below a private root are left out: no log has their certificates.',
    initial: false,
    isRare: true,
  },
} as const

const OPTIONS = {
  ...CONFIG_OPTIONS,
  ...DEBUG_OPTIONS,
  partAlone: {
    kind: 'switch',
    label: 'The app has such a file: show the domain-config elements alone',
    initial: false,
    isRare: true,
  },
} as const

type Values = OptionValues<typeof CONFIG_OPTIONS>

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
  unpinned: (plan, { unpinned }) => unpinnedHosts(plan, unpinned),
  render: (plan, values, stamp) =>
    plan.policies.length === 0
      ? []
      : [
          values.partAlone ? configPart(plan, values, stamp) : configFile(plan, values, stamp),
          ...debugFile(values, values.partAlone ? 'of-the-app' : 'ours', stamp),
          ...(values.trust === 'ship' ? shippedAnchors(plan, 'app/src/main/res/raw', anchorPlace) : []),
          ...(values.partAlone ? [] : [MANIFEST_ATTRIBUTE]),
        ],
})

function anchorPlace(path: string): string {
  return `Save it as ${path}, under exactly this name; the configuration refers to it, and without it the project does not build.`
}

/** `@xml/…` is the name of the main file. */
export const MANIFEST_ATTRIBUTE: TextSnippet = {
  kind: 'text',
  id: 'manifest',
  title: 'Manifest attribute',
  path: 'app/src/main/AndroidManifest.xml',
  fileName: null,
  language: 'xml',
  content: `android:networkSecurityConfig="@xml/network_security_config"`,
  place:
    'Add it to the <application> element of AndroidManifest.xml; without it the file has no effect. If the element has the attribute already, leave it, and put the domain-config elements into the file that it names. As soon as a configuration is there, Android ignores android:usesCleartextTraffic: an app that targets Android 9 or newer then refuses plain HTTP everywhere, unless a base-config permits it. Debug builds of React Native without Expo load their code over plain HTTP: put a copy of the configuration under the same name into app/src/debug/res/xml, with <base-config cleartextTrafficPermitted="true"/> as its first element.',
}

function configFile(plan: PinPlan, values: Values, stamp: Stamp): TextSnippet {
  return {
    kind: 'text',
    id: 'config',
    title: 'Network security configuration',
    path: `app/src/main/res/xml/${FILE_NAME}`,
    fileName: FILE_NAME,
    language: 'xml',
    content: configContent(plan, values, stamp),
    place: `Save it as app/src/main/res/xml/${FILE_NAME}.`,
  }
}

/** The whole file. */
export function configContent(plan: PinPlan, values: Values, stamp: Stamp): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    xmlComment(stampText(stamp, plan.policies)),
    '<network-security-config>',
    ...domainConfigs(plan, values, stamp),
    '</network-security-config>',
    '',
  ].join('\n')
}

function configPart(plan: PinPlan, values: Values, stamp: Stamp): TextSnippet {
  return {
    kind: 'text',
    id: 'part',
    title: 'domain-config elements',
    path: 'The file that android:networkSecurityConfig names',
    fileName: 'domain-config.xml',
    language: 'xml',
    content: [`    ${xmlComment(stampText(stamp, plan.policies))}`, ...domainConfigs(plan, values, stamp), ''].join(
      '\n',
    ),
    place:
      'Put them into the <network-security-config> element of the file that android:networkSecurityConfig in AndroidManifest.xml names, inside no other element of it. Look for each of their domains there first and take out what you find: Android refuses a file that names a domain twice, and then the app connects to nothing. An entry that stays for a host below one of these takes the pins away from that host.',
  }
}

function domainConfigs(plan: PinPlan, values: Values, stamp: Stamp): string[] {
  return [...groupsOf(plan.policies, values, stamp), ...unpinnedGroupsOf(plan, values)].flatMap((group) =>
    domainConfig(group, values),
  )
}

interface DomainGroup {
  readonly domains: readonly NamedHost[]
  readonly anchors: readonly AnchorSource[]
  /** A chain ends at a root of its own, whose certificates are in no log of Certificate Transparency. */
  readonly hasOwnRoot: boolean
  /** Empty where the hosts are to stay unpinned. */
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
    const hasOwnRoot = policy.anchors.own.length > 0
    const key = [
      expiration ?? '',
      hasOwnRoot && values.certificateTransparency,
      ...anchors.map(({ src }) => src).toSorted(),
      ...pins.map(({ pin }) => pin).toSorted(),
    ].join(' ')
    const before = groups.get(key)
    groups.set(key, {
      domains: [...(before?.domains ?? []), policy],
      anchors,
      hasOwnRoot,
      // A comment says where a pin comes from; the host's own certificate says more than its parent's.
      pins: (before?.pins ?? pins).map((pin) => pins.find((own) => own.pin === pin.pin && !own.inheritedFrom) ?? pin),
      expiration,
    })
  }
  return [...groups.values()]
}

/** Hosts that stay unpinned keep the anchors that their parent has for hosts of which no chain is known. */
function unpinnedGroupsOf(plan: PinPlan, values: Values): DomainGroup[] {
  const groups = new Map<string, DomainGroup>()
  for (const { host, includeSubdomains, parent } of unpinnedHosts(plan, values.unpinned)) {
    const anchors = anchorSources({ anchors: { ...parent.anchors, needsStore: true } }, values.trust)
    const hasOwnRoot = parent.anchors.own.length > 0
    const key = [hasOwnRoot, ...anchors.map(({ src }) => src).toSorted()].join(' ')
    const domains = [...(groups.get(key)?.domains ?? []), { host, includeSubdomains }]
    groups.set(key, { domains, anchors, hasOwnRoot, pins: [], expiration: null })
  }
  return [...groups.values()]
}

function domainConfig({ domains, anchors, hasOwnRoot, pins, expiration }: DomainGroup, values: Values): string[] {
  const cleartext = values.noCleartext ? ' cleartextTrafficPermitted="false"' : ''
  return [
    ...(pins.length === 0 ? [`    ${xmlComment('not pinned on purpose, although a parent domain is')}`] : []),
    `    <domain-config${cleartext}>`,
    ...domains.map(
      ({ host, includeSubdomains }) =>
        `        <domain includeSubdomains="${includeSubdomains}">${xmlText(host)}</domain>`,
    ),
    // Written out, it would count for private roots too, where Android leaves it off by itself (platforms.md A.9).
    ...(values.certificateTransparency && !hasOwnRoot ? ['        <certificateTransparency enabled="true"/>'] : []),
    ...trustAnchors(anchors),
    ...pinSet(pins, expiration),
    '    </domain-config>',
  ]
}

/** Never an empty one, which lint refuses. */
function pinSet(pins: readonly PlannedPin[], expiration: string | null): string[] {
  if (pins.length === 0) return []
  const attribute = expiration === null ? '' : ` expiration="${expiration}"`
  return [
    `        <pin-set${attribute}>`,
    ...pins.flatMap((pin) => [
      `            ${xmlComment(pinComment(pin))}`,
      `            <pin digest="SHA-256">${pin.pin}</pin>`,
    ]),
    '        </pin-set>',
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
