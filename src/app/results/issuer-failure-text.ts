import { textOf, type FailureText, type Texts } from '../failure.ts'
import { sourceFailureText } from '../failure-text.ts'
import type { IssuerSourceFailure } from '../read-sources.ts'

/** The way out whenever the endpoint cannot help. */
const DOWNLOAD = 'Download it yourself from that address, and add the file in Config.'
const OR_DOWNLOAD = `Or d${DOWNLOAD.slice(1)}`

const TEXTS: Texts<IssuerSourceFailure> = {
  'bad-url': () => ({ what: 'The endpoint does not fetch from an address like this one.', next: DOWNLOAD }),
  'port-not-allowed': ({ allowedPorts }) => ({
    what: `The endpoint does not fetch from that port${allowedPorts ? `, only from ${allowedPorts.join(', ')}` : ''}.`,
    next: DOWNLOAD,
  }),
  'private-address': () => ({
    what: 'The host of the address is private or special, and the endpoint does not connect to it.',
    next: DOWNLOAD,
  }),
  'no-such-host': () => ({ what: 'The host of the address does not exist.', next: DOWNLOAD }),
  refused: () => ({ what: 'The host of the address refused the connection.', next: DOWNLOAD }),
  unreachable: () => ({ what: 'The host of the address could not be reached.', next: DOWNLOAD }),
  'timed-out': () => ({ what: 'The file did not arrive in time.', next: `Try again. ${OR_DOWNLOAD}` }),
  'not-http': () => ({ what: 'The host of the address answered, but not with HTTP.', next: DOWNLOAD }),
  'no-file': () => ({ what: 'There is no file at that address.', next: ASK_THE_CA }),
  'redirect-refused': () => ({ what: 'The address leads on to where the endpoint does not go.', next: DOWNLOAD }),
  'too-large': () => ({ what: 'The file is larger than a certificate file needs to be.', next: ASK_THE_CA }),
  'not-a-certificate-file': () => ({ what: 'There is no certificate file at that address.', next: ASK_THE_CA }),
  'rate-limited': ({ retryAfterSeconds }) => ({
    what: 'The endpoint has had too many requests from here.',
    next: `Try again in ${secondsText(retryAfterSeconds ?? 60)}.`,
  }),
  busy: ({ retryAfterSeconds }) => ({
    what: 'The endpoint is busy.',
    next: `Try again in ${retryAfterSeconds === undefined ? 'a moment' : secondsText(retryAfterSeconds)}.`,
  }),
  'endpoint-missing': () => ({
    what: 'This copy of Pinsmith is hosted without its endpoint, so it cannot fetch anything.',
    next: DOWNLOAD,
  }),
  'endpoint-unreachable': () => ({
    what: 'Pinsmith’s own endpoint could not be reached.',
    next: `Check your connection. ${OR_DOWNLOAD}`,
  }),
  'caller-refused': () => ({
    what: 'The endpoint refused this page.',
    next: 'Open Pinsmith at the address that it printed when it started.',
  }),
  'bad-reply': () => ({
    what: 'The endpoint’s answer could not be understood.',
    next: `Try again. ${OR_DOWNLOAD}`,
  }),
  cancelled: () => ({ what: 'It was stopped.', next: 'Fetch it again when you want to.' }),
  'unreadable-issuer': ({ failure }) => sourceFailureText(failure),
}

const ASK_THE_CA = 'Get the certificate from the CA’s own site, and add the file in Config.'

function secondsText(seconds: number): string {
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}

/** Why an issuer's address gave nothing, and what to do next. */
export function issuerFailureText(failure: IssuerSourceFailure): FailureText {
  return textOf(TEXTS, failure)
}
