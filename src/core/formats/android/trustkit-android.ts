import { withoutRoles, type HostPolicy, type PinPlan } from '../../pins/plan-pins.ts'
import { xmlComment, xmlText } from '../escape.ts'
import { EXPIRATION_OPTION, expirationOf } from '../expiration.ts'
import { defineFormat, stampText, type ExpirationChoice, type Stamp } from '../format.ts'
import { pinComment } from '../pin-comment.ts'
import { MANIFEST_ATTRIBUTE } from './network-security-config.ts'
import { trustKitAndroidRefuses } from './trustkit-android-hosts.ts'

const FILE_NAME = 'network_security_config.xml'

/**
 * TrustKit-Android by platforms.md C.4. It reads the platform's own file, which is the one that enforces the pins from
 * Android 7.0 on; below it pins by itself, and on every version it reports.
 */
export const trustKitAndroid = defineFormat({
  id: 'android-trustkit',
  platforms: ['android'],
  kind: 'app',
  hasOwnRules: false,
  title: 'TrustKit-Android',
  docs: 'https://github.com/datatheorem/TrustKit-Android/blob/master/docs/getting-started.md',
  failsWith: 'CertificateException: Pin verification failed',
  abilities: {
    subdomainDepth: 'all',
    overlap: 'nearest',
    expiry: 'device-local-midnight',
    lists: 'any',
    minimumPins: 2,
    refusesHost: trustKitAndroidRefuses,
    minimumVersion: 'TrustKit-Android 1.1.5 on Android 4.2 (API 17)',
  },
  options: { expiration: EXPIRATION_OPTION },
  render: (plan, { expiration }, stamp) =>
    plan.policies.length === 0
      ? []
      : [
          {
            kind: 'text',
            id: 'config',
            title: 'Network security configuration for TrustKit',
            path: `app/src/main/res/xml/${FILE_NAME}`,
            fileName: FILE_NAME,
            language: 'xml',
            content: configFile(plan, expiration, stamp),
            place: `Save it as app/src/main/res/xml/${FILE_NAME}. From Android 7.0 on the platform itself enforces these pins for the whole app, and TrustKit adds reports alone. On older phones only connections through TrustKit are pinned.`,
          },
          MANIFEST_ATTRIBUTE,
          {
            kind: 'text',
            id: 'dependency',
            title: 'Dependency',
            path: 'app/build.gradle.kts',
            fileName: null,
            language: 'kotlin',
            content: 'implementation("com.datatheorem.android.trustkit:trustkit:1.1.5")',
            place: 'Add it to the dependencies of the app’s module.',
          },
          {
            kind: 'text',
            id: 'start',
            title: 'Start of the app',
            path: 'Where the app starts',
            fileName: null,
            language: 'kotlin',
            content: START,
            place:
              'Add the call to the Application class of the app, or take this one and name it in the manifest (android:name). TrustKit reads the file once, and throws when it is started twice.',
          },
          {
            kind: 'text',
            id: 'usage',
            title: 'Client for older phones',
            path: 'Where the app builds its OkHttpClient',
            fileName: null,
            language: 'kotlin',
            content: USAGE,
            place:
              'This is what pins below Android 7.0, for OkHttp 3.3 and newer. Redirects have to stay off: a socket factory of TrustKit checks one host, and a redirect to another fails.',
          },
        ],
})

const START = `class PinnedApp : Application() {
    override fun onCreate() {
        super.onCreate()
        TrustKit.initializeWithNetworkSecurityConfiguration(this)
    }
}
`

const USAGE = `val client = OkHttpClient.Builder()
    .sslSocketFactory(OkHttp3Helper.getSSLSocketFactory(), OkHttp3Helper.getTrustManager())
    .addInterceptor(OkHttp3Helper.getPinningInterceptor())
    .followRedirects(false)
    .followSslRedirects(false)
    .build()
`

function configFile(plan: PinPlan, choice: ExpirationChoice, stamp: Stamp): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    xmlComment(stampText(stamp, plan.policies)),
    xmlComment('One domain in each domain-config: of several, TrustKit-Android keeps the last alone.'),
    '<network-security-config>',
    ...plan.policies.flatMap((policy) => domainConfig(policy, choice, stamp)),
    '</network-security-config>',
    '',
  ].join('\n')
}

/** Enforcement has to be asked for, and the reports to Data Theorem to be turned off. */
function domainConfig(policy: HostPolicy, choice: ExpirationChoice, { now }: Stamp): string[] {
  const expiration = expirationOf(policy, choice, now)
  const attribute = expiration.kind === 'written' ? ` expiration="${expiration.date}"` : ''
  return [
    '    <domain-config>',
    `        <domain includeSubdomains="${policy.includeSubdomains}">${xmlText(policy.host)}</domain>`,
    `        <pin-set${attribute}>`,
    ...withoutRoles(policy.pins).flatMap((pin) => [
      `            ${xmlComment(pinComment(pin))}`,
      `            <pin digest="SHA-256">${pin.pin}</pin>`,
    ]),
    '        </pin-set>',
    '        <trustkit-config enforcePinning="true" disableDefaultReportUri="true"/>',
    '    </domain-config>',
  ]
}
