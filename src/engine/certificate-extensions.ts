import type {
  CertificateExtensions,
  CertificatePolicy,
  SignedCertificateTimestamp,
  ValidationLevel,
} from '../core/certificate/certificate-extensions.ts'
import { encodeHex } from '../core/pins/encoding.ts'
import { contentOf, readChildren, readElement, TAG, type DerElement } from './der.ts'
import { readObjectIdentifier } from './object-identifier.ts'
import { readTimestampList } from './signed-certificate-timestamps.ts'
import { decodeText, readSubjectAlternativeNames } from './subject-alternative-names.ts'
import { BasicConstraintsExtension } from './x509.ts'

/** One extension (RFC 5280 §4.1): its type as a dotted object identifier, and all of its own bytes. */
export interface RawExtension {
  readonly type: string
  readonly der: ArrayBuffer
}

export interface ReadExtensions {
  readonly dnsNames: readonly string[]
  readonly ipAddresses: readonly string[]
  readonly isCa: boolean
  readonly shown: CertificateExtensions
}

export const TYPE = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInformationAccess: '1.3.6.1.5.5.7.1.1',
  tlsFeature: '1.3.6.1.5.5.7.1.24',
  signedCertificateTimestamps: '1.3.6.1.4.1.11129.2.4.2',
} as const

/**
 * Reads the extensions that are asked for. The names of hosts and the basic constraints decide about hosts and CAs and
 * have to be sound; one that is broken elsewhere must not cost the certificate and is named as unreadable.
 *
 * The others are not left to @peculiar/x509: their values are two levels deep, and its classes make a certificate take
 * a third longer and refuse a list of identifiers for what stands beside them.
 *
 * @returns null when the names of hosts cannot be read; throws when the basic constraints cannot
 */
export function readExtensions(extensions: readonly RawExtension[]): ReadExtensions | null {
  const ofType = (type: string) => extensions.filter((extension) => extension.type === type)
  const names = ofType(TYPE.subjectAlternativeName).map(({ der }) => readSubjectAlternativeNames(valueOf(der)))
  const soundNames = names.filter((name) => name !== null)
  if (soundNames.length < names.length) return null
  const constraints = ofType(TYPE.basicConstraints).map(({ der }) => new BasicConstraintsExtension(der))

  const unreadable: string[] = []
  /** The first of its type; RFC 5280 §4.2 allows no second. */
  const read = <Value>(type: string, name: string, readValue: (value: Uint8Array) => Value | null): Value | null => {
    const [extension] = ofType(type)
    if (!extension) return null
    const value = readValue(valueOf(extension.der))
    if (value === null) unreadable.push(name)
    return value
  }
  return {
    dnsNames: soundNames.flatMap((name) => name.dnsNames),
    ipAddresses: soundNames.flatMap((name) => name.ipAddresses),
    isCa: constraints.some(({ ca }) => ca),
    shown: {
      keyUsage: read(TYPE.keyUsage, 'key usage', readKeyUsage),
      extendedKeyUsage: read(TYPE.extendedKeyUsage, 'extended key usage', readExtendedKeyUsage),
      pathLength: pathLengthOf(constraints),
      subjectKeyIdentifier: read(TYPE.subjectKeyIdentifier, 'subject key identifier', readSubjectKeyIdentifier),
      authorityKeyIdentifier:
        read(TYPE.authorityKeyIdentifier, 'authority key identifier', readAuthorityKeyIdentifier)?.keyIdentifier ??
        null,
      issuerUrls: read(TYPE.authorityInformationAccess, 'authority information access', readIssuerUrls) ?? [],
      policies: read(TYPE.certificatePolicies, 'certificate policies', readPolicies) ?? [],
      mustStaple: read(TYPE.tlsFeature, 'TLS feature', readMustStaple) ?? false,
      signedCertificateTimestamps:
        read(TYPE.signedCertificateTimestamps, 'signed certificate timestamps', readTimestamps) ?? [],
      otherNames: soundNames.flatMap((name) => name.otherNames),
      unreadable,
    },
  }
}

/**
 * @param fields the elements of the `tbsCertificate`
 * @returns none when there is no list, null when it cannot be read
 */
export function readExtensionList(
  tbsCertificate: Uint8Array,
  fields: readonly DerElement[],
): readonly RawExtension[] | null {
  const wrapper = fields.find((field) => field.tag === TAG.explicit3)
  if (!wrapper) return []
  const [list] = readChildren(tbsCertificate, wrapper) ?? []
  const extensions = list && readChildren(tbsCertificate, list)
  if (!extensions) return null
  return extensions.map((extension) => ({
    type: extensionType(tbsCertificate, extension),
    der: tbsCertificate.slice(extension.start, extension.end).buffer,
  }))
}

function extensionType(bytes: Uint8Array, extension: DerElement): string {
  const [type] = readChildren(bytes, extension, 1) ?? []
  return (type && readObjectIdentifier(contentOf(bytes, type))) ?? ''
}

/** Whether a validator that does not know the extension has to refuse the certificate (RFC 5280 §4.2). */
export function isCritical({ der }: RawExtension): boolean {
  const bytes = new Uint8Array(der)
  const outer = readElement(bytes, 0)
  const critical = outer.ok ? readChildren(bytes, outer.value)?.[1] : undefined
  return critical?.tag === TAG.boolean && contentOf(bytes, critical).some((octet) => octet !== 0)
}

/** The content of an extension's last element (RFC 5280 §4.1): type, perhaps `critical`, value. */
export function valueOf(der: ArrayBuffer): Uint8Array {
  const bytes = new Uint8Array(der)
  const outer = readElement(bytes, 0)
  const value = outer.ok ? readChildren(bytes, outer.value)?.at(-1) : undefined
  return value?.tag === TAG.octetString ? contentOf(bytes, value) : new Uint8Array()
}

/** RFC 5280 §4.2.1.9: without `cA` the number means nothing. The library makes a text of one that is too large. */
function pathLengthOf(constraints: readonly BasicConstraintsExtension[]): number | null {
  const length = constraints.find(({ ca }) => ca)?.pathLength
  return typeof length === 'number' && length >= 0 ? length : null
}

/** RFC 5280 §4.2.1.3, first bit first; the names that OpenSSL prints. */
const KEY_USAGES: readonly string[] = [
  'Digital Signature',
  'Non Repudiation',
  'Key Encipherment',
  'Data Encipherment',
  'Key Agreement',
  'Certificate Sign',
  'CRL Sign',
  'Encipher Only',
  'Decipher Only',
]

function readKeyUsage(value: Uint8Array): readonly string[] | null {
  const bits = onlyElement(value, TAG.bitString)
  if (!bits || bits.contentStart === bits.end) return null
  const octets = contentOf(value, bits).subarray(1)
  return KEY_USAGES.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0)
}

/** The names that OpenSSL prints. */
const PURPOSES: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'Any Extended Key Usage',
  '1.3.6.1.5.5.7.3.1': 'TLS Web Server Authentication',
  '1.3.6.1.5.5.7.3.2': 'TLS Web Client Authentication',
  '1.3.6.1.5.5.7.3.3': 'Code Signing',
  '1.3.6.1.5.5.7.3.4': 'E-mail Protection',
  '1.3.6.1.5.5.7.3.8': 'Time Stamping',
  '1.3.6.1.5.5.7.3.9': 'OCSP Signing',
  '1.3.6.1.4.1.311.10.3.3': 'Microsoft Server Gated Crypto',
  '2.16.840.1.113730.4.1': 'Netscape Server Gated Crypto',
}

/** RFC 5280 §4.2.1.12. */
function readExtendedKeyUsage(value: Uint8Array): readonly string[] | null {
  const identifiers = allOf(childrenOf(value, TAG.sequence), (child) => identifierOf(value, child))
  return identifiers?.map((identifier) => PURPOSES[identifier] ?? identifier) ?? null
}

/** RFC 5280 §4.2.1.2. */
function readSubjectKeyIdentifier(value: Uint8Array): string | null {
  const identifier = onlyElement(value, TAG.octetString)
  return identifier && encodeHex(contentOf(value, identifier))
}

const CONTEXT_0 = 0x80

/** RFC 5280 §4.2.1.1: the extension may name the issuer's certificate instead of its key. */
function readAuthorityKeyIdentifier(value: Uint8Array): { readonly keyIdentifier: string | null } | null {
  const children = childrenOf(value, TAG.sequence)
  const identifier = children?.find(({ tag }) => tag === CONTEXT_0)
  return children && { keyIdentifier: identifier ? encodeHex(contentOf(value, identifier)) : null }
}

const CA_ISSUERS = '1.3.6.1.5.5.7.48.2'
/** GeneralName of RFC 5280 §4.2.1.6: `[6] IA5String`. */
const URI = 0x86

/** RFC 5280 §4.2.2.1; issuers that are not at a URI are left out. */
function readIssuerUrls(value: Uint8Array): readonly string[] | null {
  const urls = allOf(childrenOf(value, TAG.sequence), (description) => {
    const [method, location] = readChildren(value, description, 2) ?? []
    if (!method || !location) return null
    const isWanted = identifierOf(value, method) === CA_ISSUERS && location.tag === URI
    return isWanted ? [decodeText(contentOf(value, location))] : []
  })
  return urls?.flat() ?? null
}

/** CA/Browser Forum Baseline Requirements §7.1.6.1. */
const VALIDATION_LEVELS: Readonly<Record<string, ValidationLevel>> = {
  '2.23.140.1.1': 'extended-validation',
  '2.23.140.1.2.1': 'domain-validated',
  '2.23.140.1.2.2': 'organization-validated',
  '2.23.140.1.2.3': 'individual-validated',
}

/** RFC 5280 §4.2.1.4, without the qualifiers. */
function readPolicies(value: Uint8Array): readonly CertificatePolicy[] | null {
  return allOf(childrenOf(value, TAG.sequence), (policy) => {
    const [type] = readChildren(value, policy, 1) ?? []
    const identifier = type ? identifierOf(value, type) : null
    return identifier === null ? null : { identifier, validation: VALIDATION_LEVELS[identifier] ?? null }
  })
}

/** RFC 7633 §6: the TLS extension `status_request`. */
const STATUS_REQUEST = '05'

function readMustStaple(value: Uint8Array): boolean | null {
  const features = allOf(childrenOf(value, TAG.sequence), (feature) =>
    feature.tag === TAG.integer ? encodeHex(contentOf(value, feature)) : null,
  )
  return features?.includes(STATUS_REQUEST) ?? null
}

/** RFC 6962 §3.3: an octet string within the extension's own. */
function readTimestamps(value: Uint8Array): readonly SignedCertificateTimestamp[] | null {
  const list = onlyElement(value, TAG.octetString)
  return list && readTimestampList(contentOf(value, list))
}

function identifierOf(bytes: Uint8Array, { tag, contentStart, end }: DerElement): string | null {
  return tag === TAG.objectIdentifier ? readObjectIdentifier(bytes.subarray(contentStart, end)) : null
}

/** The one element that a value consists of; null when it is another, or not alone. */
function onlyElement(value: Uint8Array, tag: number): DerElement | null {
  const element = readElement(value, 0)
  return element.ok && element.value.tag === tag && element.value.end === value.length ? element.value : null
}

function childrenOf(value: Uint8Array, tag: number): readonly DerElement[] | null {
  const parent = onlyElement(value, tag)
  return parent && readChildren(value, parent)
}

/** What was read of each element; null when one of them could not be read. */
function allOf<Value>(
  elements: readonly DerElement[] | null,
  read: (element: DerElement) => Value | null,
): readonly Value[] | null {
  const values: Value[] = []
  for (const element of elements ?? []) {
    const value = read(element)
    if (value === null) return null
    values.push(value)
  }
  return elements && values
}
