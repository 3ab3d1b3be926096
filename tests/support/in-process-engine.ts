import { readFileSync } from 'node:fs'
import { failed, ok } from '../../src/core/result.ts'
import { buildChains } from '../../src/engine/build-chains.ts'
import { loadBundledRoots, type BundledRoots } from '../../src/engine/bundled-roots.ts'
import { describe } from '../../src/engine/describe.ts'
import { inspect } from '../../src/engine/inspect.ts'
import type { Engine } from '../../src/engine/inspection.ts'
import { verifySignature } from '../../src/engine/signatures.ts'

const ROOTS = new URL('../../src/engine/roots/bundled-roots.json', import.meta.url)

let roots: BundledRoots | null = null

/** The store that ships with Pinsmith, read from the file instead of fetched. */
export function bundledRoots(): BundledRoots {
  roots ??= loadBundledRoots(JSON.parse(readFileSync(ROOTS, 'utf8')))
  if (!roots) throw new Error('src/engine/roots/bundled-roots.json does not load')
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
        : ok(await buildChains(certificates, now, { describe, verify: verifySignature, roots: bundledRoots() })),
    identifyRoots: (digests) => Promise.resolve(ok(bundledRoots().identify(digests))),
  }
}
