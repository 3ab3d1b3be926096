import { getConnInfo, handle } from 'hono/netlify'
import { createApp } from '../../api/_lib/app.js'

/** `/api` as a Netlify function; Netlify tells the address of the caller beside the request. */
export default handle(createApp({ peerOf: (context) => getConnInfo(context).remote.address }))

export const config = { path: '/api/*' }
