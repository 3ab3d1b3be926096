import { getConnInfo, handle } from 'hono/aws-lambda'
import { createApp } from './app.js'
import { STATIC_ROOT } from './static-root.js'

const app = createApp({ staticRoot: STATIC_ROOT, peerOf: (context) => getConnInfo(context).remote.address })

/** The page and its endpoint as an AWS Lambda function, behind a function URL or an API Gateway. */
export const handler = handle(app)
