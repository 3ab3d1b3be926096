// tsyringe, which @peculiar/x509 is built on, throws at import unless this polyfill was loaded before it.
import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Name,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509'
import { readChildren, readElement } from '../../src/engine/der.ts'
import { encodeBits, encodeDer, encodeUnsigned } from '../../src/engine/encode-der.ts'
import { valueOf } from './outcome.ts'

/** A subject: a common name, or attributes in the order of the encoding, with any text at all. */
export type Subject = string | readonly { readonly type: string; readonly text: string }[]

export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'RSA' | 'RSA-PSS' | 'Ed25519'

export interface CertificateOrder {
  readonly subject: Subject
  /** Whose key signs; absent: the certificate signs itself. */
  readonly issuer?: IssuedCertificate
  /** Default P-256. */
  readonly key?: KeyKind
  /** Orders of the same name get the same key; default: the subject. */
  readonly keyName?: string
  readonly dnsNames?: readonly string[]
  readonly ipAddresses?: readonly string[]
  /** True: basic constraints with CA; false: without; null: no basic constraints at all. Default false. */
  readonly isCa?: boolean | null
  /** Default: 2026-01-01 to 2027-01-01. */
  readonly notBefore?: string
  readonly notAfter?: string
  /** Subject and authority key identifiers; default true. */
  readonly keyIdentifiers?: boolean
  /** Whose key the subject key identifier belongs to; default: the certificate's own. */
  readonly identifierOf?: IssuedCertificate
  readonly extensions?: readonly Extension[]
}

export interface IssuedCertificate {
  readonly der: Uint8Array
  readonly pem: string
  readonly subject: Subject
  readonly keys: CryptoKeyPair
}

/** The day on which the certificates of tests are valid unless they say otherwise. */
export const TEST_NOW = Date.parse('2026-06-01T00:00:00Z')

const ALGORITHMS: Readonly<Record<KeyKind, EcKeyGenParams | RsaHashedKeyGenParams | Algorithm>> = {
  'P-256': { name: 'ECDSA', namedCurve: 'P-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384' },
  'P-521': { name: 'ECDSA', namedCurve: 'P-521' },
  RSA: rsa('RSASSA-PKCS1-v1_5'),
  'RSA-PSS': rsa('RSA-PSS'),
  Ed25519: { name: 'Ed25519' },
}

function rsa(name: string): RsaHashedKeyGenParams {
  return { name, hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
}

const HASHES: Partial<Record<KeyKind, string>> = { 'P-384': 'SHA-384', 'P-521': 'SHA-512' }

/** RSA keys take a tenth of a second each. */
const keyPairs = new Map<string, Promise<CryptoKeyPair>>()

function keyPair(kind: KeyKind, name: string): Promise<CryptoKeyPair> {
  const memoryKey = `${kind} ${name}`
  const known = keyPairs.get(memoryKey)
  if (known) return known
  const made = crypto.subtle.generateKey(ALGORITHMS[kind], true, ['sign', 'verify']) as Promise<CryptoKeyPair>
  keyPairs.set(memoryKey, made)
  return made
}

let lastSerialNumber = 0

/** Makes one certificate with a real signature. */
export async function issueCertificate(order: CertificateOrder): Promise<IssuedCertificate> {
  const { subject, issuer, key = 'P-256', isCa = false, keyIdentifiers = true } = order
  const keys = await keyPair(key, order.keyName ?? JSON.stringify(subject))
  const signer = issuer?.keys ?? keys
  const extensions: Extension[] = []
  if (isCa !== null) extensions.push(new BasicConstraintsExtension(isCa, undefined, true))
  const names = [
    ...(order.dnsNames ?? []).map((value) => ({ type: 'dns' as const, value })),
    ...(order.ipAddresses ?? []).map((value) => ({ type: 'ip' as const, value })),
  ]
  if (names.length > 0) extensions.push(new SubjectAlternativeNameExtension(names))
  if (keyIdentifiers) {
    extensions.push(await SubjectKeyIdentifierExtension.create((order.identifierOf?.keys ?? keys).publicKey))
    extensions.push(await AuthorityKeyIdentifierExtension.create(signer.publicKey))
  }
  lastSerialNumber += 1
  const certificate = await X509CertificateGenerator.create({
    serialNumber: lastSerialNumber.toString(16).padStart(8, '0'),
    subject: encodeName(subject),
    issuer: encodeName(issuer?.subject ?? subject),
    notBefore: new Date(order.notBefore ?? '2026-01-01T00:00:00Z'),
    notAfter: new Date(order.notAfter ?? '2027-01-01T00:00:00Z'),
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: signingAlgorithm(signer.privateKey.algorithm),
    extensions: [...extensions, ...(order.extensions ?? [])],
  })
  return { der: new Uint8Array(certificate.rawData), pem: `${certificate.toString('pem')}\n`, subject, keys }
}

/**
 * The certificate with another `tbsCertificate`, signed again by a key of P-256; for what no library makes.
 *
 * @param fields the elements of the old one → those of the new one
 */
export async function signAgain(
  certificate: IssuedCertificate,
  signer: IssuedCertificate,
  fields: (elements: readonly Uint8Array[]) => readonly Uint8Array[],
): Promise<IssuedCertificate> {
  const [old, algorithm] = elementsOf(certificate.der)
  const tbsCertificate = encodeDer(0x30, ...fields(elementsOf(old ?? new Uint8Array())))
  const signing = { name: 'ECDSA', hash: 'SHA-256' }
  const pair = new Uint8Array(await crypto.subtle.sign(signing, signer.keys.privateKey, tbsCertificate.slice()))
  const signature = encodeDer(0x30, encodeUnsigned(pair.subarray(0, 32)), encodeUnsigned(pair.subarray(32)))
  const der = encodeDer(0x30, tbsCertificate, algorithm ?? new Uint8Array(), encodeBits(signature))
  return { ...certificate, der, pem: `${new X509Certificate(der.slice()).toString('pem')}\n` }
}

function elementsOf(value: Uint8Array): readonly Uint8Array[] {
  const children = readChildren(value, valueOf(readElement(value, 0))) ?? []
  return children.map(({ start, end }) => value.subarray(start, end))
}

/** A root, an intermediate and a leaf for a host: the usual case. */
export async function issueChain(host: string, key: KeyKind = 'P-256') {
  const root = await issueCertificate({ subject: `Root of ${host}`, isCa: true, key })
  const intermediate = await issueCertificate({ subject: `Intermediate of ${host}`, isCa: true, key, issuer: root })
  const extensions = [new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth])]
  const leaf = await issueCertificate({ subject: host, dnsNames: [host], key, issuer: intermediate, extensions })
  return { root, intermediate, leaf }
}

/** As an object and not as text, since the library takes quotes and backslashes in text for its own notation. */
function encodeName(subject: Subject): Name {
  const attributes = typeof subject === 'string' ? [{ type: 'CN', text: subject }] : subject
  return new Name(attributes.map(({ type, text }) => ({ [type]: [{ utf8String: text }] })))
}

function signingAlgorithm(key: KeyAlgorithm): EcdsaParams | RsaPssParams | Algorithm {
  if (key.name === 'RSA-PSS') return { name: key.name, saltLength: 32 }
  const { namedCurve } = key as EcKeyAlgorithm
  return { name: key.name, hash: HASHES[namedCurve as KeyKind] ?? 'SHA-256' }
}
