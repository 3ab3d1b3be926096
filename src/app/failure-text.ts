import { shortLine } from '../core/single-line.ts'
import type { DamageReason, DamagedBlock, IgnoredBlock, InputFormat } from '../engine/inspection.ts'
import { textOf, type FailureText, type Texts } from './failure.ts'
import type { SourceFailure } from './row.ts'

const FORMAT_NAMES: Readonly<Record<InputFormat, string>> = {
  pem: 'PEM text',
  der: 'a certificate',
  pkcs7: 'a PKCS#7 bundle (.p7b)',
  pkcs12: 'a PKCS#12 file (.p12, .pfx)',
  'java-keystore': 'a Java keystore',
  'certificate-request': 'a certificate request (CSR)',
  'public-key': 'a public key',
  'private-key': 'a private key',
  crl: 'a certificate revocation list',
  zip: 'a zip archive',
  apk: 'an Android app (APK)',
  aab: 'an Android app bundle (AAB)',
  ipa: 'an iOS app (IPA)',
  html: 'a web page',
  unknown: 'something else',
}

const MEGABYTE = 1024 * 1024

const SOURCE_TEXTS: Texts<SourceFailure> = {
  'empty-input': () => ({ what: 'There is nothing in it.', next: 'Choose the certificate file again.' }),
  'not-a-certificate': ({ looksLike }) => ({
    what:
      looksLike === 'unknown'
        ? 'There is no certificate or public key in it.'
        : `There is no certificate or public key in it; it looks like ${FORMAT_NAMES[looksLike]}.`,
    next:
      looksLike === 'html'
        ? 'The download was probably an error page. Download the certificate again.'
        : 'Add a certificate, a bundle, a keystore, a request or a public key, or the output of openssl s_client -showcerts.',
  }),
  'damaged-block': ({ damaged }) => ({
    what:
      damaged.length === 1 && damaged[0]
        ? `It looks like ${FORMAT_NAMES[damaged[0].looksLike ?? 'der']}, but ${damageText(damaged[0].reason)}.`
        : `All ${damaged.length} blocks in it are damaged.`,
    next: 'Export or copy it again; text needs its BEGIN and END lines.',
  }),
  'private-key-given': ({ encrypted, pin }) => ({
    what: `This is ${encrypted ? 'an encrypted' : 'a'} private key. Pinsmith never needs one and has forgotten it.`,
    next: pin
      ? 'Keep the key where it belongs. Its public half can be a backup pin.'
      : 'Keep the key where it belongs, and add its certificate, or its public half: openssl pkey -in key.pem -pubout.',
  }),
  'format-not-supported': ({ format }) => ({
    what: `This is ${FORMAT_NAMES[format]}, not a certificate file.`,
    next: 'Add the certificates of the hosts that the app connects to.',
  }),
  'password-needed': () => ({
    what: 'It is locked with a password.',
    next: 'Enter the password it was exported with.',
  }),
  'wrong-password': () => ({ what: 'This is not its password.', next: 'Try another one.' }),
  'container-damaged': () => ({
    what: 'It looks like a container of certificates, but it is damaged or empty.',
    next: 'Export or download it again.',
  }),
  'too-many-iterations': ({ iterations, limit }) => ({
    what: `Its password is hashed ${counted(iterations)} times, more than the ${counted(limit)} that a page can do in reasonable time.`,
    next: 'Take the certificates out: openssl pkcs12 -nokeys -in bundle.p12 -out chain.pem.',
  }),
  'encryption-not-supported': ({ algorithm }) => ({
    what: `It is encrypted in a way that Pinsmith cannot read${algorithm === '' ? '' : ` (${shortLine(algorithm, 60)})`}.`,
    next: 'Take the certificates out: openssl pkcs12 -nokeys -in bundle.p12 -out chain.pem.',
  }),
  'no-web-crypto': () => ({
    what: 'This page was opened over plain http, where browsers offer no cryptography, so it cannot be unlocked.',
    next: 'Open Pinsmith over https or on localhost, or take the certificates out with openssl pkcs12 -nokeys.',
  }),
  'unpacks-too-large': ({ bytes, files }) => ({
    what: `It unpacks to more than ${bytes / MEGABYTE} MB or ${counted(files)} files.`,
    next: 'Unpack it and add the certificate files.',
  }),
  'too-large': (failure) =>
    'bytes' in failure
      ? {
          what: `It has ${(failure.bytes / MEGABYTE).toFixed(1)} MB; the limit is ${failure.limit / MEGABYTE} MB.`,
          next: 'Add only the certificates of this host.',
        }
      : { what: 'The host sent far more than a certificate chain needs.', next: RUN_COMMAND },
  'too-many': ({ limit }) => ({
    what: `It holds more than ${counted(limit)} certificates, keys or blocks.`,
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

/** The way out whenever the endpoint cannot help; the command stands beside it. */
const WAY_OUT = 'the command below where the host can be reached, and paste its output.'
const RUN_COMMAND = `Run ${WAY_OUT}`
const OR_RUN_COMMAND = `Or run ${WAY_OUT}`

function counted(number: number): string {
  return number.toLocaleString('en')
}

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

/** Whether the public half of what was given can be a backup pin. */
export function offersPublicHalf(failure: SourceFailure): boolean {
  return failure.kind === 'private-key-given' && failure.pin !== null
}

const DAMAGE_TEXTS: Readonly<Record<DamageReason, string>> = {
  'no-end-line': 'its END line is missing',
  'not-base64': 'it holds characters that are not base64',
  'empty-block': 'it is empty',
  truncated: 'it is cut off',
  'not-a-certificate': 'it is not a certificate',
  'not-decodable': 'its details cannot be decoded',
  'compression-not-supported': 'it is packed in a way that Pinsmith cannot read',
  'container-damaged': 'it is damaged or empty',
  'password-needed': 'it is locked with a password',
  'wrong-password': 'the password is not its own',
  'too-many-iterations': 'its password is hashed too many times to open it here',
  'encryption-not-supported': 'it is encrypted in a way that Pinsmith cannot read',
  'no-web-crypto': 'browsers cannot unlock it on a page opened over plain http',
}

export function damageText(reason: DamageReason): string {
  return DAMAGE_TEXTS[reason]
}

/** A block that was left out, in a sentence. */
export function damagedBlockText({ position, reason, looksLike, file }: DamagedBlock): string {
  const what = looksLike === undefined ? '' : `, which looks like ${FORMAT_NAMES[looksLike]},`
  return `${placeText(position, file)}${what} was left out: ${damageText(reason)}.`
}

/** A block that is no certificate, in a sentence. */
export function ignoredBlockText({ position, kind, file }: IgnoredBlock): string {
  const place = placeText(position, file)
  return kind === 'private-key'
    ? `${place} is a private key. Pinsmith never needs one and has forgotten it.`
    : `${place} was left out: it is ${FORMAT_NAMES[kind]}.`
}

function placeText(position: number, file: string | undefined): string {
  return file === undefined ? `Block ${position}` : `Block ${position} (${shortLine(file, LONGEST_FILE_NAME)})`
}

const LONGEST_FILE_NAME = 80

/** Certificates that no chain was looked for. */
export function moreCertificatesText(count: number): string {
  return `${counted(count)} more ${count === 1 ? 'certificate is' : 'certificates are'} in no chain, since there are too many. Add only those of this host.`
}

/** A certificate whose key could be read, but none of its details. */
export function notDecodableText(fingerprint: string, sources: readonly string[]): string {
  const where = sources.length > 0 ? ` in ${sources.join(', ')}` : ''
  return `The certificate with the SHA-256 fingerprint ${fingerprint.slice(0, 16)}…${where} cannot be decoded, so it is in no chain. Export it again.`
}
