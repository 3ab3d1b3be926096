/**
 * Asks for health ten times a second from a process of its own, which the 500 callers do not slow down: on a connection
 * that is kept, as a proxy does, and each time on a new one, as many health checkers do.
 */
import { Agent, get } from 'node:http'

const EVERY_MILLISECONDS = 100

const kept = new Agent({ keepAlive: true, maxSockets: 1 })
const health = { kept: /** @type {number[]} */ ([]), fresh: /** @type {number[]} */ ([]), failures: 0 }

const timer = setInterval(() => {
  ask(kept, health.kept)
  ask(false, health.fresh)
}, EVERY_MILLISECONDS)

/**
 * @param {Agent | false} agent
 * @param {number[]} times
 */
function ask(agent, times) {
  const started = performance.now()
  const request = get(`${process.argv[2]}/api/health`, { agent }, (response) => {
    response.resume()
    response.on('end', () => {
      times.push(performance.now() - started)
      if (response.statusCode !== 200) health.failures += 1
    })
  })
  request.on('error', () => {
    health.failures += 1
  })
}

process.on('message', () => {
  clearInterval(timer)
  kept.destroy()
  process.send?.(health)
})
