import { withoutRoles, type PinPlan } from '../../pins/plan-pins.ts'
import { objectiveCString, slashComment, swiftString, xmlComment, xmlText } from '../escape.ts'
import { defineFormat, stampText, type Snippet, type Stamp } from '../format.ts'
import { pinComment } from '../pin-comment.ts'
import { trustKitRefuses } from './trustkit-hosts.ts'

/**
 * TrustKit by platforms.md C.3. It takes the entry of exactly the host, else of the longest parent with sub-domains,
 * alone; the plan has repeated the parents' pins. Every entry switches off the reports that would go to Data Theorem.
 */
export const trustKit = defineFormat({
  id: 'ios-trustkit',
  platforms: ['ios'],
  kind: 'app',
  hasOwnRules: false,
  title: 'TrustKit',
  docs: 'https://github.com/datatheorem/TrustKit/blob/master/docs/getting-started.md',
  failsWith: 'NSURLErrorDomain -999: cancelled',
  abilities: {
    subdomainDepth: 'all',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'any',
    minimumPins: 2,
    keys: 'rebuilt',
    walk: 'root-first',
    refusesHost: trustKitRefuses,
    minimumVersion: 'TrustKit 3 on iOS 12',
  },
  options: {
    language: {
      kind: 'choice',
      label: 'Where do you set TrustKit up?',
      choices: [
        { value: 'swift', label: 'Swift', effect: 'A Swift function that the app calls when it starts.' },
        { value: 'objectivec', label: 'Objective-C', effect: 'The same as a function of Objective-C.' },
        {
          value: 'plist',
          label: 'Info.plist',
          effect: 'TrustKit reads its configuration from Info.plist when the app is loaded; no code calls it.',
        },
      ],
      matters: () => true,
    },
  },
  render: (plan, { language }, stamp) =>
    plan.policies.length === 0 ? [] : [CONFIGURATIONS[language](plan, stamp), DELEGATES[language]],
})

type Language = 'swift' | 'objectivec' | 'plist'

/** A date would be read in the device's own calendar: `NSDateFormatter` without a locale (Apple QA1480). */
const NO_DATE =
  'There is no TSKExpirationDate: a phone with the Buddhist calendar reads 2027 as a year long past and pins nothing.'

function header({ policies }: PinPlan, stamp: Stamp): readonly [string, string] {
  return [stampText(stamp, policies), NO_DATE]
}

const CONFIGURATIONS: Readonly<Record<Language, (plan: PinPlan, stamp: Stamp) => Snippet>> = {
  swift: (plan, stamp) => ({
    kind: 'text',
    id: 'configuration',
    title: 'TrustKit configuration',
    path: 'Pinning.swift',
    fileName: 'Pinning.swift',
    language: 'swift',
    content: swiftFile(plan, stamp),
    place:
      'Add it to the target and call startPinning() before anything else when the app starts. TrustKit throws when it is used before that.',
  }),
  objectivec: (plan, stamp) => ({
    kind: 'text',
    id: 'configuration',
    title: 'TrustKit configuration',
    path: 'Pinning.m',
    fileName: 'Pinning.m',
    language: 'objectivec',
    content: objectiveCFile(plan, stamp),
    place:
      'Add it to the target, declare void StartPinning(void); in a header and call it before anything else when the app starts.',
  }),
  plist: (plan, stamp) => ({
    kind: 'text',
    id: 'part',
    title: 'TSKConfiguration part of Info.plist',
    path: 'Info.plist',
    fileName: 'TSKConfiguration.xml',
    language: 'xml',
    content: plistPart(plan, stamp),
    place:
      'Put it into the top-level <dict> of Info.plist. TrustKit then starts by itself: do not call initSharedInstance as well.',
  }),
}

function swiftFile(plan: PinPlan, stamp: Stamp): string {
  return [
    ...header(plan, stamp).map(slashComment),
    'import TrustKit',
    '',
    'func startPinning() {',
    '    let pinnedDomains: [String: [String: Any]] = [',
    ...plan.policies.flatMap((policy) => [
      `        ${swiftString(policy.host)}: [`,
      `            kTSKIncludeSubdomains: ${policy.includeSubdomains},`,
      '            kTSKDisableDefaultReportUri: true,',
      '            kTSKPublicKeyHashes: [',
      ...withoutRoles(policy.pins).flatMap((pin) => [
        `                ${slashComment(pinComment(pin))}`,
        `                ${swiftString(pin.pin)},`,
      ]),
      '            ],',
      '        ],',
    ]),
    '    ]',
    '    let configuration: [String: Any] = [',
    '        kTSKSwizzleNetworkDelegates: false,',
    '        kTSKPinnedDomains: pinnedDomains,',
    '    ]',
    '    TrustKit.initSharedInstance(withConfiguration: configuration)',
    '}',
    '',
  ].join('\n')
}

function objectiveCFile(plan: PinPlan, stamp: Stamp): string {
  return [
    ...header(plan, stamp).map(slashComment),
    '#import <Foundation/Foundation.h>',
    '#import <TrustKit/TrustKit.h>',
    '',
    'void StartPinning(void) {',
    '    [TrustKit initSharedInstanceWithConfiguration:@{',
    '        kTSKSwizzleNetworkDelegates: @NO,',
    '        kTSKPinnedDomains: @{',
    ...plan.policies.flatMap((policy) => [
      `            ${objectiveCString(policy.host)}: @{`,
      `                kTSKIncludeSubdomains: ${policy.includeSubdomains ? '@YES' : '@NO'},`,
      '                kTSKDisableDefaultReportUri: @YES,',
      '                kTSKPublicKeyHashes: @[',
      ...withoutRoles(policy.pins).flatMap((pin) => [
        `                    ${slashComment(pinComment(pin))}`,
        `                    ${objectiveCString(pin.pin)},`,
      ]),
      '                ],',
      '            },',
    ]),
    '        },',
    '    }];',
    '}',
    '',
  ].join('\n')
}

function plistPart(plan: PinPlan, stamp: Stamp): string {
  return [
    ...header(plan, stamp).map(xmlComment),
    '<key>TSKConfiguration</key>',
    '<dict>',
    '\t<key>TSKSwizzleNetworkDelegates</key>',
    '\t<false/>',
    '\t<key>TSKPinnedDomains</key>',
    '\t<dict>',
    ...plan.policies.flatMap((policy) => [
      `\t\t<key>${xmlText(policy.host)}</key>`,
      '\t\t<dict>',
      '\t\t\t<key>TSKIncludeSubdomains</key>',
      `\t\t\t<${policy.includeSubdomains}/>`,
      '\t\t\t<key>TSKDisableDefaultReportUri</key>',
      '\t\t\t<true/>',
      '\t\t\t<key>TSKPublicKeyHashes</key>',
      '\t\t\t<array>',
      ...withoutRoles(policy.pins).flatMap((pin) => [
        `\t\t\t\t${xmlComment(pinComment(pin))}`,
        `\t\t\t\t<string>${pin.pin}</string>`,
      ]),
      '\t\t\t</array>',
      '\t\t</dict>',
    ]),
    '\t</dict>',
    '</dict>',
    '',
  ].join('\n')
}

const DELEGATE_PLACE =
  'Give it to every URLSession that the app makes: URLSession.shared has no delegate, so its connections are not pinned. A session’s own delegate gets the method instead. TrustKit looks a host up letter by letter: write it in URLs as it stands here, in lower case and without a dot at its end, or it is not pinned.'

const SWIFT_DELEGATE: Snippet = {
  kind: 'text',
  id: 'delegate',
  title: 'URLSession delegate',
  path: 'PinningDelegate.swift',
  fileName: 'PinningDelegate.swift',
  language: 'swift',
  content: `import Foundation
import TrustKit

final class PinningDelegate: NSObject, URLSessionDelegate {
    func urlSession(
        _ session: URLSession,
        didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        let validator = TrustKit.sharedInstance().pinningValidator
        if !validator.handle(challenge, completionHandler: completionHandler) {
            completionHandler(.performDefaultHandling, nil)
        }
    }
}
`,
  place: DELEGATE_PLACE,
}

const OBJECTIVE_C_DELEGATE: Snippet = {
  kind: 'text',
  id: 'delegate',
  title: 'NSURLSession delegate',
  path: 'PinningDelegate.m',
  fileName: 'PinningDelegate.m',
  language: 'objectivec',
  content: `#import <Foundation/Foundation.h>
#import <TrustKit/TrustKit.h>

@interface PinningDelegate : NSObject <NSURLSessionDelegate>
@end

@implementation PinningDelegate

- (void)URLSession:(NSURLSession *)session
    didReceiveChallenge:(NSURLAuthenticationChallenge *)challenge
      completionHandler:(void (^)(NSURLSessionAuthChallengeDisposition, NSURLCredential *))completionHandler {
    TSKPinningValidator *validator = [[TrustKit sharedInstance] pinningValidator];
    if (![validator handleChallenge:challenge completionHandler:completionHandler]) {
        completionHandler(NSURLSessionAuthChallengePerformDefaultHandling, nil);
    }
}

@end
`,
  place: DELEGATE_PLACE,
}

const DELEGATES: Readonly<Record<Language, Snippet>> = {
  swift: SWIFT_DELEGATE,
  objectivec: OBJECTIVE_C_DELEGATE,
  plist: SWIFT_DELEGATE,
}
