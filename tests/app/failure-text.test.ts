import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import {
  damagedBlockText,
  damageText,
  ignoredBlockText,
  offersCommand,
  sourceFailureText,
} from '../../src/app/failure-text.ts'
import type { FailureText } from '../../src/app/failure.ts'
import { hostChangesText, hostFailureText } from '../../src/app/host-text.ts'
import type { SourceFailure } from '../../src/app/row.ts'
import type { DamageReason, InputFormat } from '../../src/engine/inspection.ts'
import { cleanHost, type CleanHost, type HostChange, type HostFailure } from '../../src/host/clean-host.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { spkiPinFromDigest } from '../../src/core/pins/spki-pin.ts'
import { issueChain } from '../support/issue-chain.ts'
import { failureOf, valueOf } from '../support/outcome.ts'
import { isMissing, openssl } from '../support/tools.ts'

/** Records over unions, so that a new kind does not compile before it has an example here. */
type Examples<Value extends { readonly kind: string }> = Readonly<Record<Value['kind'], readonly Value[]>>

const DAMAGE: Readonly<Record<DamageReason, true>> = {
  'no-end-line': true,
  'not-base64': true,
  'empty-block': true,
  truncated: true,
  'not-a-certificate': true,
  'not-decodable': true,
  'compression-not-supported': true,
  'container-damaged': true,
  'password-needed': true,
  'wrong-password': true,
  'too-many-iterations': true,
  'encryption-not-supported': true,
  'no-web-crypto': true,
}
const DAMAGE_REASONS = Object.keys(DAMAGE) as DamageReason[]

const FORMATS: Readonly<Record<InputFormat, true>> = {
  pem: true,
  der: true,
  pkcs7: true,
  pkcs12: true,
  'java-keystore': true,
  'certificate-request': true,
  'public-key': true,
  'private-key': true,
  crl: true,
  zip: true,
  apk: true,
  aab: true,
  ipa: true,
  html: true,
  unknown: true,
}
const INPUT_FORMATS = Object.keys(FORMATS) as InputFormat[]

const PIN = spkiPinFromDigest(new Uint8Array(32).fill(7))

const SOURCE_FAILURES: Examples<SourceFailure> = {
  'empty-input': [{ kind: 'empty-input' }],
  'not-a-certificate': INPUT_FORMATS.map((looksLike) => ({ kind: 'not-a-certificate', looksLike })),
  'damaged-block': [
    ...DAMAGE_REASONS.map((reason) => ({ kind: 'damaged-block' as const, damaged: [{ position: 1, reason }] })),
    {
      kind: 'damaged-block',
      damaged: [
        { position: 1, reason: 'truncated' },
        { position: 2, reason: 'not-base64' },
      ],
    },
  ],
  'private-key-given': [
    { kind: 'private-key-given', encrypted: true, pin: null },
    { kind: 'private-key-given', encrypted: false, pin: null },
    { kind: 'private-key-given', encrypted: false, pin: PIN },
  ],
  'container-damaged': [{ kind: 'container-damaged' }],
  'password-needed': [{ kind: 'password-needed' }],
  'wrong-password': [{ kind: 'wrong-password' }],
  'too-many-iterations': [{ kind: 'too-many-iterations', iterations: 2_147_483_647, limit: 1_000_000 }],
  'encryption-not-supported': [{ kind: 'encryption-not-supported', algorithm: '1.2.3.4' }],
  'no-web-crypto': [{ kind: 'no-web-crypto' }],
  'unpacks-too-large': [{ kind: 'unpacks-too-large', bytes: 33_554_432, files: 1000 }],
  'format-not-supported': INPUT_FORMATS.map((format) => ({ kind: 'format-not-supported', format })),
  'too-large': [{ kind: 'too-large', bytes: 17_825_792, limit: 16_777_216 }, { kind: 'too-large' }],
  'too-many': [{ kind: 'too-many', limit: 10_000 }],
  deadline: [{ kind: 'deadline', seconds: 10 }],
  cancelled: [{ kind: 'cancelled' }],
  'engine-crashed': [{ kind: 'engine-crashed' }],
  'not-kept': [{ kind: 'not-kept', kept: { certificates: [], keys: [], damaged: [], ignored: [] } }],
  'unreadable-file': [{ kind: 'unreadable-file' }],
  'bad-host': [{ kind: 'bad-host' }],
  'port-not-allowed': [{ kind: 'port-not-allowed' }, { kind: 'port-not-allowed', allowedPorts: [443, 8443] }],
  'private-address': [{ kind: 'private-address' }],
  'no-such-host': [{ kind: 'no-such-host' }],
  refused: [{ kind: 'refused' }],
  unreachable: [{ kind: 'unreachable' }],
  'timed-out': [{ kind: 'timed-out' }],
  'not-tls': [{ kind: 'not-tls' }],
  'handshake-failed': [{ kind: 'handshake-failed' }, { kind: 'handshake-failed', alert: 'handshake failure' }],
  'rate-limited': [
    { kind: 'rate-limited' },
    { kind: 'rate-limited', retryAfterSeconds: 1 },
    { kind: 'rate-limited', retryAfterSeconds: 30 },
  ],
  busy: [{ kind: 'busy' }, { kind: 'busy', retryAfterSeconds: 2 }],
  'endpoint-missing': [{ kind: 'endpoint-missing' }],
  'endpoint-unreachable': [{ kind: 'endpoint-unreachable' }],
  'caller-refused': [{ kind: 'caller-refused' }],
  'bad-reply': [{ kind: 'bad-reply' }],
}

const HOST_FAILURES: Examples<HostFailure> = {
  'host-empty': [{ kind: 'host-empty' }],
  'several-hosts': [{ kind: 'several-hosts' }],
  'empty-label': [{ kind: 'empty-label' }],
  'label-without-letter-or-digit': [{ kind: 'label-without-letter-or-digit', label: '___' }],
  'hyphen-at-label-edge': [{ kind: 'hyphen-at-label-edge', label: '-a' }],
  'bad-host-character': [{ kind: 'bad-host-character', character: '%' }],
  'not-a-host-name': [{ kind: 'not-a-host-name' }],
  'host-too-long': [
    { kind: 'host-too-long', limit: 63 },
    { kind: 'host-too-long', limit: 253 },
  ],
  'ip-address': [{ kind: 'ip-address', address: '192.0.2.1' }],
  'bad-port': [
    { kind: 'bad-port', port: '65536' },
    { kind: 'bad-port', port: '' },
  ],
  'wildcard-not-first': [{ kind: 'wildcard-not-first' }],
  'public-suffix-with-subdomains': [{ kind: 'public-suffix-with-subdomains', suffix: 'co.uk' }],
}

const HOST_CHANGES: Examples<HostChange> = {
  'white-space-removed': [{ kind: 'white-space-removed' }],
  'scheme-removed': [{ kind: 'scheme-removed', scheme: 'https://' }],
  'credentials-removed': [{ kind: 'credentials-removed' }],
  'path-removed': [{ kind: 'path-removed' }],
  'port-kept-for-fetch': [{ kind: 'port-kept-for-fetch', port: 8443 }],
  'trailing-dot-removed': [{ kind: 'trailing-dot-removed' }],
  'wildcard-to-subdomains': [{ kind: 'wildcard-to-subdomains' }],
  'to-a-label': [{ kind: 'to-a-label', from: 'bücher.example' }],
  'characters-mapped': [{ kind: 'characters-mapped', from: 'example。com' }],
  'lower-cased': [{ kind: 'lower-cased' }],
}

const allOf = <Value extends { readonly kind: string }>(examples: Examples<Value>): Value[] =>
  Object.values<readonly Value[]>(examples).flat()

const LEAKS = /undefined|null|NaN|Infinity|\[object|=>/

const FLAWS: Readonly<Record<string, (words: FailureText) => boolean>> = {
  'leaks a value': ({ what, next }) => LEAKS.test(what) || LEAKS.test(next),
  'is no sentence': ({ what, next }) => ![what, next].every((words) => /^[^\s.,;].*\.$/.test(words)),
  'is badly set': ({ what, next }) => /\.\.|\s{2}| [.,;:](?![a-z])|\b1 seconds/.test(`${what} ${next}`),
  'begins with a small letter': ({ what, next }) => !/^(?:[A-Z“]|192\.|co\.uk )/.test(what) || !/^[A-Z]/.test(next),
  'offers an alternative to nothing': ({ next }) => /^(?:Or|And|But)\b/.test(next),
}

const flawsOf = (words: FailureText) =>
  Object.entries(FLAWS)
    .filter(([, has]) => has(words))
    .map(([flaw]) => flaw)

function wordsOf(failure: SourceFailure): string {
  const { what, next } = sourceFailureText(failure)
  return `${what} ${next}`
}

describe('every failure says what is wrong and what to do', () => {
  it.each(allOf(SOURCE_FAILURES))('of a source: %j', (failure) => {
    expect(flawsOf(sourceFailureText(failure))).toEqual([])
  })

  it.each(allOf(HOST_FAILURES))('of a host: %j', (failure) => {
    expect(flawsOf(hostFailureText(failure))).toEqual([])
  })

  it('by its facts', () => {
    expect(wordsOf({ kind: 'too-large', bytes: 17_825_792, limit: 16_777_216 })).toMatch(/17\.0 MB.*16 MB/)
    expect(wordsOf({ kind: 'too-large' })).toMatch(/host sent/)
    expect(wordsOf({ kind: 'too-many', limit: 10_000 })).toContain('10,000')
    expect(wordsOf({ kind: 'deadline', seconds: 10 })).toContain('10 seconds')
    expect(wordsOf({ kind: 'port-not-allowed', allowedPorts: [443, 8443] })).toContain('443, 8443')
    expect(wordsOf({ kind: 'handshake-failed', alert: 'handshake failure' })).toContain(': handshake failure.')
    expect(wordsOf({ kind: 'rate-limited', retryAfterSeconds: 30 })).toContain('in 30 seconds')
    expect(wordsOf({ kind: 'rate-limited', retryAfterSeconds: 1 })).toContain('in 1 second.')
    expect(wordsOf({ kind: 'busy', retryAfterSeconds: 2 })).toContain('in 2 seconds')
    expect(wordsOf({ kind: 'private-key-given', encrypted: true, pin: null })).toMatch(/encrypted.*forgotten/)
    expect(wordsOf({ kind: 'private-key-given', encrypted: false, pin: null })).not.toContain('encrypted')
    expect(wordsOf({ kind: 'not-a-certificate', looksLike: 'html' })).toMatch(/web page.*error page/)
    expect(hostFailureText({ kind: 'host-too-long', limit: 63 }).what).toContain('63')
    expect(hostFailureText({ kind: 'host-too-long', limit: 253 }).what).toContain('253')
    expect(hostFailureText({ kind: 'bad-port', port: '65536' }).what).toContain('“65536”')
    expect(hostFailureText({ kind: 'bad-port', port: '' }).what).not.toContain('“”')
  })

  it('and no two kinds say the same', () => {
    const whats = Object.values<readonly SourceFailure[]>(SOURCE_FAILURES).map(
      ([first]) => first && sourceFailureText(first).what,
    )
    expect(new Set(whats).size).toBe(Object.keys(SOURCE_FAILURES).length)
    const hostWhats = Object.values<readonly HostFailure[]>(HOST_FAILURES).map(
      ([first]) => first && hostFailureText(first).what,
    )
    expect(new Set(hostWhats).size).toBe(Object.keys(HOST_FAILURES).length)
  })
})

describe('formats and damages', () => {
  it('have names of their own', () => {
    const namesOfFormats = INPUT_FORMATS.map((kind) => ignoredBlockText({ position: 1, kind }))
    expect(new Set(namesOfFormats).size).toBe(INPUT_FORMATS.length)
    expect(new Set(DAMAGE_REASONS.map(damageText)).size).toBe(DAMAGE_REASONS.length)
    for (const reason of DAMAGE_REASONS) expect(damageText(reason)).toMatch(/^[a-z].*[^.\s]$/)
  })

  it('say where they stood', () => {
    expect(damagedBlockText({ position: 3, reason: 'truncated' })).toBe('Block 3 was left out: it is cut off.')
    expect(damagedBlockText({ position: 2, reason: 'wrong-password', looksLike: 'pkcs12', file: 'a/b.p12' })).toBe(
      'Block 2 (a/b.p12), which looks like a PKCS#12 file (.p12, .pfx), was left out: the password is not its own.',
    )
    expect(ignoredBlockText({ position: 1, kind: 'private-key' })).toMatch(/^Block 1 is a private key.*forgotten it\.$/)
    expect(ignoredBlockText({ position: 1, kind: 'crl', file: `${'x'.repeat(500)}\u202e` }).length).toBeLessThan(200)
  })
})

/** Runs a script in a folder of its own and reads what it wrote to `out.pem`. */
const inspectedAfter = async (files: Readonly<Record<string, string | Uint8Array>>, script: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-convert-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    execFileSync('sh', ['-e', '-c', script], { cwd: folder, timeout: 20_000, stdio: 'pipe' })
    return valueOf(await inspect(new Uint8Array(readFileSync(join(folder, 'out.pem')))))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const commandIn = (failure: SourceFailure) => /openssl [^:]*?(?=\.$|$)/.exec(sourceFailureText(failure).next)?.[0] ?? ''

describe.skipIf(isMissing(openssl))('a command that is offered', () => {
  it('takes the certificates out of PKCS#12, and no key', async () => {
    const { leaf, intermediate } = await issueChain('convert.test')
    const command = commandIn({ kind: 'too-many-iterations', iterations: 9_000_000, limit: 1_000_000 })
    const make = 'openssl pkcs12 -export -nokeys -in both.pem -out bundle.p12 -passout pass:secret'
    const { certificates } = await inspectedAfter(
      { 'both.pem': leaf.pem + intermediate.pem },
      `${make}\n${command} -passin pass:secret\nmv chain.pem out.pem`,
    )
    expect(certificates.map(({ der }) => der).toSorted((one, other) => one.length - other.length)).toEqual(
      [leaf.der, intermediate.der].toSorted((one, other) => one.length - other.length),
    )
    expect(command).toContain('-nokeys')
  })

  it('gives the public half of a private key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const given = failureOf(await inspect(new TextEncoder().encode(pem)))
    const { keys } = await inspectedAfter({ 'key.pem': pem }, `${commandIn(given)} -out out.pem`)
    const pin = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64')
    expect(keys).toMatchObject([{ pin }])
  })
})

describe('the openssl command', () => {
  /** Where the endpoint does not get to the host, but the user's own machine may. */
  const OFFERED: readonly SourceFailure['kind'][] = [
    'too-large',
    'port-not-allowed',
    'private-address',
    // A name of a private network is unknown outside.
    'no-such-host',
    'refused',
    'unreachable',
    'timed-out',
    'handshake-failed',
    'endpoint-missing',
    'endpoint-unreachable',
    'bad-reply',
  ]

  it('is offered where the endpoint cannot help, and nowhere else', () => {
    const offered = new Set(
      allOf(SOURCE_FAILURES)
        .filter(offersCommand)
        .map(({ kind }) => kind),
    )
    expect([...offered].toSorted()).toEqual(OFFERED.toSorted())
    expect(offersCommand({ kind: 'too-large', bytes: 17_825_792, limit: 16_777_216 })).toBe(false)
  })

  it('is named in the text that offers it', () => {
    for (const failure of allOf(SOURCE_FAILURES)) {
      expect(/run the command below/i.test(sourceFailureText(failure).next)).toBe(offersCommand(failure))
    }
  })
})

describe('hostile text', () => {
  const HOSTILE = `<img src=x onerror=alert(1)> $& $' \${7*7} %s \\u0041 &lt; {{1}}`
  const failures: readonly FailureText[] = [
    hostFailureText({ kind: 'label-without-letter-or-digit', label: HOSTILE }),
    hostFailureText({ kind: 'hyphen-at-label-edge', label: HOSTILE }),
    hostFailureText({ kind: 'bad-host-character', character: HOSTILE }),
    hostFailureText({ kind: 'ip-address', address: HOSTILE }),
    hostFailureText({ kind: 'bad-port', port: HOSTILE }),
    hostFailureText({ kind: 'public-suffix-with-subdomains', suffix: HOSTILE }),
    sourceFailureText({ kind: 'handshake-failed', alert: HOSTILE }),
  ]

  it.each(failures)('stands in the text as it is: $what', ({ what }) => {
    expect(what).toContain(HOSTILE)
    const html = renderToStaticMarkup(createElement('p', null, what))
    expect(html.replace(/^<p>|<\/p>$/g, '')).not.toMatch(/[<>]/)
    expect(html).toContain('&amp;lt;')
  })
})

const clean = (changes: readonly HostChange[]): CleanHost => ({ ...valueOf(cleanHost('a.test')), changes })

describe('what was changed about a host', () => {
  it.each(allOf(HOST_CHANGES))('has words: %j', (change) => {
    const text = hostChangesText(clean([change])) ?? ''
    expect(text).not.toMatch(LEAKS)
    // Stands behind a colon and before a full stop.
    expect(text).toMatch(/^[a-z“][^;]*[^.;\s]$|^https:\/\/ removed$/)
  })

  it('has different words for every change, in the order of the changes', () => {
    const texts = allOf(HOST_CHANGES).map((change) => hostChangesText(clean([change])))
    expect(new Set(texts).size).toBe(texts.length)
    expect(hostChangesText(clean(allOf(HOST_CHANGES)))).toBe(texts.join('; '))
  })

  it('is nothing when the text was taken as it is', () => {
    expect(hostChangesText(valueOf(cleanHost('a.test')))).toBeNull()
  })

  it('names what was typed and what it became used for', () => {
    expect(hostChangesText(valueOf(cleanHost('https://Bücher.example:8443')))).toBe(
      'https:// removed; port 8443 is used for the live fetch only, since no platform can pin a port; “Bücher.example” is written in its ASCII form (A-labels), as both platforms compare it',
    )
  })
})
