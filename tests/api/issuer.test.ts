import { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Resolver } from '../../api/_lib/guard.ts'
import { ISSUER_PROBLEMS } from '../../src/live-chain/contract.ts'
import { issueChain } from './support/certificates.ts'
import {
  issuerProblemOf,
  issuerReplyOf,
  issuerRequest,
  loopbackIssuerEndpoint,
  recordingConnect,
  resolveTo,
} from './support/ask.ts'
import { serveHttp, serveTcp } from './support/servers.ts'
import type { Listening } from './support/servers.ts'

let chain: Awaited<ReturnType<typeof issueChain>>
let der: Buffer
beforeAll(async () => {
  chain = await issueChain()
  der = Buffer.from(chain.intermediate.base64, 'base64')
})

const SECRET = 'the words of a stranger'

describe('an issuer', () => {
  it('is fetched from the address in the certificate, with its Host and path', async () => {
    const asked: unknown[] = []
    const { port } = await serveHttp((request, response) => {
      asked.push([request.method, request.url, request.headers])
      response.setHeader('content-type', 'text/html').setHeader('x-secret', SECRET).end(der)
    })
    const url = `http://CA.example.test:${port}/a%20b/issuer.crt?x=1`
    const response = await loopbackIssuerEndpoint(port)(issuerRequest(url))
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect([...response.headers.values()].join()).not.toContain(SECRET)
    expect(await issuerReplyOf(response)).toEqual({ certificates: [chain.intermediate.base64] })
    const headers = {
      host: `ca.example.test:${port}`,
      accept: 'application/pkix-cert, application/pkcs7-mime, */*',
      'user-agent': 'Pinsmith',
      connection: 'close',
    }
    expect(asked).toEqual([['GET', '/a%20b/issuer.crt?x=1', headers]])
  })

  it('may come in PEM, in chunks, and after interim answers', async () => {
    const { port } = await serveHttp((_request, response) => {
      response.writeProcessing()
      response.write(chain.intermediate.pem)
      response.end(chain.root.pem)
    })
    const reply = await issuerReplyOf(
      await loopbackIssuerEndpoint(port)(issuerRequest(`http://ca.example.test:${port}/x`)),
    )
    expect(reply.certificates).toEqual([chain.intermediate.base64, chain.root.base64])
  })

  it('is fetched from the next address when one cannot be reached', async () => {
    const { port } = await serveHttp((_request, response) => response.end(der), { address: '127.0.0.3' })
    const { connect, attempts } = recordingConnect()
    const resolve = resolveTo('127.0.0.2', '127.0.0.3', '127.0.0.4')
    const endpoint = loopbackIssuerEndpoint(port, { resolve, connect })
    expect(await issuerReplyOf(await endpoint(issuerRequest(`http://ca.test:${port}/x`)))).toMatchObject({})
    expect(attempts).toEqual([`127.0.0.2 ${port}`, `127.0.0.3 ${port}`])
  })

  it('is fetched once for all who ask', async () => {
    const server = await serveHttp((_request, response) => response.end(der))
    const endpoint = loopbackIssuerEndpoint(server.port)
    const urls = [`http://ca.test:${server.port}/x`, `HTTP://CA.test.:${server.port}/./x`]
    const [first, ...others] = await Promise.all(
      [...urls, ...urls].map(async (url) => issuerReplyOf(await endpoint(issuerRequest(url)))),
    )
    expect(others).toEqual([first, first, first])
    expect(server.accepted()).toBe(1)
  })

  it('is written down by its host alone, when the operator wants it', async () => {
    const { port } = await serveHttp((_request, response) => response.end(der))
    const log = vi.fn<(line: string) => void>()
    const ask = (logHosts: boolean) =>
      loopbackIssuerEndpoint(port, { log }, { logHosts })(issuerRequest(`http://ca.test:${port}/path`))
    await ask(false)
    expect(log).not.toHaveBeenCalled()
    await ask(true)
    expect(log.mock.calls).toEqual([[expect.stringMatching(new RegExp(`^issuer ca.test:${port} ok \\d+ ms$`))]])
  })

  it('leaves no connection open', async () => {
    const server = await serveHttp((_request, response) => response.end(der))
    await loopbackIssuerEndpoint(server.port)(issuerRequest(`http://ca.test:${server.port}/x`))
    await vi.waitFor(() => expect(server.open()).toBe(0))
  })
})

/** Redirects along these locations, and then has the file. */
const redirecting = (locations: readonly string[], status = 302) =>
  serveHttp((request, response) => {
    const step = Number(new URL(request.url ?? '', 'http://x').searchParams.get('step'))
    const location = locations[step]
    if (location === undefined) response.end(der)
    else response.writeHead(status, { location, 'x-secret': SECRET }).end(SECRET)
  })

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('of status %i is followed', async (status) => {
    const { port } = await redirecting(['/y?step=1', '?step=2'], status)
    const reply = await issuerReplyOf(
      await loopbackIssuerEndpoint(port)(issuerRequest(`http://ca.test:${port}/x?step=0`)),
    )
    expect(reply.certificates).toEqual([chain.intermediate.base64])
  })

  it('is followed twice at most', async () => {
    const server = await redirecting(['?step=1', '?step=2', '?step=3'])
    const response = await loopbackIssuerEndpoint(server.port)(issuerRequest(`http://ca.test:${server.port}/x?step=0`))
    expect(await issuerProblemOf(response)).toMatchObject({ kind: 'redirect-refused', status: 502 })
    expect(server.accepted()).toBe(3)
  })

  it('to another host is looked up and checked like the first', async () => {
    const { port } = await serveHttp((request, response) => {
      if (request.headers.host === `b.test:${port}`) response.end(der)
      else response.writeHead(302, { location: `http://b.test:${port}/y` }).end()
    })
    const resolve = vi.fn<Resolver>(resolveTo('127.0.0.1'))
    const endpoint = loopbackIssuerEndpoint(port, { resolve })
    expect((await endpoint(issuerRequest(`http://a.test:${port}/x`))).status).toBe(200)
    expect(resolve.mock.calls).toEqual([['a.test'], ['b.test']])
  })

  it.each([
    ['', 'nowhere'],
    ['https://b.test/y', 'another scheme'],
    ['//b.test/y', 'another port'],
    ['http://b.test:22/y', 'another port'],
    ['ftp://b.test/y', 'another scheme'],
    ['file:///etc/passwd', 'a file'],
    ['http://user:password@b.test:PORT/y', 'credentials'],
    ['http://127.0.0.1:PORT/y', 'an address'],
    ['http://[::1]:PORT/y', 'an address'],
    ['http://2130706433:PORT/y', 'an address'],
    ['http:\\\\0x7f000001:PORT\\y', 'an address'],
    ['/\\127.0.0.1:PORT/y', 'an address'],
    ['http://private.test:PORT/y', 'a private address'],
    ['http://mixed.test:PORT/y', 'a private address among public ones'],
    ['http://b.test:PORT/y#z', 'a fragment'],
    [`http://b.test:PORT/${'y'.repeat(2048)}`, 'a long address'],
    ['http://', 'nothing'],
  ])('to %j is refused: %s', async (location) => {
    let port = 0
    const server = await serveHttp((_request, response) => {
      response.writeHead(302, { location: location.replace('PORT', String(port)) }).end(SECRET)
    })
    ;({ port } = server)
    const { connect, attempts } = recordingConnect()
    const answers: Readonly<Record<string, readonly string[]>> = {
      'a.test': ['127.0.0.1'],
      'private.test': ['10.0.0.1'],
      'mixed.test': ['127.0.0.1', '10.0.0.1'],
    }
    const resolve: Resolver = (host) => resolveTo(...(answers[host] ?? ['127.0.0.1']))()
    const options = { resolve, connect }
    // Stands for the public internet: of all private addresses this one counts as allowed.
    const endpoint = loopbackIssuerEndpoint(port, options, { privateRanges: ['127.0.0.1/32'] })
    const response = await endpoint(issuerRequest(`http://a.test:${port}/x`))
    expect(await issuerProblemOf(response)).toEqual({
      type: 'urn:pinsmith:issuer:redirect-refused',
      kind: 'redirect-refused',
      ...ISSUER_PROBLEMS['redirect-refused'],
    })
    expect(attempts).toEqual([`127.0.0.1 ${port}`])
  })
})

/** Only for what is expected to run out of time; a busy machine must not make anything else run out. */
const SOON = { deadlineMilliseconds: 400, idleMilliseconds: 200 }

/** The whole answer about a file of this server. */
async function answerAbout(server: Listening, limits: Partial<typeof SOON>) {
  const endpoint = loopbackIssuerEndpoint(server.port, limits)
  const response = await endpoint(issuerRequest(`http://ca.test:${server.port}/x`))
  await vi.waitFor(() => expect(server.open()).toBe(0))
  const headers = Object.fromEntries(response.headers)
  return { status: response.status, headers, body: await issuerProblemOf(response) }
}

/** No word of the server, not even its status. */
function bareProblem(kind: keyof typeof ISSUER_PROBLEMS) {
  const { status, title } = ISSUER_PROBLEMS[kind]
  return {
    status,
    headers: { 'cache-control': 'no-store', 'content-type': 'application/problem+json' },
    body: { type: `urn:pinsmith:issuer:${kind}`, title, status, kind },
  }
}

describe('nothing but certificates comes back', () => {
  const pages: readonly (readonly [string, keyof typeof ISSUER_PROBLEMS, Parameters<typeof serveHttp>[0]])[] = [
    ['a page', 'not-a-certificate-file', (_request, response) => response.end(SECRET)],
    [
      'a page that claims to be a certificate',
      'not-a-certificate-file',
      (_request, response) => response.setHeader('content-type', 'application/pkix-cert').end(SECRET),
    ],
    ['an empty body', 'not-a-certificate-file', (_request, response) => response.end()],
    [
      'a certificate and more',
      'not-a-certificate-file',
      (_request, response) => response.end(Buffer.concat([der, Buffer.from(SECRET)])),
    ],
    ['a key', 'not-a-certificate-file', (_request, response) => response.end(chain.leaf.keyPem)],
    ['status 404 with a certificate', 'no-file', (_request, response) => response.writeHead(404, SECRET).end(der)],
    ['status 403', 'no-file', (_request, response) => response.writeHead(403).end(SECRET)],
    ['status 500', 'no-file', (_request, response) => response.writeHead(500).end(SECRET)],
    ['status 206', 'no-file', (_request, response) => response.writeHead(206).end(SECRET)],
    ['status 304', 'no-file', (_request, response) => response.writeHead(304).end()],
    ['a redirect without a location', 'redirect-refused', (_request, response) => response.writeHead(302).end(SECRET)],
    [
      'a body that breaks off',
      'no-file',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 5000 }).write(SECRET)
        globalThis.setTimeout(() => response.destroy(), 20)
      },
    ],
    ['a long body', 'too-large', (_request, response) => response.end('x'.repeat(70_000))],
    [
      'a body without end',
      'too-large',
      (_request, response) => {
        const more = () => {
          while (!response.destroyed && response.write(SECRET.repeat(100)));
        }
        response.on('drain', more)
        more()
      },
    ],
    ['a long header', 'too-large', (_request, response) => response.setHeader('x', 'x'.repeat(20_000)).end(der)],
  ]
  it.each(pages)('of %s', async (_what, kind, answer) => {
    expect(await answerAbout(await serveHttp(answer), {})).toEqual(bareProblem(kind))
  })

  const protocols: readonly (readonly [string, keyof typeof ISSUER_PROBLEMS, (socket: Socket) => void])[] = [
    ['something else than HTTP', 'not-http', (socket) => socket.end(`220 ${SECRET}\r\n`)],
    ['TLS', 'not-http', (socket) => socket.end(Buffer.from('15030300020228', 'hex'))],
    ['a connection that closes', 'no-file', (socket) => socket.end()],
    ['a connection that is reset', 'no-file', (socket) => socket.resetAndDestroy()],
    ['silence', 'timed-out', () => {}],
    ['half an answer', 'timed-out', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc')],
    [
      'interim answers without end',
      'too-large',
      (socket) => {
        const timer = setInterval(
          () => socket.write(`HTTP/1.1 103 Early Hints\r\nx: ${SECRET.repeat(40)}\r\n\r\n`.repeat(20)),
          1,
        )
        socket.on('close', () => clearInterval(timer))
      },
    ],
    [
      'drops that never stop',
      'timed-out',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n')
        const timer = setInterval(() => socket.write('x'), 20)
        socket.on('close', () => clearInterval(timer))
      },
    ],
    [
      'two lengths',
      'not-http',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
    ],
  ]
  it.each(protocols)('of %s', async (_what, kind, behave) => {
    expect(await answerAbout(await serveTcp(behave), kind === 'timed-out' ? SOON : {})).toEqual(bareProblem(kind))
  })

  it('when the deadline comes before any of the addresses has answered', async () => {
    const { port } = await serveTcp(() => {}, { address: '127.0.0.2' })
    const { connect, attempts } = recordingConnect()
    const resolve = resolveTo('127.0.0.2', '127.0.0.3')
    const endpoint = loopbackIssuerEndpoint(port, { connect, resolve, deadlineMilliseconds: 100 })
    const response = await endpoint(issuerRequest(`http://ca.test:${port}/x`))
    expect(await issuerProblemOf(response)).toMatchObject({ kind: 'timed-out', status: 504 })
    expect(attempts).toHaveLength(1)
  })

  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENETUNREACH', 'unreachable'],
    ['EINVAL', 'unreachable'],
  ])('when the connection fails: %s', async (code, kind) => {
    const connect = () => new Socket().destroy(Object.assign(new Error(SECRET), { code }))
    const response = await loopbackIssuerEndpoint(80, { connect })(issuerRequest('http://ca.test/x'))
    expect(await issuerProblemOf(response)).toMatchObject({ kind })
  })
})

describe('the address of an issuer', () => {
  const bad: readonly string[] = [
    '',
    'ca.test/x',
    '/x',
    '//ca.test/x',
    'https://ca.test/x',
    'ldap://ca.test/cn=CA',
    'ftp://ca.test/x',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:alert(1)',
    'gopher://localhost:80/x',
    'http:ca.test/x',
    'http:/ca.test/x',
    'http:///ca.test/x',
    'http://',
    'http://?x',
    'http:\\\\ca.test\\x',
    'http://ca.test\\x',
    'http://ca.test/\\x',
    'http://user@ca.test/x',
    'http://user:password@ca.test/x',
    'http://ca.test@localhost/x',
    'http://@localhost/x',
    'http://ca.test:80@localhost/x',
    'http://ca.test#@localhost/x',
    'http://ca.test/x#y',
    'http://localhost%00.ca.test/x',
    'http://%6cocalhost/x',
    'http://ca.test /x',
    ' http://ca.test/x',
    'http://ca.test/x ',
    'http://ca.test/x\r\nX-Header: 1',
    'http://ca.test/x\n',
    'http://ca.\ttest/x',
    'http://ca.test/\u0000',
    'http://127.0.0.1/x',
    'http://127.1/x',
    'http://2130706433/x',
    'http://0x7f000001/x',
    'http://0177.0.0.1/x',
    'http://①②⑦.0.0.1/x',
    'http://127。0。0。1/x',
    'http://169.254.169.254/latest/meta-data/',
    'http://0/x',
    'http://8.8.8.8/x',
    'http://[::1]/x',
    'http://[::ffff:127.0.0.1]/x',
    'http://[fe80::1%25lo]/x',
    'http://*.ca.test/x',
    'http://a..ca.test/x',
    'http://ca.test:/x',
    'http://ca.test:x/x',
    'http://ca.test:80:80/x',
    'http://ca.test:65616/x',
    'http://ca.test:99999/x',
    `http://ca.test/${'x'.repeat(2048)}`,
    `http://${'a'.repeat(64)}.test/x`,
  ]
  it.each(bad)('is none: %j', async (url) => {
    const { connect, attempts } = recordingConnect()
    const resolve = vi.fn<Resolver>(resolveTo('127.0.0.1'))
    const response = await loopbackIssuerEndpoint(80, { connect, resolve })(issuerRequest(url))
    expect(await issuerProblemOf(response)).toMatchObject({ kind: 'bad-url', status: 400 })
    expect(resolve).not.toHaveBeenCalled()
    expect(attempts).toEqual([])
  })

  it.each(['22', '443', '8080', '0', '080'])('has a port that is allowed, not %s', async (port) => {
    const { connect, attempts } = recordingConnect()
    const response = await loopbackIssuerEndpoint(80, { connect })(issuerRequest(`http://ca.test:${port}/x`))
    expect(await issuerProblemOf(response)).toMatchObject({ kind: 'port-not-allowed', status: 403, allowedPorts: [80] })
    expect(attempts).toEqual([])
  })

  it('stands in the query once', async () => {
    const request = new Request(
      'http://localhost:4173/api/issuer?url=http%3A%2F%2Fa.test%2F&url=http%3A%2F%2Fb.test%2F',
    )
    expect(await issuerProblemOf(await loopbackIssuerEndpoint(80)(request))).toMatchObject({ kind: 'bad-url' })
  })

  it.each<readonly string[]>([
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['10.0.0.1'],
    ['100.100.100.200'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['fd00:ec2::254'],
    ['2002:7f00:1::'],
    ['8.8.8.8', '127.0.0.1'],
    ['127.0.0.1', '8.8.8.8'],
  ])('leads to public addresses alone, not to %s', async (...answer) => {
    const canary = await serveHttp((_request, response) => response.end(der))
    const { connect, attempts } = recordingConnect()
    const options = { connect, resolve: resolveTo(...answer) }
    const endpoint = loopbackIssuerEndpoint(canary.port, options, { allowPrivate: false })
    const response = await endpoint(issuerRequest(`http://ca.test:${canary.port}/x`))
    expect(await issuerProblemOf(response)).toMatchObject({ kind: 'private-address', status: 403 })
    expect(attempts).toEqual([])
    expect(canary.accepted()).toBe(0)
  })

  it('is looked up once, and fetched from the address that was checked', async () => {
    const first = await serveHttp((_request, response) => response.end(der), { address: '127.0.0.2' })
    const second = await serveTcp((socket) => socket.end(), { address: '127.0.0.3', port: first.port })
    const resolve = vi
      .fn<Resolver>()
      .mockResolvedValueOnce([{ address: '127.0.0.2' }])
      .mockResolvedValue([{ address: '127.0.0.3' }])
    await loopbackIssuerEndpoint(first.port, { resolve })(issuerRequest(`http://rebind.test:${first.port}/x`))
    expect(resolve).toHaveBeenCalledOnce()
    expect([first.accepted(), second.accepted()]).toEqual([1, 0])
  })

  it('that changes its answer before a redirect is refused then', async () => {
    let port = 0
    const server = await serveHttp((_request, response) => {
      response.writeHead(302, { location: `http://rebind.test:${port}/y` }).end()
    })
    ;({ port } = server)
    const { connect, attempts } = recordingConnect()
    const resolve = vi
      .fn<Resolver>()
      .mockResolvedValueOnce([{ address: '127.0.0.1' }])
      .mockResolvedValue([{ address: '10.0.0.1' }])
    const endpoint = loopbackIssuerEndpoint(port, { connect, resolve }, { privateRanges: ['127.0.0.1/32'] })
    const response = await endpoint(issuerRequest(`http://rebind.test:${port}/x`))
    expect(await issuerProblemOf(response)).toMatchObject({ kind: 'redirect-refused' })
    expect(attempts).toEqual([`127.0.0.1 ${port}`])
  })
})

describe('callers', () => {
  it('above the bound are told to come back', async () => {
    const silent = await serveTcp(() => {})
    const endpoint = loopbackIssuerEndpoint(silent.port, { mostAtOnce: 1, deadlineMilliseconds: 200 })
    const first = endpoint(issuerRequest(`http://a.test:${silent.port}/x`))
    const second = await endpoint(issuerRequest(`http://b.test:${silent.port}/x`))
    expect(second.status).toBe(503)
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await first).status).toBe(504)
  })

  it('who go away leave no connection open', async () => {
    const silent = await serveTcp(() => {})
    const caller = new AbortController()
    const asked = loopbackIssuerEndpoint(silent.port)(
      issuerRequest(`http://a.test:${silent.port}/x`, { signal: caller.signal }),
    )
    await vi.waitFor(() => expect(silent.open()).toBe(1))
    caller.abort()
    await asked
    await setTimeout(10)
    await vi.waitFor(() => expect(silent.open()).toBe(0))
  })
})
