import type { Engine } from '../engine/inspection.ts'
import type { SourceState } from './row.ts'
import type { Collaborators } from './store.ts'

/** A file above this size is not even read into memory; the engine has the same limit. */
export const LARGEST_FILE = 16 * 1024 * 1024

/** Reads one input; again with a password when it turns out to need one. */
export type ReadSource = (signal: AbortSignal, password?: string) => Promise<SourceState>

/** Files, texts and live chains → what their sources hold. Reject never. */
export function createSourceReader({ engine, fetchLiveChain }: Pick<Collaborators, 'engine' | 'fetchLiveChain'>) {
  const file =
    (given: File): ReadSource =>
    async (signal, password) => {
      if (given.size > LARGEST_FILE) {
        return { status: 'failed', failure: { kind: 'too-large', bytes: given.size, limit: LARGEST_FILE } }
      }
      let bytes: Uint8Array
      try {
        bytes = new Uint8Array(await given.arrayBuffer())
      } catch {
        return { status: 'failed', failure: { kind: 'unreadable-file' } }
      }
      return read(engine, bytes, { name: given.name, password }, signal)
    }

  const text =
    (given: string): ReadSource =>
    (signal, password) =>
      read(engine, new TextEncoder().encode(given), { name: '', password }, signal)

  const host =
    (name: string, port: number): ReadSource =>
    async (signal) => {
      const live = await fetchLiveChain(name, port, signal)
      if (!live.ok) return { status: 'failed', failure: live.failure }
      const sent = live.value.chains.flat()
      const inspections = await Promise.all(sent.map((der) => engine.inspect(der, {}, signal)))
      const certificates = inspections.flatMap((inspection, index) =>
        inspection.ok ? inspection.value.certificates.map((found) => ({ ...found, position: index + 1 })) : [],
      )
      const failure = inspections.find((inspection) => !inspection.ok)?.failure
      if (certificates.length === 0 && failure) return { status: 'failed', failure }
      const damaged = inspections.flatMap((inspection, index) =>
        inspection.ok ? [] : [{ position: index + 1, reason: 'not-a-certificate' as const }],
      )
      return { status: 'read', certificates, keys: [], damaged, ignored: [] }
    }

  return { file, text, host }
}

async function read(
  engine: Engine,
  bytes: Uint8Array,
  { name, password }: { readonly name: string; readonly password: string | undefined },
  signal: AbortSignal,
): Promise<SourceState> {
  const options = password === undefined ? { name } : { name, password }
  const inspection = await engine.inspect(bytes, options, signal)
  if (inspection.ok) {
    const { certificates, keys, damaged, ignored } = inspection.value
    const state = { status: 'read', certificates, keys, damaged, ignored } as const
    return damaged.some(({ reason }) => isLocked(reason)) ? { ...state, canUnlock: true } : state
  }
  const { failure } = inspection
  return isLocked(failure.kind) ? { status: 'failed', failure, canUnlock: true } : { status: 'failed', failure }
}

function isLocked(kind: string): boolean {
  return kind === 'password-needed' || kind === 'wrong-password'
}
