/**
 * One live chain after the other, by the app itself and by a bare `tls.connect` in the same process, turn by turn: what
 * else happens on the machine hits both. Built by the bench; told a list of cases, it answers with medians.
 */
import { connect, createSecureContext } from 'node:tls'
import { createApp } from '../../api/_lib/app.ts'
import { requireConfiguration } from '../../api/_lib/configuration.ts'
import { ADDRESSES, newHost, resolve } from './names.mjs'

/** @typedef {{ name: string, port: number, ask: 'bare' | 'one' | 'four' }} Case */

const app = createApp({ configuration: requireConfiguration(process.env), resolve })
const secureContext = createSecureContext()

process.on('message', async (/** @type {{ cases: Case[], rounds: number, perRound: number }} */ wish) => {
  const times = new Map(wish.cases.map(({ name }) => [name, /** @type {number[]} */ ([])]))
  // The first round is for the compiler and is not counted.
  for (let round = 0; round <= wish.rounds; round += 1) {
    for (const { name, port, ask } of wish.cases) {
      for (let time = 0; time < wish.perRound; time += 1) {
        const started = performance.now()
        await (ask === 'bare' ? connectOnce(port) : fetchOnce(port, ask))
        if (round > 0) times.get(name)?.push(performance.now() - started)
      }
    }
  }
  process.send?.(Object.fromEntries([...times].map(([name, list]) => [name, medianOf(list)])))
})

/** @param {number[]} list */
function medianOf(list) {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)]
}

/**
 * @param {number} port
 * @param {'one' | 'four'} addresses
 */
async function fetchOnce(port, addresses) {
  const response = await app.request(`http://localhost/api/chain?host=${newHost(addresses)}&port=${port}`)
  if (response.status !== 200) throw new Error(await response.text())
  await response.json()
}

/** @param {number} port */
function connectOnce(port) {
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
