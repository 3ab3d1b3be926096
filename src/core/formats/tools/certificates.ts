import { certificateName, type Certificate } from '../../certificate/certificate.ts'
import { isoDay } from '../../instant.ts'
import type { PinPlan } from '../../pins/plan-pins.ts'
import { resourceName, shortLine } from '../escape.ts'
import { defineFormat } from '../format.ts'

const LONGEST_NAME = 80

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
      matters: (plan) => pinnedCertificates(plan).length > 0,
    },
  },
  render: (plan, { encoding }) =>
    pinnedCertificates(plan).map((certificate) => {
      const name = certificateName(certificate)
      const fileName = `${resourceName(name, certificate.sha256.slice(0, 12))}.${encoding}`
      return {
        kind: 'certificate',
        id: certificate.sha256.slice(0, 12),
        title: `Certificate ${shortLine(name, LONGEST_NAME)}`,
        path: `certificates/${fileName}`,
        fileName,
        certificate: certificate.sha256,
        encoding,
        place: `Valid until ${isoDay(certificate.notAfter)}. Whatever compares the whole certificate refuses the one that replaces it, even with the same key.`,
      }
    }),
})

/** Each once, in the order of the plan. */
function pinnedCertificates({ policies }: PinPlan): readonly Certificate[] {
  const origins = policies.flatMap(({ pins }) => pins.flatMap((pin) => pin.origins))
  return [
    ...new Map(
      origins.flatMap((origin) =>
        origin.kind === 'certificate' ? [[origin.certificate.sha256, origin.certificate] as const] : [],
      ),
    ).values(),
  ]
}
