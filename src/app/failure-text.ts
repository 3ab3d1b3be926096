import type { DamageReason, InputFormat } from '../engine/inspection.ts'
import type { CleanHost, HostChange, HostFailure } from '../host/clean-host.ts'
import type { SourceFailure } from './row.ts'

/** A failure in words: what is wrong, and what to do next. */
export interface FailureText {
  readonly what: string
  readonly next: string
}

/** The members of a union that can have a kind; `Extract` would lose those whose `kind` is a union itself. */
type OfKind<Failure extends { readonly kind: string }, Kind> = Failure extends unknown
  ? Kind extends Failure['kind']
    ? Failure
    : never
  : never

type Texts<Failure extends { readonly kind: string }> = {
  readonly [Kind in Failure['kind']]: (failure: OfKind<Failure, Kind>) => FailureText
}

function textOf<Failure extends { readonly kind: string }>(texts: Texts<Failure>, failure: Failure): FailureText {
  const text = texts[failure.kind as Failure['kind']] as (failure: Failure) => FailureText
  return text(failure)
}

const FORMAT_NAMES: Readonly<Record<InputFormat, string>> = {
  pem: 'PEM text',
  der: 'a DER certificate',
  pkcs7: 'a PKCS#7 bundle (.p7b)',
  pkcs12: 'a PKCS#12 file (.p12, .pfx)',
  'java-keystore': 'a Java keystore',
  'certificate-request': 'a certificate request (CSR)',
  'public-key': 'a public key',
  'private-key': 'a private key',
  crl: 'a certificate revocation list',
  zip: 'a zip archive',
  html: 'a web page',
  unknown: 'something else',
}

/** A format in words, for example beside a certificate in the same file. */
export function formatName(format: InputFormat): string {
  return FORMAT_NAMES[format]
}

/** Whether a stored value is a format; this is the one place that has all of them at run time. */
export function isInputFormat(value: unknown): value is InputFormat {
  return typeof value === 'string' && Object.hasOwn(FORMAT_NAMES, value)
}

const CONVERSIONS: Partial<Readonly<Record<InputFormat, string>>> = {
  pkcs7:
    'Turn it into PEM: openssl pkcs7 -print_certs -in bundle.p7b -out chain.pem (with -inform der for a binary file).',
  pkcs12: 'Take the certificates out: openssl pkcs12 -nokeys -in bundle.p12 -out chain.pem.',
  'java-keystore': 'List its certificates as PEM: keytool -list -rfc -keystore store.jks > chain.pem.',
  'certificate-request': 'Add the certificate that was issued for it.',
  'public-key': 'Add the certificate that holds this key.',
  crl: 'Add the certificate of the CA or of the server.',
  zip: 'Unpack it and add the certificate files.',
}

const MEGABYTE = 1024 * 1024

const SOURCE_TEXTS: Texts<SourceFailure> = {
  'empty-input': () => ({ what: 'There is nothing in it.', next: 'Choose the certificate file again.' }),
  'not-a-certificate': ({ looksLike }) => ({
    what:
      looksLike === 'unknown'
        ? 'There is no certificate in it.'
        : `There is no certificate in it; it looks like ${FORMAT_NAMES[looksLike]}.`,
    next:
      looksLike === 'html'
        ? 'The download was probably an error page. Download the certificate again.'
        : 'Add a certificate in PEM or DER, or the output of openssl s_client -showcerts.',
  }),
  'damaged-block': ({ damaged }) => ({
    what:
      damaged.length === 1
        ? `Its certificate is damaged: ${damageText(damaged[0]?.reason ?? 'not-a-certificate')}.`
        : `All ${damaged.length} certificates in it are damaged.`,
    next: 'Copy the certificate again, with its BEGIN and END lines.',
  }),
  'private-key-given': ({ encrypted }) => ({
    what: `This is ${encrypted ? 'an encrypted' : 'a'} private key. Pinsmith never needs one and has forgotten it.`,
    next: 'Add the certificate instead, and keep the key where it belongs.',
  }),
  'format-not-supported': ({ format }) => ({
    what: `This is ${FORMAT_NAMES[format]}, which Pinsmith cannot read yet.`,
    next: CONVERSIONS[format] ?? 'Add a certificate in PEM or DER.',
  }),
  'too-large': (failure) =>
    'bytes' in failure
      ? {
          what: `It has ${(failure.bytes / MEGABYTE).toFixed(1)} MB; the limit is ${failure.limit / MEGABYTE} MB.`,
          next: 'Add only the certificates of this host.',
        }
      : { what: 'The host sent far more than a certificate chain needs.', next: RUN_COMMAND },
  'too-many': ({ limit }) => ({
    what: `It holds more than ${limit.toLocaleString('en')} certificates or PEM blocks.`,
    next: 'Add only the certificates of this host.',
  }),
  deadline: ({ seconds }) => ({
    what: `Reading it took longer than ${secondsText(seconds)} and was stopped.`,
    next: 'Add the certificates in smaller files.',
  }),
  cancelled: () => ({ what: 'It was stopped.', next: 'Add it again when you want to.' }),
  'engine-crashed': () => ({
    what: 'Reading it failed inside Pinsmith; the page itself is fine.',
    next: 'Try again. If it fails again, convert the file with openssl x509 and add the result.',
  }),
  'unreadable-file': () => ({
    what: 'The browser could not read the file.',
    next: 'It may have been moved or be a folder. Choose it again.',
  }),
  'not-kept': () => ({
    what: 'The browser no longer has the certificates of this source.',
    next: 'Add it again.',
  }),
  'bad-host': () => ({ what: 'The endpoint does not accept this host name.', next: 'Check the domain of this row.' }),
  'port-not-allowed': ({ allowedPorts }) => ({
    what: 'The endpoint does not connect to this port.',
    next: allowedPorts ? `It connects to ${allowedPorts.join(', ')}. ${OR_RUN_COMMAND}` : RUN_COMMAND,
  }),
  'private-address': () => ({
    what: 'The host resolves to a private or special address, which the endpoint does not connect to.',
    next: RUN_COMMAND,
  }),
  // A private network knows names that nobody else does.
  'no-such-host': () => ({
    what: 'The host name does not exist.',
    next: `Check the spelling of the domain. ${OR_RUN_COMMAND}`,
  }),
  refused: () => ({ what: 'The host refused the connection.', next: `Check the port. ${OR_RUN_COMMAND}` }),
  unreachable: () => ({ what: 'The host could not be reached.', next: RUN_COMMAND }),
  'timed-out': () => ({ what: 'The host did not answer in time.', next: `Try again. ${OR_RUN_COMMAND}` }),
  'not-tls': () => ({ what: 'The host answered, but not with TLS.', next: 'Check the port.' }),
  'handshake-failed': ({ alert }) => ({
    what: `The TLS handshake failed${alert ? `: ${alert}` : ''}.`,
    next: RUN_COMMAND,
  }),
  'rate-limited': ({ retryAfterSeconds }) => ({
    what: 'The endpoint has had too many requests from here.',
    next: `Try again in ${retryAfterSeconds ? secondsText(retryAfterSeconds) : 'a minute'}.`,
  }),
  busy: ({ retryAfterSeconds }) => ({
    what: 'The endpoint is busy.',
    next: `Try again in ${retryAfterSeconds ? secondsText(retryAfterSeconds) : 'a moment'}.`,
  }),
  'endpoint-missing': () => ({
    what: 'This copy of Pinsmith is hosted without its endpoint, so it cannot fetch live chains.',
    next: RUN_COMMAND,
  }),
  'endpoint-unreachable': () => ({
    what: 'Pinsmith’s own endpoint could not be reached.',
    next: `Check your connection. ${OR_RUN_COMMAND}`,
  }),
  'caller-refused': () => ({
    what: 'The endpoint refused this page.',
    next: 'Open Pinsmith at the address that it printed when it started.',
  }),
  'bad-reply': () => ({ what: 'The endpoint’s answer could not be understood.', next: `Try again. ${OR_RUN_COMMAND}` }),
}

/** The way out whenever the endpoint cannot help (product.md rule 11); the command stands beside it. */
const WAY_OUT = 'the command below where the host can be reached, and paste its output.'
const RUN_COMMAND = `Run ${WAY_OUT}`
const OR_RUN_COMMAND = `Or run ${WAY_OUT}`

function secondsText(seconds: number): string {
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}

export function sourceFailureText(failure: SourceFailure): FailureText {
  return textOf(SOURCE_TEXTS, failure)
}

/** Whether the openssl command is the way out. */
export function offersCommand(failure: SourceFailure): boolean {
  return sourceFailureText(failure).next.includes(WAY_OUT)
}

const DAMAGE_TEXTS: Readonly<Record<DamageReason, string>> = {
  'no-end-line': 'its END line is missing',
  'not-base64': 'it holds characters that are not base64',
  'empty-block': 'it is empty',
  truncated: 'it is cut off',
  'not-a-certificate': 'it is not a certificate',
  'not-decodable': 'its details cannot be decoded',
}

/** Whether a stored value is a reason. */
export function isDamageReason(value: unknown): value is DamageReason {
  return typeof value === 'string' && Object.hasOwn(DAMAGE_TEXTS, value)
}

export function damageText(reason: DamageReason): string {
  return DAMAGE_TEXTS[reason]
}

const HOST_TEXTS: Texts<HostFailure> = {
  'host-empty': () => ({ what: 'No domain yet.', next: 'Type a host such as api.example.com.' }),
  'several-hosts': () => ({
    what: 'This holds a space, a comma or a semicolon.',
    next: 'Type one domain per row.',
  }),
  'empty-label': () => ({
    what: 'A part between two dots is empty.',
    next: 'Write the host as in api.example.com; for its sub-domains tick “Pin sub-domains”.',
  }),
  'label-without-letter-or-digit': ({ label }) => ({
    what: `The part “${label}” has no letter or digit.`,
    next: 'Check the spelling.',
  }),
  'hyphen-at-label-edge': ({ label }) => ({
    what: `The part “${label}” starts or ends with a hyphen, which host names cannot.`,
    next: 'Check the spelling.',
  }),
  'bad-host-character': ({ character }) => ({
    what: `The character “${character}” cannot be in a host name.`,
    next: 'Check the spelling.',
  }),
  'not-a-host-name': () => ({ what: 'This is not a host name.', next: 'Type a host such as api.example.com.' }),
  'host-too-long': ({ limit }) => ({
    what: limit === 63 ? 'A part between two dots is longer than 63 characters.' : 'It is longer than 253 characters.',
    next: 'Check the spelling.',
  }),
  'ip-address': ({ address }) => ({
    what: `${address} is an IP address, and neither platform pins those reliably.`,
    next: 'Use the host name that the app connects to.',
  }),
  'bad-port': ({ port }) => ({
    what: port ? `“${port}” is not a port.` : 'The port after the colon is missing.',
    next: 'Ports are numbers from 1 to 65535.',
  }),
  'wildcard-not-first': () => ({
    what: 'A wildcard can only stand first, as in *.example.com.',
    next: 'Type the parent domain and tick “Pin sub-domains”.',
  }),
  'public-suffix-with-subdomains': ({ suffix }) => ({
    what: `${suffix} is a public suffix: its sub-domains belong to many owners.`,
    next: 'Type your own domain below it, or untick “Pin sub-domains”.',
  }),
}

export function hostFailureText(failure: HostFailure): FailureText {
  return textOf(HOST_TEXTS, failure)
}

function changeText(change: HostChange): string {
  switch (change.kind) {
    case 'white-space-removed':
      return 'white space removed'
    case 'scheme-removed':
      return `${change.scheme} removed`
    case 'credentials-removed':
      return 'user name and password removed'
    case 'path-removed':
      return 'path removed'
    case 'port-kept-for-fetch':
      return `port ${change.port} is used for the live fetch only, since no platform can pin a port`
    case 'trailing-dot-removed':
      return 'trailing dot removed'
    case 'wildcard-to-subdomains':
      return '“*.” became “Pin sub-domains”'
    case 'to-a-label':
      return `“${change.from}” is written in its ASCII form (A-labels), as both platforms compare it`
    case 'characters-mapped':
      return `“${change.from}” is written in plain characters`
    case 'lower-cased':
      return 'written in lower case'
  }
}

/** Why the host differs from what was typed; null when it does not. */
export function hostChangesText({ changes }: CleanHost): string | null {
  return changes.length === 0 ? null : changes.map(changeText).join('; ')
}

/** A certificate whose key could be read, but none of its details. */
export function notDecodableText(fingerprint: string, sources: readonly string[]): string {
  const where = sources.length > 0 ? ` in ${sources.join(', ')}` : ''
  return `The certificate with the SHA-256 fingerprint ${fingerprint.slice(0, 16)}…${where} cannot be decoded, so it is in no chain. Export it again.`
}
