/**
 * What the endpoint of the bench dials, on loopback: good TLS servers and hostile ones, in a process of its own. It
 * tells their ports, and at each message how many connections there have been.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { ADDRESSES } from './names.mjs'

/** Each way across the network that `far` pretends to be. */
const FAR_MILLISECONDS = 20

let connections = 0

const { rsa, ecdsa } = issue()
const ports = {
  ecdsa: await listen(() => createTlsServer(ecdsa)),
  rsa: await listen(() => createTlsServer(rsa)),
  both: await listen(() => createTlsServer({ key: [rsa.key, ecdsa.key], cert: [rsa.cert, ecdsa.cert] })),
  silent: await listen(() => createServer((socket) => socket.resume())),
  drip: await listen(() => createServer(drip)),
  flood: await listen(() => createServer(flood)),
  closes: await listen(() => createServer((socket) => socket.destroy())),
  http: await listen(() => createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
}
const far = {
  farEcdsa: await listen((address) => createServer((socket) => relay(socket, address, ports.ecdsa))),
  farBoth: await listen((address) => createServer((socket) => relay(socket, address, ports.both))),
}
process.send?.({ ...ports, ...far })
process.on('message', () => process.send?.({ connections }))

/** The chains of one root: a leaf with each kind of key. */
function issue() {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-bench-'))
  const openssl = (/** @type {string[]} */ ...args) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const read = (/** @type {string} */ name) => readFileSync(join(folder, name), 'utf8')
  try {
    const request = ['req', '-x509', '-nodes', '-days', '30']
    openssl(...request, '-newkey', 'rsa:2048', '-subj', '/CN=Bench root', '-keyout', 'root.key', '-out', 'root.pem')
    const leaf = (/** @type {string} */ name, /** @type {string[]} */ ...newkey) => {
      const names = ['-subj', '/CN=bench.test', '-addext', 'subjectAltName=DNS:*.bench.test']
      const issuer = ['-CA', 'root.pem', '-CAkey', 'root.key']
      openssl(...request, '-newkey', ...newkey, ...names, ...issuer, '-keyout', `${name}.key`, '-out', `${name}.pem`)
      return { key: read(`${name}.key`), cert: `${read(`${name}.pem`)}${read('root.pem')}` }
    }
    return { rsa: leaf('rsa', 'rsa:2048'), ecdsa: leaf('ecdsa', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Listens on one port of all addresses.
 *
 * @param {(address: string) => import('node:net').Server} create
 * @returns {Promise<number>}
 */
async function listen(create) {
  let port = 0
  for (const address of ADDRESSES) {
    const server = create(address)
    server.on('connection', (socket) => {
      connections += 1
      socket.on('error', () => {})
    })
    server.on('secureConnection', (socket) => socket.on('error', () => {}))
    server.on('tlsClientError', () => {})
    await new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, address, 1024, () => resolve(undefined))
    })
    port = /** @type {import('node:net').AddressInfo} */ (server.address()).port
  }
  return port
}

const RECORD = Buffer.concat([Buffer.from([22, 3, 3, 0x40, 0]), Buffer.alloc(0x40_00, 2)])

/**
 * A record that grows by a byte at a time.
 *
 * @param {import('node:net').Socket} socket
 */
function drip(socket) {
  let sent = 0
  const timer = setInterval(() => {
    socket.write(RECORD.subarray(sent, sent + 1))
    sent += 1
  }, 50)
  socket.resume()
  socket.on('close', () => clearInterval(timer))
}

/**
 * Records without end, as fast as they are taken.
 *
 * @param {import('node:net').Socket} socket
 */
function flood(socket) {
  const more = () => {
    while (!socket.destroyed && socket.write(RECORD));
  }
  socket.on('drain', more)
  socket.resume()
  more()
}

/**
 * @param {import('node:net').Socket} socket
 * @param {string} address
 * @param {number} port
 */
function relay(socket, address, port) {
  const target = connect(port, address)
  target.on('error', () => {})
  for (const [from, to] of /** @type {const} */ ([
    [socket, target],
    [target, socket],
  ])) {
    from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), FAR_MILLISECONDS))
    from.on('close', () => setTimeout(() => to.destroy(), FAR_MILLISECONDS))
  }
}
