/** Asks for health ten times a second from a process of its own, which the 500 callers do not slow down. */
import { Agent, get } from 'node:http'

const EVERY_MILLISECONDS = 100

const agent = new Agent({ keepAlive: true })
/** @type {number[]} */
const times = []
let failures = 0

const timer = setInterval(() => {
  const started = performance.now()
  const request = get(`${process.argv[2]}/api/health`, { agent }, (response) => {
    response.resume()
    response.on('end', () => {
      times.push(performance.now() - started)
      if (response.statusCode !== 200) failures += 1
    })
  })
  request.on('error', () => {
    failures += 1
  })
}, EVERY_MILLISECONDS)

process.on('message', () => {
  clearInterval(timer)
  agent.destroy()
  process.send?.({ times, failures })
})
