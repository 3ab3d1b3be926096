import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../api/_lib/app.ts'
import { requireConfiguration } from '../../api/_lib/configuration.ts'
import type { Resolver } from '../../api/_lib/guard.ts'
import { SECURITY_HEADERS } from '../../api/_lib/security-headers.ts'
import { GET } from '../../api/chain.ts'
import { GET as getIssuer } from '../../api/issuer.ts'
import { resolveTo } from './support/ask.ts'

const HERE = 'http://localhost:4173'
const SCRIPT = 'console.log("a script that is long enough to be worth packing")'

let folder = ''
let staticRoot = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinsmith-app-'))
  staticRoot = join(folder, 'dist')
  const files = {
    'dist/index.html': '<!doctype html><title>Pinsmith</title>',
    'dist/favicon.svg': '<svg/>',
    'dist/assets/index-abc123.js': SCRIPT,
    'dist/assets/index-abc123.js.gz': gzipSync(SCRIPT),
    'secret.txt': 'secret',
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
})

afterAll(() => rm(folder, { recursive: true }))

const configuration = requireConfiguration({})
const ask = (path: string, init?: RequestInit, options: Parameters<typeof createApp>[0] = {}) =>
  createApp({ configuration, staticRoot, ...options }).request(`${HERE}${path}`, init)

describe('the page', () => {
  it('is served without being kept, and its hashed files for ever', async () => {
    const page = await ask('/')
    expect(await page.text()).toContain('Pinsmith')
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect((await ask('/favicon.svg')).headers.get('cache-control')).toBe('no-cache')
    const script = await ask('/assets/index-abc123.js')
    expect(await script.text()).toBe(SCRIPT)
    expect(script.headers.get('cache-control')).toContain('immutable')
  })

  it('is sent packed to those who can unpack it', async () => {
    const packed = await ask('/assets/index-abc123.js', { headers: { 'accept-encoding': 'gzip, deflate' } })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(packed.headers.get('vary')).toBe('Accept-Encoding')
    expect(packed.headers.get('content-type')).toContain('javascript')
    expect(packed.headers.get('cache-control')).toContain('immutable')
  })

  it('answers HEAD without a body', async () => {
    const head = await ask('/', { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
  })

  it.each([
    '/missing.js',
    '/assets/missing.js',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '//etc/passwd',
    '/index.html%00.js',
    '/%',
  ])('has nothing at %s', async (path) => {
    const response = await ask(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).not.toContain('secret')
  })
})

describe('every answer', () => {
  const requests: readonly (readonly [string, string, RequestInit])[] = [
    ['the page', '/', {}],
    ['a hashed file', '/assets/index-abc123.js', {}],
    ['nothing', '/missing', {}],
    ['an unknown endpoint', '/api/missing', {}],
    ['a failure', '/api/chain?host=127.0.0.1', {}],
    ['a failure of the other endpoint', '/api/issuer?url=x', {}],
    ['a wrong method', '/', { method: 'POST' }],
    ['a foreign host', '/', { headers: { host: 'evil.example' } }],
    ['a stranger', '/api/chain?host=localhost', { headers: { 'sec-fetch-site': 'cross-site' } }],
  ]
  it.each(requests)(
    'carries the security headers and opens nothing to other origins: %s',
    async (_what, path, init) => {
      const { headers } = await ask(path, init)
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(headers.get(name)).toBe(value)
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    },
  )
})

describe('paths and methods', () => {
  it.each(['/api', '/api/', '/api/chain/', '/api/missing', '/api/_lib/guard.js'])(
    'has no endpoint at %s',
    async (path) => {
      const response = await ask(path)
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await response.json()).toMatchObject({ type: 'about:blank', status: 404 })
    },
  )

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s', async (method) => {
    for (const path of ['/', '/api/chain?host=localhost', '/api/issuer?url=http%3A%2F%2Flocalhost%2F']) {
      const response = await ask(path, { method })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('GET, HEAD')
      expect(await response.json()).toMatchObject({ type: 'about:blank', status: 405 })
    }
  })

  it.each([
    ['/api/chain?host=a.test', 200],
    ['/api/chain?host=127.0.0.1', 400],
    ['/api/chain?host=a.test&port=25', 403],
    ['/api/chain', 400],
    ['/api/issuer?url=http%3A%2F%2Fca.test%2Fi.cer', 200],
    ['/api/issuer?url=https%3A%2F%2Fca.test%2Fi.cer', 400],
    ['/api/issuer?url=http%3A%2F%2Fca.test%3A25%2Fi.cer', 403],
  ])('answers HEAD %s with %d, without content, and looks nothing up', async (path, status) => {
    const resolve = vi.fn<Resolver>(resolveTo('127.0.0.1'))
    const head = await ask(path, { method: 'HEAD' }, { resolve })
    expect(head.status).toBe(status)
    expect(await head.text()).toBe('')
    expect(head.headers.get('cache-control')).toBe('no-store')
    expect(head.headers.get('content-type')).toBe(status === 200 ? 'application/json' : 'application/problem+json')
    expect(head.headers.get('content-length')).toBeNull()
    expect(resolve).not.toHaveBeenCalled()
    // What GET finds out by connecting, here that the address is private, HEAD does not tell.
    expect((await ask(path, {}, { resolve })).status).toBe(status === 200 ? 403 : status)
  })

  it('counts HEAD at the endpoint, and turns away strangers', async () => {
    const limited = createApp({ configuration: requireConfiguration({ PINSMITH_RATE: '1', PINSMITH_BURST: '0' }) })
    const head = (headers = {}) => limited.request(`${HERE}/api/chain?host=a.test`, { method: 'HEAD', headers })
    expect((await head({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect([(await head()).status, (await head()).status]).toEqual([200, 429])
  })

  it('answers a bug with a bare 500 and tells the operator', async () => {
    const reportBug = vi.fn<(error: Error) => void>()
    // Failures of the look-up and of the sockets are expected ones; only the configuration is left to break.
    const broken = new Proxy(configuration, {
      get(target, name) {
        if (name === 'dialPorts') throw new TypeError('a bug that names host.example')
        return Reflect.get(target, name) as unknown
      },
    })
    const response = await ask('/api/chain?host=host.example', {}, { configuration: broken, reportBug })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('host.example')
    expect(reportBug).toHaveBeenCalledOnce()
  })
})

const REACHED_THE_GUARD = 'urn:pinsmith:live-chain:private-address'

/** The type of the problem that a caller with these headers is answered with. */
async function answerTo(
  headers: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const options = { configuration: requireConfiguration(environment), resolve: resolveTo('127.0.0.1') }
  const response = await ask('/api/chain?host=localhost', { headers }, options)
  return ((await response.json()) as { readonly type?: unknown }).type
}

describe('callers', () => {
  it.each(['same-origin', 'none'])('from Sec-Fetch-Site: %s are answered', async (site) => {
    expect(await answerTo({ 'sec-fetch-site': site })).toBe(REACHED_THE_GUARD)
  })

  it('that are no browser are answered', async () => {
    expect(await answerTo({})).toBe(REACHED_THE_GUARD)
  })

  it.each(['cross-site', 'same-site', 'Same-Origin', 'anything'])(
    'from Sec-Fetch-Site: %s are refused',
    async (site) => {
      for (const path of ['/api/chain?host=localhost', '/api/issuer?url=http%3A%2F%2Fca.test%2Fx']) {
        const response = await ask(path, { headers: { 'sec-fetch-site': site } })
        expect(response.status).toBe(403)
        expect(response.headers.get('content-type')).toBe('application/problem+json')
        expect(await response.json()).toMatchObject({ type: 'about:blank', status: 403 })
      }
    },
  )

  it('may follow a link from another site to the page', async () => {
    expect((await ask('/', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200)
  })

  it.each(['localhost', 'LocalHost:80', 'localhost.:4173', '127.0.0.1:4173', '127.8.9.10', '[::1]:4173', '[::1]'])(
    'may call the server %s',
    async (host) => {
      expect(await answerTo({ host })).toBe(REACHED_THE_GUARD)
    },
  )

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil.localhost',
    '127.0.0.1.evil.example',
    '127.evil.example',
    '192.168.1.5',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    'localhost:4173:80',
    'localhost@evil.example',
    'evil.example#localhost',
    'localhost, evil.example',
    '',
  ])('may not call the server %j', async (host) => {
    for (const path of ['/', '/api/chain?host=localhost', '/api/issuer?url=http%3A%2F%2Flocalhost%2F']) {
      const response = await ask(path, { headers: { host } })
      expect(response.status).toBe(421)
      expect(await response.json()).toMatchObject({ type: 'about:blank', status: 421 })
    }
  })

  it('may use the name the server was told to bind to, and those of PINSMITH_HOSTS', async () => {
    const environment = { HOST: '192.168.1.5', PINSMITH_HOSTS: 'Pins.example.com' }
    expect(await answerTo({ host: '192.168.1.5:4173' }, environment)).toBe(REACHED_THE_GUARD)
    expect(await answerTo({ host: 'pins.example.com' }, environment)).toBe(REACHED_THE_GUARD)
    expect(await answerTo({ host: 'www.pins.example.com' }, environment)).toBe('about:blank')
  })

  it('may use any address, but no other name, of a server that listens everywhere', async () => {
    expect(await answerTo({ host: '192.168.1.5:4173' }, { HOST: '0.0.0.0' })).toBe(REACHED_THE_GUARD)
    expect(await answerTo({ host: '[fd00::1]:4173' }, { HOST: '::' })).toBe(REACHED_THE_GUARD)
    expect(await answerTo({ host: 'evil.example' }, { HOST: '0.0.0.0' })).toBe('about:blank')
  })
})

describe('over a real connection', () => {
  let server: Server | null = null
  afterEach(() => new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve))))

  /** Sends bytes as they are, which no client library would, and collects the answer. */
  async function send(text: string): Promise<string> {
    const app = createApp({ configuration, staticRoot })
    server = createAdaptorServer({ fetch: app.fetch }) as Server
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.end(text)
    await new Promise((resolve) => socket.on('close', resolve))
    return answer
  }

  it.each(['/../secret.txt', '/../../../../etc/passwd', '/assets/../../secret.txt', '/..\\secret.txt'])(
    'finds nothing at the unnormalised %s',
    async (path) => {
      const answer = await send(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 40[04] /)
      expect(answer).not.toContain('secret\r\n')
    },
  )

  it('refuses a foreign Host', async () => {
    const answer = await send('GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 421 /)
  })

  it('answers bytes that are no HTTP', async () => {
    expect(await send('\u0016\u0003\u0001 hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('without options', () => {
  it('the app has the endpoint and no page, as development needs it', async () => {
    const app = createApp()
    expect((await app.request(`${HERE}/api/chain?host=127.0.0.1`)).status).toBe(400)
    expect((await app.request(`${HERE}/api/issuer?url=https%3A%2F%2Fca.test%2F`)).status).toBe(400)
    expect((await app.request(`${HERE}/`)).status).toBe(404)
  })

  it('the function answers like the app', async () => {
    const response = await GET(new Request(`${HERE}/api/chain?host=127.0.0.1`))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ type: 'urn:pinsmith:live-chain:bad-host', kind: 'bad-host' })
    expect((await GET(new Request('http://evil.example/api/chain?host=localhost'))).status).toBe(421)
  })

  it('the function of the issuers answers like the app', async () => {
    const response = await getIssuer(new Request(`${HERE}/api/issuer?url=x`))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ type: 'urn:pinsmith:issuer:bad-url', kind: 'bad-url' })
  })
})
