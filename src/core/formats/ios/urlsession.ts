import type { PinPlan } from '../../pins/plan-pins.ts'
import { slashComment, swiftString } from '../escape.ts'
import { defineFormat, stampText, type Stamp } from '../format.ts'
import { CHAIN_CHECK, swiftPins } from './swift-pinning.ts'

/** A delegate without any library, by platforms.md C.6. */
export const urlSession = defineFormat({
  id: 'ios-urlsession',
  platforms: ['ios'],
  kind: 'app',
  hasOwnRules: false,
  title: 'URLSession delegate',
  docs: 'https://developer.apple.com/documentation/foundation/performing-manual-server-trust-authentication',
  failsWith: 'NSURLErrorDomain -999: cancelled',
  abilities: {
    subdomainDepth: 'all',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'any',
    minimumPins: 1,
    keys: 'rebuilt',
    minimumVersion: 'iOS 15',
  },
  options: {},
  render: (plan, _values, stamp) =>
    plan.policies.length === 0
      ? []
      : [
          {
            kind: 'text',
            id: 'delegate',
            title: 'URLSession delegate',
            path: 'PinningDelegate.swift',
            fileName: 'PinningDelegate.swift',
            language: 'swift',
            content: delegateFile(plan, stamp),
            place:
              'Add it to the target and give it to every session: URLSession(configuration: .default, delegate: PinningDelegate(), delegateQueue: nil). URLSession.shared takes no delegate, so its connections are not pinned. Pinsmith’s own tests check this code without Apple’s compiler: try it with a wrong pin before you ship it.',
          },
        ],
})

function delegateFile({ policies }: PinPlan, stamp: Stamp): string {
  return [
    slashComment(stampText(stamp, policies)),
    'import CryptoKit',
    'import Foundation',
    'import Security',
    '',
    'private struct PinnedHost {',
    '    let includesSubdomains: Bool',
    '    let pins: Set<String>',
    '}',
    '',
    'private let pinnedHosts: [String: PinnedHost] = [',
    ...policies.flatMap((policy) => [
      `    ${swiftString(policy.host)}: PinnedHost(`,
      `        includesSubdomains: ${policy.includeSubdomains},`,
      '        pins: [',
      ...swiftPins(policy).map((line) => `            ${line}`),
      '        ]',
      '    ),',
    ]),
    ']',
    '',
    ...DELEGATE,
    '',
    ...CHAIN_CHECK,
    '',
  ].join('\n')
}

/** A match leads to default handling, never to a credential: so nothing here can make iOS check less than it does. */
const DELEGATE: readonly string[] = [
  'final class PinningDelegate: NSObject, URLSessionDelegate {',
  '    func urlSession(',
  '        _ session: URLSession,',
  '        didReceive challenge: URLAuthenticationChallenge,',
  '        completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void',
  '    ) {',
  '        let space = challenge.protectionSpace',
  '        guard space.authenticationMethod == NSURLAuthenticationMethodServerTrust,',
  '              let pins = pinsToFind(for: space.host)',
  '        else {',
  '            completionHandler(.performDefaultHandling, nil)',
  '            return',
  '        }',
  '        guard let trust = space.serverTrust,',
  '              SecTrustEvaluateWithError(trust, nil),',
  '              chain(of: trust, hasKeyIn: pins)',
  '        else {',
  '            completionHandler(.cancelAuthenticationChallenge, nil)',
  '            return',
  '        }',
  '        // iOS goes on with its own checks, which a credential would skip.',
  '        completionHandler(.performDefaultHandling, nil)',
  '    }',
  '}',
  '',
  '/// The pins of the host itself, else of the nearest parent that includes its sub-domains; nil: not pinned.',
  'private func pinsToFind(for host: String) -> Set<String>? {',
  '    var name = host.lowercased()',
  '    if name.hasSuffix(".") { name.removeLast() }',
  '    if let own = pinnedHosts[name] { return own.pins }',
  '    while let dot = name.firstIndex(of: ".") {',
  '        name = String(name[name.index(after: dot)...])',
  '        if let parent = pinnedHosts[name], parent.includesSubdomains { return parent.pins }',
  '    }',
  '    return nil',
  '}',
]
