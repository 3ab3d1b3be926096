/**
 * `npm run bench`: how quick the built page is in a real Chromium, and the endpoint on loopback. Every figure stands
 * beside its ratio to a small case of the same run, since machines differ; nothing is asserted. Build first, for all
 * but the paths and the endpoint: `npm run build`.
 *
 * Usage: bench.mjs [--only typing,pasting,reading,bundles,loading,paths,endpoint,load]. `load`, which takes two minutes and
 * fails when the server does not hold, runs only when it is asked for.
 */
import { spawnSync } from 'node:child_process'
import { X509Certificate, createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { endpoint, load } from './bench-endpoint.mjs'
import { paths } from './bench-paths.mjs'
import { pasteList, withBuiltPage } from './built-page.mjs'
import { milliseconds, print } from './measurements.mjs'

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./measurements.mjs').Measurement} Measurement */

const ROOT = join(import.meta.dirname, '..')
const ROOT_CERTIFICATES = join(ROOT, 'src/engine/roots/root-certificates.json')

/** What a slow phone on a slow network has: 1.6 Mbit/s, 150 ms there and back, a processor of a quarter of the speed. */
const SLOW = { megabits: 1.6, roundTrip: 150, slowdown: 4 }

const BUNDLE_SIZES = [10, 100, 1000, 5000]

/** How many certificates OpenSSL reads; it takes three processes for each. */
const OPENSSL_SAMPLE = 20

const PAGE_SECTIONS = { typing, pasting, reading, bundles, loading }
const OTHER_SECTIONS = { paths, endpoint, load }
const USUAL_SECTIONS = [...Object.keys(PAGE_SECTIONS), 'paths', 'endpoint']

const { values: options } = parseArgs({ options: { only: { type: 'string' } } })
const wanted = options.only?.split(',') ?? USUAL_SECTIONS

const wantedOfPage = Object.entries(PAGE_SECTIONS).filter(([name]) => wanted.includes(name))
if (wantedOfPage.length > 0) {
  await withBuiltPage(async (built) => {
    for (const [, measure] of wantedOfPage) await measure(built)
  })
}
for (const [name, measure] of Object.entries(OTHER_SECTIONS)) {
  if (wanted.includes(name)) await measure()
}

/** @typedef {{ address: string, browser: import('playwright-core').Browser }} Built */

/**
 * The median of each figure over an odd number of runs: something else on the machine may take its time in one of them.
 *
 * @template {Record<string, number>} Figures
 * @param {number} runs
 * @param {() => Promise<Figures>} measure
 * @returns {Promise<Figures>}
 */
async function medians(runs, measure) {
  /** @type {Figures[]} */
  const measured = []
  for (let run = 0; run < runs; run += 1) measured.push(await measure())
  const medianOf = (/** @type {string} */ name) =>
    measured.map((figures) => figures[name] ?? Number.NaN).toSorted((one, other) => one - other)[(runs - 1) / 2]
  const names = Object.keys(measured[0] ?? {})
  return /** @type {Figures} */ (Object.fromEntries(names.map((name) => [name, medianOf(name)])))
}

/** @param {Built} built */
async function typing(built) {
  /** @type {Measurement[]} */
  const measurements = []
  for (const { rows, isUnfolded } of [
    { rows: 1, isUnfolded: true },
    { rows: 20, isUnfolded: false },
    { rows: 200, isUnfolded: false },
    { rows: 500, isUnfolded: false },
    { rows: 200, isUnfolded: true },
    { rows: 500, isUnfolded: true },
  ]) {
    const figures = await medians(3, () => typeInRow(built, rows, isUnfolded))
    measurements.push({
      what: rows === 1 ? '1 row' : `${rows} rows, ${isUnfolded ? 'all' : 'one'} open`,
      figures: {
        'longest task': milliseconds(figures.longestTask),
        'key to paint, median': milliseconds(figures.medianKey),
        'key to paint, longest': milliseconds(figures.longestKey),
      },
    })
  }
  print('Typing 13 keys in a domain', measurements)
}

/**
 * @param {Built} built
 * @param {number} rows
 * @param {boolean} isUnfolded
 */
function typeInRow(built, rows, isUnfolded) {
  return withPage(built, async (page) => {
    await fillRows(page, rows)
    const opener = isUnfolded ? 'Unfold all' : 'Details of domain 1'
    if (rows > 1) await page.getByRole('button', { name: opener, exact: true }).click()
    await page.getByLabel('Domain', { exact: true }).first().focus()
    await page.keyboard.press('End')
    const { longestTask, keys } = await traced(built, page, async () => {
      for (const key of '.staging.more') {
        await page.keyboard.press(key)
        await page.waitForTimeout(120)
      }
      // What follows typing: the text is judged, the suffix looked up, the rows saved.
      await page.waitForTimeout(1500)
    })
    return {
      longestTask,
      medianKey: keys[Math.floor(keys.length / 2)] ?? Number.NaN,
      longestKey: keys.at(-1) ?? Number.NaN,
    }
  })
}

/** @param {Built} built */
async function pasting(built) {
  /** @type {Measurement[]} */
  const measurements = []
  for (const count of [1, 20, 200, 500]) {
    const figures = await medians(3, () =>
      withPage(built, async (page) => {
        const started = performance.now()
        let shown = Number.NaN
        const { longestTask } = await traced(built, page, async () => {
          await fillRows(page, count)
          shown = performance.now() - started
          await page.waitForTimeout(1500)
        })
        return { longestTask, shown }
      }),
    )
    measurements.push({
      what: count === 1 ? '1 domain' : `${count} domains`,
      figures: {
        'longest task': milliseconds(figures.longestTask),
        'until the rows are there': milliseconds(figures.shown),
      },
    })
  }
  print('Pasting a list', measurements)
}

/** @param {Built} built */
async function reading(built) {
  const roots = JSON.parse(readFileSync(ROOT_CERTIFICATES, 'utf8')).map((/** @type {string} */ der) =>
    Buffer.from(der, 'hex').toString('base64'),
  )
  /** @type {Measurement[]} */
  const measurements = []
  for (const count of [1, 20, 200]) {
    const pem = roots
      .slice(0, count)
      .map((/** @type {string} */ der) => `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`)
      .join('')
    const figures = await medians(3, () =>
      withPage(built, async (page) => {
        let ready = Number.NaN
        const { longestTask } = await traced(built, page, async () => {
          const started = performance.now()
          const file = { name: 'roots.pem', mimeType: 'application/octet-stream', buffer: Buffer.from(pem) }
          await page.getByLabel('Certificate files').setInputFiles([file])
          await page
            .getByText(/^Ready: /)
            .first()
            .waitFor()
          ready = performance.now() - started
          await page.waitForTimeout(1000)
        })
        return { longestTask, ready }
      }),
    )
    measurements.push({
      what: count === 1 ? '1 certificate' : `${count} certificates`,
      figures: { 'longest task': milliseconds(figures.longestTask), 'until ready': milliseconds(figures.ready) },
    })
  }
  print('Reading a PEM file of roots', measurements)
}

/** @param {Built} built */
async function bundles(built) {
  const ders = await manyCertificates(BUNDLE_SIZES.at(-1) ?? 0)
  const scan = await bareScan()
  const { X509Certificate: LibraryCertificate } = await importLibrary()
  /** @type {Measurement[]} */
  const measurements = []
  for (const count of BUNDLE_SIZES) {
    const some = ders.slice(0, count)
    const pem = some.map(toPem).join('')
    const figures = await medians(5, () => withPage(built, (page) => pinsOfBundle(page, pem, some, scan)))
    const ofNode = await medians(3, async () => timed(() => some.map(pinByNode)))
    const ofLibrary = await medians(3, async () =>
      timed(() => {
        for (const der of some) sha256(new Uint8Array(new LibraryCertificate(der).publicKey.rawData))
      }),
    )
    const sample = some.slice(0, OPENSSL_SAMPLE)
    const ofOpenssl = await medians(1, async () => timed(() => sample.map(pinByOpenssl)))
    measurements.push({
      what: `${count} certificates`,
      figures: {
        'worker, bytes to pins': milliseconds(figures.first),
        'again, warm': milliseconds(figures.warm),
        'bare scan': milliseconds(figures.scan),
        'bare scan, warm': milliseconds(figures.warmScan),
        'X509Certificate of Node': milliseconds(ofNode.time),
        '@peculiar/x509': milliseconds(ofLibrary.time),
        'openssl (extrapolated)': milliseconds((ofOpenssl.time / sample.length) * count),
      },
    })
    const { first, warm, scan: bare, warmScan } = figures
    console.log(
      `  ${count}: worker ${(first / bare).toFixed(1)}x the bare scan, both warm ${(warm / warmScan).toFixed(1)}x`,
    )
  }
  print('Pins of a PEM bundle, median of 5', measurements)
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-bench-'))
  try {
    await addingBundles(built, ders, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {Built} built
 * @param {readonly Uint8Array[]} ders
 * @param {string} folder for files: what Playwright hands over as bytes it decodes in the page, which would be measured
 */
async function addingBundles(built, ders, folder) {
  /** @type {Measurement[]} */
  const measurements = []
  for (const count of BUNDLE_SIZES) {
    const file = join(folder, `${count}.pem`)
    writeFileSync(file, ders.slice(0, count).map(toPem).join(''))
    const figures = await medians(1, () =>
      withPage(built, async (page) => {
        await page.getByLabel('Domain', { exact: true }).fill('bundle.example')
        const started = performance.now()
        let ready = Number.NaN
        const adding = await traced(built, page, async () => {
          await page.getByLabel('Certificate files').setInputFiles(file)
          await page
            .getByText(/^(?:Ready: |Failed)/)
            .first()
            .waitFor({ timeout: 120_000 })
          ready = performance.now() - started
          await page.waitForTimeout(1500)
        })
        const results = await traced(built, page, async () => {
          await page.getByRole('tab', { name: /^Results/ }).click()
          await page.getByRole('tabpanel', { name: /^Results/ }).waitFor()
          await page.waitForTimeout(5000)
        })
        return { ready, adding: adding.longestTask, results: results.longestTask }
      }),
    )
    measurements.push({
      what: `${count} certificates`,
      figures: {
        'until ready': milliseconds(figures.ready),
        'longest task': milliseconds(figures.adding),
        'longest task, Results': milliseconds(figures.results),
      },
    })
  }
  print('Adding a PEM bundle to a row', measurements)
}

/**
 * Asks the worker of the build with the messages of `src/engine/protocol.ts`, and scans the same certificates.
 *
 * @param {Page} page
 * @param {string} pem
 * @param {readonly Uint8Array[]} ders
 * @param {string} scan
 */
async function pinsOfBundle(page, pem, ders, scan) {
  const worker = readdirSync(join(ROOT, 'dist/assets')).find((name) => /^worker-[\w-]+\.js$/.test(name))
  const answer = await page.evaluate(
    async ({ script, text }) => {
      const engine = new Worker(script, { type: 'module' })
      const ask = (/** @type {object} */ message, /** @type {ArrayBuffer} */ handedOver) =>
        new Promise((resolve, reject) => {
          engine.addEventListener('message', ({ data }) => resolve(data), { once: true })
          engine.addEventListener('error', () => reject(new Error('The worker broke')), { once: true })
          engine.postMessage(message, [handedOver])
        })
      let lastId = 0
      const inspect = async (/** @type {string} */ input) => {
        const bytes = new TextEncoder().encode(input)
        const started = performance.now()
        const { result } = await ask({ id: (lastId += 1), job: 'inspect', bytes, options: {} }, bytes.buffer)
        return {
          time: performance.now() - started,
          pins: result.value?.certificates.map((/** @type {{ pin: string }} */ { pin }) => pin),
        }
      }
      // The worker's own start is not what is measured.
      await inspect('no certificate')
      const first = await inspect(text)
      const warm = await inspect(text)
      engine.terminate()
      return { first: first.time, warm: warm.time, pins: first.pins }
    },
    { script: `/assets/${worker}`, text: pem },
  )
  const scanned = await scanOf(page, ders, scan)
  if (answer.pins?.join() !== scanned.pins.join()) throw new Error('The worker and the bare scan disagree')
  return { first: answer.first, warm: answer.warm, scan: scanned.first, warmScan: scanned.warm }
}

/**
 * In a page of its own: the built one lets nothing run that is not of its origin.
 *
 * @param {Page} page
 * @param {readonly Uint8Array[]} ders
 * @param {string} scan
 * @returns {Promise<{ pins: string[], first: number, warm: number }>}
 */
async function scanOf(page, ders, scan) {
  const blank = await page.context().newPage()
  return blank.evaluate(
    async ({ certificates, source }) => {
      const bytes = certificates.map((base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))
      const scanner = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
      const ask = (/** @type {Uint8Array[]} */ message) =>
        new Promise((resolve, reject) => {
          scanner.addEventListener('message', ({ data }) => resolve(data), { once: true })
          scanner.addEventListener('error', () => reject(new Error('The scan broke')), { once: true })
          scanner.postMessage(message, [])
        })
      // Its own start is not what is measured.
      await ask([])
      const first = await ask(bytes)
      const warm = await ask(bytes)
      return { pins: first.pins, first: first.time, warm: warm.time }
    },
    { certificates: ders.map((der) => Buffer.from(der).toString('base64')), source: scan },
  )
}

/** `bare-scan.mjs` and the hash it takes as one script. */
async function bareScan() {
  const entry = join(import.meta.dirname, 'bare-scan.mjs')
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'bareScan' } },
  })
  const [first] = [built].flat()
  const [chunk] = first && 'output' in first ? first.output : []
  if (!chunk) throw new Error('The bare scan was not built')
  return chunk.code
}

async function importLibrary() {
  // tsyringe, which the library is built on, throws at import unless this polyfill was loaded before it.
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

/**
 * Certificates of as many hosts and keys, all of one CA: what an export of a large site holds.
 *
 * @param {number} count
 */
async function manyCertificates(count) {
  const { SubjectAlternativeNameExtension, X509CertificateGenerator } = await importLibrary()
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const ca = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  /** @type {Uint8Array[]} */
  const ders = []
  for (let index = 0; index < count; index += 1) {
    const host = `host${index}.bundle.example`
    const { publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    const certificate = await X509CertificateGenerator.create({
      serialNumber: (index + 1).toString(16).padStart(8, '0'),
      subject: `CN=${host}`,
      issuer: 'CN=Bundle CA',
      notBefore: new Date(Date.now() - 86_400_000),
      notAfter: new Date(Date.now() + 86_400_000 * 90),
      publicKey,
      signingKey: ca.privateKey,
      signingAlgorithm: algorithm,
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
    })
    ders.push(new Uint8Array(certificate.rawData))
  }
  return ders
}

/** @param {Uint8Array} der */
function toPem(der) {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** @param {Uint8Array} bytes */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('base64')
}

/** @param {Uint8Array} der */
function pinByNode(der) {
  return sha256(new Uint8Array(new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' })))
}

/** @param {Uint8Array} der */
function pinByOpenssl(der) {
  const pipeline = 'openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary'
  return spawnSync('sh', ['-c', pipeline], { input: toPem(der) }).stdout.toString('base64')
}

/** @param {() => unknown} run */
function timed(run) {
  const started = performance.now()
  run()
  return { time: performance.now() - started }
}

/** @param {Built} built */
async function loading(built) {
  /** @type {Measurement[]} */
  const measurements = []
  for (const isSlow of [false, true]) {
    const figures = await medians(5, () => firstLoad(built, isSlow))
    measurements.push({
      what: isSlow ? `${SLOW.megabits} Mbit/s, ${SLOW.slowdown}x slower` : 'as fast as it goes',
      figures: {
        'first contentful paint': milliseconds(figures.firstPaint),
        'largest contentful paint': milliseconds(figures.largestPaint),
        'longest task': milliseconds(figures.longestTask),
        'JavaScript transferred': { value: figures.script / 1024, unit: 'KiB' },
        'all transferred': { value: figures.all / 1024, unit: 'KiB' },
      },
    })
  }
  print('First load, median of 5', measurements)
}

/**
 * @param {Built} built
 * @param {boolean} isSlow
 */
async function firstLoad({ address, browser }, isSlow) {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const debug = await context.newCDPSession(page)
    await debug.send('Network.enable')
    if (isSlow) {
      const bytesPerSecond = (SLOW.megabits * 1e6) / 8
      await debug.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: SLOW.roundTrip,
        downloadThroughput: bytesPerSecond,
        uploadThroughput: bytesPerSecond,
      })
      await debug.send('Emulation.setCPUThrottlingRate', { rate: SLOW.slowdown })
    }
    const scripts = new Set()
    const transferred = { script: 0, all: 0 }
    debug.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') scripts.add(requestId)
    })
    debug.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      transferred.all += encodedDataLength
      if (scripts.has(requestId)) transferred.script += encodedDataLength
    })
    await page.addInitScript(() => {
      const figures = { firstPaint: Number.NaN, largestPaint: Number.NaN, longestTask: 0 }
      Object.assign(globalThis, { benchFigures: figures })
      // A task below 50 ms is not reported.
      for (const type of ['paint', 'largest-contentful-paint', 'longtask']) {
        new PerformanceObserver((list) => {
          for (const { name, startTime, duration } of list.getEntries()) {
            if (name === 'first-contentful-paint') figures.firstPaint = startTime
            if (type === 'largest-contentful-paint') figures.largestPaint = startTime
            if (type === 'longtask') figures.longestTask = Math.max(figures.longestTask, duration)
          }
        }).observe({ type, buffered: true })
      }
    })
    await page.goto(address, { waitUntil: 'networkidle' })
    await page.getByLabel('Domain', { exact: true }).waitFor()
    await page.waitForTimeout(500)
    const figures = await page.evaluate(() => Reflect.get(globalThis, 'benchFigures'))
    return { ...figures, ...transferred }
  } finally {
    await context.close()
  }
}

/**
 * A fresh page with one blank row.
 *
 * @template Answer
 * @param {Built} built
 * @param {(page: Page) => Promise<Answer>} use
 * @returns {Promise<Answer>}
 */
async function withPage({ address, browser }, use) {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(address, { waitUntil: 'networkidle' })
    await page.getByLabel('Domain', { exact: true }).waitFor()
    return await use(page)
  } finally {
    await context.close()
  }
}

/**
 * @param {Page} page
 * @param {number} count
 */
async function fillRows(page, count) {
  await pasteList(
    page,
    Array.from({ length: count }, (_, index) => `api${index + 1}.pinsmith.example`),
  )
}

/**
 * The longest task of the page's main thread while `act` runs, and how long each key took until the page was painted
 * with it.
 *
 * @param {Built} built
 * @param {Page} page
 * @param {() => Promise<void>} act
 */
async function traced({ browser }, page, act) {
  await page.evaluate(() => {
    /** @type {number[]} */
    const keys = []
    Object.assign(globalThis, { benchKeys: keys })
    addEventListener(
      'keydown',
      ({ timeStamp }) =>
        requestAnimationFrame(() => {
          // The first task after the frame's own work.
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', () => keys.push(performance.now() - timeStamp))
          port1.start()
          port2.postMessage(null)
        }),
      { capture: true },
    )
  })
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  })
  await act()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString())
  const mainThreads = new Set(
    traceEvents
      .filter(
        (/** @type {{ name: string, args: { name?: string } }} */ { name, args }) =>
          name === 'thread_name' && args.name === 'CrRendererMain',
      )
      .map(threadOf),
  )
  let longestTask = 0
  for (const event of traceEvents) {
    // A task's own event is missing where the trace was full; what happened in it is then the longest there is.
    if (event.ph === 'X' && mainThreads.has(threadOf(event))) longestTask = Math.max(longestTask, event.dur / 1000)
  }
  const keys = await page.evaluate(() => /** @type {number[]} */ (Reflect.get(globalThis, 'benchKeys')))
  return { longestTask, keys: keys.toSorted((one, other) => one - other) }
}

/** @param {{ pid: number, tid: number }} event */
function threadOf({ pid, tid }) {
  return `${pid} ${tid}`
}
