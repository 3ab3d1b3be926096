import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AddressReport, LiveChainReply, Offer } from '../../src/live-chain/contract.ts'
import { chainRequest, loopbackEndpoint, replyOf } from './support/ask.ts'
import { issue } from './support/certificates.ts'
import type { Issued } from './support/certificates.ts'

let folder = ''
const running: ChildProcess[] = []

let certificates: Record<'root' | 'ecdsaCa' | 'ecdsa' | 'rsaCa' | 'rsa' | 'stranger', Issued>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinsmith-openssl-'))
  const hosts = ['localhost']
  const root = await issue({ subject: 'Root', keyKind: 'rsa' })
  const ecdsaCa = await issue({ subject: 'ECDSA CA', issuer: root })
  const rsaCa = await issue({ subject: 'RSA CA', issuer: root, keyKind: 'rsa' })
  certificates = {
    root,
    ecdsaCa,
    rsaCa,
    ecdsa: await issue({ subject: 'ECDSA', issuer: ecdsaCa, hosts }),
    rsa: await issue({ subject: 'RSA', issuer: rsaCa, hosts, keyKind: 'rsa' }),
    stranger: await issue({ subject: 'Stranger' }),
  }
  for (const [name, { pem, keyPem }] of Object.entries(certificates)) {
    await writeFile(join(folder, `${name}.pem`), pem)
    await writeFile(join(folder, `${name}.key`), keyPem)
  }
  await writeFile(join(folder, 'ecdsa-list.pem'), list('ecdsaCa', 'stranger', 'root'))
  await writeFile(join(folder, 'rsa-list.pem'), list('root', 'rsaCa', 'rsaCa'))
})
afterEach(() => {
  for (const server of running.splice(0)) server.kill('SIGKILL')
})
afterAll(() => rm(folder, { recursive: true }))

const list = (...names: readonly (keyof typeof certificates)[]) => names.map((name) => certificates[name].pem).join('')
const base64 = (...names: readonly (keyof typeof certificates)[]) => names.map((name) => certificates[name].base64)

/** A server until the end of the test, on a free port. */
function serve(...parameters: readonly string[]): Promise<number> {
  const server = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...parameters], { cwd: folder })
  running.push(server)
  return new Promise((resolve, reject) => {
    let output = ''
    server.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const port = /^ACCEPT \S+:(\d+)$/m.exec(output)?.[1]
      if (port !== undefined) resolve(Number(port))
    })
    server.on('exit', () => reject(new Error(`s_server ended: ${output}`)))
  })
}

async function fetchFrom(port: number): Promise<{ readonly reply: LiveChainReply; readonly report: AddressReport }> {
  const reply = await replyOf(await loopbackEndpoint(port)(chainRequest({ host: 'localhost', port })))
  const [report] = reply.addresses
  if (report === undefined) throw new Error('The reply has no address.')
  return { reply, report }
}

function chainOf({ chains, addresses }: LiveChainReply, offer: Offer) {
  const handshake = addresses[0]?.handshakes.find(({ offers }) => offers.includes(offer))
  return handshake === undefined ? null : chains[handshake.chain]?.certificates
}

const BOTH = ['-cert', 'ecdsa.pem', '-key', 'ecdsa.key', '-dcert', 'rsa.pem', '-dkey', 'rsa.key']
const ECDSA = BOTH.slice(0, 4)
const RSA = ['-cert', 'rsa.pem', '-key', 'rsa.key']
const VERSIONS = ['-tls1_2', '-tls1_3'] as const
const versionOf = (flag: string) => flag.replace('-tls1_', 'TLSv1.')

describe.each(VERSIONS)('an OpenSSL server with %s', (flag) => {
  it('shows the list of each of its certificates', async () => {
    const lists = ['-cert_chain', 'ecdsa-list.pem', '-dcert_chain', 'rsa-list.pem']
    const { reply, report } = await fetchFrom(await serve(flag, ...BOTH, ...lists))
    expect(chainOf(reply, 'ecdsa')).toEqual(base64('ecdsa', 'ecdsaCa', 'stranger', 'root'))
    expect(chainOf(reply, 'rsa')).toEqual(base64('rsa', 'root', 'rsaCa', 'rsaCa'))
    expect(report.handshakes.map(({ tlsVersion }) => tlsVersion)).toEqual([versionOf(flag), versionOf(flag)])
    expect(report).toMatchObject({ declined: [], failures: [] })
  })

  it.each([
    ['ecdsa', 'rsa', ECDSA],
    ['rsa', 'ecdsa', RSA],
  ] as const)('declines what it has not, when it has %s', async (has, hasNot, parameters) => {
    const { reply, report } = await fetchFrom(await serve(flag, ...parameters))
    expect(reply.chains).toEqual([{ certificates: base64(has) }])
    expect(report).toMatchObject({
      handshakes: [{ offers: ['any', has], clientCertificateRequested: false }],
      declined: [{ offer: hasNot, alert: 'handshake failure' }],
      failures: [],
    })
  })

  it('shows both when it demands a client certificate', async () => {
    const { reply, report } = await fetchFrom(await serve(flag, ...BOTH, '-Verify', '1'))
    expect(chainOf(reply, 'ecdsa')).toEqual(base64('ecdsa'))
    expect(chainOf(reply, 'rsa')).toEqual(base64('rsa'))
    expect(report.handshakes.map((shown) => shown.clientCertificateRequested)).toEqual([true, true])
  })

  it('picks its certificate by the name it is called', async () => {
    const parameters = [...ECDSA, '-servername', 'localhost', '-cert2', 'rsa.pem', '-key2', 'rsa.key']
    const { reply } = await fetchFrom(await serve(flag, ...parameters))
    expect(reply.chains).toEqual([{ certificates: base64('rsa') }])
  })

  it('agrees on a protocol', async () => {
    const { report } = await fetchFrom(await serve(flag, ...ECDSA, '-alpn', 'http/1.1'))
    expect(report.handshakes[0]?.alpn).toBe('http/1.1')
  })
})

it('an OpenSSL server that knows RSA-PSS keys alone counts as one with RSA', async () => {
  const key = join(folder, 'pss.key')
  const pem = join(folder, 'pss.pem')
  const subject = ['-subj', '/CN=localhost', '-days', '2']
  const made = spawn('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa-pss',
    '-nodes',
    '-keyout',
    key,
    '-out',
    pem,
    ...subject,
  ])
  await new Promise((resolve) => made.on('exit', resolve))
  const { report } = await fetchFrom(await serve('-cert', pem, '-key', key))
  expect(report).toMatchObject({ handshakes: [{ offers: ['any', 'rsa'] }], declined: [{ offer: 'ecdsa' }] })
})

it('an OpenSSL server that knows nothing but the key exchange of old answers the offer of RSA', async () => {
  const { report } = await fetchFrom(await serve('-tls1_2', ...RSA, '-cipher', 'AES128-SHA:@SECLEVEL=0'))
  expect(report).toMatchObject({ handshakes: [{ offers: ['any', 'rsa'], tlsVersion: 'TLSv1.2' }], failures: [] })
})

it.each([
  ['-tls1_2', 'ECDHE-RSA-AES128-GCM-SHA256'],
  ['-tls1_2', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
])('an OpenSSL server that prefers its own order shows both all the same: %s %s first', async (flag, first) => {
  const cipher = ['-serverpref', '-cipher', `${first}:ALL`]
  const { reply } = await fetchFrom(await serve(flag, ...BOTH, ...cipher))
  expect(chainOf(reply, 'any')).toEqual(base64(first.includes('ECDSA') ? 'ecdsa' : 'rsa'))
  expect([chainOf(reply, 'ecdsa'), chainOf(reply, 'rsa')]).toEqual([base64('ecdsa'), base64('rsa')])
})
