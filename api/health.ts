import { createApp } from './_lib/app.js'

const app = createApp()

/** `GET /api/health` as a function. It tells about its own instance, which is another than those of `/api/chain`. */
export async function GET(request: Request): Promise<Response> {
  return app.fetch(request)
}
