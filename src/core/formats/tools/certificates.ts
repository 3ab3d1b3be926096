import { isoDay } from '../../instant.ts'
import type { PinPlan } from '../../pins/plan-pins.ts'
import { certificateSnippet, pinnedCertificates } from '../certificate-files.ts'
import { defineFormat } from '../format.ts'

/** The certificates behind the pins as files: for libraries that compare whole certificates, and to keep. */
export const certificates = defineFormat({
  id: 'certificates',
  platforms: ['android', 'ios'],
  kind: 'tool',
  hasOwnRules: false,
  title: 'Pinned certificates',
  docs: 'https://www.rfc-editor.org/rfc/rfc7468#section-5',
  failsWith: null,
  abilities: {
    subdomainDepth: 'all',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'none',
    minimumPins: 1,
    minimumVersion: null,
    needs: 'certificates',
  },
  options: {
    encoding: {
      kind: 'choice',
      label: 'How should the files be written?',
      choices: [
        { value: 'pem', label: 'PEM', effect: 'Text that begins with -----BEGIN CERTIFICATE-----.' },
        { value: 'der', label: 'DER', effect: 'The bytes themselves, as .cer files of apps hold them.' },
      ],
      matters: ({ policies }: PinPlan) => pinnedCertificates(policies).length > 0,
    },
  },
  render: ({ policies }, { encoding }) =>
    pinnedCertificates(policies).map(({ certificate }) =>
      certificateSnippet(
        certificate,
        { folder: 'certificates', extension: encoding, encoding },
        () =>
          `Valid until ${isoDay(certificate.notAfter)}. Whatever compares the whole certificate refuses the one that replaces it, even with the same key.`,
      ),
    ),
})
