import { encodeBase64 } from '../core/pins/encoding.ts'
import { failed, ok, type Result } from '../core/result.ts'
import type { Engine, EngineFailure } from '../engine/inspection.ts'
import type { IssuerClientFailure } from '../live-chain/issuer-client.ts'
import type { SourceState } from './row.ts'
import type { Collaborators } from './store.ts'

/** A file above this size is not even read into memory; the engine has the same limit. */
export const LARGEST_FILE = 16 * 1024 * 1024

/** Reads one input; again with a password when it turns out to need one. */
export type ReadSource = (signal: AbortSignal, password?: string) => Promise<SourceState>

/** Why an issuer's address gave no certificates. */
export type IssuerSourceFailure =
  IssuerClientFailure | { readonly kind: 'unreadable-issuer'; readonly failure: EngineFailure }

/** Files, texts and live chains → what their sources hold. Reject never. */
export function createSourceReader({
  engine,
  fetchLiveChain,
  fetchIssuer,
}: Pick<Collaborators, 'engine' | 'fetchLiveChain' | 'fetchIssuer'>) {
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
      const { chains, addresses, addressesLeftOut, ageSeconds } = live.value
      // Chains of one host share their CAs. The engine takes the bytes along, so they are compared before.
      const keys = chains.map((chain) => chain.map(encodeBase64))
      const sent = new Map(chains.flat().map((der) => [encodeBase64(der), der]))
      const found = await readCertificates(engine, [...sent.values()], signal)
      if (!found.ok) return { status: 'failed', failure: found.failure }
      const fingerprints = new Map([...sent.keys()].map((key, index) => [key, found.value.fingerprints[index] ?? null]))
      const lists = keys.map((chain) => chain.map((key) => fingerprints.get(key) ?? null))
      const served = {
        lists,
        addresses,
        ...(addressesLeftOut === undefined ? {} : { addressesLeftOut }),
        ...(ageSeconds === undefined ? {} : { ageSeconds }),
      }
      return { ...found.value.state, served }
    }

  const issuer = async (url: string, signal: AbortSignal): Promise<Result<SourceState, IssuerSourceFailure>> => {
    const fetched = await fetchIssuer(url, signal)
    if (!fetched.ok) return fetched
    const found = await readCertificates(engine, fetched.value.certificates, signal)
    return found.ok ? ok(found.value.state) : failed({ kind: 'unreadable-issuer', failure: found.failure })
  }

  return { file, text, host, issuer }
}

/** Certificates that the endpoint sent; fails only when none of them can be read. */
async function readCertificates(engine: Engine, ders: readonly Uint8Array[], signal: AbortSignal) {
  const inspections = await Promise.all(ders.map((der) => engine.inspect(der, {}, signal)))
  const certificates = inspections.flatMap((inspection, index) =>
    inspection.ok ? inspection.value.certificates.map((found) => ({ ...found, position: index + 1 })) : [],
  )
  const failure = inspections.find((inspection) => !inspection.ok)?.failure
  if (certificates.length === 0 && failure) return failed(failure)
  const damaged = inspections.flatMap((inspection, index) =>
    inspection.ok ? [] : [{ position: index + 1, reason: 'not-a-certificate' as const }],
  )
  return ok({
    /** One for each of the input; null for what is no certificate. */
    fingerprints: ders.map((_, index) => certificates.find(({ position }) => position === index + 1)?.sha256 ?? null),
    state: { status: 'read' as const, certificates, keys: [], damaged, ignored: [] },
  })
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
