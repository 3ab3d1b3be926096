import type { FaqAnswerId } from '../answers.ts'
import type { FaqSource } from '../faq-answer.ts'

/** `exact`: nothing else writes this. `likely`: it has a usual cause. `vague`: it has many. */
export type ErrorCertainty = 'exact' | 'likely' | 'vague'

export type ErrorStack =
  'Android' | 'OkHttp' | 'iOS' | 'TrustKit' | 'Alamofire' | 'React Native' | 'Flutter' | 'Ktor' | 'curl'

export interface ErrorEntry {
  /** Part of addresses that people keep: never renamed. */
  readonly id: `error-${string}`
  readonly stack: ErrorStack
  /** As logs have it; `…` stands for what differs. */
  readonly message: string
  /** Each is enough by itself: pieces that must all be there, in lower case, with straight quotes and single spaces. */
  readonly patterns: readonly (readonly string[])[]
  readonly certainty: ErrorCertainty
  readonly meaning: string
  /** What to do, in this order. */
  readonly remedies: readonly string[]
  readonly faq: FaqAnswerId
  /** Where this very message is written or discussed. */
  readonly source: FaqSource
}

const XML_CONFIG_SOURCE = {
  title: 'Android: the parser of the configuration, XmlConfigSource',
  url: 'https://github.com/aosp-mirror/platform_frameworks_base/blob/master/core/java/android/security/net/config/XmlConfigSource.java',
} as const

const CERTIFICATE_PINNER = {
  title: 'OkHttp: CertificatePinner',
  url: 'https://github.com/square/okhttp/blob/master/okhttp/src/commonJvmAndroid/kotlin/okhttp3/CertificatePinner.kt',
} as const

const ALAMOFIRE_ERRORS = {
  title: 'Alamofire: AFError',
  url: 'https://github.com/Alamofire/Alamofire/blob/master/Source/Core/AFError.swift',
} as const

const WHOLE_FILE_REFUSED =
  'Android refuses the whole configuration file, so every connection of the app that uses the platform’s check fails, not this host alone.'

/** Among entries that are equally certain, what says more stands first. */
export const ERROR_DICTIONARY: readonly ErrorEntry[] = [
  {
    id: 'error-android-webview-pin',
    stack: 'Android',
    message: 'X509Util: Failed to validate the certificate chain, error: Pin verification failed',
    patterns: [['failed to validate the certificate chain, error: pin verification failed']],
    certainty: 'exact',
    meaning:
      'A WebView, or a Cronet connection, went to a host of your `pin-set`, and no key of its chain is pinned. WebViews obey the configuration file too.',
    remedies: [
      'See which host the page was loading: it may be one that a sub-domain rule covers by accident.',
      'If the host is meant to be pinned, compare its live chain with the pins. If not, give it a `domain-config` of its own, without a `pin-set` and not nested in the pinned one.',
    ],
    faq: 'webviews',
    source: {
      title: 'OWASP MASTG: Certificate pinning on Android',
      url: 'https://mas.owasp.org/MASTG/knowledge/android/MASVS-NETWORK/MASTG-KNOW-0015/',
    },
  },
  {
    id: 'error-android-pin',
    stack: 'Android',
    message: 'SSLHandshakeException: Pin verification failed',
    patterns: [['pin verification failed']],
    certainty: 'exact',
    meaning:
      'The certificate is trusted, but no key of the chain that Android built is in the `pin-set` of this host. Either the server’s keys have changed, the pins were wrong from the start, or somebody stands between.',
    remedies: [
      'Fetch the live chain in Config and compare: the pins of leaf, intermediate and root stand beside each certificate.',
      'Check which `domain-config` applies. Only the most specific one does, alone.',
      'See whether it fails on some Android versions alone: the same server can end at different roots there.',
      'If the keys have changed in production, serve one that installed apps know.',
    ],
    faq: 'already-broke',
    source: {
      title: 'TrustKit-Android: issue 41',
      url: 'https://github.com/datatheorem/TrustKit-Android/issues/41',
    },
  },
  {
    id: 'error-ktor-darwin-pin',
    stack: 'Ktor',
    message: 'TlsPeerUnverifiedException: Certificate pinning failure!',
    patterns: [['tlspeerunverifiedexception', 'certificate pinning failure!']],
    certainty: 'exact',
    meaning:
      'Ktor’s pinner for the Darwin engine found none of its pins in the chain. It compares text, so a pin without its `=` or in the base64url alphabet never matches, and it can match RSA keys of 1024, 2048, 3072 and 4096 bits, P-256 and P-384 alone.',
    remedies: [
      'Compare both lists in the message: below “Peer certificate chain” what was presented, below “Pinned certificates” what the app has.',
      'Write the pins as 44 characters of standard base64 behind `sha256/`.',
      'If the keys have changed in production, serve one that installed apps know.',
    ],
    faq: 'already-broke',
    source: {
      title: 'Ktor: pull request 4408',
      url: 'https://github.com/ktorio/ktor/pull/4408',
    },
  },
  {
    id: 'error-okhttp-pin',
    stack: 'OkHttp',
    message: 'SSLPeerUnverifiedException: Certificate pinning failure!',
    patterns: [['certificate pinning failure!'], ['peer certificate chain:', 'pinned certificates for']],
    certainty: 'exact',
    meaning:
      'The certificate is trusted, but no key of the chain is among the pins for this host. The message lists both: the keys that were presented, leaf first, and the pins of the app. Retrofit and Ktor on OkHttp say the same.',
    remedies: [
      'Look at the names in the first list. If the issuer is not your CA, somebody stands between: do not take over those pins.',
      'If it is your own new chain, serve one with a key that installed apps know, and ship an update.',
      'While developing: correct the pins. All patterns that match the host count together, and one matching pin is enough.',
    ],
    faq: 'already-broke',
    source: {
      title: 'HTTP Toolkit, android-ssl-pinning-demo: issue 4',
      url: 'https://github.com/httptoolkit/android-ssl-pinning-demo/issues/4',
    },
  },
  {
    id: 'error-android-host-unaware',
    stack: 'Android',
    message:
      'CertificateException: Domain specific configurations require that hostname aware checkServerTrusted(…) is used',
    patterns: [
      ['domain specific configurations require that hostname aware'],
      ['domain specific configurations require that the hostname be provided'],
    ],
    certainty: 'exact',
    meaning:
      'A library asked Android whether it trusts a chain without saying for which host. As soon as the configuration file has one `domain-config`, Android refuses such a question, for every host. Ktor’s CIO engine does so, and some native libraries.',
    remedies: [
      'With Ktor use the OkHttp or the Android engine instead of CIO.',
      'Elsewhere update the library, or let it use `X509TrustManagerExtensions` with the host name.',
      'Removing the pins is not needed; removing every `domain-config` would help and costs them.',
    ],
    faq: 'frameworks',
    source: {
      title: 'C++ REST SDK: issue 1313',
      url: 'https://github.com/microsoft/cpprestsdk/issues/1313',
    },
  },
  {
    id: 'error-android-pin-length',
    stack: 'Android',
    message: 'ParserException: digest length … does not match expected length for SHA-256 of 32',
    patterns: [['digest length', 'does not match expected length for sha-256']],
    certainty: 'exact',
    meaning: `A pin decodes to something other than 32 bytes: hexadecimal instead of base64 (48 bytes), a \`sha256/\` in front, or a part is missing. ${WHOLE_FILE_REFUSED}`,
    remedies: [
      'Write the pin as 44 characters of base64, without a prefix.',
      'Paste it under “Add ready pins” in Config, which recognises the other notations.',
    ],
    faq: 'what-is-a-pin',
    source: XML_CONFIG_SOURCE,
  },
  {
    id: 'error-android-pin-text',
    stack: 'Android',
    message: 'ParserException: Invalid pin digest · Missing pin digest · Unsupported pin digest algorithm: …',
    patterns: [['invalid pin digest'], ['missing pin digest'], ['unsupported pin digest algorithm']],
    certainty: 'exact',
    meaning: `A \`pin\` element is empty, is not base64 (the base64url alphabet with \`-\` and \`_\` is none here), or its \`digest\` is missing or not \`SHA-256\`. ${WHOLE_FILE_REFUSED}`,
    remedies: ['Write `<pin digest="SHA-256">`, then the base64 text and nothing else, on one line.'],
    faq: 'what-is-a-pin',
    source: XML_CONFIG_SOURCE,
  },
  {
    id: 'error-android-expiration',
    stack: 'Android',
    message: 'ParserException: Invalid expiration date in pin-set',
    patterns: [['invalid expiration date in pin-set']],
    certainty: 'exact',
    meaning: `The \`expiration\` is not \`yyyy-MM-dd\`, or no calendar has that day. ${WHOLE_FILE_REFUSED}`,
    remedies: ['Write the date with four, two and two digits, such as `2027-06-01`, or leave the attribute out.'],
    faq: 'expiration',
    source: XML_CONFIG_SOURCE,
  },
  {
    id: 'error-android-duplicate-domain',
    stack: 'Android',
    message: 'ParserException: … has already been specified',
    patterns: [
      ['parserexception', 'has already been specified'],
      ['failed to parse xml configuration from', 'has already been specified'],
    ],
    certainty: 'exact',
    meaning: `One domain stands twice in the file, also when only one of both has sub-domains. ${WHOLE_FILE_REFUSED}`,
    remedies: ['Merge both entries into one `domain-config`, with the pins of both.'],
    faq: 'domain-spellings',
    source: XML_CONFIG_SOURCE,
  },
  {
    id: 'error-android-structure',
    stack: 'Android',
    message: 'ParserException: Multiple pin-set elements not allowed · No domain elements in domain-config · …',
    patterns: [
      ['multiple pin-set elements not allowed'],
      ['multiple trust-anchor elements not allowed'],
      ['only one base-config allowed'],
      ['only one debug-overrides allowed'],
      ['no domain elements in domain-config'],
      ['domain element not allowed in'],
      ['pin-set element not allowed in'],
      ['nested domain-config not allowed in'],
      ['domain contains additional elements'],
      ['pin contains additional elements'],
      ['parserexception', 'domain name missing'],
      ['certificates element missing src attribute'],
      ['unknown certificates src'],
    ],
    certainty: 'exact',
    meaning: `An element of the configuration stands where it may not, twice, or empty. ${WHOLE_FILE_REFUSED}`,
    remedies: [
      'The message names the element and its line in the compiled file.',
      'Each `domain-config` has at least one `domain` of its own, at most one `pin-set` and at most one `trust-anchors`. `base-config` and `debug-overrides` may stand once each, and have no pins.',
    ],
    faq: 'domain-spellings',
    source: XML_CONFIG_SOURCE,
  },
  {
    id: 'error-android-config',
    stack: 'Android',
    message: 'RuntimeException: Failed to parse XML configuration from …',
    patterns: [['failed to parse xml configuration from']],
    certainty: 'likely',
    meaning: `The network security configuration cannot be read. ${WHOLE_FILE_REFUSED}`,
    remedies: [
      'Read on to the line `Caused by: …ParserException`, which says what is wrong, and paste that.',
      'The file is read at the first connection and not at build time, so test the release build once.',
    ],
    faq: 'domain-spellings',
    source: {
      title: 'polyPod: pull request 1216',
      url: 'https://github.com/polypoly-eu/polyPod/pull/1216',
    },
  },
  {
    id: 'error-android-lint-subdomains',
    stack: 'Android',
    message: 'Error: Missing includeSubdomains attribute [NetworkSecurityConfig]',
    patterns: [['missing includesubdomains attribute']],
    certainty: 'exact',
    meaning:
      'Android’s lint wants the attribute on every `domain`, although phones take its absence for `false`. It stops a release build.',
    remedies: ['Write `includeSubdomains="true"` or `"false"` on every `domain`.'],
    faq: 'subdomains',
    source: { title: 'Torn PDA: pull request 155', url: 'https://github.com/Manuito83/torn-pda/pull/155' },
  },
  {
    id: 'error-android-lint-backup',
    stack: 'Android',
    message: 'Warning: A backup <pin> declaration is highly recommended [MissingBackupPin]',
    patterns: [['a backup <pin> declaration is highly recommended'], ['[missingbackuppin]']],
    certainty: 'exact',
    meaning:
      'The `pin-set` has one pin. It works, and leaves no way on when that key is lost. Lint counts elements, so the same pin written twice silences it and helps nobody.',
    remedies: ['Add the pin of a key that is not in service.'],
    faq: 'backup-pin',
    source: {
      title: 'Android lint: MissingBackupPin',
      url: 'https://googlesamples.github.io/android-custom-lint-rules/checks/MissingBackupPin.md.html',
    },
  },
  {
    id: 'error-okhttp-prefix',
    stack: 'OkHttp',
    message: "IllegalArgumentException: pins must start with 'sha256/' or 'sha1/': …",
    patterns: [["pins must start with 'sha256/'"]],
    certainty: 'exact',
    meaning:
      'A pin lacks the prefix that OkHttp wants, or writes it with capital letters. It is thrown when the pinner is built, mostly at the start of the app.',
    remedies: ['Write `sha256/` in lower case, then the base64 text.'],
    faq: 'what-is-a-pin',
    source: CERTIFICATE_PINNER,
  },
  {
    id: 'error-okhttp-hash',
    stack: 'OkHttp',
    message: 'IllegalArgumentException: Invalid pin hash: … · pins must be base64: …',
    patterns: [['invalid pin hash:'], ['pins must be base64:']],
    certainty: 'exact',
    meaning:
      'What follows `sha256/` is not base64. OkHttp does not check the length: a hash that is too short is accepted and never matches.',
    remedies: ['Replace it by 44 characters of base64 that end in `=`.'],
    faq: 'what-is-a-pin',
    source: CERTIFICATE_PINNER,
  },
  {
    id: 'error-okhttp-pattern',
    stack: 'OkHttp',
    message: 'IllegalArgumentException: Invalid pattern: https://… · Unexpected pattern: …',
    patterns: [
      ['illegalargumentexception', 'invalid pattern: '],
      ['illegalargumentexception', 'unexpected pattern: '],
      ['certificatepinner', 'invalid url host'],
    ],
    certainty: 'exact',
    meaning:
      'The pinner takes a host name, `*.` or `**.` before one, and nothing else: no scheme, no port, no path, no star elsewhere. OkHttp before 4.3 let a wrong pattern pass without a word, and then the host was not pinned.',
    remedies: ['Use the bare host. Since 4.3, `**.example.com` covers the name itself and every depth below it.'],
    faq: 'domain-spellings',
    source: { title: 'OkHttp: issue 5804', url: 'https://github.com/lysine-dev/okhttp/issues/5804' },
  },
  {
    id: 'error-okhttp-hostname',
    stack: 'OkHttp',
    message: 'SSLPeerUnverifiedException: Hostname … not verified: certificate: sha256/… subjectAltNames: […]',
    patterns: [
      ['not verified:', 'subjectaltnames:'],
      ['hostname', 'not verified (no certificates)'],
    ],
    certainty: 'exact',
    meaning:
      'The certificate is not for this host: its names stand behind `subjectAltNames`. It has nothing to do with pins, although the message prints the pin of the leaf.',
    remedies: [
      'Let the server present a certificate with the host among its names. The common name does not count.',
      'If another site’s names stand there, the address leads to another server, or a proxy answers.',
    ],
    faq: 'served-chain',
    source: { title: 'OkHttp: issue 3114', url: 'https://github.com/lysine-dev/okhttp/issues/3114' },
  },
  {
    id: 'error-ios-pin-value',
    stack: 'iOS',
    message: 'Public key does not match pinned value',
    patterns: [['public key does not match pinned value']],
    certainty: 'exact',
    meaning:
      'Apple’s trust evaluation compared the chain with `NSPinnedDomains` and found no match in a list that is there. With a leaf list and a CA list, both must match.',
    remedies: [
      'Check in which list each pin stands: a CA’s key never matches in the leaf list, nor a leaf’s in the CA list.',
      'Check that every pin is a `<string>` of 44 characters inside a `<dict>`, with its `=`.',
    ],
    faq: 'one-match',
    source: {
      title: 'Apple: SecFrameworkStrings.h',
      url: 'https://github.com/apple-oss-distributions/Security/blob/main/OSX/sec/Security/SecFrameworkStrings.h',
    },
  },
  {
    id: 'error-ios-1200-9802',
    stack: 'iOS',
    message:
      'NSURLErrorDomain Code=-1200 … _kCFStreamErrorCodeKey=-9802 · HTTP load failed (kCFStreamErrorDomainSSL, -9802)',
    patterns: [
      ['-1200', '-9802'],
      ['kcfstreamerrordomainssl', '-9802'],
    ],
    certainty: 'likely',
    meaning:
      'The handshake ended with an alert. A mismatch with `NSPinnedDomains` looks exactly so, and so do some other failures of trust or of App Transport Security: the code alone does not tell them apart.',
    remedies: [
      'Remove `NSPinnedDomains` in a debug build. If it then connects, the pins are the cause.',
      'With pins: look for a key in the wrong list, a missing `=`, or both lists at once. A list that holds nothing readable refuses every connection.',
      'Without: open the address in Safari on the same device, and look for an end date or a missing intermediate.',
    ],
    faq: 'one-match',
    source: {
      title: 'Apple Developer Forums: Identity pinning and its errors',
      url: 'https://developer.apple.com/forums/thread/731368',
    },
  },
  {
    id: 'error-ios-999',
    stack: 'iOS',
    message: 'NSURLErrorDomain Code=-999 "cancelled"',
    patterns: [
      ['nsurlerrordomain', '-999'],
      ['kcferrordomaincfnetwork', '-999'],
      ['finished with error', '-999'],
    ],
    certainty: 'likely',
    meaning:
      'The app’s own code cancelled the connection. A delegate that pins does so on a mismatch: one of yours, TrustKit’s, Alamofire 4, AFNetworking. So does code that simply gives a request up. Pins in Info.plist do not end like this.',
    remedies: [
      'Look for what the delegate logged just before.',
      'If it compares certificates, a renewal breaks it; let it compare keys.',
      'If nothing pins, look for a session or a task that is released too early.',
    ],
    faq: 'when-a-pin-fails',
    source: { title: 'TrustKit: issue 39', url: 'https://github.com/datatheorem/TrustKit/issues/39' },
  },
  {
    id: 'error-ios-1202',
    stack: 'iOS',
    message:
      'NSURLErrorDomain Code=-1202 "The certificate for this server is invalid. …" · NSURLErrorServerCertificateUntrusted',
    patterns: [
      ['nsurlerrorservercertificateuntrusted'],
      ['nsurlerrordomain', '-1202'],
      ['kcferrordomaincfnetwork', '-1202'],
      ['the certificate for this server is invalid'],
    ],
    certainty: 'likely',
    meaning:
      'The normal check failed: the device does not trust this certificate for this host. AFNetworking reports its own pinning failures so as well; pins in Info.plist were seen to give -1200.',
    remedies: [
      'Behind `_kCFStreamErrorCodeKey` stands more: -9813 no trusted root, -9807 an invalid chain, -9843 another host name.',
      'For a private CA, install its root and switch on full trust for it. A pin makes nothing trusted.',
    ],
    faq: 'private-ca',
    source: {
      title: 'AFNetworking: pull request 3191',
      url: 'https://github.com/AFNetworking/AFNetworking/pull/3191',
    },
  },
  {
    id: 'error-ios-trust',
    stack: 'iOS',
    message: 'Connection 1: default TLS Trust evaluation failed(-9807) · TIC SSL Trust Error [1:0x…]: 3:0',
    patterns: [['tls trust evaluation failed'], ['tls trust encountered error'], ['tic ssl trust error']],
    certainty: 'likely',
    meaning:
      'The system’s own evaluation refused the chain: an unknown root, an end date, a name, a missing intermediate. `TIC SSL Trust Error` is how iOS 11 and 12 said so, which knew no pins in Info.plist; the number comes in a line after it, behind `kCFStreamErrorDomainSSL`.',
    remedies: [
      'Mend the chain first: pins are looked at only when it is trusted.',
      'Look up the number: -9807 an invalid chain, -9813 no trusted root, -9843 another host name.',
    ],
    faq: 'served-chain',
    source: {
      title: 'IBM Hyper Protect MBaaS: issue 21',
      url: 'https://github.com/carekit-apple/IBM-HyperProtectMBaaS/issues/21',
    },
  },
  {
    id: 'error-ios-boringssl-alert',
    stack: 'iOS',
    message: 'boringssl_context_handle_fatal_alert(…) … write alert, level: fatal, description: certificate unknown',
    patterns: [['boringssl_context_handle_fatal_alert']],
    certainty: 'vague',
    meaning:
      'TLS ended with an alert, and the line says whose. `write alert`: the phone refuses the server, for its chain or for pins in Info.plist, which it does not tell apart. `read alert`: the server refuses the phone, often since it wants a client certificate, a newer version of TLS or another host name.',
    remedies: [
      'After `write alert`, look for the error of the task: -1202 is about the chain, and -1200 with -9802 is how a wrong pin in Info.plist ends.',
      'Remove `NSPinnedDomains` in a debug build. If it then connects, the pins are the cause.',
      'After `read alert`, look into the log of the server. Pins play no part there.',
    ],
    faq: 'one-match',
    source: {
      title: 'Apple Developer Forums: BoringSSL certificate verification failure',
      url: 'https://developer.apple.com/forums/thread/132286',
    },
  },
  {
    id: 'error-ios-cleartext',
    stack: 'iOS',
    message: 'NSURLErrorDomain Code=-1022 … App Transport Security policy requires the use of a secure connection',
    patterns: [
      ['app transport security policy requires the use of a secure connection'],
      ['app transport security has blocked a cleartext'],
      ['nsurlerrordomain', '-1022'],
    ],
    certainty: 'exact',
    meaning: 'The app asked for an `http://` address, which App Transport Security forbids. No pin is involved.',
    remedies: ['Use `https://`. An exception for plain HTTP would also be without pins.'],
    faq: 'what-is-pinning',
    source: {
      title: 'MVVMReactiveCocoa: issue 77',
      url: 'https://github.com/leichunfeng/MVVMReactiveCocoa/issues/77',
    },
  },
  {
    id: 'error-trustkit-two-pins',
    stack: 'TrustKit',
    message: 'TrustKit was initialized with less than two pins (ie. no backup pins) for domain …',
    patterns: [['less than two pins'], ['trustkit', 'less than 2 pins']],
    certainty: 'exact',
    meaning:
      'TrustKit stops the app at its start when a host that it enforces has fewer than two different pins. It is the library’s way to insist on a backup. React Native libraries on top of it say the same on iOS.',
    remedies: ['Add the pin of a key that is not in service. A made-up hash silences the message and is no backup.'],
    faq: 'backup-pin',
    source: { title: 'TrustKit: issue 29', url: 'https://github.com/datatheorem/TrustKit/issues/29' },
  },
  {
    id: 'error-trustkit-invalid-pin',
    stack: 'TrustKit',
    message: 'TrustKit was initialized with an invalid Pin …',
    patterns: [['trustkit was initialized with an invalid pin']],
    certainty: 'exact',
    meaning: 'A hash is not strict base64 of 32 bytes, so TrustKit stops the app at its start.',
    remedies: ['Write 44 characters of standard base64 with the `=`, without a prefix.'],
    faq: 'what-is-a-pin',
    source: { title: 'TrustKit: issue 228', url: 'https://github.com/datatheorem/TrustKit/issues/228' },
  },
  {
    id: 'error-trustkit-pin',
    stack: 'TrustKit',
    message: 'TrustKit: Error: SSL Pin not found for … · Pin validation failed for …',
    patterns: [['ssl pin not found for'], ['pin validation failed for']],
    certainty: 'exact',
    meaning:
      'No key of the evaluated chain is pinned. The lines “Checking certificate with CN” above say which chain it was, root first. The app sees -999 “cancelled”.',
    remedies: [
      'Compare those names with your CA.',
      'The hashes in the log are hexadecimal. “Add ready pins” in Config turns them into pins.',
    ],
    faq: 'already-broke',
    source: { title: 'TrustKit: issue 146', url: 'https://github.com/datatheorem/TrustKit/issues/146' },
  },
  {
    id: 'error-trustkit-chain',
    stack: 'TrustKit',
    message: 'TSKTrustEvaluationFailedInvalidCertificateChain · default SSL validation failed for …',
    patterns: [['tsktrustevaluationfailedinvalidcertificatechain'], ['default ssl validation failed for']],
    certainty: 'exact',
    meaning:
      'The system’s own check failed before any pin was compared. TrustKit then blocks the connection even where it does not enforce pins.',
    remedies: ['Open the host in Safari on the same device and mend the chain: intermediate, end date, name, trust.'],
    faq: 'served-chain',
    source: { title: 'TrustKit: issue 227', url: 'https://github.com/datatheorem/TrustKit/issues/227' },
  },
  {
    id: 'error-trustkit-domain',
    stack: 'TrustKit',
    message: 'ConfigurationException: Tried to pin an invalid domain: … · Policy contains 0 domains to pin',
    patterns: [
      ['tried to pin an invalid domain'],
      ['tried to pin a public suffix'],
      ['policy contains 0 domains to pin'],
    ],
    certainty: 'exact',
    meaning:
      'TrustKit-Android read the network security configuration and found no domain that it can pin: a name that is none, a whole public suffix, or no `pin-set` at all.',
    remedies: [
      'Write bare host names, without `<`, scheme or star.',
      'From Android 7.0 on the platform itself pins; TrustKit only adds reports there.',
    ],
    faq: 'domain-spellings',
    source: {
      title: 'TrustKit-Android: issue 90',
      url: 'https://github.com/datatheorem/TrustKit-Android/issues/90',
    },
  },
  {
    id: 'error-trustkit-configuration',
    stack: 'TrustKit',
    message: "Terminating app due to uncaught exception 'TrustKit configuration invalid'",
    patterns: [['trustkit configuration invalid']],
    certainty: 'vague',
    meaning: 'TrustKit refuses its configuration when the app starts; the reason follows in the same line.',
    remedies: [
      'Usual reasons: one pin only, a hash that is not base64 of 32 bytes, a host without a public suffix such as `localhost` or an IP address, sub-domains of a whole suffix.',
    ],
    faq: 'domain-spellings',
    source: { title: 'TrustKit: issue 231', url: 'https://github.com/datatheorem/TrustKit/issues/231' },
  },
  {
    id: 'error-alamofire-pin',
    stack: 'Alamofire',
    message: 'Server trust evaluation failed due to reason: Public key pinning failed for host …',
    patterns: [
      ['public key pinning failed for host'],
      ['certificate pinning failed for host'],
      ['publickeypinningfailed'],
      ['certificatepinningfailed'],
    ],
    certainty: 'exact',
    meaning:
      'The chain is trusted, and none of its keys (or, with `PinnedCertificatesTrustEvaluator`, none of its certificates) is among those in the app. Comparing certificates breaks at every renewal.',
    remedies: [
      'Compare the certificates in the bundle with the live chain.',
      'Use keys instead of certificates, or `NSPinnedDomains`, so that a renewal with the same key passes.',
    ],
    faq: 'key-not-certificate',
    source: ALAMOFIRE_ERRORS,
  },
  {
    id: 'error-alamofire-evaluator',
    stack: 'Alamofire',
    message: 'A ServerTrustEvaluating value is required for host … but none was found.',
    patterns: [['a servertrustevaluating value is required for host'], ['norequiredevaluator']],
    certainty: 'exact',
    meaning:
      'The session has a `ServerTrustManager`, and this host is not in it. By default every host must be. Names are compared exactly: a parent does not cover its sub-domains.',
    remedies: [
      'Add the host with an evaluator of its own, in lower case.',
      'Or pass `allHostsMustBeEvaluated: false`: hosts that are not listed are then checked as usual, without pins.',
    ],
    faq: 'subdomains',
    source: { title: 'Apexy: pull request 46', url: 'https://github.com/RedMadRobot/apexy-ios/pull/46' },
  },
  {
    id: 'error-alamofire-empty',
    stack: 'Alamofire',
    message: 'No certificates were found or provided for evaluation. · No public keys were found …',
    patterns: [
      ['no certificates were found or provided for evaluation'],
      ['no public keys were found or provided for evaluation'],
    ],
    certainty: 'exact',
    meaning:
      'The evaluator found no certificate in the app’s main bundle. It looks for DER files that end in `cer`, `crt` or `der`.',
    remedies: [
      'Check that the file is in the target, and that it is DER and not PEM.',
      'The output “Certificates” in the iOS tab writes DER.',
    ],
    faq: 'file-types',
    source: { title: 'Alamofire: issue 3363', url: 'https://github.com/Alamofire/Alamofire/issues/3363' },
  },
  {
    id: 'error-alamofire-trust',
    stack: 'Alamofire',
    message: 'SecTrust evaluation failed with error: …',
    patterns: [['sectrust evaluation failed with error']],
    certainty: 'likely',
    meaning: 'The system’s own check failed; pins were not compared. The rest of the message says why.',
    remedies: ['Mend what it names: a host name, an end date, an unknown issuer.'],
    faq: 'private-ca',
    source: { title: 'Alamofire: issue 3108', url: 'https://github.com/Alamofire/Alamofire/issues/3108' },
  },
  {
    id: 'error-ktor-darwin-request',
    stack: 'Ktor',
    message: 'DarwinHttpRequestException: Exception in http request: …',
    patterns: [['darwinhttprequestexception']],
    certainty: 'vague',
    meaning:
      'A request of Ktor’s Darwin engine failed. Versions before the change in the source hid a pinning failure behind it. With `validateTrust = false` a self-signed server was reported to fail with -1200 although its pin matched.',
    remedies: [
      'Read the `NSError` inside, and paste its domain and code.',
      'Update Ktor: newer versions throw `TlsPeerUnverifiedException` for a pin.',
    ],
    faq: 'frameworks',
    source: { title: 'Ktor: issue 5871', url: 'https://github.com/ktorio/ktor/issues/5871' },
  },
  {
    id: 'error-flutter-fingerprint',
    stack: 'Flutter',
    message: "PlatformException(CONNECTION_NOT_SECURE, Connection is not secure, Fingerprint doesn't match)",
    patterns: [['connection_not_secure'], ['certificatenotverifiedexception']],
    certainty: 'likely',
    meaning:
      'The package `http_certificate_pinning` compares the fingerprint of the whole leaf certificate, in hexadecimal, on a connection of its own before the request. It breaks at every renewal, also one with the same key. Some versions were reported to say the same without a network.',
    remedies: [
      'After a renewal, ship the new fingerprint; before it, ship both.',
      'Consider a way that compares keys: `NSPinnedDomains` works for Flutter on iOS, the Android file does not.',
    ],
    faq: 'frameworks',
    source: {
      title: 'http_certificate_pinning: issue 37',
      url: 'https://github.com/diefferson/http_certificate_pinning/issues/37',
    },
  },
  {
    id: 'error-flutter-unverifiable',
    stack: 'Flutter',
    message: 'CertificateCouldNotBeVerifiedException: Unable to verify certificates',
    patterns: [['certificatecouldnotbeverifiedexception']],
    certainty: 'likely',
    meaning:
      'The package `http_certificate_pinning` could not fetch the certificate to compare it, for example on a weak network. No mismatch was found.',
    remedies: ['Treat it as a network error and offer to try again. Version 3.0.1 is said to mend this.'],
    faq: 'when-a-pin-fails',
    source: {
      title: 'http_certificate_pinning: issue 67',
      url: 'https://github.com/diefferson/http_certificate_pinning/issues/67',
    },
  },
  {
    id: 'error-flutter-dio',
    stack: 'Flutter',
    message: 'DioException [bad certificate]: The certificate of the response is not approved.',
    patterns: [
      ['dioexception [bad certificate]'],
      ['dioexceptiontype.badcertificate'],
      ['the certificate of the response is not approved'],
    ],
    certainty: 'exact',
    meaning:
      'The app’s own `validateCertificate` returned false. Dio asks it after the normal check has passed, and shows it the leaf alone, so most code there compares a fingerprint of the whole certificate, which every renewal changes. With the request the answer has come already: what was sent has left the phone.',
    remedies: [
      'Compare the fingerprint in the app with that of the certificate which the server presents today.',
      'Compare the key instead of the certificate, or let `SecurityContext` trust the CA of your choice alone.',
      'On iOS and macOS pins in Info.plist hold for Dart as well, and end before anything is sent.',
    ],
    faq: 'frameworks',
    source: { title: 'Dio: pull request 2174', url: 'https://github.com/cfug/dio/pull/2174' },
  },
  {
    id: 'error-flutter-application',
    stack: 'Flutter',
    message: 'HandshakeException: … CERTIFICATE_VERIFY_FAILED: application verification failure',
    patterns: [['certificate_verify_failed', 'application verification failure']],
    certainty: 'likely',
    meaning:
      'The check that Dart hands to somebody else refused the chain. On iOS and macOS that is the system, for any reason it has: an end date, an unknown root and, since Dart obeys Info.plist there, most likely also a mismatch with `NSPinnedDomains`.',
    remedies: [
      'Remove `NSPinnedDomains` in a debug build. If it then connects, the pins are the cause.',
      'Else open the address in Safari on the same device.',
    ],
    faq: 'frameworks',
    source: { title: 'dart-lang/http: issue 963', url: 'https://github.com/dart-lang/http/issues/963' },
  },
  {
    id: 'error-flutter-local-issuer',
    stack: 'Flutter',
    message: 'HandshakeException: … CERTIFICATE_VERIFY_FAILED: unable to get local issuer certificate',
    patterns: [['certificate_verify_failed', 'unable to get local issuer certificate']],
    certainty: 'likely',
    meaning:
      'Dart knows no trusted CA above the certificate. Mostly the server leaves out an intermediate; else the CA is private, a proxy is on, or the phone’s roots are old. The Android configuration file does not change this: Dart does not read it.',
    remedies: [
      'Fetch the live chain in Config; Results says when an intermediate is missing.',
      'For a private CA give its certificate to a `SecurityContext`.',
    ],
    faq: 'served-chain',
    source: { title: 'Dart SDK: issue 43024', url: 'https://github.com/dart-lang/sdk/issues/43024' },
  },
  {
    id: 'error-flutter-expired',
    stack: 'Flutter',
    message: 'HandshakeException: … CERTIFICATE_VERIFY_FAILED: certificate has expired',
    patterns: [['certificate_verify_failed', 'certificate has expired']],
    certainty: 'likely',
    meaning: 'A certificate of the chain has ended, or the device’s clock is wrong. Pins are not involved.',
    remedies: ['Look at the end dates in Results, of the intermediates too.', 'On single devices, check the date.'],
    faq: 'served-chain',
    source: { title: 'omi: issue 4118', url: 'https://github.com/BasedHardware/omi/issues/4118' },
  },
  {
    id: 'error-flutter-handshake',
    stack: 'Flutter',
    message: 'HandshakeException: Handshake error in client (OS Error: CERTIFICATE_VERIFY_FAILED: …)',
    patterns: [['handshake error in client'], ['certificate_verify_failed', 'handshake.cc']],
    certainty: 'vague',
    meaning: 'Dart’s own check refused the chain. What stands behind `CERTIFICATE_VERIFY_FAILED` is the reason.',
    remedies: [
      'Paste the message with that part.',
      'Never answer it with a `badCertificateCallback` that returns true.',
    ],
    faq: 'frameworks',
    source: { title: 'Flutter: issue 21218', url: 'https://github.com/flutter/flutter/issues/21218' },
  },
  {
    id: 'error-react-native',
    stack: 'React Native',
    message: 'TypeError: Network request failed · AxiosError: Network Error · ERR_NETWORK',
    patterns: [['network request failed'], ['err_network'], ['axioserror', 'network error']],
    certainty: 'vague',
    meaning:
      'All that JavaScript gets to know is that the request failed. No network, a wrong address, an untrusted certificate and a pin that does not match look alike.',
    remedies: [
      'Read the native log: `adb logcat` on Android, the console of Xcode on iOS. Paste what stands there.',
      'With `react-native-ssl-public-key-pinning`, `addSslPinningErrorListener` reports mismatches.',
    ],
    faq: 'frameworks',
    source: { title: 'axios: issue 6760', url: 'https://github.com/axios/axios/issues/6760' },
  },
  {
    id: 'error-android-trust-anchor',
    stack: 'Android',
    message: 'CertPathValidatorException: Trust anchor for certification path not found.',
    patterns: [['trust anchor for certification path not found']],
    certainty: 'likely',
    meaning:
      'Android finds no way from the certificate to a root that it trusts. Pins were not compared. The server leaves out an intermediate, the CA is private, a proxy stands between, or the phone is older than the root.',
    remedies: [
      'Fetch the live chain in Config; Results says what is missing and which Android versions know the root.',
      'For a private CA, name its root under `trust-anchors`. A pin makes nothing trusted.',
      'For a debugging proxy, use `debug-overrides`.',
    ],
    faq: 'served-chain',
    source: {
      title: 'cwac-netsecurity: issue 19',
      url: 'https://github.com/commonsguy/cwac-netsecurity/issues/19',
    },
  },
  {
    id: 'error-android-chain-validation',
    stack: 'Android',
    message: 'SSLHandshakeException: Chain validation failed',
    patterns: [['chain validation failed'], ['timestamp check failed']],
    certainty: 'likely',
    meaning:
      'Android found a trusted path and then refused it, mostly for a date: the device’s clock is wrong, or a certificate of the chain has ended. Pins were not compared.',
    remedies: [
      'Check the date of the device. Some reset it at every start and correct it a moment later.',
      'Look at the end dates in Results, of the intermediates too.',
    ],
    faq: 'served-chain',
    source: { title: 'OkHttp: issue 3180', url: 'https://github.com/lysine-dev/okhttp/issues/3180' },
  },
  {
    id: 'error-android-cleartext',
    stack: 'Android',
    message: 'UnknownServiceException: CLEARTEXT communication to … not permitted by network security policy',
    patterns: [['cleartext', 'not permitted by network security policy']],
    certainty: 'exact',
    meaning:
      'The app asked for an `http://` address. No pin is involved, but a configuration file can bring it about: with one, Android no longer looks at `usesCleartextTraffic` in the manifest.',
    remedies: ['Use `https://`. For a development server allow plain HTTP for that host alone, in the debug build.'],
    faq: 'what-is-pinning',
    source: { title: 'Transportr: pull request 552', url: 'https://github.com/grote/Transportr/pull/552' },
  },
  {
    id: 'error-chromium-authority',
    stack: 'Android',
    message: 'net::ERR_CERT_AUTHORITY_INVALID',
    patterns: [['err_cert_authority_invalid'], ['handshake failed', 'net_error -202']],
    certainty: 'vague',
    meaning:
      'A WebView or Cronet asked Android about the chain, and Android refused it. Chromium gives every such refusal this one name: no trusted root, a missing intermediate, a CA that only the user installed, and also a pin of the configuration file that does not match.',
    remedies: [
      'Look for the line of `X509Util` just before: behind `Failed to validate the certificate chain, error:` stands the true cause.',
      'If that is `Pin verification failed`, compare the live chain with the pins of the host that the page was loading.',
      'If it is about a trust anchor, let the server send its intermediates, or name a private CA in `trust-anchors`. Never go on in `onReceivedSslError`.',
    ],
    faq: 'webviews',
    source: {
      title: 'Chromium: X509Util',
      url: 'https://github.com/chromium/chromium/blob/main/net/android/java/src/org/chromium/net/X509Util.java',
    },
  },
  {
    id: 'error-chromium-pin',
    stack: 'Android',
    message: 'net::ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN',
    patterns: [['ssl_pinned_key_not_in_cert_chain']],
    certainty: 'likely',
    meaning:
      'Chromium’s network code found none of the pins that were given to it: with Cronet those of `addPublicKeyPins`, in Chrome its built-in ones. Pins of the configuration file show as `Pin verification failed` instead.',
    remedies: [
      'Compare the pins given to `addPublicKeyPins` with the live chain. They are raw bytes there, 32 each.',
      'In a browser, another application may be intercepting the connection.',
    ],
    faq: 'webviews',
    source: {
      title: 'Chromium Embedded Framework: issue 2467',
      url: 'https://github.com/chromiumembedded/cef/issues/2467',
    },
  },
  {
    id: 'error-curl-pin',
    stack: 'curl',
    message: 'curl: (90) SSL: public key does not match pinned public key!',
    patterns: [['public key does not match pinned public key'], ['curl: (90)']],
    certainty: 'exact',
    meaning:
      'The server’s own key is none of those behind `--pinnedpubkey`. curl looks at the leaf alone: the pin of an intermediate or a root never matches. It wants `sha256//` with two slashes, and the `=`.',
    remedies: [
      'Pin the leaf’s key, and separate several pins by `;` without a space.',
      'A redirect leads to another host with another key: ask each host by itself.',
    ],
    faq: 'leaf-intermediate-root',
    source: { title: 'curl: issue 20538', url: 'https://github.com/curl/curl/issues/20538' },
  },
  {
    id: 'error-curl-trust',
    stack: 'curl',
    message: 'curl: (60) SSL certificate problem: …',
    patterns: [['curl: (60)'], ['ssl certificate problem:']],
    certainty: 'likely',
    meaning:
      'curl does not trust the chain; the end of the line says why. Its CA list is the computer’s, not a phone’s.',
    remedies: [
      'For “unable to get local issuer certificate” look for an intermediate that the server leaves out.',
      'For a private CA use `--cacert`. `--insecure` does not switch pins off, and everything else it does.',
    ],
    faq: 'served-chain',
    source: { title: 'curl: SSL CA certificates', url: 'https://curl.se/docs/sslcerts.html' },
  },
  {
    id: 'error-ios-1200',
    stack: 'iOS',
    message:
      'NSURLErrorDomain Code=-1200 "An SSL error has occurred and a secure connection to the server cannot be made."',
    patterns: [
      ['nsurlerrordomain', '-1200'],
      ['kcferrordomaincfnetwork', '-1200'],
      ['an ssl error has occurred and a secure connection to the server cannot be made'],
    ],
    certainty: 'vague',
    meaning:
      'The TLS handshake failed. The number behind `_kCFStreamErrorCodeKey` says more: -9802 is how a wrong pin in Info.plist ends, -9816 is a server that hung up.',
    remedies: [
      'Paste the whole message with that number.',
      'Remove `NSPinnedDomains` in a debug build. If it then connects, the pins are the cause.',
    ],
    faq: 'one-match',
    source: { title: 'Bugly: issue 106', url: 'https://github.com/BuglyDevTeam/Bugly-iOS/issues/106' },
  },
]
