import { readFileSync } from 'node:fs'
import { failed, ok } from '../../src/core/result.ts'
import { buildChains } from '../../src/engine/build-chains.ts'
import { createRootCollection, type BundledRoots } from '../../src/engine/bundled-roots.ts'
import { candidateRoots } from '../../src/engine/candidate-roots.ts'
import { describe } from '../../src/engine/describe.ts'
import { inspect } from '../../src/engine/inspect.ts'
import type { Engine } from '../../src/engine/inspection.ts'
import { verifySignature } from '../../src/engine/signatures.ts'

/** A file of `src/engine/roots`, parsed. */
export function readRootFile(name: 'root-table.json' | 'root-certificates.json'): unknown {
  return JSON.parse(readFileSync(new URL(`../../src/engine/roots/${name}`, import.meta.url), 'utf8'))
}

const collection = createRootCollection({
  table: () => Promise.resolve(readRootFile('root-table.json')),
  certificates: () => Promise.resolve(readRootFile('root-certificates.json')),
})

/** The store that ships with Pinsmith, read from its files instead of fetched. */
export async function bundledRoots(): Promise<BundledRoots> {
  const roots = await collection.open()
  if (!roots) throw new Error('src/engine/roots/root-table.json does not load')
  return roots
}

/** The real engine without the worker: the same answers, no queue and no deadline. */
export function createInProcessEngine(): Engine {
  return {
    inspect: async (bytes, options, signal) =>
      signal?.aborted ? failed({ kind: 'cancelled' }) : inspect(bytes, options),
    buildChains: async (certificates, now, signal) =>
      signal?.aborted
        ? failed({ kind: 'cancelled' })
        : ok(await buildChains(certificates, now, { describe, verify: verifySignature, roots: await bundledRoots() })),
    identifyRoots: async (digests) => ok((await bundledRoots()).identify(digests)),
    candidateRoots: async (certificate) =>
      ok(await candidateRoots(certificate, { describe, roots: await bundledRoots() })),
  }
}
