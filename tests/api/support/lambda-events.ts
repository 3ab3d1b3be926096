import type { LambdaEvent } from 'hono/aws-lambda'

/** The name that the function is published under. */
export const FUNCTION_HOST = 'pins.example.com'

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html, which is the shape of API Gateway's v2 events. */
export const eventV2 = (path: string, { client = '203.0.113.7', headers = {} } = {}): LambdaEvent => {
  const [rawPath = '', rawQueryString = ''] = path.split('?')
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { host: FUNCTION_HOST, 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https', ...headers },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abcdefghij',
      authentication: null,
      authorizer: {},
      domainName: FUNCTION_HOST,
      domainPrefix: 'pins',
      http: { method: 'GET', path: rawPath, protocol: 'HTTP/1.1', sourceIp: client, userAgent: 'test' },
      requestId: 'id',
      routeKey: '$default',
      stage: '$default',
      time: '21/Nov/2026:10:00:00 +0000',
      timeEpoch: 1_795_255_200_000,
    },
    body: null,
    isBase64Encoded: false,
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export const eventV1 = (path: string, { client = '203.0.113.7' } = {}): LambdaEvent => {
  const url = new URL(path, `https://${FUNCTION_HOST}`)
  const query = Object.fromEntries(url.searchParams)
  return {
    version: '1.0',
    resource: url.pathname,
    path: url.pathname,
    httpMethod: 'GET',
    headers: { host: FUNCTION_HOST, 'x-forwarded-for': '192.0.2.1' },
    multiValueHeaders: { host: [FUNCTION_HOST], 'x-forwarded-for': ['192.0.2.1'] },
    queryStringParameters: query,
    multiValueQueryStringParameters: Object.fromEntries(Object.entries(query).map(([name, text]) => [name, [text]])),
    requestContext: {
      accountId: '123456789012',
      apiId: 'id',
      domainName: FUNCTION_HOST,
      httpMethod: 'GET',
      identity: { sourceIp: client, userAgent: 'test' },
      path: url.pathname,
      protocol: 'HTTP/1.1',
      requestId: 'id',
      stage: '$default',
    },
    body: null,
    isBase64Encoded: false,
  } as unknown as LambdaEvent
}
