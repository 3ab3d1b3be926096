/**
 * Loaded into the server before its own code: names of a test lead to addresses of this machine. `LEADING_NAMES` is
 * JSON, from name to addresses.
 */
import promises from 'node:dns/promises'
import { syncBuiltinESMExports } from 'node:module'

const names = new Map(Object.entries(JSON.parse(process.env['LEADING_NAMES'] ?? '{}')))
const { lookup } = promises

Object.assign(promises, {
  lookup: (/** @type {string} */ host, /** @type {import('node:dns').LookupOptions} */ options) =>
    names.has(host)
      ? Promise.resolve(names.get(host).map((/** @type {string} */ address) => ({ address, family: 4 })))
      : lookup(host, options),
})
syncBuiltinESMExports()
