import { Agent, get } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/** @typedef {{ fetched: number, busy: number, kinds: Record<string, number>, times: number[], seconds: number }} Tally */

/**
 * So many callers at once, each with one request after the other, until the time is over or all requests are made. Who
 * is told that the endpoint is busy waits as long as it says. They come one by one when there is a ramp.
 *
 * @param {string} address of the server
 * @param {{ callers: number, seconds?: number, requests?: number, rampSeconds?: number, path: () => string }} plan
 * @returns {Promise<Tally>} `times` are those of the fetched chains, in milliseconds and sorted
 */
export async function call(address, { callers, seconds = Infinity, requests = Infinity, rampSeconds = 0, path }) {
  const agent = new Agent({ keepAlive: true, maxSockets: callers })
  /** @type {Tally} */
  const tally = { fetched: 0, busy: 0, kinds: {}, times: [], seconds: 0 }
  const started = performance.now()
  const end = started + seconds * 1000
  let left = requests
  const caller = async (/** @type {number} */ position) => {
    await delay((position / callers) * rampSeconds * 1000)
    while (left > 0 && performance.now() < end) {
      left -= 1
      const asked = performance.now()
      const { status, kind, retryAfter } = await ask(`${address}${path()}`, agent)
      if (status === 200) {
        tally.fetched += 1
        tally.times.push(performance.now() - asked)
      } else if (status === 503) {
        tally.busy += 1
        left += 1
        await delay(Math.min(retryAfter * 1000, Math.max(0, end - performance.now())))
      } else {
        tally.kinds[kind] = (tally.kinds[kind] ?? 0) + 1
      }
    }
  }
  await Promise.all(Array.from({ length: callers }, (_, position) => caller(position)))
  agent.destroy()
  tally.seconds = (performance.now() - started) / 1000
  tally.times.sort((one, other) => one - other)
  return tally
}

/**
 * @param {string} url
 * @param {Agent} agent
 * @returns {Promise<{ status: number, kind: string, retryAfter: number }>}
 */
function ask(url, agent) {
  return new Promise((resolve) => {
    const request = get(url, { agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => {
        const status = response.statusCode ?? 0
        const kind = status === 200 ? '' : (JSON.parse(text).kind ?? String(status))
        resolve({ status, kind, retryAfter: Number(response.headers['retry-after'] ?? 0) })
      })
    })
    request.on('error', (/** @type {NodeJS.ErrnoException} */ { code }) => {
      // The server closed a connection that was kept open at the very moment when it was used again.
      if (code === 'ECONNRESET' && request.reusedSocket) resolve(ask(url, agent))
      else resolve({ status: 0, kind: `no answer (${code})`, retryAfter: 0 })
    })
  })
}
