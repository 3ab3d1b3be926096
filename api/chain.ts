import { createChainEndpoint } from './_lib/chain-endpoint.js'
import { requireConfiguration } from './_lib/configuration.js'

const endpoint = createChainEndpoint({ configuration: requireConfiguration(process.env) })

/**
 * `GET /api/chain?host=…&port=…` as a serverless function; the contract is `src/live-chain/contract.ts`. A function
 * does not know its own address: `PINSMITH_HOSTS` must name the host it is published under.
 */
export async function GET(request: Request): Promise<Response> {
  return endpoint(request)
}

/** The platform leaves out the body; it refuses all other methods. */
export { GET as HEAD }
