// Writes src/engine/roots/bundled-roots.json from the reference data: npm run roots [-- <data folder>]
// The same data always gives the same bytes, so a change in the file is a change in the data.
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

// The same as in src/core/chain/chain.ts, where a test holds them against the data.
const APPLE_LISTS = [
  'iOS 12',
  'iOS 12.1.3',
  'iOS 13',
  'iOS 14',
  'iOS 15',
  'iOS 15.1',
  'iOS 16',
  'iOS 16.5',
  'iOS 17',
  'iOS 18',
  'iOS 26',
]

const project = resolve(import.meta.dirname, '..')
const data = resolve(process.argv[2] ?? join(project, '../shared/data'))
const target = join(project, 'src/engine/roots/bundled-roots.json')

const stores = JSON.parse(readFileSync(join(data, 'root-stores.json'), 'utf8'))
const certificates = readCertificates(readFileSync(join(data, 'roots.pem'), 'utf8'))
if (certificates.size !== stores.roots.length) {
  throw new Error(`roots.pem holds ${certificates.size} certificates, root-stores.json lists ${stores.roots.length}`)
}

const roots = stores.roots.map((root) => {
  const der = certificates.get(root.sha256)
  if (!der) throw new Error(`roots.pem lacks ${root.name} (${root.sha256})`)
  return { sha256: root.sha256, der: der.toString('base64'), stores: membership(root) }
})

// One root for each line, so that a change of the data can be read as a diff.
const head = { schema: 2, date: stores.built, sources: stores.sources }
const lines = roots.map((root) => `    ${JSON.stringify(root)}`).join(',\n')
const text = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "roots": [\n${lines}\n  ]\n}\n`
JSON.parse(text)
writeFileSync(target, text)
console.log(`${roots.length} roots of ${head.date} → ${target} (${Math.round(text.length / 1024)} KiB)`)

function readCertificates(pem) {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return new Map(
    blocks.map((block) => {
      const der = new X509Certificate(block).raw
      return [createHash('sha256').update(der).digest('hex'), der]
    }),
  )
}

/** As `StoreMembership` of src/core/chain/chain.ts has it. */
function membership({ android, apple, mozilla, chrome }) {
  return {
    android: android && {
      first: android.first,
      last: android.last,
      partial: Object.keys(android.partial ?? {}).map(Number),
    },
    apple: apple?.firstList ? { first: appleList(apple.firstList), last: appleList(apple.lastList) } : null,
    mozilla: mozilla?.tls ? { distrustAfter: instant(mozilla.tlsDistrustAfter) } : null,
    chrome: chrome?.listed ? { timestampsUntil: instant(chrome.sctNotAfter) } : null,
  }
}

function appleList(name) {
  const position = APPLE_LISTS.indexOf(name)
  if (position < 0) throw new Error(`APPLE_LISTS lacks ${name}`)
  return position
}

function instant(date) {
  return date === undefined ? null : Date.parse(date)
}
