import type { PinPlan } from '../../pins/plan-pins.ts'
import { withoutRoles, type HostPolicy } from '../../pins/plan-pins.ts'
import { kotlinString, slashComment } from '../escape.ts'
import { defineFormat, stampText, type Stamp } from '../format.ts'
import { pinComment } from '../pin-comment.ts'

/** Before it, `handleChallenge` was not asked about WebSockets (KTOR-5094). */
const MINIMUM_VERSION = 'Ktor 2.2'

/**
 * Ktor's own pinning for the Darwin engine, by platforms.md C.2. Its pinner picks by host whether to check and then
 * takes a pin of any host that it has, so every host gets a pinner of its own.
 */
export const ktorDarwin = defineFormat({
  id: 'ios-ktor-darwin',
  platforms: ['ios'],
  kind: 'app',
  hasOwnRules: false,
  title: 'Ktor with the Darwin engine',
  docs: 'https://ktor.io/docs/client-engines.html#darwin',
  failsWith: 'TlsPeerUnverifiedException: Certificate pinning failure!',
  abilities: {
    subdomainDepth: 'all',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'any',
    minimumPins: 1,
    keys: 'rebuilt',
    minimumVersion: MINIMUM_VERSION,
  },
  options: {},
  render: (plan, _values, stamp) =>
    plan.policies.length === 0
      ? []
      : [
          {
            kind: 'text',
            id: 'pins',
            title: 'Pins of the app',
            path: 'src/iosMain/kotlin/com/example/app/CertificatePins.kt',
            fileName: 'CertificatePins.kt',
            language: 'kotlin',
            content: pinsFile(plan, stamp),
            place:
              'Save it in iosMain, in a package of the app, and write that package in place of com.example.app. commonMain and Android do not know this engine. Pinsmith’s own tests compile it against stand-ins of Ktor and Foundation, not with Kotlin/Native: try it with a wrong pin before you ship it.',
          },
          {
            kind: 'text',
            id: 'usage',
            title: 'Client with these pins',
            path: 'Where iosMain builds its HttpClient',
            fileName: null,
            language: 'kotlin',
            content: USAGE,
            place:
              'Add it to every HttpClient of the app, and name the Darwin engine: one without it, or with DarwinLegacy, does not have these pins. A second handleChallenge would replace it. It has no effect on a session that the app makes itself (usePreconfiguredSession).',
          },
        ],
})

const USAGE = `val client = HttpClient(Darwin) {
    engine {
        handleChallenge(CertificatePins.handler)
    }
}
`

function pinsFile({ policies }: PinPlan, stamp: Stamp): string {
  return [
    slashComment(stampText(stamp, policies)),
    'package com.example.app',
    '',
    'import io.ktor.client.engine.darwin.ChallengeHandler',
    'import io.ktor.client.engine.darwin.certificates.CertificatePinner',
    'import platform.Foundation.NSURLSessionAuthChallengeCancelAuthenticationChallenge',
    'import platform.Foundation.NSURLSessionAuthChallengePerformDefaultHandling',
    '',
    '@OptIn(kotlinx.cinterop.UnsafeNumber::class)',
    'object CertificatePins {',
    ...HANDLER.map((line) => (line === '' ? '' : `    ${line}`)),
    '',
    '    init {',
    ...policies.flatMap(pinCall),
    '    }',
    '}',
    '',
  ].join('\n')
}

/** Statements, not one map: at a thousand hosts a single expression is too much for the compiler. */
function pinCall({ host, includeSubdomains, pins }: HostPolicy): string[] {
  const once = withoutRoles(pins)
  return [
    '        pin(',
    `            ${kotlinString(host)},`,
    `            ${includeSubdomains},`,
    ...once.flatMap((pin, index) => [
      `            ${slashComment(pinComment(pin))}`,
      `            ${kotlinString(`sha256/${pin.pin}`)}${index === once.length - 1 ? '' : ','}`,
    ]),
    '        )',
  ]
}

/** A name in other letters is refused: Ktor compares as it stands, and would not check it at all. */
const HANDLER: readonly string[] = [
  'private class PinnedHost(val includesSubdomains: Boolean, val pinner: CertificatePinner)',
  '',
  'private val pinnedHosts = HashMap<String, PinnedHost>()',
  '',
  '// Each host has a pinner of its own: one for all of them would accept a pin of any host.',
  'private fun pin(host: String, includesSubdomains: Boolean, vararg pins: String) {',
  '    val pattern = if (includesSubdomains) "**." + host else host',
  '    val pinner = CertificatePinner.Builder().add(pattern, *pins).validateTrust(true).build()',
  '    pinnedHosts[host] = PinnedHost(includesSubdomains, pinner)',
  '}',
  '',
  '// The host itself, else the nearest parent that includes its sub-domains; null: not pinned.',
  'private fun pinnerFor(host: String): CertificatePinner? {',
  '    pinnedHosts[host]?.let { return it.pinner }',
  '    var parent = host.substringAfter(\'.\', "")',
  '    while (parent.isNotEmpty()) {',
  '        pinnedHosts[parent]?.let { if (it.includesSubdomains) return it.pinner }',
  '        parent = parent.substringAfter(\'.\', "")',
  '    }',
  '    return null',
  '}',
  '',
  'val handler: ChallengeHandler = { session, task, challenge, completionHandler ->',
  '    val host = challenge.protectionSpace.host',
  '    val name = host.lowercase().removeSuffix(".")',
  '    val pinner = pinnerFor(name)',
  '    when {',
  '        pinner == null -> completionHandler(NSURLSessionAuthChallengePerformDefaultHandling, null)',
  '        // The pinner compares letter by letter and would not check another spelling.',
  '        host != name -> completionHandler(NSURLSessionAuthChallengeCancelAuthenticationChallenge, null)',
  '        else -> pinner(session, task, challenge, completionHandler)',
  '    }',
  '}',
]
