// Writes src/core/pins/wrong-certificate.ts: node scripts/build-wrong-certificate.mjs
// Its key is new each time, and the private one is kept nowhere: no server can have this certificate.
import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { createHash, X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = join(import.meta.dirname, '..', 'src/core/pins/wrong-certificate.ts')

const NAME = 'WRONG ON PURPOSE, never ship this'
const [FROM, UNTIL] = ['2020-01-01T00:00:00Z', '2049-12-31T23:59:59Z']

const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
const keyIdentifier = await SubjectKeyIdentifierExtension.create(keys.publicKey)
const made = await X509CertificateGenerator.createSelfSigned({
  // A name that is given as an object needs no escaping of the comma.
  name: [{ CN: [NAME] }],
  serialNumber: '01',
  notBefore: new Date(FROM),
  notAfter: new Date(UNTIL),
  keys,
  signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  extensions: [
    // A CA, so that libraries take it for an anchor.
    new BasicConstraintsExtension(true, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    keyIdentifier,
  ],
})

const der = Buffer.from(made.rawData)
const { serialNumber, publicKey } = new X509Certificate(der)
const hash = (/** @type {string} */ algorithm, /** @type {Buffer} */ bytes) => createHash(algorithm).update(bytes)
const pin = hash('sha256', publicKey.export({ type: 'spki', format: 'der' })).digest('base64')

writeFileSync(
  FILE,
  `import type { Certificate, CertificateFingerprint } from '../certificate/certificate.ts'
import type { SpkiPin } from './spki-pin.ts'

// Written by scripts/build-wrong-certificate.mjs, which keeps the private key nowhere.

const NAME = {
  text: String.raw\`CN=${NAME.replace(',', String.raw`\,`)}\`,
  commonName: '${NAME}',
  organization: null,
}

/** Stands in the place of right certificates in a negative test: a CA that no server's chain ends at. */
export const WRONG_CERTIFICATE: Certificate = {
  sha256: '${hash('sha256', der).digest('hex')}' as CertificateFingerprint,
  sha1: '${hash('sha1', der).digest('hex')}',
  pin: '${pin}' as SpkiPin,
  subject: NAME,
  issuer: NAME,
  serialNumber: '${serialNumber.toLowerCase()}',
  notBefore: ${Date.parse(FROM)},
  notAfter: ${Date.parse(UNTIL)},
  dnsNames: [],
  ipAddresses: [],
  isCa: true,
  isSelfIssued: true,
  publicKey: { algorithm: 'EC', bits: 256, curve: 'P-256' },
  keyEncoding: [],
  signatureAlgorithm: 'SHA-256 with ECDSA',
  extensions: {
    keyUsage: ['Certificate Sign'],
    extendedKeyUsage: null,
    pathLength: null,
    subjectKeyIdentifier: '${keyIdentifier.keyId}',
    authorityKeyIdentifier: null,
    issuerUrls: [],
    policies: [],
    mustStaple: false,
    signedCertificateTimestamps: [],
    otherNames: [],
    unreadable: [],
  },
}

/** Its DER as base64. */
export const WRONG_CERTIFICATE_BASE64 =
  '${der.toString('base64')}'
`,
)
