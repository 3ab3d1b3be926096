import type { CertificateOrigin } from '../../pins/plan-pins.ts'
import {
  certificateComment,
  certificateFileName,
  certificatesByHost,
  certificateSnippet,
  pinnedCertificates,
} from '../certificate-files.ts'
import { slashComment } from '../escape.ts'
import { defineFormat, stampText } from '../format.ts'

const FOLDER = 'www/certificates'

/**
 * `cordova-plugin-advanced-http` by platforms.md C.9: it trusts every `.cer` file of its folder and nothing else. On iOS
 * `SM_AFSecurityPolicy.m` returns NO for a chain that the system itself refuses, before it sets them as anchors.
 */
export const cordova = defineFormat({
  id: 'cordova',
  platforms: ['android', 'ios'],
  kind: 'app',
  hasOwnRules: false,
  title: 'Cordova: advanced-http',
  docs: 'https://github.com/silkimen/cordova-plugin-advanced-http#setservertrustmode',
  failsWith: 'status -2: cordova.plugin.http.ErrorCode.SSL_EXCEPTION',
  abilities: {
    subdomainDepth: 'all',
    overlap: 'merged',
    expiry: 'none',
    lists: 'certificates',
    minimumPins: 1,
    scope: 'all-hosts',
    minimumVersion: 'cordova-plugin-advanced-http 2.1',
    needs: 'certificates',
    trustsPinned: ['android'],
  },
  options: {},
  render: ({ policies }, _values, stamp) => {
    const certificates = pinnedCertificates(policies)
    if (certificates.length === 0) return []
    return [
      {
        kind: 'text',
        id: 'pinning',
        title: 'Trust mode of the plugin',
        path: 'www/js/certificate-pins.js',
        fileName: 'certificate-pins.js',
        language: 'javascript',
        content: pinningFile(certificates, stampText(stamp, certificatesByHost(policies))),
        place:
          'Install cordova-plugin-advanced-http, save this in the project and load it before the code of the app. Its requests then trust the certificates below and what they issued, for every host: requests to other hosts fail. iOS has to find a chain valid by itself before the plugin looks for these certificates: a private root makes no connection there unless it is installed and trusted on the device. On Android nothing else pins them: the plugin has a key store of its own, also in its default mode, and ignores the Network Security Config. Requests that are not made with cordova.plugin.http are not pinned by it; on Android the web view follows the Network Security Config.',
      },
      {
        kind: 'text',
        id: 'usage',
        title: 'Start of the app',
        path: 'Where the app handles deviceready',
        fileName: null,
        language: 'javascript',
        content: USAGE,
        place: 'Let the app make no request before the promise has resolved, and none if it is rejected.',
      },
      ...certificates.map(({ certificate }) =>
        certificateSnippet(
          certificate,
          { folder: FOLDER, extension: 'cer', encoding: 'der' },
          () =>
            `Save it in ${FOLDER}; the plugin trusts every .cer file there, so keep no others. The certificate that replaces it needs an app update, even with the same key.`,
        ),
      ),
    ]
  },
})

const USAGE = `document.addEventListener('deviceready', async () => {
  await startPinning()
})
`

function pinningFile(certificates: readonly CertificateOrigin[], head: string): string {
  return [
    slashComment(head),
    '// What has to lie in www/certificates, and nothing else:',
    ...certificates.flatMap((origin) => [
      slashComment(certificateFileName(origin.certificate, 'cer')),
      slashComment(`  ${certificateComment(origin.chainRole, origin.certificate)}`),
    ]),
    'function startPinning() {',
    '  return new Promise((resolve, reject) => {',
    "    cordova.plugin.http.setServerTrustMode('pinned', resolve, reject)",
    '  })',
    '}',
    '',
  ].join('\n')
}
