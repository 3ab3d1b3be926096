import type { Platform } from '../formats/format.ts'
import { PLATFORM_OUTPUTS } from '../formats/platform-outputs.ts'
import type { FormatId } from '../formats/registry.ts'
import type { ProjectSettings } from '../settings/project-settings.ts'

/**
 * What the pins of the platform's own configuration are for a stack. `covered`: they hold. `own-output`: they do not, and an
 * output of its own does. `not-covered`: nothing that Pinsmith prints does. `breaks`: connections fail because of them.
 * `unknown`: nobody has documented or shown it.
 */
export type StackVerdict = 'covered' | 'own-output' | 'not-covered' | 'breaks' | 'unknown'

export interface StackCoverage {
  readonly verdict: StackVerdict
  /** What to take for it, best first. */
  readonly outputs: readonly FormatId[]
  readonly why: string
  readonly source: string
}

/** A way in which apps connect. */
export interface Stack {
  readonly id: string
  readonly title: string
  /** By platform; null where there is no such thing. */
  readonly coverage: Readonly<Record<Platform, StackCoverage | null>>
}

const { android: ANDROID_CONFIG, ios: IOS_CONFIG } = PLATFORM_OUTPUTS

const MASTG = 'https://github.com/OWASP/mastg/blob/master/knowledge/android/MASVS-NETWORK/MASTG-KNOW-0015.md'
const APPLE_POLICY =
  'https://github.com/apple-oss-distributions/Security/blob/Security-61901.0.87.0.1/OSX/sec/Security/SecPolicy.c'
const NS_PINNED_DOMAINS =
  'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains'
const EIDINGER = 'https://blog.eidinger.info/infoplist-based-certificate-pinning-on-ios'

/** What apps connect with, by platforms.md A.10, B.4 and C, in the order of the menu. */
export const STACKS: readonly Stack[] = [
  {
    id: 'native',
    title: 'The platform’s own HTTP: HttpsURLConnection, Volley; URLSession',
    coverage: {
      android: {
        verdict: 'covered',
        outputs: [ANDROID_CONFIG],
        why: 'Whatever uses the default trust manager is checked by Android itself.',
        source: 'https://developer.android.com/privacy-and-security/security-config',
      },
      ios: {
        verdict: 'covered',
        outputs: [IOS_CONFIG, 'ios-xcode-generators', 'ios-urlsession', 'ios-trustkit'],
        why: 'iOS checks every connection of URLSession by itself. App extensions need a copy in their own Info.plist.',
        source: NS_PINNED_DOMAINS,
      },
    },
  },
  {
    id: 'okhttp',
    title: 'OkHttp or Retrofit',
    coverage: {
      android: {
        verdict: 'covered',
        outputs: [ANDROID_CONFIG, 'android-okhttp-kotlin', 'android-okhttp-java', 'android-trustkit'],
        why: 'OkHttp takes the default trust manager unless it is given another. Its own pinner also works below Android 7.',
        source:
          'https://github.com/square/okhttp/blob/master/okhttp/src/commonJvmAndroid/kotlin/okhttp3/internal/platform/Platform.kt',
      },
      ios: null,
    },
  },
  {
    id: 'alamofire',
    title: 'Alamofire or AFNetworking',
    coverage: {
      android: null,
      ios: {
        verdict: 'covered',
        outputs: [IOS_CONFIG, 'ios-alamofire'],
        why: 'Both sit on URLSession. An evaluator of Alamofire’s own is looked up by exact host and covers no sub-domain.',
        source: EIDINGER,
      },
    },
  },
  {
    id: 'ktor',
    title: 'Ktor with the OkHttp, Android or Darwin engine',
    coverage: {
      android: {
        verdict: 'covered',
        outputs: [ANDROID_CONFIG, 'android-ktor-okhttp'],
        why: 'Both engines end at the default trust manager.',
        source:
          'https://github.com/ktorio/ktor/blob/main/ktor-client/ktor-client-android/jvm/src/io/ktor/client/engine/android/AndroidClientEngine.kt',
      },
      ios: {
        verdict: 'covered',
        outputs: [IOS_CONFIG, 'ios-ktor-darwin'],
        why: 'The Darwin engine sits on URLSession.',
        source: NS_PINNED_DOMAINS,
      },
    },
  },
  {
    id: 'ktor-cio',
    title: 'Ktor with the CIO engine',
    coverage: {
      android: {
        verdict: 'breaks',
        outputs: [],
        why: 'CIO asks the trust manager without naming the host, and Android refuses that as soon as the configuration has one domain-config. This follows from reading both sources. Use the OkHttp engine.',
        source:
          'https://github.com/ktorio/ktor/blob/main/ktor-network/ktor-network-tls/jvm/src/io/ktor/network/tls/TLSClientHandshake.kt',
      },
      ios: {
        verdict: 'not-covered',
        outputs: [],
        why: 'CIO brings its own TLS, which never asks iOS. Use the Darwin engine.',
        source: APPLE_POLICY,
      },
    },
  },
  {
    id: 'web-view',
    title: 'Web views: WebView, WKWebView',
    coverage: {
      android: {
        verdict: 'covered',
        outputs: [ANDROID_CONFIG],
        why: 'WebView asks the default trust manager with the host’s name. A wrong pin also breaks the pages that it shows.',
        source: MASTG,
      },
      ios: {
        verdict: 'unknown',
        outputs: [],
        why: 'WKWebView was seen to ignore the pins on iOS 14 to 15.4; nobody has documented it since. Rely on neither outcome.',
        source: EIDINGER,
      },
    },
  },
  {
    id: 'browser',
    title: 'Custom Tabs, SFSafariViewController, an external browser',
    coverage: {
      android: {
        verdict: 'not-covered',
        outputs: [],
        why: 'The browser is another app with rules of its own.',
        source: MASTG,
      },
      ios: {
        verdict: 'not-covered',
        outputs: [],
        why: 'It runs in another process, which was seen not to check the app’s pins.',
        source: EIDINGER,
      },
    },
  },
  {
    id: 'react-native',
    title: 'React Native: fetch, XMLHttpRequest',
    coverage: {
      android: {
        verdict: 'covered',
        outputs: [ANDROID_CONFIG, 'react-native'],
        why: 'Requests go through OkHttp with the default trust manager, so no library is needed.',
        source:
          'https://github.com/square/okhttp/blob/master/okhttp/src/commonJvmAndroid/kotlin/okhttp3/internal/platform/Platform.kt',
      },
      ios: {
        verdict: 'covered',
        outputs: [IOS_CONFIG, 'react-native'],
        why: 'Requests go through URLSession, so no library is needed.',
        source: EIDINGER,
      },
    },
  },
  {
    id: 'expo',
    title: 'Expo',
    coverage: {
      android: {
        verdict: 'covered',
        outputs: ['expo-android'],
        why: 'As React Native; a config plugin writes the file, since Expo makes the Android project anew.',
        source: 'https://docs.expo.dev/config-plugins/introduction/',
      },
      ios: {
        verdict: 'covered',
        outputs: ['expo-ios'],
        why: 'As React Native; Expo copies ios.infoPlist into Info.plist.',
        source: 'https://docs.expo.dev/versions/latest/config/app/',
      },
    },
  },
  {
    id: 'flutter',
    title: 'Flutter: dart:io, package:http, Dio',
    coverage: {
      android: {
        verdict: 'own-output',
        outputs: ['flutter'],
        why: 'Dart brings its own TLS on Android, and the Network Security Config does nothing for it.',
        source: 'https://github.com/flutter/flutter/issues/96722',
      },
      ios: {
        verdict: 'covered',
        outputs: [IOS_CONFIG],
        why: 'On iOS Dart lets the system judge a chain, with the host’s name, so the pins hold.',
        source: 'https://github.com/dart-lang/sdk/blob/main/runtime/bin/security_context_macos.cc',
      },
    },
  },
  {
    id: 'capacitor',
    title: 'Capacitor: web view, CapacitorHttp',
    coverage: {
      android: {
        verdict: 'covered',
        outputs: [ANDROID_CONFIG, 'capacitor'],
        why: 'Requests of the web view and of CapacitorHttp use the default trust manager.',
        source: MASTG,
      },
      ios: {
        verdict: 'unknown',
        outputs: ['capacitor', IOS_CONFIG],
        why: 'Requests of native plugins are covered. What the web view loads is not known to be.',
        source: EIDINGER,
      },
    },
  },
  {
    id: 'cordova',
    title: 'Cordova: advanced-http',
    coverage: {
      android: {
        verdict: 'own-output',
        outputs: ['cordova'],
        why: 'The plugin makes a trust manager with a KeyStore of its own as soon as it is loaded, so the Network Security Config does nothing for its requests. The web view of the app follows it.',
        source:
          'https://github.com/silkimen/cordova-plugin-advanced-http/blob/master/src/android/com/silkimen/cordovahttp/CordovaHttpPlugin.java',
      },
      ios: {
        verdict: 'covered',
        outputs: [IOS_CONFIG, 'cordova'],
        why: 'The plugin lets the system judge a chain, with the host’s name, so the pins hold. What the web view loads is not known to be covered.',
        source:
          'https://github.com/silkimen/cordova-plugin-advanced-http/blob/master/src/ios/SM_AFNetworking/SM_AFSecurityPolicy.m',
      },
    },
  },
  {
    id: 'dotnet',
    title: '.NET MAUI: HttpClient',
    coverage: {
      android: {
        verdict: 'covered',
        outputs: [ANDROID_CONFIG, 'dotnet-maui'],
        why: 'AndroidMessageHandler runs over HttpsURLConnection. With a validation callback set, a failed pin is only a flag that the callback may ignore.',
        source:
          'https://github.com/dotnet/android/blob/main/src/Mono.Android/Xamarin.Android.Net/AndroidMessageHandler.cs',
      },
      ios: {
        verdict: 'unknown',
        outputs: ['dotnet-maui', IOS_CONFIG],
        why: 'A handler that sits on URLSession is covered, one of .NET’s own is not. Try it with wrong pins.',
        source: APPLE_POLICY,
      },
    },
  },
  {
    id: 'unity',
    title: 'Unity: UnityWebRequest',
    coverage: {
      android: {
        verdict: 'own-output',
        outputs: ['unity'],
        why: 'Engines with a TLS of their own have to be treated as not covered.',
        source: MASTG,
      },
      ios: {
        verdict: 'own-output',
        outputs: ['unity'],
        why: 'Engines with a TLS of their own have to be treated as not covered.',
        source: APPLE_POLICY,
      },
    },
  },
  {
    id: 'cronet',
    title: 'Cronet or HttpEngine',
    coverage: {
      android: {
        verdict: 'covered',
        outputs: [ANDROID_CONFIG, 'android-cronet', 'android-http-engine'],
        why: 'Its verifier asks the default trust manager with the host’s name. Pins of its own are ignored by the Java fallback.',
        source: 'https://github.com/chromium/chromium/blob/main/net/android/java/src/org/chromium/net/X509Util.java',
      },
      ios: null,
    },
  },
  {
    id: 'grpc',
    title: 'gRPC',
    coverage: {
      android: {
        verdict: 'unknown',
        outputs: [ANDROID_CONFIG],
        why: 'The OkHttp transport probably uses the default trust manager; nobody documents it, and it does not use OkHttp’s own pinner. Try it with wrong pins.',
        source:
          'https://github.com/grpc/grpc-java/blob/master/okhttp/src/main/java/io/grpc/okhttp/OkHttpChannelBuilder.java',
      },
      ios: {
        verdict: 'not-covered',
        outputs: [],
        why: 'Its C++ core brings its own TLS. It can be given the roots that it may trust, not pins.',
        source: APPLE_POLICY,
      },
    },
  },
  {
    id: 'native-code',
    title: 'Native code with its own TLS: libcurl, OpenSSL, Rust, Go',
    coverage: {
      android: {
        verdict: 'own-output',
        outputs: ['curl'],
        why: 'Native TLS never asks Android. libcurl takes the list of the curl output as CURLOPT_PINNEDPUBLICKEY; others need code of their own.',
        source: MASTG,
      },
      ios: {
        verdict: 'own-output',
        outputs: ['curl'],
        why: 'It never asks iOS. libcurl takes the list of the curl output as CURLOPT_PINNEDPUBLICKEY; others need code of their own.',
        source: APPLE_POLICY,
      },
    },
  },
  {
    id: 'own-trust',
    title: 'Code with a trust manager or trust evaluation of its own',
    coverage: {
      android: {
        verdict: 'not-covered',
        outputs: [],
        why: 'A TrustManager of its own, or one made with a KeyStore of its own, bypasses the configuration.',
        source: MASTG,
      },
      ios: {
        verdict: 'not-covered',
        outputs: [],
        why: 'Pins are only part of an SSL policy that names the host. Code that accepts a challenge without evaluating it checks nothing.',
        source: APPLE_POLICY,
      },
    },
  },
]

/** What the app is said to connect with, in the order of the menu. */
export function chosenStacks(chosen: ProjectSettings['stacks']): readonly Stack[] {
  return STACKS.filter(({ id }) => chosen?.[id] === true)
}

/** The outputs that stacks need on a platform, each once, best first for each stack. */
export function outputsFor(stacks: readonly Stack[], platform: Platform): readonly FormatId[] {
  return [...new Set(stacks.flatMap(({ coverage }) => coverage[platform]?.outputs ?? []))]
}
