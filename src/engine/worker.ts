import type { SpkiPin } from '../core/pins/spki-pin.ts'
import { failed, ok } from '../core/result.ts'
import type { BundledRoots } from './bundled-roots.ts'
import { inspect } from './inspect.ts'
import type { ChainReport, IdentifiedRoots } from './inspection.ts'
import type { EngineReply, EngineRequest } from './protocol.ts'

// Inside the door. What is imported above is loaded when the worker starts; X.509 libraries come with the first job
// that needs them.

addEventListener('message', ({ data }: MessageEvent<EngineRequest>) => {
  void answer(data).then((reply) => postMessage(reply, { transfer: buffersOf(reply) }))
})

async function answer(request: EngineRequest): Promise<EngineReply> {
  const { id, job } = request
  try {
    switch (request.job) {
      case 'inspect': {
        const result = await inspect(request.bytes, request.options)
        // There may have been a private key in it; the worker has the only copy.
        request.bytes.fill(0)
        return { id, job: request.job, result }
      }
      case 'build-chains':
        return { id, job: request.job, result: ok(await chainsOf(request.certificates, request.now)) }
      case 'identify-roots':
        return { id, job: request.job, result: ok(await rootsOf(request.digests)) }
    }
  } catch {
    // A chunk that did not load, or a bug; either way the next job may do better.
    return { id, job, result: failed({ kind: 'engine-crashed' }) }
  }
}

async function chainsOf(certificates: readonly Uint8Array[], now: number): Promise<ChainReport> {
  const [{ buildChains }, { describe }, { verifySignature }, roots] = await Promise.all([
    import('./build-chains.ts'),
    import('./describe.ts'),
    import('./signatures.ts'),
    bundledRoots(),
  ])
  return buildChains(certificates, now, { describe, verify: verifySignature, roots })
}

async function rootsOf(digests: readonly SpkiPin[]): Promise<IdentifiedRoots> {
  const roots = await bundledRoots()
  return roots?.identify(digests) ?? new Map()
}

let loadedRoots: BundledRoots | null = null

/** Null when the asset cannot be loaded; the next job tries again. */
async function bundledRoots(): Promise<BundledRoots | null> {
  if (loadedRoots) return loadedRoots
  try {
    const [{ loadBundledRoots }, response] = await Promise.all([
      import('./bundled-roots.ts'),
      fetch(new URL('./roots/bundled-roots.json', import.meta.url)),
    ])
    loadedRoots = response.ok ? loadBundledRoots(await response.json()) : null
  } catch {
    loadedRoots = null
  }
  return loadedRoots
}

/** The certificates of an inspection are handed over, not copied; each has a buffer of its own. */
function buffersOf(reply: EngineReply): ArrayBuffer[] {
  if (reply.job !== 'inspect' || !reply.result.ok) return []
  return reply.result.value.certificates.map(({ der }) => der.buffer as ArrayBuffer)
}
