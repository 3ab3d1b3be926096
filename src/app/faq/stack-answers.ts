import type { FaqAnswer } from './faq-answer.ts'
import { ANDROID_CONFIG, APPLE_PINNED_DOMAINS } from './sources.ts'

export const STACK_ANSWERS = [
  {
    id: 'frameworks',
    question: 'What about Flutter, React Native, Ktor and other frameworks?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'The platforms’ own configuration covers whatever uses the platforms’ own TLS check:',
      },
      {
        kind: 'table',
        caption: 'Whether the built-in configuration is obeyed',
        head: ['Stack', 'Android file', 'iOS Info.plist'],
        rows: [
          ['OkHttp, Retrofit', 'yes', '—'],
          ['URLSession, Alamofire', '—', 'yes'],
          ['React Native `fetch`', 'yes', 'yes'],
          ['Flutter, `dart:io`', '**no**', 'yes'],
          ['Ktor: Android, OkHttp, Darwin', 'yes', 'yes'],
          ['Ktor: CIO', '**connections fail**', 'treat as no'],
          ['.NET for Android', 'yes, unless a callback accepts', '—'],
          ['TLS of their own: OpenSSL, Rust, Go, Unity', 'treat as no', 'treat as no'],
        ],
      },
      {
        kind: 'paragraph',
        text: 'Everywhere, code with a `TrustManager` or a trust evaluation of its own steps around the configuration. Ktor’s CIO engine asks Android without the host name, which Android refuses as soon as one `domain-config` exists. In Flutter, `badCertificateCallback` cannot pin: it runs only when the check has already failed, and can only accept.',
      },
    ],
    sources: [
      { title: 'Flutter: issue 96722', url: 'https://github.com/flutter/flutter/issues/96722' },
      {
        title: 'Dart: badCertificateCallback',
        url: 'https://api.dart.dev/dart-io/HttpClient/badCertificateCallback.html',
      },
      {
        title: 'OWASP MASTG: Certificate pinning on Android',
        url: 'https://mas.owasp.org/MASTG/knowledge/android/MASVS-NETWORK/MASTG-KNOW-0015/',
      },
      ANDROID_CONFIG,
      APPLE_PINNED_DOMAINS,
    ],
  },
  {
    id: 'error-messages',
    question: 'What do the error messages mean?',
    blocks: [
      {
        kind: 'table',
        caption: 'What a mismatch of pins looks like',
        head: ['Stack', 'Message'],
        rows: [
          ['Android file', '`Pin verification failed`'],
          ['OkHttp', '`Certificate pinning failure!`, with both lists of pins'],
          ['iOS Info.plist', '`NSURLErrorDomain` -1200, with -9802 inside'],
          ['A delegate, TrustKit', '`NSURLErrorDomain` -999, “cancelled”'],
          ['Alamofire', '`Public key pinning failed for host …`'],
          ['React Native', '`Network request failed`, and nothing else'],
          ['curl', '`(90)`, public key does not match'],
        ],
      },
      {
        kind: 'paragraph',
        text: 'Other errors are about trust, not about pins: `Trust anchor for certification path not found` on Android, -1202 on iOS. Those occur without any pin as well. A pin is compared only when the normal check has passed, so mend that first.',
      },
      {
        kind: 'paragraph',
        text: 'On iOS, -999 also means that the app itself cancelled the request. Look into the delegate’s own log before you blame the pins.',
      },
      { kind: 'link', text: 'Paste a message and see what it means', to: 'errors' },
    ],
    sources: [
      { title: 'TrustKit: issue 39', url: 'https://github.com/datatheorem/TrustKit/issues/39' },
      {
        title: 'Apple Developer Forums: Identity pinning and its errors',
        url: 'https://developer.apple.com/forums/thread/731368',
      },
      { title: 'Ktor: issue 5871', url: 'https://github.com/ktorio/ktor/issues/5871' },
      {
        title: 'OkHttp: CertificatePinner',
        url: 'https://square.github.io/okhttp/4.x/okhttp/okhttp3/-certificate-pinner/',
      },
    ],
  },
  {
    id: 'pins-from-code',
    question: 'Can an Android app set pins in code instead of in the file?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Not through the platform. Android 17 brought builders in API 37.2, `NetworkSecurityPolicy.Builder` and `NetworkSecurityConfig.Builder`. Their reference, read on 21 November 2026, lists three settings: cleartext traffic, Certificate Transparency and the encryption of domain names. There is none for pins and none for trusted certificates, so Pinsmith prints no such code.',
      },
      {
        kind: 'paragraph',
        text: 'A policy that starts with `Builder(context, true)` takes over the file. What a domain that is added in code does to a `domain-config` of the file, and to its pins, is not documented: keep pinned domains in the file, and try a wrong pin after any such change.',
      },
      {
        kind: 'paragraph',
        text: 'Libraries can pin in code, each for its own connections: OkHttp, Ktor with OkHttp, Cronet, HttpEngine and TrustKit. Their outputs stand in the Android tab.',
      },
    ],
    sources: [
      {
        title: 'Android: NetworkSecurityConfig.Builder',
        url: 'https://developer.android.com/reference/android/security/net/config/NetworkSecurityConfig.Builder',
      },
      {
        title: 'Android: NetworkSecurityPolicy.Builder',
        url: 'https://developer.android.com/reference/android/security/NetworkSecurityPolicy.Builder',
      },
      ANDROID_CONFIG,
    ],
  },
] as const satisfies readonly FaqAnswer[]
