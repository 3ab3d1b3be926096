import { CONFIG_OPTIONS, configContent, networkSecurityConfig } from '../android/network-security-config.ts'
import { shippedAnchors } from '../android/trust-anchors.ts'
import { unpinnedHosts } from '../android/unpinned-hosts.ts'
import { javascriptString, slashComment } from '../escape.ts'
import { defineFormat, stampText, type CertificateSnippet, type Snippet } from '../format.ts'
import { LISTS_OPTION } from '../ios/identity-lists.ts'
import { pinnedDomains } from '../ios/pinned-domains.ts'
import { ATS_ABILITIES, ATS_FAILS_WITH, pinnedEntries, stampedEntries } from '../ios/pinned-entries.ts'

/**
 * The platforms' own configurations as Expo writes them when it makes the native projects (platforms.md C.8). One output
 * for each platform, because they enforce different things; their settings are those of the configurations themselves.
 */

const PLUGIN = 'plugins/with-certificate-pins.js'

/** Where a project keeps the certificates that the plugin puts into `res/raw`. */
const CERTIFICATES = 'plugins/certificates'

export const expoAndroid = defineFormat({
  id: 'expo-android',
  platforms: ['android'],
  kind: 'app',
  hasOwnRules: true,
  settingsOf: networkSecurityConfig,
  title: 'Expo: config plugin',
  docs: 'https://docs.expo.dev/config-plugins/introduction/',
  failsWith: networkSecurityConfig.failsWith,
  abilities: networkSecurityConfig.abilities,
  options: CONFIG_OPTIONS,
  unpinned: (plan, { unpinned }) => unpinnedHosts(plan, unpinned),
  render: (plan, values, stamp) =>
    plan.policies.length === 0
      ? []
      : androidSnippets(
          configContent(plan, values, stamp),
          values.trust === 'ship' ? shippedAnchors(plan, CERTIFICATES, certificatePlace) : [],
          stampText(stamp, plan.policies),
        ),
})

/** The line of `//` stays behind when the rest is merged. iOS has no meaning for this key and leaves it alone. */
const NEGATIVE_TEST_KEY = 'PinsmithNegativeTest'

export const expoIos = defineFormat({
  id: 'expo-ios',
  platforms: ['ios'],
  kind: 'app',
  hasOwnRules: true,
  settingsOf: pinnedDomains,
  title: 'Expo: app.json',
  docs: 'https://docs.expo.dev/versions/latest/config/app/#infoplist',
  failsWith: ATS_FAILS_WITH,
  abilities: ATS_ABILITIES,
  options: { lists: LISTS_OPTION },
  render: (plan, { lists }, stamp) => {
    const entries = pinnedEntries(plan, lists)
    if (entries.length === 0) return []
    const domains = entries.map(({ host, includeSubdomains, lists: filled }) => [
      host,
      {
        NSIncludesSubdomains: includeSubdomains,
        ...Object.fromEntries(
          filled.map(({ key, identities }) => [key, identities.map(({ pin }) => ({ 'SPKI-SHA256-BASE64': pin }))]),
        ),
      },
    ])
    const appJson = {
      '//': stampText(stamp, stampedEntries(entries)),
      expo: {
        ios: {
          infoPlist: {
            ...(stamp.purpose && { [NEGATIVE_TEST_KEY]: stampText(stamp, stampedEntries(entries)) }),
            NSAppTransportSecurity: { NSPinnedDomains: Object.fromEntries(domains) },
          },
        },
      },
    }
    return [
      {
        kind: 'text',
        id: 'app-json',
        title: 'iOS part of app.json',
        path: 'app.json',
        fileName: 'app-ios-pins.json',
        language: 'json',
        content: `${JSON.stringify(appJson, null, 2)}\n`,
        place: `Merge expo.ios.infoPlist into app.json, without the line of //, and run npx expo prebuild. NSAppTransportSecurity takes the place of the one that Expo’s template has, with everything in it: development builds load their code from your computer only with NSAllowsLocalNetworking set to true beside NSPinnedDomains. It has no effect in Expo Go, in an update over the air, and where the project keeps an ios folder of its own: there it belongs into Info.plist.${stamp.purpose ? ` After the test, take the line of ${NEGATIVE_TEST_KEY} out together with these pins.` : ''}`,
      },
    ]
  },
})

function androidSnippets(
  config: string,
  certificates: readonly CertificateSnippet[],
  head: string,
): readonly Snippet[] {
  return [
    {
      kind: 'text',
      id: 'plugin',
      title: 'Config plugin',
      path: PLUGIN,
      fileName: 'with-certificate-pins.js',
      language: 'javascript',
      content: pluginFile(config, certificates, head),
      place: `Save it as ${PLUGIN} in the project. It writes res/xml/network_security_config.xml and the manifest attribute each time Expo makes the Android project, over those of another plugin. It has no effect in Expo Go, in an update over the air, and where the project keeps an android folder that is not made anew.`,
    },
    ...certificates,
    {
      kind: 'text',
      id: 'app-json',
      title: 'Plugin in app.json',
      path: 'app.json',
      fileName: null,
      language: 'json',
      content: APP_JSON,
      place: 'Add it to the plugins of app.json and run npx expo prebuild.',
    },
  ]
}

const APP_JSON = `{
  "expo": {
    "plugins": ["./${PLUGIN}"]
  }
}
`

function certificatePlace(path: string): string {
  return `Save it as ${path}, under exactly this name: the plugin copies it into res/raw, where the configuration refers to it.`
}

function pluginFile(config: string, certificates: readonly CertificateSnippet[], head: string): string {
  return [
    slashComment(head),
    "const { copyFile, mkdir, writeFile } = require('fs/promises')",
    "const { join } = require('path')",
    "const { AndroidConfig, withAndroidManifest, withDangerousMod } = require('expo/config-plugins')",
    '',
    'const CONFIG = [',
    ...config.split('\n').map((line) => `  ${javascriptString(line)},`),
    "].join('\\n')",
    '',
    'const CERTIFICATES = [',
    ...certificates.map(({ fileName }) => `  ${javascriptString(fileName)},`),
    ']',
    '',
    ...CODE,
    '',
  ].join('\n')
}

/**
 * A manifest with the attribute has no use for `usesCleartextTraffic`, which Expo's debug builds load their code with
 * (platforms.md A.1): they get a file of their own.
 */
const CODE: readonly string[] = [
  '// Debug builds load their code over plain HTTP; the pins are the same.',
  'const DEBUG_CONFIG = CONFIG.replace(',
  "  '<network-security-config>',",
  '  \'<network-security-config>\\n    <base-config cleartextTrafficPermitted="true"/>\',',
  ')',
  '',
  'async function writeFiles(androidRoot) {',
  "  for (const [build, content] of [['main', CONFIG], ['debug', DEBUG_CONFIG]]) {",
  "    const folder = join(androidRoot, 'app/src', build, 'res/xml')",
  '    await mkdir(folder, { recursive: true })',
  "    await writeFile(join(folder, 'network_security_config.xml'), content)",
  '  }',
  '  for (const name of CERTIFICATES) {',
  "    const folder = join(androidRoot, 'app/src/main/res/raw')",
  '    await mkdir(folder, { recursive: true })',
  "    await copyFile(join(__dirname, 'certificates', name), join(folder, name))",
  '  }',
  '}',
  '',
  'module.exports = function withCertificatePins(config) {',
  '  const withFiles = withDangerousMod(config, [',
  "    'android',",
  '    async (modConfig) => {',
  '      await writeFiles(modConfig.modRequest.platformProjectRoot)',
  '      return modConfig',
  '    },',
  '  ])',
  '  return withAndroidManifest(withFiles, (modConfig) => {',
  '    const application = AndroidConfig.Manifest.getMainApplicationOrThrow(modConfig.modResults)',
  "    application.$['android:networkSecurityConfig'] = '@xml/network_security_config'",
  '    return modConfig',
  '  })',
  '}',
]
