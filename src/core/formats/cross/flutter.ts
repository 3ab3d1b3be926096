import type { HostName } from '../../pins/host-rule.ts'
import type { CertificateOrigin, PinPlan } from '../../pins/plan-pins.ts'
import {
  certificateComment,
  certificateFileName,
  certificatesFor,
  certificateSnippet,
  pinnedCertificates,
} from '../certificate-files.ts'
import { dartString, slashComment } from '../escape.ts'
import { defineFormat, stampText, type Stamp } from '../format.ts'

const FOLDER = 'assets/certificates'

/**
 * Dart's own TLS on Android by platforms.md A.10 and C.7: a context that trusts nothing but the pinned certificates.
 * `badCertificateCallback` is no pinning: it is asked about chains alone that were refused already.
 */
export const flutter = defineFormat({
  id: 'flutter',
  platforms: ['android', 'ios'],
  kind: 'app',
  hasOwnRules: false,
  title: 'Flutter and Dart: trusted certificates',
  docs: 'https://api.dart.dev/dart-io/SecurityContext-class.html',
  failsWith: 'HandshakeException: CERTIFICATE_VERIFY_FAILED',
  abilities: {
    subdomainDepth: 'all',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'certificates',
    minimumPins: 1,
    minimumVersion: 'Dart 2.12',
    needs: 'certificates',
    // On iOS the printed code leaves pinning to NSPinnedDomains.
    enforcedOn: ['android'],
    trustsPinned: ['android'],
  },
  options: {},
  render: (plan, _values, stamp) => {
    const hosts = pinnedHosts(plan)
    if (hosts.length === 0) return []
    return [
      {
        kind: 'text',
        id: 'client',
        title: 'HTTP client with these certificates',
        path: 'lib/pinned_http_client.dart',
        fileName: 'pinned_http_client.dart',
        language: 'dart',
        content: clientFile(hosts, stamp),
        place:
          'For Android, where dart:io, package:http and Dio have TLS of their own and ignore the Network Security Config. On iOS they follow NSPinnedDomains, which pins keys and needs no code: take that output there. This one compares no keys: it trusts the certificates below and what they issued, and a certificate that replaces one of them needs an app update even with the same key. Pinsmith’s own tests read this code with a grammar, not with Dart’s compiler: try it with a wrong certificate before you ship it.',
      },
      {
        kind: 'text',
        id: 'pubspec',
        title: 'Assets in pubspec.yaml',
        path: 'pubspec.yaml',
        fileName: null,
        language: 'yaml',
        content: PUBSPEC,
        place: 'Merge it into pubspec.yaml, so that the certificates are in the app.',
      },
      {
        kind: 'text',
        id: 'usage',
        title: 'Requests with this client',
        path: 'Where the app makes its requests',
        fileName: null,
        language: 'dart',
        content: USAGE,
        place:
          'Make every request to a pinned host with a client for that host: any other client is not pinned. IOClient of package:http and IOHttpClientAdapter of Dio take such a client. A redirect to a host with other certificates fails.',
      },
      ...pinnedCertificates(plan.policies).map(({ certificate }) =>
        certificateSnippet(
          certificate,
          { folder: FOLDER, extension: 'pem', encoding: 'pem' },
          () => `Save it in ${FOLDER}, under exactly this name: the client reads it from there.`,
        ),
      ),
    ]
  },
})

const PUBSPEC = `flutter:
  assets:
    - ${FOLDER}/
`

const USAGE = `final client = Platform.isAndroid ? await pinnedHttpClient(url.host) : HttpClient();
final request = await client.getUrl(url);
`

interface PinnedHost {
  readonly host: HostName
  readonly includeSubdomains: boolean
  /** Never empty. */
  readonly certificates: readonly CertificateOrigin[]
}

function pinnedHosts({ policies }: PinPlan): readonly PinnedHost[] {
  return policies
    .map((policy) => ({
      host: policy.host,
      includeSubdomains: policy.includeSubdomains,
      certificates: certificatesFor(policy, policies),
    }))
    .filter(({ certificates }) => certificates.length > 0)
}

function clientFile(hosts: readonly PinnedHost[], stamp: Stamp): string {
  return [
    slashComment(stampText(stamp, hosts)),
    "import 'dart:io';",
    '',
    "import 'package:flutter/services.dart';",
    '',
    'class _PinnedHost {',
    '  const _PinnedHost({required this.includesSubdomains, required this.certificates});',
    '',
    '  final bool includesSubdomains;',
    '  final List<String> certificates;',
    '}',
    '',
    'const Map<String, _PinnedHost> _pinnedHosts = {',
    ...hosts.flatMap(hostEntry),
    '};',
    '',
    ...CODE,
    '',
  ].join('\n')
}

function hostEntry({ host, includeSubdomains, certificates }: PinnedHost): string[] {
  return [
    `  ${dartString(host)}: _PinnedHost(`,
    `    includesSubdomains: ${includeSubdomains},`,
    '    certificates: [',
    ...certificates.flatMap((origin) => [
      `      ${slashComment(certificateComment(origin.chainRole, origin.certificate))}`,
      `      ${dartString(certificateFileName(origin.certificate, 'pem'))},`,
    ]),
    '    ],',
    '  ),',
  ]
}

const CODE: readonly string[] = [
  '/// The host itself, else the nearest parent that includes its sub-domains; null: not pinned.',
  '_PinnedHost? _pinnedHost(String host) {',
  '  var name = host.toLowerCase();',
  "  if (name.endsWith('.')) name = name.substring(0, name.length - 1);",
  '  final own = _pinnedHosts[name];',
  '  if (own != null) return own;',
  "  for (var dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.')) {",
  '    name = name.substring(dot + 1);',
  '    final parent = _pinnedHosts[name];',
  '    if (parent != null && parent.includesSubdomains) return parent;',
  '  }',
  '  return null;',
  '}',
  '',
  '/// A client for one pinned host, which trusts the certificates of that host and no others. Dart checks names and days.',
  'Future<HttpClient> pinnedHttpClient(String host) async {',
  '  final pinned = _pinnedHost(host);',
  "  if (pinned == null) throw ArgumentError.value(host, 'host', 'is not pinned');",
  '  final context = SecurityContext(withTrustedRoots: false);',
  '  for (final name in pinned.certificates) {',
  `    final data = await rootBundle.load('${FOLDER}/$name');`,
  '    context.setTrustedCertificatesBytes(data.buffer.asUint8List(data.offsetInBytes, data.lengthInBytes));',
  '  }',
  '  return HttpClient(context: context);',
  '}',
]
