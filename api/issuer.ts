import { createApp } from './_lib/app.js'

const app = createApp()

/** `GET /api/issuer?url=…` as a function; see `chain.ts`. */
export async function GET(request: Request): Promise<Response> {
  return app.fetch(request)
}

/** The platform leaves out the body; it refuses all other methods. */
export { GET as HEAD }
