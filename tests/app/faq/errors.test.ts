import { describe, expect, test } from 'vitest'
import { ERROR_DICTIONARY } from '../../../src/app/faq/errors/error-dictionary.ts'
import { errorAnswer } from '../../../src/app/faq/errors/error-answer.ts'
import { logPins } from '../../../src/app/faq/errors/log-pins.ts'
import { LONGEST_LOG, matchErrors, plain } from '../../../src/app/faq/errors/match-errors.ts'
import { splitInline } from '../../../src/app/faq/inline-text.ts'
import { readPins } from '../../../src/core/pins/read-pins.ts'

const PINNING_DEMO = `10-13 10:20:36.556  3863  3888 I System.out: javax.net.ssl.SSLPeerUnverifiedException: Certificate pinning failure!
10-13 10:20:36.556  3863  3888 I System.out:   Peer certificate chain:
10-13 10:20:36.556  3863  3888 I System.out:     sha256/J2Rs/XhqmFqx7ihj0wVdUwVKMp9txlbWZCUK6zdaylg=: CN=*.badssl.com
10-13 10:20:36.556  3863  3888 I System.out:     sha256/y7xVm0TVJNahMr2sZydE2jQH8SquXV9yLF9seROHHHU=: CN=E7,O=Let's Encrypt,C=US
10-13 10:20:36.556  3863  3888 I System.out:     sha256/C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=: CN=ISRG Root X1,O=Internet Security Research Group,C=US
10-13 10:20:36.556  3863  3888 I System.out:   Pinned certificates for ecc384.badssl.com:
10-13 10:20:36.556  3863  3888 I System.out:     sha256/NYbU7PBwV4y9J67c4guWTki8FJ+uudrXL0a4V4aRcrg=
10-13 10:20:36.556  3863  3888 I System.out:     sha256/jQJTbIh0grw0/1TkHSumWb+Fs0Ggogr621gT3PvPKG0=`

const KTOR_FAILURE = `io.ktor.network.tls.TlsPeerUnverifiedException: Certificate pinning failure!
  Peer certificate chain:
    sha256/J2Rs/XhqmFqx7ihj0wVdUwVKMp9txlbWZCUK6zdaylg=: publicobject.com
  Pinned certificates for publicobject.com:
    sha256/NYbU7PBwV4y9J67c4guWTki8FJ+uudrXL0a4V4aRcrg=`

/** What people posted, or what the source prints with its arguments filled in, by the entry that has to stand first. */
const LOGS: readonly (readonly [id: string, log: string])[] = [
  ['error-android-webview-pin', 'I/X509Util: Failed to validate the certificate chain, error: Pin verification failed'],
  ['error-android-pin', 'javax.net.ssl.SSLHandshakeException: Pin verification failed'],
  ['error-okhttp-pin', PINNING_DEMO],
  ['error-ktor-darwin-pin', KTOR_FAILURE],
  [
    'error-android-host-unaware',
    'TLS handshake failed: Domain specific configurations require that hostname aware checkServerTrusted(X509Certificate[], String, String) is used',
  ],
  [
    'error-android-pin-length',
    `java.lang.RuntimeException: Failed to parse XML configuration from network_security_config
Caused by: android.security.net.config.XmlConfigSource$ParserException: digest length 48 does not match expected length for SHA-256 of 32 at: Binary XML file line #7`,
  ],
  [
    'error-android-pin-text',
    'android.security.net.config.XmlConfigSource$ParserException: Unsupported pin digest algorithm: SHA-1 at: Binary XML file line #5',
  ],
  [
    'error-android-expiration',
    'Caused by: android.security.net.config.XmlConfigSource$ParserException: Invalid expiration date in pin-set at: Binary XML file line #4',
  ],
  [
    'error-android-duplicate-domain',
    'Caused by: android.security.net.config.XmlConfigSource$ParserException: example.com has already been specified at: Binary XML file line #12',
  ],
  [
    'error-android-structure',
    'Caused by: android.security.net.config.XmlConfigSource$ParserException: No domain elements in domain-config at: Binary XML file line #9',
  ],
  [
    'error-android-config',
    'Exception java.lang.RuntimeException: Unable to instantiate application android.app.Application: java.lang.RuntimeException: Failed to parse XML configuration from network_security_config',
  ],
  [
    'error-android-lint-subdomains',
    'network_security_config.xml:6: Error: Missing includeSubdomains attribute [NetworkSecurityConfig]',
  ],
  [
    'error-android-lint-backup',
    'res/xml/network_config.xml:5: Warning: A backup <pin> declaration is highly recommended [MissingBackupPin]',
  ],
  ['error-okhttp-prefix', "java.lang.IllegalArgumentException: pins must start with 'sha256/' or 'sha1/': SHA256/abc"],
  ['error-okhttp-hash', 'java.lang.IllegalArgumentException: Invalid pin hash: sha256/***'],
  [
    'error-okhttp-pattern',
    `java.lang.IllegalArgumentException: Invalid pattern: https://www.domain.com/
        at okhttp3.CertificatePinner$Pin.<init>`,
  ],
  [
    'error-okhttp-hostname',
    `javax.net.ssl.SSLPeerUnverifiedException: Hostname 195.168.2.68 not verified:
       certificate: sha256/rxO7r+KJOj2iTLR+MPWF7rNV45BYYQKvhlsb4K6yHXE=
       DN: CN=test sandbox,OU=it,O=abc,L=newyork,ST=western,C=us
       subjectAltNames: []`,
  ],
  ['error-ios-pin-value', 'Public key does not match pinned value'],
  [
    'error-ios-1200-9802',
    'Task <4ACF12FD>.<5> finished with error [-1200] Error Domain=NSURLErrorDomain Code=-1200 "An SSL error has occurred and a secure connection to the server cannot be made." UserInfo={_kCFStreamErrorDomainKey=3, _kCFStreamErrorCodeKey=-9802}',
  ],
  [
    'error-ios-999',
    'Error Domain=NSURLErrorDomain Code=-999 "cancelled" UserInfo={NSErrorFailingURLKey=https://evolve.cipherhealth.com/, NSLocalizedDescription=cancelled}',
  ],
  [
    'error-ios-1202',
    'Error Domain=NSURLErrorDomain Code=-1202 "The certificate for this server is invalid. You might be connecting to a server that is pretending to be “10.254.163.191” which could put your confidential information at risk." UserInfo={_kCFStreamErrorCodeKey=-9813}',
  ],
  [
    'error-ios-trust',
    'Connection 1: default TLS Trust evaluation failed(-9807)\nConnection 1: encountered error(3:-9807)',
  ],
  [
    'error-ios-boringssl-alert',
    '[BoringSSL] boringssl_context_handle_fatal_alert(1873) [C12.1:1][0x1151122e0] write alert, level: fatal, description: certificate unknown',
  ],
  [
    'error-ios-cleartext',
    "App Transport Security has blocked a cleartext HTTP (http://) resource load since it is insecure. Temporary exceptions can be configured via your app's Info.plist file.",
  ],
  [
    'error-trustkit-two-pins',
    "*** Terminating app due to uncaught exception 'TrustKit configuration invalid', reason: 'TrustKit was initialized with less than two pins (ie. no backup pins) for domain www.datatheorem.com'",
  ],
  ['error-trustkit-invalid-pin', "reason: 'TrustKit was initialized with an invalid Pin abc for domain example.com'"],
  [
    'error-trustkit-pin',
    `=== TrustKit: Testing SSL Pin <70f8beba 49a87d05 f5768df9 5e8a4665 caf331ec 41a1394c 4ab60d25 3be7255f>
=== TrustKit: Error: SSL Pin not found for example.com
=== TrustKit: Pin validation failed for example.com`,
  ],
  ['error-trustkit-chain', 'Connection get refused with error "TSKTrustEvaluationFailedInvalidCertificateChain"'],
  [
    'error-trustkit-domain',
    'Caused by: com.datatheorem.android.trustkit.config.ConfigurationException: Tried to pin an invalid domain: <mydomain.com>',
  ],
  [
    'error-trustkit-configuration',
    "Terminating app due to uncaught exception 'TrustKit configuration invalid', reason: 'TrustKit was initialized with an invalid value for TSKPublicKeyAlgorithms for domain www.datatheorem.com'.",
  ],
  [
    'error-alamofire-pin',
    'Server trust evaluation failed due to reason: Certificate pinning failed for host api.example.com.',
  ],
  [
    'error-alamofire-evaluator',
    'Server trust evaluation failed due to reason: A ServerTrustEvaluating value is required for host video.xx.fbcdn.net but none was found.',
  ],
  [
    'error-alamofire-empty',
    'Server trust evaluation failed due to reason: No certificates were found or provided for evaluation.',
  ],
  [
    'error-alamofire-trust',
    'Server trust evaluation failed due to reason: SecTrust evaluation failed with error: “*.xxx.com.tw” certificate name does not match input',
  ],
  ['error-ktor-darwin-request', 'io.ktor.client.engine.darwin.DarwinHttpRequestException: Exception in http request'],
  [
    'error-flutter-fingerprint',
    "PlatformException(CONNECTION_NOT_SECURE, Connection is not secure, Fingerprint doesn't match, null)",
  ],
  ['error-flutter-unverifiable', 'CertificateCouldNotBeVerifiedException: Unable to verify certificates'],
  [
    'error-flutter-dio',
    'DioException [bad certificate]: The certificate of the response is not approved.\nError: Instance of _X509CertificateImpl',
  ],
  [
    'error-flutter-application',
    'HandshakeException: Handshake error in client (OS Error: \n\tCERTIFICATE_VERIFY_FAILED: application verification failure(handshake.cc:391))',
  ],
  [
    'error-flutter-local-issuer',
    'I/flutter ( 8182): ║  HandshakeException: Handshake error in client (OS Error: \nI/flutter ( 8182): \tCERTIFICATE_VERIFY_FAILED: unable to get local issuer certificate(handshake.cc:354))',
  ],
  [
    'error-flutter-expired',
    'HandshakeException: Handshake error in client (OS Error: CERTIFICATE_VERIFY_FAILED: certificate has expired(handshake.cc:297))',
  ],
  [
    'error-flutter-handshake',
    'HandshakeException: Handshake error in client (OS Error:\n\tCERTIFICATE_VERIFY_FAILED: ok(handshake.cc:354))',
  ],
  ['error-react-native', '[TypeError: Network request failed]'],
  [
    'error-android-trust-anchor',
    'javax.net.ssl.SSLHandshakeException: java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.',
  ],
  ['error-android-chain-validation', 'javax.net.ssl.SSLHandshakeException: Chain validation failed'],
  [
    'error-android-cleartext',
    'java.net.UnknownServiceException: CLEARTEXT communication to fahrplan.oebb.at not permitted by network security policy',
  ],
  [
    'error-chromium-authority',
    '[ERROR:ssl_client_socket_impl.cc(992)] handshake failed; returned -1, SSL error code 1, net_error -202',
  ],
  ['error-chromium-pin', 'NET::ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN'],
  ['error-curl-pin', 'curl: (90) SSL: public key does not match pinned public key!'],
  ['error-curl-trust', 'curl: (60) SSL certificate problem: self-signed certificate'],
  [
    'error-ios-1200',
    'Error Domain=NSURLErrorDomain Code=-1200 "发生了 SSL 错误，无法建立与该服务器的安全连接。" UserInfo={_kCFStreamErrorCodeKey=-9860}',
  ],
]

/** Addresses that people keep end in these: none may go. */
const KEPT_IDS = [
  'error-android-webview-pin',
  'error-android-pin',
  'error-ktor-darwin-pin',
  'error-okhttp-pin',
  'error-android-host-unaware',
  'error-android-pin-length',
  'error-android-pin-text',
  'error-android-expiration',
  'error-android-duplicate-domain',
  'error-android-structure',
  'error-android-config',
  'error-android-lint-subdomains',
  'error-android-lint-backup',
  'error-okhttp-prefix',
  'error-okhttp-hash',
  'error-okhttp-pattern',
  'error-okhttp-hostname',
  'error-ios-pin-value',
  'error-ios-1200-9802',
  'error-ios-999',
  'error-ios-1202',
  'error-ios-trust',
  'error-ios-boringssl-alert',
  'error-ios-cleartext',
  'error-trustkit-two-pins',
  'error-trustkit-invalid-pin',
  'error-trustkit-pin',
  'error-trustkit-chain',
  'error-trustkit-domain',
  'error-trustkit-configuration',
  'error-alamofire-pin',
  'error-alamofire-evaluator',
  'error-alamofire-empty',
  'error-alamofire-trust',
  'error-ktor-darwin-request',
  'error-flutter-fingerprint',
  'error-flutter-unverifiable',
  'error-flutter-dio',
  'error-flutter-application',
  'error-flutter-local-issuer',
  'error-flutter-expired',
  'error-flutter-handshake',
  'error-react-native',
  'error-android-trust-anchor',
  'error-android-chain-validation',
  'error-android-cleartext',
  'error-chromium-authority',
  'error-chromium-pin',
  'error-curl-pin',
  'error-curl-trust',
  'error-ios-1200',
]

const idsFor = (log: string) => matchErrors(ERROR_DICTIONARY, log).map(({ id }) => id)

describe('the dictionary of errors', () => {
  test('has the ids that it always had', () => {
    expect(ERROR_DICTIONARY.map(({ id }) => id).toSorted()).toEqual(KEPT_IDS.toSorted())
  })

  test('has a log for every entry', () => {
    expect(LOGS.map(([id]) => id).toSorted()).toEqual(ERROR_DICTIONARY.map(({ id }) => id).toSorted())
  })

  test.each(LOGS)('knows %s', (id, log) => {
    expect(idsFor(log)[0]).toBe(id)
  })

  test.each(ERROR_DICTIONARY)('$id recognises the message that it shows', (entry) => {
    expect(matchErrors([entry], entry.message)).toEqual([entry])
  })

  test.each(ERROR_DICTIONARY)(
    '$id has its pieces as texts are compared, each long enough to say something',
    (entry) => {
      expect(entry.patterns.length).toBeGreaterThan(0)
      for (const pieces of entry.patterns) {
        expect(pieces.filter((piece) => plain(piece) !== piece)).toEqual([])
        expect(pieces.join('').length).toBeGreaterThanOrEqual(10)
      }
    },
  )

  test.each(ERROR_DICTIONARY)('$id says what it means, what to do, and where that is from', (entry) => {
    expect(entry.meaning).toMatch(/^\S.*\.$/)
    expect(entry.remedies.length).toBeGreaterThan(0)
    for (const remedy of entry.remedies) expect(remedy).toMatch(/^[A-Z].*\.$/)
    expect(new URL(entry.source.url).protocol).toBe('https:')
    const texts = [entry.meaning, ...entry.remedies]
    const marks = texts.flatMap(splitInline).filter(({ kind, text }) => kind !== 'code' && /`|\*\*/.test(text))
    expect(marks).toEqual([])
    expect(errorAnswer(entry).blocks).toContainEqual({ kind: 'link', text: 'More in the FAQ', to: entry.faq })
  })
})

describe('a log', () => {
  test.each([
    ['nothing', ''],
    ['another error', 'java.lang.NullPointerException: Attempt to invoke virtual method on a null object reference'],
    ['words alone', 'pin pinned pinning certificate trust SSL failure'],
    ['another number', 'Error Domain=NSURLErrorDomain Code=-9995'],
    ['markup', '<img src=x onerror=alert(1)>'],
  ])('with %s matches nothing', (_what, log) => {
    expect(idsFor(log)).toEqual([])
  })

  test.each([
    ['error-ios-1200-9802', 'NSURLSession/NSURLConnection HTTP load failed (kCFStreamErrorDomainSSL, -9802)'],
    ['error-ios-1202', 'NSURLErrorServerCertificateUntrusted'],
    ['error-ios-trust', 'SC[1987:493750] TIC SSL Trust Error [25:0x1c0176d40]: 3:0'],
    ['error-chromium-authority', 'Failed to load resource: net::ERR_CERT_AUTHORITY_INVALID'],
    ['error-flutter-dio', 'DioExceptionType.badCertificate'],
  ])('is %s by another of its messages', (id, log) => {
    expect(idsFor(log)).toEqual([id])
  })

  test('of a web view says the true cause before the one name that Chromium has for all', () => {
    const log = `I/X509Util: Failed to validate the certificate chain, error: Pin verification failed
E/chromium: [ERROR:ssl_client_socket_impl.cc(992)] handshake failed; returned -1, SSL error code 1, net_error -202`
    expect(idsFor(log)[0]).toBe('error-android-webview-pin')
  })

  test('matches in any case, with typographic quotes and any white space', () => {
    expect(idsFor('PIN\n\t VERIFICATION   FAILED')).toEqual(['error-android-pin'])
    expect(idsFor('pins must start with ‘sha256/’ or ‘sha1/’')).toEqual(['error-okhttp-prefix'])
  })

  test('with several causes gives the certain ones first', () => {
    const log = LOGS.map(([, text]) => text).join('\n')
    const found = matchErrors(ERROR_DICTIONARY, log)
    expect(found).toHaveLength(ERROR_DICTIONARY.length)
    const order = found.map(({ certainty }) => ['exact', 'likely', 'vague'].indexOf(certainty))
    expect(order).toEqual(order.toSorted((one, other) => one - other))
  })

  test('finds a number after one that only begins like it', () => {
    expect(idsFor('NSURLErrorDomain -9990 -9991 -999')).toEqual(['error-ios-999'])
  })

  test('is read up to its limit and no further', () => {
    const message = 'pin verification failed'
    expect(idsFor(`${' '.repeat(LONGEST_LOG - message.length)}${message}`)).toEqual(['error-android-pin'])
    expect(idsFor(`${'x'.repeat(LONGEST_LOG)}${message}`)).toEqual([])
  })

  test('that is made of half a message a million times is read all the same', () => {
    for (const half of ['nsurlerrordomain -99', '-9999', 'certificate pinning failur', ' \t\n', 'pin verification ']) {
      expect(idsFor(half.repeat(1_000_000))).toEqual([])
    }
  })
})

describe('the pins of a failure message', () => {
  test('are told by side, the presented ones with their names, leaf first', () => {
    expect(logPins(readPins(PINNING_DEMO))).toEqual({
      presented: [
        { pin: 'J2Rs/XhqmFqx7ihj0wVdUwVKMp9txlbWZCUK6zdaylg=', subject: 'CN=*.badssl.com' },
        { pin: 'y7xVm0TVJNahMr2sZydE2jQH8SquXV9yLF9seROHHHU=', subject: "CN=E7,O=Let's Encrypt,C=US" },
        {
          pin: 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=',
          subject: 'CN=ISRG Root X1,O=Internet Security Research Group,C=US',
        },
      ],
      pinned: [
        {
          host: 'ecc384.badssl.com',
          pins: ['NYbU7PBwV4y9J67c4guWTki8FJ+uudrXL0a4V4aRcrg=', 'jQJTbIh0grw0/1TkHSumWb+Fs0Ggogr621gT3PvPKG0='],
        },
      ],
    })
  })

  test('of Ktor are read as well', () => {
    expect(logPins(readPins(KTOR_FAILURE))?.pinned.map(({ host }) => host)).toEqual(['publicobject.com'])
  })

  test('are none where pins stand in neither list', () => {
    expect(logPins(readPins('sha256/NYbU7PBwV4y9J67c4guWTki8FJ+uudrXL0a4V4aRcrg='))).toBeNull()
    expect(logPins(readPins(''))).toBeNull()
  })
})
