import type { FaqAnswerId } from './answers.ts'

export interface GlossaryTerm {
  /** Part of addresses that people keep: never renamed. */
  readonly id: `term-${string}`
  readonly term: string
  readonly text: string
  /** Where it is explained at length. */
  readonly faq?: FaqAnswerId
}

/** In alphabetical order. */
export const GLOSSARY: readonly GlossaryTerm[] = [
  {
    id: 'term-acme',
    term: 'ACME',
    text: 'The protocol by which certbot and other tools have certificates issued and renewed without people. Most of these tools make a new key each time unless told otherwise.',
    faq: 'lets-encrypt',
  },
  {
    id: 'term-ats',
    term: 'ATS, App Transport Security',
    text: 'Apple’s rules for connections of an app, set in Info.plist. `NSPinnedDomains` is the part that pins.',
    faq: 'one-match',
  },
  {
    id: 'term-attestation',
    term: 'Attestation',
    text: 'A statement of the platform to your server that a request comes from your unchanged app on a sound device. It answers what pins cannot.',
    faq: 'app-attestation',
  },
  {
    id: 'term-backup-pin',
    term: 'Backup pin',
    text: 'The pin of a key that is not in service. When the pinned key is lost or replaced, the backup key goes onto the server and installed apps still connect.',
    faq: 'backup-pin',
  },
  {
    id: 'term-base64',
    term: 'Base64',
    text: 'A way to write bytes as text. A pin in it has 44 characters, the last of which is `=`.',
    faq: 'what-is-a-pin',
  },
  {
    id: 'term-ca',
    term: 'CA, certificate authority',
    text: 'Whoever signs certificates for others. Devices trust a list of public CAs; a company may have a private one.',
    faq: 'what-is-pinning',
  },
  {
    id: 'term-ca-family',
    term: 'CA family',
    text: 'All roots of one operator. Pin all of them, since a chain may end at any, and do not count two of them as independent of each other.',
    faq: 'distrusted-ca',
  },
  {
    id: 'term-certificate',
    term: 'Certificate',
    text: 'A statement, signed by a CA, that a public key belongs to a name for a while. It is renewed often; its key need not change.',
    faq: 'key-not-certificate',
  },
  {
    id: 'term-chain-as-served',
    term: 'Chain as served',
    text: 'The certificates that a server sends: its own and the CAs above it, mostly without the root. A device builds its own path from them.',
    faq: 'served-chain',
  },
  {
    id: 'term-cross-sign',
    term: 'Cross-sign',
    text: 'A second certificate for a CA’s key, issued by another CA, so that devices that do not know the one trust it through the other. Both certificates have the same pin.',
    faq: 'cross-signed-roots',
  },
  {
    id: 'term-csr',
    term: 'CSR, certificate signing request',
    text: 'A public key and a name, sent to a CA to be certified. It has the pin of the later certificate, so a backup pin can be made from it.',
    faq: 'backup-pin',
  },
  {
    id: 'term-ct',
    term: 'CT, Certificate Transparency',
    text: 'Public logs of all certificates that public CAs issue. They make a wrong one visible.',
    faq: 'certificate-transparency',
  },
  {
    id: 'term-der',
    term: 'DER',
    text: 'The binary form of certificates and keys. A pin is a hash over a part of it.',
    faq: 'file-types',
  },
  {
    id: 'term-dynamic-pinning',
    term: 'Dynamic pinning',
    text: 'Pins that the app fetches at run time as a signed list, in place of those that it was built with.',
    faq: 'static-or-dynamic',
  },
  {
    id: 'term-expiration',
    term: 'Expiration',
    text: 'On a pin set: the day from which Android no longer enforces it, counted from midnight by the device’s own clock. Info.plist and OkHttp have none.',
    faq: 'expiration',
  },
  {
    id: 'term-fail-open',
    term: 'Fail open, fail closed',
    text: 'What happens when a check cannot hold. Open: the connection goes on without pins. Closed: there is no connection.',
    faq: 'when-a-pin-fails',
  },
  {
    id: 'term-fingerprint',
    term: 'Fingerprint',
    text: 'A hash over a whole certificate. It is as long as a pin and never matches as one.',
    faq: 'what-is-a-pin',
  },
  {
    id: 'term-hpkp',
    term: 'HPKP',
    text: 'Pinning in browsers by a header of the website, given up since. RFC 7469, which defines it, also defines the pin.',
    faq: 'hpkp',
  },
  {
    id: 'term-include-subdomains',
    term: 'Include sub-domains',
    text: 'A switch by which a rule for a host also covers names below it: on Android at every depth, on iOS one label below.',
    faq: 'subdomains',
  },
  {
    id: 'term-intermediate',
    term: 'Intermediate',
    text: 'A CA between the root and the server’s certificate. Public CAs replace theirs without notice.',
    faq: 'why-not-intermediate',
  },
  {
    id: 'term-leaf',
    term: 'Leaf',
    text: 'The server’s own certificate, at the lower end of the chain. Its key is the one that you control.',
    faq: 'leaf-intermediate-root',
  },
  {
    id: 'term-nsc',
    term: 'NSC, network security configuration',
    text: 'Android’s XML file for the connections of an app, from Android 7.0 on. Its `pin-set` pins.',
    faq: 'os-versions',
  },
  {
    id: 'term-pem',
    term: 'PEM',
    text: 'DER written in base64 between `-----BEGIN …-----` and `-----END …-----`.',
    faq: 'file-types',
  },
  {
    id: 'term-pin',
    term: 'Pin, SPKI pin',
    text: 'The SHA-256 hash of a public key with its algorithm, in base64. An app that pins accepts a host only when one of its pins is in the validated chain.',
    faq: 'what-is-a-pin',
  },
  {
    id: 'term-pin-set',
    term: 'Pin set',
    text: 'All pins that count for a host together. On Android one match is enough; on iOS one in each list that is filled.',
    faq: 'one-match',
  },
  {
    id: 'term-private-ca',
    term: 'Private CA',
    text: 'A CA that no platform trusts by itself, for a company or a product. Its root has to come to the device before a pin can help.',
    faq: 'private-ca',
  },
  {
    id: 'term-public-suffix',
    term: 'Public suffix',
    text: 'A name below which anybody may have a domain, such as `co.uk` or `github.io`. It is not yours to pin.',
    faq: 'third-party-domains',
  },
  {
    id: 'term-root',
    term: 'Root',
    text: 'A CA certificate that signed itself, at the upper end of a chain. Servers leave it out; devices have it.',
    faq: 'root-not-sent',
  },
  {
    id: 'term-root-store',
    term: 'Root store',
    text: 'The list of roots that a platform trusts. It differs between Android, Apple and browsers, and between versions.',
    faq: 'distrusted-ca',
  },
  {
    id: 'term-rotation',
    term: 'Rotation',
    text: 'Replacing a key that is pinned: first the app learns the next pin, then the server changes.',
    faq: 'rotate',
  },
  {
    id: 'term-sct',
    term: 'SCT, signed certificate timestamp',
    text: 'A log’s receipt for a certificate, and the proof of Certificate Transparency to a device.',
    faq: 'certificate-transparency',
  },
  {
    id: 'term-self-signed',
    term: 'Self-signed',
    text: 'A certificate that was signed with its own key. Roots are; a server certificate that is has no CA above it.',
    faq: 'private-ca',
  },
  {
    id: 'term-spki',
    term: 'SPKI, SubjectPublicKeyInfo',
    text: 'The part of a certificate that holds the public key and names its algorithm. It is what a pin hashes.',
    faq: 'what-is-a-pin',
  },
  {
    id: 'term-tls-inspection',
    term: 'TLS inspection',
    text: 'A gateway, virus scanner or debugging proxy that opens TLS connections and shows a certificate of its own. A pinned app refuses it.',
    faq: 'tls-inspection',
  },
  {
    id: 'term-trust-anchor',
    term: 'Trust anchor',
    text: 'The certificate at which a device ends a path because it trusts it as it is; mostly a root.',
    faq: 'private-ca',
  },
  {
    id: 'term-trust-path',
    term: 'Trust path',
    text: 'The chain that a device builds and checks, from the leaf to a trust anchor. Pins are compared with this one. Devices of different age may build different paths.',
    faq: 'cross-signed-roots',
  },
]
