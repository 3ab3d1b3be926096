import type { PinRole } from '../../pins/pin-choices.ts'
import type { HostPolicy } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { xmlComment, xmlText } from '../escape.ts'
import { defineFormat, stampText, type Stamp } from '../format.ts'
import { pinComment } from '../pin-comment.ts'
import { hasBothKinds, identityLists, type IosLists } from './identity-lists.ts'

/** App Transport Security's own pinning, by platforms.md B.1, B.2 and B.5. */
export const pinnedDomains = defineFormat({
  id: 'ios-pinned-domains',
  platforms: ['ios'],
  kind: 'app',
  hasOwnRules: true,
  title: 'Info.plist: NSPinnedDomains',
  docs: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  failsWith: 'NSURLErrorDomain -1200: An SSL error has occurred',
  abilities: {
    subdomainDepth: 'one-label',
    overlap: 'merged',
    expiry: 'none',
    lists: 'leaf-and-ca',
    minimumPins: 1,
    minimumVersion: 'iOS 14',
  },
  options: {
    lists: {
      kind: 'choice',
      label: 'You pin both a leaf and a CA. What should iOS ask for?',
      choices: [
        {
          value: 'ca',
          label: 'CA list alone',
          effect:
            'iOS connects when a pinned CA is in the chain, whatever the leaf. New leaf keys of that CA keep working.',
        },
        {
          value: 'leaf',
          label: 'Leaf list alone',
          effect:
            'iOS connects when the leaf has a pinned key, whatever the CA. A new leaf key needs an app update first.',
        },
        {
          value: 'both',
          label: 'Both lists',
          effect:
            'iOS connects only when the leaf and a CA both match. Stricter than either list; no pin is a backup for the other list.',
        },
      ],
      matters: (plan) => plan.policies.some(hasBothKinds),
    },
    wholeFile: { kind: 'switch', label: 'Show a whole minimal Info.plist', initial: false },
  },
  render: (plan, { lists, wholeFile }, stamp) => {
    const entries = plan.policies.flatMap((policy) => domainEntry(policy, lists))
    if (entries.length === 0) return []
    const part = transportSecurity(entries, stamp)
    return [
      wholeFile
        ? {
            kind: 'text',
            id: 'whole-file',
            title: 'Info.plist',
            path: 'Info.plist',
            fileName: 'Info.plist',
            language: 'xml',
            content: wholePlist(part),
            place: 'A complete file for a target that has no Info.plist yet. App extensions need a copy in their own.',
          }
        : {
            kind: 'text',
            id: 'part',
            title: 'NSAppTransportSecurity part of Info.plist',
            path: 'Info.plist',
            fileName: 'NSAppTransportSecurity.xml',
            language: 'xml',
            content: `${part.join('\n')}\n`,
            place:
              'Put it into the top-level <dict> of Info.plist. If NSAppTransportSecurity is there already, merge: a second one would silently replace the first. App extensions need a copy in their own Info.plist.',
          },
    ]
  },
})

function transportSecurity(entries: readonly string[], stamp: Stamp): string[] {
  return [
    xmlComment(stampText(stamp)),
    '<key>NSAppTransportSecurity</key>',
    '<dict>',
    '\t<key>NSPinnedDomains</key>',
    '\t<dict>',
    ...indent(entries, 2),
    '\t</dict>',
    '</dict>',
  ]
}

function domainEntry(policy: HostPolicy, choice: IosLists): string[] {
  const { leaf, ca } = identityLists(policy, choice)
  if (leaf.length === 0 && ca.length === 0) return []
  return [
    `<key>${xmlText(policy.host)}</key>`,
    '<dict>',
    '\t<key>NSIncludesSubdomains</key>',
    `\t<${policy.includeSubdomains}/>`,
    ...indent(identityList('NSPinnedLeafIdentities', leaf, policy, 'leaf'), 1),
    ...indent(identityList('NSPinnedCAIdentities', ca, policy, 'ca'), 1),
    '</dict>',
  ]
}

/** An empty list would reject every connection (platforms.md B.2), so none is printed. */
function identityList(key: string, pins: readonly SpkiPin[], policy: HostPolicy, role: PinRole): string[] {
  if (pins.length === 0) return []
  return [
    `<key>${key}</key>`,
    '<array>',
    ...pins.flatMap((pin) => [
      ...policy.pins
        .filter((planned) => planned.pin === pin && planned.role === role)
        .slice(0, 1)
        .map((planned) => `\t${xmlComment(pinComment(planned))}`),
      '\t<dict>',
      '\t\t<key>SPKI-SHA256-BASE64</key>',
      `\t\t<string>${pin}</string>`,
      '\t</dict>',
    ]),
    '</array>',
  ]
}

function wholePlist(part: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    ...indent(part, 1),
    '</dict>',
    '</plist>',
    '',
  ].join('\n')
}

function indent(lines: readonly string[], depth: number): string[] {
  return lines.map((line) => `${'\t'.repeat(depth)}${line}`)
}
