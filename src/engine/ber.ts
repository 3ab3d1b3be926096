import { BitString, fromBER, Integer, Sequence, type BaseBlock } from 'asn1js'
import type { CertificateParts } from './der.ts'

/**
 * Reads a certificate in BER with indefinite lengths, which the DER walker refuses. asn1js keeps each value's
 * original bytes (`valueBeforeDecodeView`), so here, too, nothing is re-encoded.
 *
 * @param bytes begin with the certificate; more may follow
 * @returns null for anything that is no certificate; never throws
 */
export function cutBerCertificate(bytes: Uint8Array): CertificateParts | null {
  const certificate = parse(bytes)
  const [tbsCertificate, signatureAlgorithm, signatureValue] = childrenOf(certificate)
  const fields = childrenOf(tbsCertificate)
  if (fields[0]?.idBlock.tagClass === CONTEXT_SPECIFIC) fields.shift()
  const [serialNumber, , issuer, , subject, subjectPublicKeyInfo] = fields
  const [algorithm, publicKey] = childrenOf(subjectPublicKeyInfo)
  if (
    certificate &&
    serialNumber instanceof Integer &&
    tbsCertificate instanceof Sequence &&
    issuer instanceof Sequence &&
    subject instanceof Sequence &&
    subjectPublicKeyInfo instanceof Sequence &&
    algorithm instanceof Sequence &&
    publicKey instanceof BitString &&
    signatureAlgorithm instanceof Sequence &&
    signatureValue instanceof BitString
  ) {
    return {
      certificate: certificate.valueBeforeDecodeView,
      tbsCertificate: tbsCertificate.valueBeforeDecodeView,
      issuer: issuer.valueBeforeDecodeView,
      subject: subject.valueBeforeDecodeView,
      subjectPublicKeyInfo: subjectPublicKeyInfo.valueBeforeDecodeView,
      signatureAlgorithm: signatureAlgorithm.valueBeforeDecodeView,
      signatureValue: signatureValue.valueBeforeDecodeView,
    }
  }
  return null
}

const CONTEXT_SPECIFIC = 3

function parse(bytes: Uint8Array): BaseBlock | null {
  try {
    const parsed = fromBER(bytes, { parseEmbedded: false })
    return parsed.offset > 0 && parsed.result instanceof Sequence ? parsed.result : null
  } catch {
    return null
  }
}

function childrenOf(block: BaseBlock | null | undefined): BaseBlock[] {
  return block instanceof Sequence ? [...block.valueBlock.value] : []
}
