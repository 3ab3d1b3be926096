import type { CertificateOrigin } from '../../pins/plan-pins.ts'
import {
  certificateComment,
  certificateFileName,
  certificatesByHost,
  certificateSnippet,
  pinnedCertificates,
} from '../certificate-files.ts'
import { javascriptString, slashComment } from '../escape.ts'
import { defineFormat, PLATFORMS, stampText } from '../format.ts'

const FOLDER = 'certificates'

/**
 * The configuration that Ionic's and Capgo's plugins share (platforms.md C.9): both make the certificates the only trust
 * anchors of native requests, whatever the host.
 */
export const capacitor = defineFormat({
  id: 'capacitor',
  platforms: ['android', 'ios'],
  kind: 'app',
  hasOwnRules: false,
  title: 'Capacitor: SSLPinning',
  docs: 'https://ionic.io/docs/ssl-pinning/configuration',
  failsWith: 'the promise of CapacitorHttp is rejected',
  abilities: {
    subdomainDepth: 'all',
    overlap: 'merged',
    expiry: 'none',
    lists: 'certificates',
    minimumPins: 1,
    scope: 'all-hosts',
    minimumVersion: 'Ionic SSL Pinning 1.0 or @capgo/capacitor-ssl-pinning 8',
    needs: 'certificates',
    trustsPinned: PLATFORMS,
  },
  options: {},
  render: ({ policies }, _values, stamp) => {
    const certificates = pinnedCertificates(policies)
    if (certificates.length === 0) return []
    return [
      {
        kind: 'text',
        id: 'config',
        title: 'Plugins in capacitor.config.ts',
        path: 'capacitor.config.ts',
        fileName: 'capacitor.config.ts',
        language: 'typescript',
        content: configFile(certificates, stampText(stamp, certificatesByHost(policies))),
        place:
          'Install Ionic’s SSL Pinning or @capgo/capacitor-ssl-pinning, merge the plugins into capacitor.config.ts and run npx cap sync. Requests of CapacitorHttp then trust these certificates and what they issued, for every host: name hosts that need the device’s own store, with https://, in excludedDomains. What the web view loads by itself is another matter: on Android it follows the Network Security Config.',
      },
      ...certificates.map(({ certificate }) =>
        certificateSnippet(
          certificate,
          { folder: FOLDER, extension: 'cer', encoding: 'der' },
          () =>
            `Save it in ${FOLDER} at the root of the project, under exactly this name: the configuration lists it. The certificate that replaces it needs an app update, even with the same key.`,
        ),
      ),
    ]
  },
})

function configFile(certificates: readonly CertificateOrigin[], head: string): string {
  return [
    slashComment(head),
    "import type { CapacitorConfig } from '@capacitor/cli'",
    '',
    'const config: CapacitorConfig = {',
    '  plugins: {',
    '    CapacitorHttp: {',
    '      enabled: true,',
    '    },',
    '    SSLPinning: {',
    '      certs: [',
    ...certificates.flatMap((origin) => [
      `        ${slashComment(certificateComment(origin.chainRole, origin.certificate))}`,
      `        ${javascriptString(`${FOLDER}/${certificateFileName(origin.certificate, 'cer')}`)},`,
    ]),
    '      ],',
    '    },',
    '  },',
    '}',
    '',
    'export default config',
    '',
  ].join('\n')
}
