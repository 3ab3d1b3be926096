import type { CleanHost, HostChange, HostFailure } from '../host/clean-host.ts'
import { textOf, type FailureText, type Texts } from './failure.ts'

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
