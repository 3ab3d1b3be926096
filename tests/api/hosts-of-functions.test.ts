import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { APIGatewayProxyResult, LambdaEvent } from 'hono/aws-lambda'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { SECURITY_HEADERS } from '../../api/_lib/security-headers.ts'
import { FUNCTION_HOST as HOST, eventV1, eventV2 } from './support/lambda-events.ts'

const ROOT = join(import.meta.dirname, '../..')

// Each function reads its environment when it is loaded, as at its host.
beforeAll(() => {
  vi.stubEnv('PINSMITH_HOSTS', HOST)
  vi.stubEnv('PINSMITH_RATE', '1')
  vi.stubEnv('PINSMITH_BURST', '1')
  vi.stubEnv('PINSMITH_TRUST_PROXY', '1')
})
afterAll(() => vi.unstubAllEnvs())
afterEach(() => vi.resetModules())

const requestOf = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  new Request(`https://${HOST}${path}`, { headers: { host: HOST, ...headers } })

const BAD_HOST = '/api/chain?host=127.0.0.1'

/** The statuses of three requests of one client and one of another, where two of a client are allowed. */
async function limitsOneClient(ask: (client: string) => Promise<number>): Promise<readonly number[]> {
  const statuses: number[] = []
  for (const client of ['203.0.113.7', '203.0.113.7', '203.0.113.7', '203.0.113.8']) statuses.push(await ask(client))
  return statuses
}
const TWO_AND_ANOTHER = [400, 400, 429, 400]

describe('as a function of Vercel', () => {
  it('answers a Request with a Response', async () => {
    const { GET } = await import('../../api/chain.ts')
    const response = await GET(requestOf(BAD_HOST))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ kind: 'bad-host' })
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('counts by the address that the proxy of the host writes', async () => {
    const { GET } = await import('../../api/chain.ts')
    const ask = async (client: string) =>
      (await GET(requestOf(BAD_HOST, { 'x-forwarded-for': `192.0.2.1, ${client}` }))).status
    expect(await limitsOneClient(ask)).toEqual(TWO_AND_ANOTHER)
  })

  it('answers to its own name alone', async () => {
    const { GET } = await import('../../api/chain.ts')
    expect((await GET(new Request('https://evil.example/api/chain?host=localhost'))).status).toBe(421)
  })

  it('has a function of its own for health', async () => {
    const { GET } = await import('../../api/health.ts')
    expect(await (await GET(requestOf('/api/health'))).json()).toMatchObject({ status: 'ok', limiter: 'memory' })
  })
})

describe('as a function of Netlify', () => {
  it('answers both endpoints, and counts by the address in the context', async () => {
    vi.stubEnv('PINSMITH_TRUST_PROXY', '0')
    const { default: api, config } = await import('../../netlify/functions/api.ts')
    vi.stubEnv('PINSMITH_TRUST_PROXY', '1')
    expect(config.path).toBe('/api/*')
    expect(await (await api(requestOf('/api/health'), { ip: '203.0.113.7' })).json()).toMatchObject({ status: 'ok' })
    const ask = async (ip: string) => (await api(requestOf(BAD_HOST), { ip })).status
    expect(await limitsOneClient(ask)).toEqual(TWO_AND_ANOTHER)
  })
})

describe('as a function of AWS Lambda', () => {
  type Handler = (event: LambdaEvent) => Promise<APIGatewayProxyResult>
  let folder = ''

  // As deployed: the bundle beside the built page, without node_modules.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pinsmith-lambda-'))
    await build({
      root: ROOT,
      configFile: join(ROOT, 'vite.config.ts'),
      logLevel: 'error',
      build: { ssr: 'api/_lib/lambda.ts', outDir: join(folder, 'dist-server') },
    })
    mkdirSync(join(folder, 'dist/assets'), { recursive: true })
    writeFileSync(join(folder, 'dist/index.html'), '<title>Pinsmith</title>')
    writeFileSync(join(folder, 'dist/assets/index-abc123.js'), 'start()')
    writeFileSync(join(folder, 'dist/assets/index-abc123.js.br'), brotliCompressSync('start()'))
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const load = async () => {
    vi.stubEnv('PINSMITH_TRUST_PROXY', '0')
    const url = `${join(folder, 'dist-server/lambda.js')}?${Math.random()}`
    const { handler } = (await import(/* @vite-ignore */ url)) as { readonly handler: Handler }
    return handler
  }

  it.each([
    ['a function URL or API Gateway, version 2', eventV2],
    ['API Gateway, version 1', eventV1],
  ])('answers an event of %s, and counts by its source address', async (_name, eventOf) => {
    const handler = await load()
    const answer = await handler(eventOf(BAD_HOST))
    expect(answer).toMatchObject({ statusCode: 400, isBase64Encoded: false })
    expect(JSON.parse(answer.body)).toMatchObject({ kind: 'bad-host' })
    expect(JSON.parse((await handler(eventOf('/api/health'))).body)).toMatchObject({ status: 'ok' })

    const another = await load()
    const ask = async (client: string) => (await another(eventOf(BAD_HOST, { client }))).statusCode
    expect(await limitsOneClient(ask)).toEqual(TWO_AND_ANOTHER)
  })

  it('serves the page, packed files in base64', async () => {
    const handler = await load()
    const page = await handler(eventV2('/'))
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('Pinsmith')
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      expect(page.headers?.[name.toLowerCase()]).toBe(value)
    }
    const script = await handler(eventV2('/assets/index-abc123.js', { headers: { 'accept-encoding': 'br' } }))
    expect(script).toMatchObject({ statusCode: 200, isBase64Encoded: true })
    expect(script.headers?.['content-encoding']).toBe('br')
    expect(Buffer.from(script.body, 'base64')).toEqual(brotliCompressSync('start()'))
  })

  it('finds no file outside the page', async () => {
    const handler = await load()
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/%']) {
      expect((await handler(eventV2(path))).statusCode).toBe(404)
    }
  })

  it('answers to its own name alone', async () => {
    const handler = await load()
    expect((await handler(eventV2('/', { headers: { host: 'evil.example' } }))).statusCode).toBe(421)
  })
})
