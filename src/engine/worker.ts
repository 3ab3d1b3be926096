import type { SpkiPin } from '../core/pins/spki-pin.ts'
import { failed, ok } from '../core/result.ts'
import { createRootCollection } from './bundled-roots.ts'
import { inspect } from './inspect.ts'
import type { ChainReport, IdentifiedRoot, IdentifiedRoots } from './inspection.ts'
import type { BackupKeyReply, BackupKeyRequest, EngineReply, EngineRequest } from './protocol.ts'

// Inside the door. What is imported above is loaded when the worker starts; X.509 libraries come with the first job
// that needs them.

addEventListener('message', ({ data }: MessageEvent<EngineRequest | BackupKeyRequest>) => {
  void answer(data).then((reply) => postMessage(reply, { transfer: buffersOf(reply) }))
})

async function answer(request: EngineRequest | BackupKeyRequest): Promise<EngineReply | BackupKeyReply> {
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
      case 'candidate-roots':
        return { id, job: request.job, result: ok(await candidatesFor(request.certificate)) }
      case 'make-backup-key': {
        const { makeBackupKey } = await import('./backup-key.ts')
        return { id, job: request.job, result: await makeBackupKey(request.order) }
      }
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
    collection.open(),
  ])
  return buildChains(certificates, now, { describe, verify: verifySignature, roots })
}

async function rootsOf(digests: readonly SpkiPin[]): Promise<IdentifiedRoots> {
  const roots = await collection.open()
  return roots?.identify(digests) ?? new Map()
}

async function candidatesFor(certificate: Uint8Array): Promise<readonly IdentifiedRoot[]> {
  const [{ candidateRoots }, { describe }, roots] = await Promise.all([
    import('./candidate-roots.ts'),
    import('./describe.ts'),
    collection.open(),
  ])
  return candidateRoots(certificate, { describe, roots })
}

const collection = createRootCollection({
  table: async () => readJson(await fetch(new URL('./roots/root-table.json', import.meta.url))),
  certificates: async () => readJson(await fetch(new URL('./roots/root-certificates.json', import.meta.url))),
})

async function readJson(response: Response): Promise<unknown> {
  return response.ok ? response.json() : null
}

/** The certificates of an inspection are handed over, not copied; each has a buffer of its own. */
function buffersOf(reply: EngineReply | BackupKeyReply): ArrayBuffer[] {
  if (reply.job !== 'inspect' || !reply.result.ok) return []
  return reply.result.value.certificates.map(({ der }) => der.buffer as ArrayBuffer)
}
