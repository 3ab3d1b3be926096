/**
 * The endpoint on loopback, each part in a process of its own: the server, the hosts that it dials, and the callers
 * here. Nothing leaves the machine: the resolver of the bench knows no address but 127.0.0.2 to 127.0.0.5.
 */
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from 'vite'
import { call } from './endpoint/callers.mjs'
import { ADDRESSES, newHost } from './endpoint/names.mjs'
import { milliseconds, print } from './measurements.mjs'

/** @typedef {import('./measurements.mjs').Measurement} Measurement */
/** @typedef {import('./endpoint/callers.mjs').Tally} Tally */
/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {Record<'ecdsa' | 'rsa' | 'both' | 'farEcdsa' | 'farBoth' | 'silent' | 'drip' | 'flood' | 'closes' | 'http', number>} Ports */
/** @typedef {{ rss: number, heap: number, diallingRss: number, sockets: number }} Holdings */
/** @typedef {{ server: ChildProcess, fetches: ChildProcess, targets: ChildProcess, ports: Ports, address: string, startProbe: () => ChildProcess }} Bench */

const FOLDER = join(import.meta.dirname, 'endpoint')
const BUILT = join(import.meta.dirname, '..', 'node_modules', '.cache', 'pinsmith-bench')
const MIB = 1024 * 1024

/** How many requests the memory is watched over, and after how many the watch begins. */
const MANY_REQUESTS = 50_000
const WARM_UP_REQUESTS = 5000

const LOAD = { callers: 500, seconds: 60, rampSeconds: 5, slowestHealth: 200 }
/** More than the deadline of a live chain and the time for which idle connections are kept. */
const SETTLED_MILLISECONDS = 16_000
/** A program that has just started is slow itself. */
const PROBE_START_MILLISECONDS = 2000
/** What the heap may have grown by for other reasons than a leak. */
const HEAP_PLAY = 16 * MIB

export async function endpoint() {
  await withBench(async (bench) => {
    await compareFetches(bench)
    comparePipeline(bench, await fetchMedian(bench, 'ecdsa'))
    await throughput(bench)
    await memory(bench)
  })
}

/** @param {Bench} bench */
async function compareFetches(bench) {
  const { ports } = bench
  for (const { title, rounds, perRound, cases } of [
    {
      title: 'One live chain after the other, on loopback: what it costs the processor',
      rounds: 20,
      perRound: 10,
      cases: casesOf('ECDSA', ports.ecdsa, ports.both),
    },
    {
      title: 'The same with an RSA key of 2048 bits',
      rounds: 20,
      perRound: 10,
      cases: casesOf('RSA', ports.rsa, ports.both).slice(0, 4),
    },
    {
      title: 'Over a network of 20 ms each way: what it costs the user',
      rounds: 5,
      perRound: 4,
      cases: casesOf('ECDSA', ports.farEcdsa, ports.farBoth),
    },
  ]) {
    /** @type {Measurement[]} */
    const measurements = []
    const medians = await answerOf(bench.fetches, { cases, rounds, perRound })
    for (const one of cases) {
      const { name, port } = one
      const before = (await answerOf(bench.targets, {})).connections
      await answerOf(bench.fetches, { cases: [one], rounds: 1, perRound: 5 })
      const handshakes = ((await answerOf(bench.targets, {})).connections - before) / 10
      // The relay that makes a target far dials it once more for each connection.
      const dialled = port === ports.farEcdsa || port === ports.farBoth ? Math.ceil(handshakes / 2) : handshakes
      measurements.push({
        what: name,
        figures: { 'median of one fetch': milliseconds(medians[name]), handshakes: { value: dialled, unit: '' } },
      })
    }
    print(title, measurements)
  }
}

/**
 * A fetch dials twice, since it offers the other key type too; one offer alone is what compares with a bare connection.
 *
 * @param {'ECDSA' | 'RSA'} key
 * @param {number} single
 * @param {number} both
 */
function casesOf(key, single, both) {
  return /** @type {const} */ ([
    { name: 'bare tls.connect', port: single, ask: 'bare' },
    { name: 'one offer, in process', port: single, ask: 'one offer', where: 'in process' },
    { name: 'one offer', port: single, ask: 'one offer' },
    { name: `${key}, one address`, port: single, ask: 'one address' },
    { name: 'both, one address', port: both, ask: 'one address' },
    { name: 'both, four addresses', port: both, ask: 'four addresses' },
    { name: 'the same, in process', port: both, ask: 'four addresses', where: 'in process' },
  ])
}

/**
 * @param {Bench} bench
 * @param {'ecdsa' | 'rsa'} key
 */
async function fetchMedian({ fetches, ports }, key) {
  const cases = [{ name: 'fetch', port: ports[key], ask: 'one address' }]
  return (await answerOf(fetches, { cases, rounds: 10, perRound: 10 })).fetch
}

/**
 * @param {Bench} bench
 * @param {number} fetched
 */
function comparePipeline({ ports }, fetched) {
  const pipeline = [
    `openssl s_client -connect ${ADDRESSES[0]}:${ports.ecdsa} -servername bench.test </dev/null 2>/dev/null`,
    'openssl x509 -pubkey -noout',
    'openssl pkey -pubin -outform der',
    'openssl dgst -sha256 -binary',
    'base64',
  ].join(' | ')
  const times = Array.from({ length: 21 }, () => {
    const started = performance.now()
    const pin = execFileSync('sh', ['-c', pipeline], { encoding: 'utf8' })
    if (!/^[\w+/]{43}=\n$/.test(pin)) throw new Error(`The pipeline printed no pin: ${pin}`)
    return performance.now() - started
  }).toSorted((one, other) => one - other)
  print('A pin of a live host', [
    { what: 'the endpoint', figures: { median: milliseconds(fetched) } },
    { what: 'openssl on the shell', figures: { median: milliseconds(times[10] ?? Number.NaN) } },
  ])
}

/** @param {Bench} bench */
async function throughput({ address, ports }) {
  /** @type {Measurement[]} */
  const measurements = []
  for (const callers of [1, 10, 50, 200, 500]) {
    const tally = await call(address, { callers, seconds: 5, path: () => chainPath('one', ports.ecdsa) })
    measurements.push({
      what: callers === 1 ? '1 caller' : `${callers} callers`,
      figures: {
        'chains a second': { value: tally.fetched / tally.seconds, unit: '' },
        median: milliseconds(quantile(tally.times, 0.5)),
        p99: milliseconds(quantile(tally.times, 0.99)),
        'told to come again': { value: tally.busy, unit: '' },
        'other answers': { value: sum(tally.kinds), unit: '' },
      },
    })
  }
  print('Many callers over HTTP, 5 s each, ECDSA, one address', measurements)
}

/** @param {Bench} bench */
async function memory({ server, address, ports }) {
  const path = () => chainPath('one', ports.ecdsa)
  await call(address, { callers: 50, requests: WARM_UP_REQUESTS, path })
  const before = await holdingsOf(server)
  const tally = await call(address, { callers: 50, requests: MANY_REQUESTS - WARM_UP_REQUESTS, path })
  const after = await holdingsOf(server)
  print(
    `Memory of the server; ${tally.fetched} of the ${MANY_REQUESTS - WARM_UP_REQUESTS} later requests got a chain`,
    [
      { what: `after ${WARM_UP_REQUESTS} requests`, figures: memoryFigures(before) },
      { what: `after ${MANY_REQUESTS} requests`, figures: memoryFigures(after) },
    ],
  )
}

/** 500 callers for a minute against good and hostile hosts. Fails the process when the server does not hold. */
export async function load() {
  await withBench(async ({ server, address, ports, startProbe }) => {
    let turn = 0
    const mix = /** @type {const} */ ([
      ...Array.from({ length: 10 }, () => 'ecdsa'),
      'rsa',
      'both',
      'silent',
      'silent',
      'drip',
      'flood',
      'closes',
      'closes',
      'http',
      'http',
    ])
    const path = () => {
      turn += 1
      const target = mix[turn % mix.length] ?? 'ecdsa'
      return chainPath(target === 'both' ? 'four' : 'one', ports[target])
    }
    const { callers } = LOAD
    await call(address, { callers, seconds: 5, rampSeconds: 2, path })
    await delay(SETTLED_MILLISECONDS)
    const before = await holdingsOf(server)

    const probe = startProbe()
    await delay(PROBE_START_MILLISECONDS)
    const tally = await call(address, { callers, seconds: LOAD.seconds, rampSeconds: LOAD.rampSeconds, path })
    /** @type {{ kept: number[], fresh: number[], failures: number }} */
    const health = await answerOf(probe, 'end')
    await delay(SETTLED_MILLISECONDS)
    const after = await holdingsOf(server)

    print(`The server before and after ${callers} callers for ${LOAD.seconds} s`, [
      { what: 'before', figures: memoryFigures(before) },
      { what: 'after', figures: memoryFigures(after) },
    ])
    const outcomes = { chains: tally.fetched, 'told to come again': tally.busy, ...tally.kinds }
    console.log(
      `\n  Answers: ${Object.entries(outcomes)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', ')}`,
    )
    const series = { 'a kept connection': health.kept, 'a new connection each': health.fresh }
    print(
      'Health meanwhile, asked ten times a second on',
      Object.entries(series).map(([what, times]) => ({ what, figures: healthFigures(times) })),
    )
    const slowest = Math.max(...health.kept)

    const unanswered = Object.keys(tally.kinds).filter((kind) => kind.startsWith('no answer') || kind === '500')
    const problems = [
      ...(server.exitCode === null ? [] : ['The server ended.']),
      ...unanswered.map((kind) => `Callers got: ${kind}.`),
      ...(after.sockets > before.sockets ? [`${after.sockets - before.sockets} sockets are left open.`] : []),
      ...(after.heap - before.heap > HEAP_PLAY ? ['The heap has grown.'] : []),
      ...(health.failures > 0 ? [`Health was not answered ${health.failures} times.`] : []),
      ...(slowest > LOAD.slowestHealth ? [`Health took more than ${LOAD.slowestHealth} ms.`] : []),
    ]
    console.log(`\n  ${problems.length === 0 ? 'The server holds.' : problems.join('\n  ')}`)
    if (problems.length > 0) process.exitCode = 1
  })
}

/**
 * @param {'one' | 'four'} addresses
 * @param {number} port
 */
function chainPath(addresses, port) {
  return `/api/chain?host=${newHost(addresses)}&port=${port}`
}

/** @param {number[]} times */
function healthFigures(times) {
  const sorted = times.toSorted((one, other) => one - other)
  return {
    median: milliseconds(quantile(sorted, 0.5)),
    p99: milliseconds(quantile(sorted, 0.99)),
    slowest: milliseconds(quantile(sorted, 1)),
  }
}

/** @param {Holdings} holdings */
function memoryFigures({ rss, heap, diallingRss, sockets }) {
  return {
    'resident memory': { value: rss / MIB, unit: 'MiB' },
    heap: { value: heap / MIB, unit: 'MiB' },
    'dialling process': { value: diallingRss / MIB, unit: 'MiB' },
    'open sockets': { value: sockets, unit: '' },
  }
}

/**
 * @param {number[]} sorted
 * @param {number} share
 */
function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** @param {Record<string, number>} counts */
function sum(counts) {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}

/**
 * @param {ChildProcess} server
 * @returns {Promise<Holdings>}
 */
function holdingsOf(server) {
  return answerOf(server, 'holdings')
}

/**
 * @param {ChildProcess} child
 * @param {import('node:child_process').Serializable} [message]
 * @returns {Promise<any>}
 */
async function answerOf(child, message) {
  if (message !== undefined) child.send(message)
  return firstOf(child, child, 'message')
}

/**
 * What a process sends or prints next; throws when it ends instead.
 *
 * @param {ChildProcess} child
 * @param {NodeJS.EventEmitter} source
 * @param {'message' | 'data'} event
 * @returns {Promise<any>}
 */
async function firstOf(child, source, event) {
  const ended = new AbortController()
  const end = () => ended.abort()
  child.once('exit', end)
  const [first] = await once(source, event, { signal: ended.signal })
  child.off('exit', end)
  return first
}

/** @param {(bench: Bench) => Promise<void>} use */
async function withBench(use) {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: BUILT,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { input: [join(FOLDER, 'server.mjs'), join(FOLDER, 'fetches.mjs')] },
    },
  })
  /** @type {ChildProcess[]} */
  const children = []
  const start = (
    /** @type {string} */ file,
    /** @type {Record<string, string>} */ environment = {},
    /** @type {string[]} */ ...args
  ) => {
    const child = fork(file, args, {
      env: { ...process.env, ...environment },
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    children.push(child)
    return child
  }
  try {
    const targets = start(join(FOLDER, 'targets.mjs'))
    const ports = /** @type {Ports} */ (await answerOf(targets))
    const environment = {
      PINSMITH_ALLOW_PRIVATE: '1',
      PINSMITH_PORTS: Object.values(ports).join(','),
      PINSMITH_RATE: 'off',
    }
    const fetches = start(join(BUILT, 'fetches.js'), environment)
    const server = start(join(BUILT, 'server.js'), { ...environment, PORT: '0' })
    const printed = String(await firstOf(server, server.stdout ?? server, 'data'))
    const address = /http:\S+(?=\/)/.exec(printed)?.[0] ?? ''
    const startProbe = () => start(join(FOLDER, 'probe.mjs'), {}, address)
    await use({ server, fetches, targets, ports, address, startProbe })
  } finally {
    for (const child of children) child.kill('SIGKILL')
  }
}
