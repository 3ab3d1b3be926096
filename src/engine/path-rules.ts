import {
  isCritical,
  readExtensionList,
  TYPE as SHOWN_TYPE,
  valueOf,
  type RawExtension,
} from './certificate-extensions.ts'
import { certificateParts } from './certificate-parts.ts'
import { readChildren, readElement, TAG } from './der.ts'
import type { PathMember } from './issuer-search.ts'
import {
  readConstrainedNames,
  readNameConstraints,
  type ConstrainedNames,
  type NameConstraints,
} from './name-constraints.ts'

/** What a certificate says of the paths through it, beside what is shown of it. */
export interface PathRules {
  /** Version 1 has no extensions; roots of the last century are of it. */
  readonly isVersion1: boolean
  readonly hasBasicConstraints: boolean
  readonly nameConstraints: NameConstraints | null
  readonly names: ConstrainedNames
  /** Extensions because of which a validator refuses the certificate: dotted object identifiers or names. */
  readonly unjudged: readonly string[]
}

const TYPE = {
  ...SHOWN_TYPE,
  crlDistributionPoints: '2.5.29.31',
  policyMappings: '2.5.29.33',
  policyConstraints: '2.5.29.36',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  inhibitAnyPolicy: '2.5.29.54',
} as const

/**
 * Those that OpenSSL takes when they are critical (`X509_supported_extension`), without the ones about Netscape's kinds
 * of certificate, address blocks and proxies. Like OpenSSL in its usual mode, nobody here computes policies.
 */
const PROCESSED: ReadonlySet<string> = new Set([
  TYPE.keyUsage,
  TYPE.subjectAlternativeName,
  TYPE.basicConstraints,
  TYPE.nameConstraints,
  TYPE.crlDistributionPoints,
  TYPE.certificatePolicies,
  TYPE.policyMappings,
  TYPE.policyConstraints,
  TYPE.extendedKeyUsage,
  TYPE.inhibitAnyPolicy,
  TYPE.ocspNoCheck,
])

/** Those that paths are judged by; RFC 5280 §4.2 allows each of them once. */
const JUDGED: readonly string[] = [
  TYPE.keyUsage,
  TYPE.subjectAlternativeName,
  TYPE.basicConstraints,
  TYPE.nameConstraints,
  TYPE.extendedKeyUsage,
]

/** As `Certificate.extensions.unreadable` calls them. Of the others OpenSSL takes no notice either. */
const NEEDED: ReadonlySet<string> = new Set([
  'key usage',
  'extended key usage',
  'subject key identifier',
  'authority key identifier',
])

/** Never throws; what cannot be read is `unjudged`. */
export function readPathRules({ certificate, der }: Pick<PathMember, 'certificate' | 'der'>): PathRules {
  const parts = certificateParts(der)
  const tbsCertificate = parts.ok ? parts.value.tbsCertificate : new Uint8Array()
  const outer = readElement(tbsCertificate, 0)
  const fields = (outer.ok && readChildren(tbsCertificate, outer.value)) || []
  const list = readExtensionList(tbsCertificate, fields)
  const extensions = list ?? []
  const first = (type: string) => extensions.find((extension) => extension.type === type)

  const constraints = first(TYPE.nameConstraints)
  const nameConstraints = constraints ? readNameConstraints(valueOf(constraints.der)) : null
  const alternativeNames = first(TYPE.subjectAlternativeName)
  const subject = parts.ok ? parts.value.subject : new Uint8Array()
  const names = readConstrainedNames(subject, alternativeNames ? valueOf(alternativeNames.der) : null)
  return {
    isVersion1: fields[0]?.tag !== TAG.explicit0,
    hasBasicConstraints: first(TYPE.basicConstraints) !== undefined,
    nameConstraints,
    names: names ?? [],
    unjudged: [
      ...new Set([
        ...unjudgedOf(extensions),
        ...certificate.extensions.unreadable.filter((name) => NEEDED.has(name)),
        ...(constraints && !nameConstraints ? ['name constraints'] : []),
        ...(names ? [] : ['names']),
        ...(list ? [] : ['extensions']),
      ]),
    ],
  }
}

function unjudgedOf(extensions: readonly RawExtension[]): readonly string[] {
  const types = extensions.map(({ type }) => type)
  return [
    ...extensions
      .filter((extension) => isCritical(extension) && !PROCESSED.has(extension.type))
      .map(({ type }) => type),
    ...JUDGED.filter((type) => types.indexOf(type) !== types.lastIndexOf(type)),
  ]
}
