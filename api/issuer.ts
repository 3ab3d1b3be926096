import { requireConfiguration } from './_lib/configuration.js'
import { createIssuerEndpoint } from './_lib/issuer-endpoint.js'

const endpoint = createIssuerEndpoint({ configuration: requireConfiguration(process.env) })

/** `GET /api/issuer?url=…` as a serverless function; see `chain.ts`. */
export async function GET(request: Request): Promise<Response> {
  return endpoint(request)
}

/** The platform leaves out the body; it refuses all other methods. */
export { GET as HEAD }
