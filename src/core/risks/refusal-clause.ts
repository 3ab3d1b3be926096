import { certificateName, type Certificate } from '../certificate/certificate.ts'
import { isoDay } from '../instant.ts'
import type { PathFault } from '../chain/trust-path.ts'
import type { PathRefusal } from '../trust/device-paths.ts'
import { shownName } from '../wording/wording.ts'

/** Why a path is refused, as a clause that needs no beginning; names are fit to be printed. */
export function refusalClause(refusal: PathRefusal): string {
  switch (refusal.kind) {
    case 'anchor-not-in-store':
      return `the root store lacks ${nameOf(refusal.anchor)}`
    case 'expired':
      return `${editionOf(refusal.certificate)} expired on ${isoDay(refusal.certificate.notAfter)}`
    case 'not-yet-valid':
      return `${editionOf(refusal.certificate)} is valid only from ${isoDay(refusal.certificate.notBefore)}`
    case 'leaf-too-new':
      return `${nameOf(refusal.anchor)} is trusted only for certificates up to ${isoDay(refusal.until)}`
    case 'not-given':
      return `${editionOf(refusal.certificate)} is not among the certificates that were given`
    case 'fault':
      return faultClause(refusal.fault)
  }
}

function faultClause(fault: Exclude<PathFault, { readonly kind: 'signature-not-checked' }>): string {
  const name = nameOf(fault.certificate)
  switch (fault.kind) {
    case 'may-not-sign':
      return `${name} may not sign other certificates`
    case 'path-too-long':
      return `more CAs stand below ${name} than the ${fault.pathLength} that it allows`
    case 'name-not-permitted':
      return `${name} may not certify ${shownName(fault.name)}`
    case 'not-for-servers':
      return `${name} is not for servers`
    case 'critical-extension-unknown':
      return `${name} has the critical extension ${shownName(fault.extension)}, which Pinsmith cannot judge`
  }
}

/** A cross-certificate has the name of the root that it certifies, and days of its own. */
function editionOf(certificate: Certificate): string {
  const { isCa, isSelfIssued, issuer } = certificate
  const name = nameOf(certificate)
  return isCa && !isSelfIssued ? `${name}, issued by ${shownName(issuer.commonName ?? issuer.text)},` : name
}

function nameOf(certificate: Certificate): string {
  return shownName(certificateName(certificate))
}
