// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for intranet.example.com
import 'dart:io';

import 'package:flutter/services.dart';

class _PinnedHost {
  const _PinnedHost({required this.includesSubdomains, required this.certificates});

  final bool includesSubdomains;
  final List<String> certificates;
}

const Map<String, _PinnedHost> _pinnedHosts = {
  'intranet.example.com': _PinnedHost(
    includesSubdomains: false,
    certificates: [
      // root: Example Private Root, valid until 2040-01-01
      'example_private_root_809682eae885.pem',
    ],
  ),
};

/// The host itself, else the nearest parent that includes its sub-domains; null: not pinned.
_PinnedHost? _pinnedHost(String host) {
  var name = host.toLowerCase();
  if (name.endsWith('.')) name = name.substring(0, name.length - 1);
  final own = _pinnedHosts[name];
  if (own != null) return own;
  for (var dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.')) {
    name = name.substring(dot + 1);
    final parent = _pinnedHosts[name];
    if (parent != null && parent.includesSubdomains) return parent;
  }
  return null;
}

/// A client for one pinned host, which trusts the certificates of that host and no others. Dart checks names and days.
Future<HttpClient> pinnedHttpClient(String host) async {
  final pinned = _pinnedHost(host);
  if (pinned == null) throw ArgumentError.value(host, 'host', 'is not pinned');
  final context = SecurityContext(withTrustedRoots: false);
  for (final name in pinned.certificates) {
    final data = await rootBundle.load('assets/certificates/$name');
    context.setTrustedCertificatesBytes(data.buffer.asUint8List(data.offsetInBytes, data.lengthInBytes));
  }
  return HttpClient(context: context);
}
