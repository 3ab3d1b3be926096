import { certificateName, type Certificate } from '../../certificate/certificate.ts'
import { DEVIATION_TEXTS, type KeyEncodingDeviation } from '../../certificate/key-encoding.ts'
import type { HostPolicy } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { listed, shownName } from '../../wording/wording.ts'

interface Facts {
  readonly name: string
  readonly deviations: readonly KeyEncodingDeviation[]
}

/** What to ask of whoever issues the certificate, as the end of "with its key …". */
const REMEDIES: Readonly<Record<KeyEncodingDeviation, string>> = {
  'non-minimal-length': 'in DER',
  'indefinite-length': 'in DER',
  'constructed-bit-string': 'in DER',
  'unused-bits': 'in DER',
  'padded-integer': 'in DER',
  'algorithm-parameters': 'with the parameters of its algorithm',
  'rsa-pss': 'marked as plain RSA (rsaEncryption)',
  'explicit-curve': 'on a named curve',
  'compressed-point': 'as an uncompressed point',
  structure: 'in the structure of its algorithm',
}

export default defineRule<Facts>({
  id: 'key-encoding',
  tab: 'results',
  severity: 'warning',
  title: ({ name }) => `Platforms may hash the key of ${name} differently`,
  why: ({ deviations }) => {
    const reasons = listed(deviations.map((deviation) => DEVIATION_TEXTS[deviation]))
    const remedies = listed([...new Set(deviations.map((deviation) => REMEDIES[deviation]))])
    return `The key is written in an unusual way: ${reasons}. The pin is over the certificate's own bytes, which Apple hashes too; Android hashes the key as its own library writes it, so there the pin may never match. Have the certificate reissued with its key ${remedies}, or pin another certificate of the chain.`
  },
  faq: 'key-encoding',
  source:
    'https://github.com/google/conscrypt/blob/master/common/src/main/java/org/conscrypt/OpenSSLX509Certificate.java',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some((policy) => certificatesOf(policy).length > 0),
  check: ({ plan }) => plan.policies.flatMap(deviatingKeys),
})

function deviatingKeys(policy: HostPolicy) {
  return certificatesOf(policy)
    .filter(({ keyEncoding }) => keyEncoding.length > 0)
    .map((certificate) => ({
      rowIds: policy.rowIds,
      facts: { name: shownName(certificateName(certificate)), deviations: certificate.keyEncoding },
    }))
}

/** The pinned certificates of a host's own rows, each once; an inherited pin is told where it comes from. */
function certificatesOf({ pins }: HostPolicy): readonly Certificate[] {
  const own = pins.filter(({ inheritedFrom }) => inheritedFrom === null)
  const certificates = own.flatMap(({ origins }) =>
    origins.flatMap((origin) => (origin.kind === 'certificate' ? [origin.certificate] : [])),
  )
  return [...new Map(certificates.map((certificate) => [certificate.sha256, certificate])).values()]
}
