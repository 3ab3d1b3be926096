import type { PinPlan } from '../../pins/plan-pins.ts'
import { slashComment, swiftString } from '../escape.ts'
import { defineFormat, stampText, type Stamp } from '../format.ts'
import { CHAIN_CHECK, swiftPins } from './swift-pinning.ts'

/**
 * An evaluator for Alamofire's own look-up, by platforms.md C.5: exactly the host, never a sub-domain. That look-up is
 * letter by letter, and its document says that a subclass may override it (`ServerTrustEvaluation.swift`).
 */
export const alamofire = defineFormat({
  id: 'ios-alamofire',
  platforms: ['ios'],
  kind: 'app',
  hasOwnRules: false,
  title: 'Alamofire',
  docs: 'https://github.com/Alamofire/Alamofire/blob/master/Documentation/AdvancedUsage.md#security',
  failsWith: 'AFError.serverTrustEvaluationFailed',
  abilities: {
    subdomainDepth: 'none',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'any',
    minimumPins: 1,
    keys: 'rebuilt',
    minimumVersion: 'Alamofire 5 on iOS 15',
  },
  options: {},
  render: (plan, _values, stamp) =>
    plan.policies.length === 0
      ? []
      : [
          {
            kind: 'text',
            id: 'session',
            title: 'Alamofire session',
            path: 'PinnedSession.swift',
            fileName: 'PinnedSession.swift',
            language: 'swift',
            content: sessionFile(plan, stamp),
            place:
              'Add it to the target, call makePinnedSession() once, keep the session and make every request with it: AF is another session, so its connections are not pinned. Alamofire looks a host up letter by letter: PinnedHosts lets one with capitals, or with a dot at its end, find its pins too, so keep it if the app has a ServerTrustManager of its own. Pinsmith’s own tests check this code without Apple’s compiler: try it with a wrong pin before you ship it.',
          },
        ],
})

function sessionFile({ policies }: PinPlan, stamp: Stamp): string {
  return [
    slashComment(stampText(stamp, policies)),
    'import Alamofire',
    'import CryptoKit',
    'import Foundation',
    'import Security',
    '',
    'func makePinnedSession() -> Session {',
    '    let evaluators: [String: any ServerTrustEvaluating] = [',
    ...policies.flatMap((policy) => [
      `        ${swiftString(policy.host)}: PinnedKeysEvaluator(pins: [`,
      ...swiftPins(policy).map((line) => `            ${line}`),
      '        ]),',
    ]),
    '    ]',
    '    // Other hosts are evaluated as without a manager: they would fail if all had to be in the table.',
    '    let manager = PinnedHosts(allHostsMustBeEvaluated: false, evaluators: evaluators)',
    '    return Session(serverTrustManager: manager)',
    '}',
    '',
    ...EVALUATOR,
    '',
    ...CHAIN_CHECK,
    '',
  ].join('\n')
}

const EVALUATOR: readonly string[] = [
  '/// Alamofire looks a host up as the URL has it; this one as it stands in the table.',
  'private final class PinnedHosts: ServerTrustManager, @unchecked Sendable {',
  '    override func serverTrustEvaluator(forHost host: String) throws -> (any ServerTrustEvaluating)? {',
  '        var name = host.lowercased()',
  '        if name.hasSuffix(".") { name.removeLast() }',
  '        return try super.serverTrustEvaluator(forHost: name)',
  '    }',
  '}',
  '',
  'private struct NoPinnedKey: Error {}',
  '',
  'private final class PinnedKeysEvaluator: ServerTrustEvaluating {',
  '    private let pins: Set<String>',
  '',
  '    init(pins: Set<String>) {',
  '        self.pins = pins',
  '    }',
  '',
  '    func evaluate(_ trust: SecTrust, forHost host: String) throws {',
  '        try DefaultTrustEvaluator().evaluate(trust, forHost: host)',
  '        guard chain(of: trust, hasKeyIn: pins) else { throw NoPinnedKey() }',
  '    }',
  '}',
]
