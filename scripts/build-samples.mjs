// Writes the certificates of `Try it` to src/app/samples/certificates: npm run samples
// Names, dates and serial numbers never change; keys are new each time, and the private ones are kept nowhere.
import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '..', 'src/app/samples/certificates')

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' }

const CA_DATES = { notBefore: '2018-01-01T00:00:00Z', notAfter: '2049-12-31T23:59:59Z' }

/** Apple's limit of 825 days holds for leaves from July 2019 on; these are meant to be valid for long. */
const LEAF_DATES = { notBefore: '2019-06-01T00:00:00Z', notAfter: '2044-05-31T23:59:59Z' }

let lastSerialNumber = 0

const root = await issueCa('Pinsmith Sample Root A')
const issuing = await issueCa('Pinsmith Sample Issuing A', root)
const reserveRoot = await issueCa('Pinsmith Sample Root B')
const reserveIssuing = await issueCa('Pinsmith Sample Issuing B', reserveRoot)
const worksRoot = await issueCa('Pinsmith Works Root')
const worksIssuing = await issueCa('Pinsmith Works Issuing', worksRoot)

const expired = { notBefore: '2023-03-01T00:00:00Z', notAfter: '2024-02-29T23:59:59Z' }

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER)
for (const host of ['api.pinsmith.example', 'login.pinsmith.example']) {
  // As servers of public CAs send it, without the root: these roots are in no store, and to warn of that is right.
  write(`${host}.pem`, await issueLeaf(host, [host], issuing), issuing)
  write(`${host}-reserve.pem`, await issueLeaf(host, [host], reserveIssuing), reserveIssuing)
}
const parent = 'pinsmith.example'
write(`${parent}.pem`, await issueLeaf(parent, [parent, `*.${parent}`], issuing), issuing, root)
const shop = 'shop.pinsmith.example'
write(`${shop}-expired.pem`, await issueLeaf(shop, [shop], issuing, expired), issuing, root)
const other = 'www.other.example'
write(`${other}.pem`, await issueLeaf(other, [other], issuing), issuing, root)
const intranet = 'intranet.pinsmith.example'
write(`${intranet}.pem`, await issueLeaf(intranet, [intranet, `*.${intranet}`], worksIssuing), worksIssuing, worksRoot)

/**
 * @typedef {{ name: string, keys: CryptoKeyPair, pem: string }} Issued
 *
 * @param {string} name
 * @param {Issued} [issuer] absent: the certificate signs itself
 */
function issueCa(name, issuer) {
  const usages = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
  return issue(`CN=${name},O=Pinsmith Samples`, CA_DATES, issuer, [
    new BasicConstraintsExtension(true, undefined, true),
    new KeyUsagesExtension(usages, true),
  ])
}

/**
 * @param {string} name
 * @param {string[]} hosts
 * @param {Issued} issuer
 */
function issueLeaf(name, hosts, issuer, dates = LEAF_DATES) {
  return issue(`CN=${name}`, dates, issuer, [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns', value }))),
  ])
}

/**
 * @param {string} name
 * @param {{ notBefore: string, notAfter: string }} dates
 * @param {Issued | undefined} issuer
 * @param {import('@peculiar/x509').Extension[]} extensions
 * @returns {Promise<Issued>}
 */
async function issue(name, { notBefore, notAfter }, issuer, extensions) {
  const keys = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
  const signer = issuer?.keys ?? keys
  lastSerialNumber += 1
  const certificate = await X509CertificateGenerator.create({
    serialNumber: lastSerialNumber.toString(16).padStart(8, '0'),
    subject: name,
    issuer: issuer?.name ?? name,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: { ...ALGORITHM, hash: 'SHA-256' },
    extensions: [
      ...extensions,
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(signer.publicKey),
    ],
  })
  return { name, keys, pem: `${certificate.toString('pem')}\n` }
}

/**
 * @param {string} file
 * @param {Issued[]} certificates in the order in which a server sends them
 */
function write(file, ...certificates) {
  writeFileSync(join(FOLDER, file), certificates.map(({ pem }) => pem).join(''))
}
