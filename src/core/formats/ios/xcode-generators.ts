import type { PinPlan } from '../../pins/plan-pins.ts'
import { slashComment, swiftString, yamlComment, yamlString } from '../escape.ts'
import { defineFormat, stampText, type Snippet, type Stamp } from '../format.ts'
import { LISTS_OPTION } from './identity-lists.ts'
import { pinnedDomains } from './pinned-domains.ts'
import { ATS_ABILITIES, ATS_FAILS_WITH, pinnedEntries, stampedEntries, type PinnedEntry } from './pinned-entries.ts'

/** `NSPinnedDomains` for projects whose Info.plist is generated; what iOS makes of it is the same. */
export const xcodeGenerators = defineFormat({
  id: 'ios-xcode-generators',
  platforms: ['ios'],
  kind: 'app',
  hasOwnRules: true,
  settingsOf: pinnedDomains,
  title: 'XcodeGen and Tuist: NSPinnedDomains',
  docs: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  failsWith: ATS_FAILS_WITH,
  abilities: ATS_ABILITIES,
  options: {
    generator: {
      kind: 'choice',
      label: 'What makes your Xcode project?',
      choices: [
        { value: 'xcodegen', label: 'XcodeGen', effect: 'A part of project.yml.' },
        { value: 'tuist', label: 'Tuist', effect: 'A file of Swift, and the line of Project.swift that uses it.' },
      ],
      matters: (plan: PinPlan) => plan.policies.length > 0,
    },
    lists: LISTS_OPTION,
  },
  render: (plan, { generator, lists }, stamp) => {
    const entries = pinnedEntries(plan, lists)
    return entries.length === 0 ? [] : GENERATORS[generator](entries, stamp)
  },
})

const GENERATORS: Readonly<
  Record<'xcodegen' | 'tuist', (entries: readonly PinnedEntry[], stamp: Stamp) => readonly Snippet[]>
> = {
  xcodegen: (entries, stamp) => [
    {
      kind: 'text',
      id: 'project-yml',
      title: 'Info.plist of a target in project.yml',
      path: 'project.yml',
      fileName: 'certificate-pins.yml',
      language: 'yaml',
      content: projectYml(entries, stamp),
      place:
        'Put it below the target, indented to fit, with the path of an Info.plist that XcodeGen may write: it makes that file anew from these properties, and what somebody wrote into it is gone. Where the target’s settings name an INFOPLIST_FILE, nothing is pinned. If the target has info or NSAppTransportSecurity already, merge: YAML keeps one of two equal keys. App extensions are targets of their own and need a copy. Then run xcodegen.',
    },
  ],
  tuist: (entries, stamp) => [
    {
      kind: 'text',
      id: 'helper',
      title: 'Pinned domains for Project.swift',
      path: 'Tuist/ProjectDescriptionHelpers/CertificatePins.swift',
      fileName: 'CertificatePins.swift',
      language: 'swift',
      content: helperFile(entries, stamp),
      place:
        'Save it among the helpers of the project. Pinsmith’s own tests check this code without Apple’s compiler: look at the Info.plist that tuist generate makes.',
    },
    {
      kind: 'text',
      id: 'usage',
      title: 'Target with these domains',
      path: 'Project.swift',
      fileName: null,
      language: 'swift',
      content: USAGE,
      place:
        'Give it to the target, below import ProjectDescriptionHelpers. If the target extends Info.plist already, merge. App extensions are targets of their own and need it too.',
    },
  ],
}

function projectYml(entries: readonly PinnedEntry[], stamp: Stamp): string {
  return [
    yamlComment(stampText(stamp, stampedEntries(entries))),
    'info:',
    '  path: App/Info.plist',
    '  properties:',
    '    NSAppTransportSecurity:',
    '      NSPinnedDomains:',
    ...entries.flatMap(({ host, includeSubdomains, lists }) => [
      `        ${yamlString(host)}:`,
      `          NSIncludesSubdomains: ${includeSubdomains}`,
      ...lists.flatMap(({ key, identities }) => [
        `          ${key}:`,
        ...identities.flatMap(({ pin, comment }) => [
          ...(comment === null ? [] : [`            ${yamlComment(comment)}`]),
          `            - SPKI-SHA256-BASE64: ${yamlString(pin)}`,
        ]),
      ]),
    ]),
    '',
  ].join('\n')
}

function helperFile(entries: readonly PinnedEntry[], stamp: Stamp): string {
  return [
    slashComment(stampText(stamp, stampedEntries(entries))),
    'import ProjectDescription',
    '',
    'public let pinnedDomains: [String: Plist.Value] = [',
    ...entries.flatMap(({ host, includeSubdomains, lists }) => [
      `    ${swiftString(host)}: [`,
      `        "NSIncludesSubdomains": ${includeSubdomains},`,
      ...lists.flatMap(({ key, identities }) => [
        `        ${swiftString(key)}: [`,
        ...identities.flatMap(({ pin, comment }) => [
          ...(comment === null ? [] : [`            ${slashComment(comment)}`]),
          `            ["SPKI-SHA256-BASE64": ${swiftString(pin)}],`,
        ]),
        '        ],',
      ]),
      '    ],',
    ]),
    ']',
    '',
  ].join('\n')
}

const USAGE = `infoPlist: .extendingDefault(with: [
    "NSAppTransportSecurity": [
        "NSPinnedDomains": .dictionary(pinnedDomains),
    ],
]),
`
