import { xmlComment, xmlText } from '../escape.ts'
import { defineFormat, stampText, type Stamp } from '../format.ts'
import { LISTS_OPTION } from './identity-lists.ts'
import {
  ATS_ABILITIES,
  ATS_FAILS_WITH,
  pinnedEntries,
  stampedEntries,
  type IdentityList,
  type PinnedEntry,
} from './pinned-entries.ts'

/** App Transport Security's own pinning, by platforms.md B.1, B.2 and B.5. */
export const pinnedDomains = defineFormat({
  id: 'ios-pinned-domains',
  platforms: ['ios'],
  kind: 'app',
  hasOwnRules: true,
  title: 'Info.plist: NSPinnedDomains',
  docs: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  failsWith: ATS_FAILS_WITH,
  abilities: ATS_ABILITIES,
  options: {
    lists: LISTS_OPTION,
    wholeFile: { kind: 'switch', label: 'Show a whole minimal Info.plist', initial: false },
  },
  render: (plan, { lists, wholeFile }, stamp) => {
    const entries = pinnedEntries(plan, lists)
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

function transportSecurity(entries: readonly PinnedEntry[], stamp: Stamp): string[] {
  return [
    xmlComment(stampText(stamp, stampedEntries(entries))),
    '<key>NSAppTransportSecurity</key>',
    '<dict>',
    '\t<key>NSPinnedDomains</key>',
    '\t<dict>',
    ...indent(entries.flatMap(domainEntry), 2),
    '\t</dict>',
    '</dict>',
  ]
}

function domainEntry({ host, includeSubdomains, lists }: PinnedEntry): string[] {
  return [
    `<key>${xmlText(host)}</key>`,
    '<dict>',
    '\t<key>NSIncludesSubdomains</key>',
    `\t<${includeSubdomains}/>`,
    ...indent(lists.flatMap(identityList), 1),
    '</dict>',
  ]
}

function identityList({ key, identities }: IdentityList): string[] {
  return [
    `<key>${key}</key>`,
    '<array>',
    ...identities.flatMap(({ pin, comment }) => [
      ...(comment === null ? [] : [`\t${xmlComment(comment)}`]),
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
