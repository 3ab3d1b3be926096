// Writes the files of src/engine/roots from the reference data: npm run roots [-- <data folder>]
// The same data always gives the same bytes, so a change in the files is a change in the data.
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Names are only looked up by their hashes, so half of a SHA-256 is enough. */
const NAME_HASH_BYTES = 16

const project = resolve(import.meta.dirname, '..')
const data = resolve(process.argv[2] ?? join(project, '../shared/data'))
const target = join(project, 'src/engine/roots')

const stores = JSON.parse(readFileSync(join(data, 'root-stores.json'), 'utf8'))
const crossSigned = JSON.parse(readFileSync(join(data, 'cross-signs.json'), 'utf8'))
const rootFile = readCertificates('roots.pem')
const crossSignFile = readCertificates('cross-signs.pem')

const roots = stores.roots.map((root) => ({ row: rootRow(root), der: derOf(root, rootFile) }))
const crossSigns = crossSigned.crossSigns
  .filter(({ revoked }) => !revoked)
  .map((crossSign) => {
    const der = derOf(crossSign, crossSignFile)
    return { row: [base64(crossSign.sha256, 'hex'), nameHash(sha256(subjectOf(der)))], der }
  })

const head = { schema: 3, date: stores.built, sources: stores.sources }
write(
  'root-table.json',
  `${JSON.stringify(head, null, 2).slice(0, -2)},
  "roots": ${lines(roots.map(({ row }) => row))},
  "crossSigns": ${lines(crossSigns.map(({ row }) => row))}
}
`,
)
// In hexadecimal, which brotli makes a tenth smaller than base64: the same bytes look the same wherever they stand.
write('root-certificates.json', `${lines([...roots, ...crossSigns].map(({ der }) => der.toString('hex')))}\n`)
console.log(`${roots.length} roots and ${crossSigns.length} cross-certificates, data of ${head.date}`)

/** As `readRootTable` of src/engine/root-table.ts reads it. */
function rootRow(root) {
  const { name, spki, sha256: fingerprint, ski, nameSha256, notBefore, notAfter } = root
  const hash = nameHash(Buffer.from(nameSha256, 'base64'))
  return [
    name,
    spki,
    base64(fingerprint, 'hex'),
    base64(ski ?? '', 'hex'),
    hash,
    notBefore,
    notAfter,
    ...storeCells(root),
  ]
}

function storeCells({ name, android, apple, mozilla, chrome }) {
  if (android?.missing) throw new Error(`${name} is missing in some Android levels, which the table cannot say`)
  return [
    android && [android.first, android.last, ...Object.keys(android.partial ?? {}).map(Number)],
    apple?.firstList ? [apple.firstList, apple.lastList] : null,
    mozilla?.tls ? (mozilla.tlsDistrustAfter ?? true) : null,
    chrome?.listed ? (chrome.sctNotAfter ?? true) : null,
  ]
}

/** The certificates of a PEM file by their fingerprints. */
function readCertificates(file) {
  const pem = readFileSync(join(data, file), 'utf8')
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return new Map(
    blocks.map((block) => {
      const der = new X509Certificate(block).raw
      return [sha256(der).toString('hex'), der]
    }),
  )
}

function derOf({ sha256: fingerprint }, certificates) {
  const der = certificates.get(fingerprint)
  if (!der) throw new Error(`There is no certificate with the fingerprint ${fingerprint}`)
  return der
}

/** The subject's name in a certificate (RFC 5280 §4.1): the fifth field behind the version. */
function subjectOf(der) {
  const certificate = element(der, 0)
  const signed = element(der, certificate.start)
  let field = element(der, signed.start)
  if (der[field.at] === 0xa0) field = element(der, field.end)
  for (let skipped = 0; skipped < 4; skipped += 1) field = element(der, field.end)
  return der.subarray(field.at, field.end)
}

function element(der, at) {
  const first = der[at + 1]
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  const start = at + 2 + lengthBytes
  return { at, start, end: start + (lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes)) }
}

function nameHash(digest) {
  return digest.subarray(0, NAME_HASH_BYTES).toString('base64')
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest()
}

function base64(text, encoding) {
  return Buffer.from(text, encoding).toString('base64')
}

/** One item for each line, so that a change of the data can be read as a diff. */
function lines(items) {
  return `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`
}

function write(file, text) {
  JSON.parse(text)
  writeFileSync(join(target, file), text)
  console.log(`${join(target, file)} (${Math.round(text.length / 1024)} KiB)`)
}
