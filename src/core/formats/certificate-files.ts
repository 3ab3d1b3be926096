import { certificateName, type Certificate } from '../certificate/certificate.ts'
import { isoDay } from '../instant.ts'
import { parentPolicies, type CertificateOrigin, type HostPolicy } from '../pins/plan-pins.ts'
import { resourceName } from './escape.ts'
import { shortLine } from '../single-line.ts'
import type { CertificateSnippet, StampedHost } from './format.ts'

const LONGEST_NAME = 80

/** The certificates behind the pins of some hosts, each once, in the order of the plan. */
export function pinnedCertificates(policies: readonly Pick<HostPolicy, 'pins'>[]): readonly CertificateOrigin[] {
  const origins = policies.flatMap(({ pins }) => pins.flatMap((pin) => pin.origins))
  return [
    ...new Map(
      origins.flatMap((origin) =>
        origin.kind === 'certificate' ? [[origin.certificate.sha256, origin] as const] : [],
      ),
    ).values(),
  ]
}

/** The same host by host, for the first line of an output. */
export function certificatesByHost(policies: readonly HostPolicy[]): readonly StampedHost[] {
  return policies.map((policy) => ({ host: policy.host, certificates: pinnedCertificates([policy]) }))
}

/**
 * Those that speak for one host: its own, and those of the parents whose sub-domains include it. A pin that it inherits
 * and has itself stands in its policy once, with its own certificates alone.
 */
export function certificatesFor(policy: HostPolicy, policies: readonly HostPolicy[]): readonly CertificateOrigin[] {
  return pinnedCertificates([policy, ...parentPolicies(policy.host, policies)])
}

/** Without an extension. Safe in every file system and as a resource, and like no other certificate’s. */
export function certificateResourceName(certificate: Certificate): string {
  return resourceName(certificateName(certificate), shortId(certificate))
}

export function certificateFileName(certificate: Certificate, extension: string): string {
  return `${certificateResourceName(certificate)}.${extension}`
}

/**
 * One line about it. Holds hostile text: pass it through `slashComment` or the like.
 *
 * @param what it is, before its name
 */
export function certificateComment(what: string, certificate: Certificate): string {
  return `${what}: ${shownName(certificate)}, valid until ${isoDay(certificate.notAfter)}`
}

interface CertificateFile {
  readonly folder: string
  readonly extension: string
  readonly encoding: CertificateSnippet['encoding']
  /** What tells it from others that its format may have. */
  readonly idPrefix?: string
  /** What it is, before its name. */
  readonly what?: string
}

/**
 * The file of a certificate in a folder of the project.
 *
 * @param placeOf where it goes, given its path
 */
export function certificateSnippet(
  certificate: Certificate,
  { folder, extension, encoding, idPrefix = '', what = 'Certificate' }: CertificateFile,
  placeOf: (path: string) => string,
): CertificateSnippet {
  const fileName = certificateFileName(certificate, extension)
  const path = `${folder}/${fileName}`
  return {
    kind: 'certificate',
    id: `${idPrefix}${shortId(certificate)}`,
    title: `${what} ${shownName(certificate)}`,
    path,
    fileName,
    certificate: certificate.sha256,
    encoding,
    place: placeOf(path),
  }
}

function shortId({ sha256 }: Certificate): string {
  return sha256.slice(0, 12)
}

function shownName(certificate: Certificate): string {
  return shortLine(certificateName(certificate), LONGEST_NAME)
}
