/**
 * The engine's answer to the certificates of one row, in Node and without the worker: the chains that are shown and
 * every path to a root.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'vite'
import { milliseconds, print } from './measurements.mjs'

/** @typedef {import('./measurements.mjs').Measurement} Measurement */
/** @typedef {import('../src/engine/inspection.ts').Engine} Engine */
/** @typedef {import('../tests/support/issue-chain.ts').IssuedCertificate} IssuedCertificate */
/** @typedef {typeof import('../tests/support/issue-chain.ts').issueCertificate} Issue */

const ROOT = join(import.meta.dirname, '..')
/** A leaf, its CA and a cross-certificate, whose root is in the bundled collection. */
const SERVED = join(ROOT, 'tests/fixtures/certificates/chains-composed--stackoverflow.com-cross-ee5f7a.pem')

const RUNS = 7
const DECOYS = 1000
const LEAVES = 500
const AUTHORITIES = 99
/** Every two of them have signed for each other. */
const MESH = 12

export async function paths() {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  try {
    const { createInProcessEngine } = await server.ssrLoadModule('/tests/support/in-process-engine.ts')
    const { issueCertificate, TEST_NOW } = await server.ssrLoadModule('/tests/support/issue-chain.ts')
    const { inspect } = await server.ssrLoadModule('/src/engine/inspect.ts')
    await measure(createInProcessEngine(), inspect, issueCertificate, TEST_NOW)
  } finally {
    await server.close()
  }
}

/**
 * @param {Engine} engine
 * @param {typeof import('../src/engine/inspect.ts').inspect} inspect
 * @param {Issue} issue
 * @param {number} now
 */
async function measure(engine, inspect, issue, now) {
  const served = await inspect(new Uint8Array(readFileSync(SERVED)))
  const four = served.ok ? served.value.certificates.map(({ der }) => der) : []
  // The collection is indexed with the first job.
  await engine.buildChains(four, now)
  /** @type {Measurement[]} */
  const measurements = []
  for (const { what, ders } of [
    { what: '4 certificates', ders: four },
    { what: `${DECOYS} decoys`, ders: await decoys(issue) },
    { what: `${LEAVES} leaves, ${AUTHORITIES + 1} CAs`, ders: await manyLeaves(issue) },
    { what: `mesh of ${MESH} CAs`, ders: await mesh(issue) },
  ]) {
    /** @type {number[]} */
    const times = []
    let found = 0
    for (let run = 0; run < RUNS; run += 1) {
      const started = performance.now()
      const report = await engine.buildChains(ders, now)
      times.push(performance.now() - started)
      if (!report.ok) throw new Error(report.failure.kind)
      found = report.value.chains.reduce((sum, { search }) => sum + search.paths.length, 0)
    }
    const sorted = times.toSorted((one, other) => one - other)
    measurements.push({
      what,
      figures: {
        'chains and paths, median': milliseconds(sorted[(RUNS - 1) / 2] ?? Number.NaN),
        longest: milliseconds(sorted.at(-1) ?? Number.NaN),
        paths: { value: found, unit: '' },
      },
    })
  }
  print('Chains and paths of one row, in Node', measurements)
}

/**
 * CAs of the issuer's name, each with a key of its own and the identifier of the issuer's key. The issuer comes last,
 * behind what is put into chains at all.
 *
 * @param {Issue} issue
 */
async function decoys(issue) {
  const root = await issue({ subject: 'Root', isCa: true })
  const issuer = await issue({ subject: 'Issuer', isCa: true, issuer: root })
  const leaf = await issue({ subject: 'decoys.example', issuer })
  const others = await Promise.all(
    Array.from({ length: DECOYS }, (_, index) =>
      issue({ subject: 'Issuer', keyName: `decoy ${index}`, identifierOf: issuer, isCa: true, issuer: root }),
    ),
  )
  return [leaf, root, ...others, issuer].map(({ der }) => der)
}

/** @param {Issue} issue */
async function manyLeaves(issue) {
  const root = await issue({ subject: 'Root', isCa: true })
  const authorities = await Promise.all(
    Array.from({ length: AUTHORITIES }, (_, index) => issue({ subject: `CA ${index}`, isCa: true, issuer: root })),
  )
  const leaves = await Promise.all(
    Array.from({ length: LEAVES }, (_, index) =>
      issue({ subject: `${index}.example`, issuer: authorities[index % AUTHORITIES] ?? root }),
    ),
  )
  return [...leaves, ...authorities, root].map(({ der }) => der)
}

/** @param {Issue} issue */
async function mesh(issue) {
  const roots = await Promise.all(
    Array.from({ length: MESH }, (_, index) => issue({ subject: `Mesh ${index}`, isCa: true })),
  )
  const crossSigns = await Promise.all(
    roots.flatMap((issuer) =>
      roots.filter((root) => root !== issuer).map(({ subject }) => issue({ subject, isCa: true, issuer })),
    ),
  )
  const leaf = await issue({ subject: 'mesh.example', ...(roots[0] && { issuer: roots[0] }) })
  return [leaf, ...crossSigns, ...roots].map(({ der }) => der)
}
