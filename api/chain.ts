import { createApp } from './_lib/app.js'

const app = createApp()

/**
 * `GET /api/chain?host=…&port=…` as a function that takes a request and returns a response, for hosts that publish the
 * files of `api/` so, as Vercel does; the contract is `src/live-chain/contract.ts`. A function does not know its own
 * address: `PINSMITH_HOSTS` must name the host it is published under, and `PINSMITH_TRUST_PROXY` that the host's own
 * proxy tells who calls.
 */
export async function GET(request: Request): Promise<Response> {
  return app.fetch(request)
}

/** The platform leaves out the body; it refuses all other methods. */
export { GET as HEAD }
