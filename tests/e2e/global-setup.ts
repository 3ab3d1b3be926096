import { existsSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** The journeys run against what is built, in the browser that `npm test` found; both have to be there. */
export default function setup() {
  if (!process.env['PINSMITH_CHROMIUM'] || !existsSync(join(ROOT, 'dist-server/node-server.js'))) {
    throw new Error('Run the browser tests with "npm run test:e2e": it finds the browser and builds the page first.')
  }
}
