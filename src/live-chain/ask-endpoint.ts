/** An answer of the endpoint, whatever it is. */
export interface EndpointAnswer {
  readonly status: number
  readonly isHtml: boolean
  /** The JSON of the body; null when it is none, or longer than any answer of the endpoint. */
  readonly body: unknown
}

export interface EndpointOptions {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Where the endpoint is; by default where the page is. */
  readonly baseUrl?: string
  readonly deadlineMilliseconds?: number
}

/** What can go wrong on the way to the endpoint, whichever of its paths is asked. */
export type EndpointFailure =
  /** The page is hosted without the endpoint. */
  | { readonly kind: 'endpoint-missing' }
  /** No answer from the endpoint: offline, stopped, or too slow. */
  | { readonly kind: 'endpoint-unreachable' }
  /** The endpoint does not answer this page: another site, or a host name it was not told of. */
  | { readonly kind: 'caller-refused' }
  | { readonly kind: 'bad-reply' }
  | { readonly kind: 'cancelled' }

/** Longer than the endpoint's own deadline, whose failure says more. */
const DEADLINE_MILLISECONDS = 15_000

/** Eight addresses with three chains each, of the 100 KiB that TLS libraries take, in base64. */
const LONGEST_ANSWER = 4 * 1024 * 1024

/** Never rejects; null when no whole answer came before the deadline or the signal. */
export async function askEndpoint(
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
  { fetch, baseUrl = '', deadlineMilliseconds = DEADLINE_MILLISECONDS }: EndpointOptions,
): Promise<EndpointAnswer | null> {
  const ending = new AbortController()
  const end = () => ending.abort()
  const deadline = setTimeout(end, deadlineMilliseconds)
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  try {
    const url = `${baseUrl}${path}?${new URLSearchParams(query)}`
    const response = await fetch(url, { signal: ending.signal, cache: 'no-store' })
    const isHtml = (response.headers.get('content-type') ?? '').includes('html')
    return { status: response.status, isHtml, body: parseJson(await readText(response)) }
  } catch {
    return null
  } finally {
    clearTimeout(deadline)
    signal.removeEventListener('abort', end)
  }
}

/** Stops reading when the body is too long; null. */
async function readText({ body }: Response): Promise<string | null> {
  if (body === null) return null
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length <= LONGEST_ANSWER) continue
    await reader.cancel()
    return null
  }
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** What an answer means that is neither a reply nor a failure of the endpoint's list. */
export function otherAnswer({ status, isHtml }: EndpointAnswer): EndpointFailure {
  // Some hosts answer every unknown path with the page itself.
  const isPage = status === 200 && isHtml
  if (isPage || status === 404 || status === 405) return { kind: 'endpoint-missing' }
  return { kind: status === 403 || status === 421 ? 'caller-refused' : 'bad-reply' }
}

/** What no answer means. */
export function noAnswer(signal: AbortSignal): EndpointFailure {
  return { kind: signal.aborted ? 'cancelled' : 'endpoint-unreachable' }
}
