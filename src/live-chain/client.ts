import { decodeBase64 } from '../core/pins/encoding.ts'
import { failed, ok, type Result } from '../core/result.ts'
import { LIVE_CHAIN_PATH, LIVE_CHAIN_PROBLEMS } from './contract.ts'
import type { AddressReport, Handshake, LiveChainFailure } from './contract.ts'

/** What a host presented. */
export interface LiveChain {
  readonly host: string
  readonly port: number
  /** Distinct chains, each in DER as sent and in that order. The handshakes of `addresses` refer to them. */
  readonly chains: readonly (readonly Uint8Array[])[]
  readonly addresses: readonly AddressReport[]
}

export type LiveChainClientFailure =
  | LiveChainFailure
  /** The page is hosted without the endpoint. */
  | { readonly kind: 'endpoint-missing' }
  /** No answer from the endpoint: offline, stopped, or too slow. */
  | { readonly kind: 'endpoint-unreachable' }
  /** The endpoint does not answer this page: another site, or a host name it was not told of. */
  | { readonly kind: 'caller-refused' }
  | { readonly kind: 'bad-reply' }
  | { readonly kind: 'cancelled' }

export interface LiveChainClientOptions {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Where the endpoint is; by default where the page is. */
  readonly baseUrl?: string
  readonly deadlineMilliseconds?: number
}

/** Longer than the endpoint's own deadline, whose failure says more. */
const DEADLINE_MILLISECONDS = 15_000

/** The page's way to the endpoint. The function it returns never rejects. */
export function createLiveChainClient({
  fetch,
  baseUrl = '',
  deadlineMilliseconds = DEADLINE_MILLISECONDS,
}: LiveChainClientOptions) {
  return async function fetchLiveChain(
    host: string,
    port: number,
    signal: AbortSignal,
  ): Promise<Result<LiveChain, LiveChainClientFailure>> {
    const ending = new AbortController()
    const end = () => ending.abort()
    const deadline = setTimeout(end, deadlineMilliseconds)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
    try {
      const query = new URLSearchParams({ host, port: String(port) })
      const response = await fetch(`${baseUrl}${LIVE_CHAIN_PATH}?${query}`, {
        signal: ending.signal,
        cache: 'no-store',
      })
      return readAnswer(response, await response.text())
    } catch {
      return failed({ kind: signal.aborted ? 'cancelled' : 'endpoint-unreachable' })
    } finally {
      clearTimeout(deadline)
      signal.removeEventListener('abort', end)
    }
  }
}

function readAnswer({ status, headers }: Response, text: string): Result<LiveChain, LiveChainClientFailure> {
  const body = parseJson(text)
  if (status === 200) {
    const live = readLiveChain(body)
    if (live !== null) return ok(live)
    // Some hosts answer every unknown path with the page itself.
    const isPage = (headers.get('content-type') ?? '').includes('html')
    return failed({ kind: isPage ? 'endpoint-missing' : 'bad-reply' })
  }
  const failure = readFailure(body)
  if (failure !== null) return failed(failure)
  if (status === 404 || status === 405) return failed({ kind: 'endpoint-missing' })
  return failed({ kind: status === 403 || status === 421 ? 'caller-refused' : 'bad-reply' })
}

function readLiveChain(body: unknown): LiveChain | null {
  if (!isRecord(body)) return null
  const { host, port, addresses } = body
  const chains = readList(body.chains, readChain)
  if (typeof host !== 'string' || !isCount(port) || chains === null || chains.length === 0) return null
  const isAddress = (value: unknown): value is AddressReport =>
    isRecord(value) &&
    typeof value.address === 'string' &&
    isListOf(value.handshakes, (item): item is Handshake => isHandshake(item, chains.length)) &&
    isListOf(value.failures, isFailure)
  return isListOf(addresses, isAddress) ? { host, port, chains, addresses } : null
}

function readChain(value: unknown): readonly Uint8Array[] | null {
  const chain = isRecord(value) ? readList(value.certificates, readDer) : null
  return chain === null || chain.length === 0 ? null : chain
}

function readDer(value: unknown): Uint8Array | null {
  const der = typeof value === 'string' ? decodeBase64(value) : null
  return der === null || der.length === 0 ? null : der
}

function isHandshake(value: unknown, chainCount: number): value is Handshake {
  return (
    isRecord(value) &&
    (value.keyType === 'any' || value.keyType === 'ecdsa' || value.keyType === 'rsa') &&
    isCount(value.chain) &&
    value.chain < chainCount &&
    typeof value.tlsVersion === 'string' &&
    (value.alpn === null || typeof value.alpn === 'string') &&
    typeof value.clientCertificateRequested === 'boolean' &&
    isCount(value.milliseconds)
  )
}

/** Only the facts of the failure; a problem document says more. */
function readFailure(value: unknown): LiveChainFailure | null {
  if (!isFailure(value)) return null
  const { kind, alert, retryAfterSeconds, allowedPorts } = value
  return {
    kind,
    ...(alert === undefined ? {} : { alert }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(allowedPorts === undefined ? {} : { allowedPorts }),
  }
}

function isFailure(value: unknown): value is LiveChainFailure {
  return (
    isRecord(value) &&
    typeof value.kind === 'string' &&
    Object.hasOwn(LIVE_CHAIN_PROBLEMS, value.kind) &&
    (value.alert === undefined || typeof value.alert === 'string') &&
    (value.retryAfterSeconds === undefined || isCount(value.retryAfterSeconds)) &&
    (value.allowedPorts === undefined || isListOf(value.allowedPorts, isCount))
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isItem)
}

/** Every item read, or null when one cannot be. */
function readList<T>(value: unknown, read: (item: unknown) => T | null): readonly T[] | null {
  if (!Array.isArray(value)) return null
  const items: T[] = []
  for (const item of value) {
    const meaning = read(item)
    if (meaning === null) return null
    items.push(meaning)
  }
  return items
}
