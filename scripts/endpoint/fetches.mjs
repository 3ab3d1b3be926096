/**
 * One live chain after the other, by the app itself and by a bare `tls.connect` in the same process, turn by turn: what
 * else happens on the machine hits both. Built by the bench; told a list of cases, it answers with medians.
 */
import { connect, createSecureContext } from 'node:tls'
import { createApp } from '../../api/_lib/app.ts'
import { requireConfiguration } from '../../api/_lib/configuration.ts'
import { connectTcp } from '../../api/_lib/connection.ts'
import { dialThrough } from '../../api/_lib/dial.ts'
import { DIALLING, createDialler } from '../../api/_lib/dialler.ts'
import { answerDials } from '../../api/_lib/dialling-process.ts'
import { ADDRESSES, newHost, resolve } from './names.mjs'

/** @typedef {import('../../api/_lib/dial.ts').Dial} Dial */
/** @typedef {import('../../api/_lib/guard.ts').CheckedAddress} CheckedAddress */
/** @typedef {'bare' | 'one offer' | 'one address' | 'four addresses'} Ask */
/**
 * `in process`: as functions dial; otherwise in a process of its own, as the server does.
 *
 * @typedef {{ name: string, port: number, ask: Ask, where?: 'in process' }} Case
 */

if (process.argv[2] === DIALLING) {
  answerDials(Number(process.argv[3]))
} else {
  answerCases()
}

function answerCases() {
  const here = dialThrough(connectTcp)
  const there = createDialler(Infinity)
  const secureContext = createSecureContext()
  const apps = { here: appOf(here), there: appOf(there) }

  const askOnce = (/** @type {Case} */ { port, ask, where }) => {
    if (ask === 'bare') return connectOnce(port, secureContext)
    if (ask === 'one offer') return dialOnce(port, where === 'in process' ? here : there)
    return fetchOnce(port, ask === 'one address' ? 'one' : 'four', where === 'in process' ? apps.here : apps.there)
  }

  process.on('message', async (/** @type {{ cases: Case[], rounds: number, perRound: number }} */ wish) => {
    const times = new Map(wish.cases.map(({ name }) => [name, /** @type {number[]} */ ([])]))
    // The first round is for the compiler and is not counted.
    for (let round = 0; round <= wish.rounds; round += 1) {
      for (const wished of wish.cases) {
        for (let time = 0; time < wish.perRound; time += 1) {
          const started = performance.now()
          await askOnce(wished)
          if (round > 0) times.get(wished.name)?.push(performance.now() - started)
        }
      }
    }
    process.send?.(Object.fromEntries([...times].map(([name, list]) => [name, medianOf(list)])))
  })
}

/** @param {Dial} dial */
function appOf(dial) {
  return createApp({ configuration: requireConfiguration(process.env), resolve, dial })
}

/** @param {number[]} list */
function medianOf(list) {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)]
}

/**
 * @param {number} port
 * @param {'one' | 'four'} addresses
 * @param {ReturnType<typeof createApp>} app
 */
async function fetchOnce(port, addresses, app) {
  const response = await app.request(`http://localhost/api/chain?host=${newHost(addresses)}&port=${port}`)
  if (response.status !== 200) throw new Error(await response.text())
  await response.json()
}

/**
 * @param {number} port
 * @param {Dial} dial
 */
async function dialOnce(port, dial) {
  const address = /** @type {CheckedAddress} */ (ADDRESSES[0])
  const { signal } = new AbortController()
  const outcome = await dial({ host: newHost('one'), port }, address, { offer: 'any', idleMilliseconds: 5000, signal })
  if (!outcome.ok) throw new Error(outcome.failure.kind)
}

/**
 * @param {number} port
 * @param {import('node:tls').SecureContext} secureContext
 */
function connectOnce(port, secureContext) {
  return new Promise((resolveDone, reject) => {
    const host = ADDRESSES[0]
    const socket = connect({ host, port, servername: newHost('one'), secureContext, rejectUnauthorized: false })
    socket.on('error', reject)
    socket.on('secureConnect', () => {
      const leaf = socket.getPeerX509Certificate()
      socket.destroy()
      resolveDone(leaf?.raw)
    })
  })
}
