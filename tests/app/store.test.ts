import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CertificateFingerprint } from '../../src/core/certificate/certificate.ts'
import type { ChainLink } from '../../src/core/chain/chain.ts'
import { isPinned, roleState } from '../../src/core/pins/pin-choices.ts'
import { pinsOfRow } from '../../src/core/pins/pins-of-row.ts'
import { failed, ok, type Result } from '../../src/core/result.ts'
import type { ChainReport, Engine, EngineFailure, Inspection } from '../../src/engine/inspection.ts'
import { UNKNOWN_SUFFIX, type SuffixFacts } from '../../src/host/suffix.ts'
import type { LiveChain, LiveChainClientFailure } from '../../src/live-chain/client.ts'
import type { AddressReport, Handshake } from '../../src/live-chain/contract.ts'
import { planRow } from '../../src/app/plan-row.ts'
import { offeredNames } from '../../src/app/route-files.ts'
import { chainsOf, derOf, hostOf, sourcesOf, type Row } from '../../src/app/row.ts'
import { LARGEST_FILE } from '../../src/app/read-sources.ts'
import { createAppStore, type Collaborators } from '../../src/app/store.ts'
import { fixture } from '../engine/labelled-files.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { issueCertificate, issueChain, TEST_NOW, type IssuedCertificate } from '../support/issue-chain.ts'
import { failureOf } from '../support/outcome.ts'

type LiveResult = Result<LiveChain, LiveChainClientFailure>

/** A function whose answers the test gives, in any order. It pays no heed to abort signals: its answers may be late. */
function answerable<Parameters extends readonly unknown[], Answer>() {
  const calls: { readonly parameters: Parameters; readonly answer: (value: Answer) => Promise<void> }[] = []
  const ask = (...parameters: Parameters) =>
    new Promise<Answer>((resolve) => {
      const answer = async (value: Answer) => {
        resolve(value)
        await everythingSettled()
      }
      calls.push({ parameters, answer })
    })
  const call = (index: number) => {
    const found = calls[index]
    if (!found) throw new Error(`There were only ${calls.length} calls`)
    return found
  }
  return { ask, calls, call }
}

/** Until nothing is left that waits for a promise alone. */
function everythingSettled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

/** As `fetchLiveChain` promises: an abort ends the call at once. */
function heedsAbort(
  ask: (host: string, port: number, signal: AbortSignal) => Promise<LiveResult>,
): Collaborators['fetchLiveChain'] {
  return (host, port, signal) =>
    Promise.race([
      ask(host, port, signal),
      new Promise<LiveResult>((resolve) => {
        signal.addEventListener('abort', () => resolve(failed({ kind: 'cancelled' })))
      }),
    ])
}

const NO_SUFFIX: SuffixFacts = { registrableDomain: null, isPublicSuffix: false }

/** A list that knows nothing but suffixes. */
const findPublicSuffix = () => Promise.resolve({ registrableDomain: null, isPublicSuffix: true })

/** A store with the real engine, no endpoint and a list without suffixes, unless the test says otherwise. */
function setUp(parts: Partial<Collaborators> = {}) {
  const store = createAppStore({
    engine: createInProcessEngine(),
    fetchLiveChain: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix: () => Promise.resolve(NO_SUFFIX),
    now: () => TEST_NOW,
    ...parts,
  })
  const app = () => store.getState()
  const rowAt = (index: number): Row => {
    const row = app().rows[index]
    if (!row) throw new Error(`There is no row ${index}`)
    return row
  }
  /** One row per host, each with its id. */
  const addHosts = (...hosts: readonly string[]) =>
    hosts.map((host, index) => {
      const id = index === 0 ? rowAt(0).id : app().addRow()
      app().typeHost(id, host)
      return id
    })
  return { app, rowAt, row: () => rowAt(0), rowId: () => rowAt(0).id, addHosts }
}

const hostTexts = (rows: readonly Row[]) => rows.map(({ hostText }) => hostText)
const sourceStatuses = (row: Row) => row.sources.map(({ state }) => state.status)
const reportOf = ({ reading }: Row) => (reading.status === 'done' ? reading.report : null)
const namesOf = (row: Row) =>
  chainsOf(row).map(({ links }) => links.map(({ certificate }) => certificate.subject.commonName))
const names = (...chain: readonly IssuedCertificate[]) => chain.map(({ subject }) => subject)

const file = (name: string, content: string | Uint8Array) =>
  new File([typeof content === 'string' ? content : new Uint8Array(content)], name)

const live = (...chain: readonly IssuedCertificate[]): LiveResult =>
  ok({ host: 'a.test', port: 443, chains: [chain.map(({ der }) => der.slice())], addresses: [] })

/** A client of any kind gets one chain from it. */
const addressOf = (address: string, chain: number): AddressReport => ({
  address,
  handshakes: [{ chain, milliseconds: 9, ...HANDSHAKE }],
  declined: [],
  failures: [],
})
const presentationOf = (address: string) => ({ address, ...HANDSHAKE })
const HANDSHAKE: Omit<Handshake, 'chain' | 'milliseconds'> = {
  offers: ['any', 'ecdsa'],
  tlsVersion: 'TLSv1.3',
  alpn: null,
  clientCertificateRequested: true,
}

const bundle = (...certificates: readonly IssuedCertificate[]) => certificates.map(({ pem }) => pem).join('')

/** Pins and fingerprints of a fake inspection are of no interest: no certificate in it is real. */
const inspected = (...ders: readonly number[]): Result<Inspection, EngineFailure> =>
  ok({
    format: 'der',
    certificates: ders.map((byte, index) => ({
      der: Uint8Array.of(byte),
      pin: `pin ${byte}` as never,
      sha256: `fingerprint ${byte}` as never,
      position: index + 1,
    })),
    keys: [],
    damaged: [],
    ignored: [],
  })

const rootQuestions: Pick<Engine, 'identifyRoots' | 'candidateRoots'> = {
  identifyRoots: () => Promise.resolve(ok(new Map())),
  candidateRoots: () => Promise.resolve(ok([])),
}

const chainReport = (): ChainReport => ({
  chains: [],
  superfluous: [],
  notDecodable: [],
  leftOut: 0,
  addedRoots: new Map(),
  rootStore: 'loaded',
  rootStoreDate: '2026-11-21',
})

/** Reads one certificate per byte at once; building chains waits for the test. */
function engineWithSlowChains() {
  const builds = answerable<Parameters<Engine['buildChains']>, Result<ChainReport, EngineFailure>>()
  const engine: Engine = {
    inspect: (bytes) => Promise.resolve(inspected(...bytes)),
    buildChains: builds.ask,
    ...rootQuestions,
  }
  return { engine, builds }
}

function engineWithSlowInspection() {
  const inspections = answerable<Parameters<Engine['inspect']>, Result<Inspection, EngineFailure>>()
  const engine: Engine = {
    inspect: inspections.ask,
    buildChains: () => Promise.resolve(ok(chainReport())),
    ...rootQuestions,
  }
  return { engine, inspections }
}

describe('a new store', () => {
  it('has one blank row that pins the leaf with sub-domains', () => {
    const { app, row } = setUp()
    expect(app().rows).toHaveLength(1)
    expect(row()).toMatchObject({
      hostText: '',
      sources: [],
      includeSubdomains: true,
      reading: { status: 'empty' },
      choices: { roles: { leaf: true, intermediate: false, root: false } },
    })
    expect(app()).toMatchObject({ undoable: null, generation: null, settings: {} })
  })

  it('gives every row an id of its own', () => {
    const { app } = setUp()
    const ids = [app().addRow(), app().addRow(), app().addRow()]
    expect(
      app()
        .rows.map(({ id }) => id)
        .slice(1),
    ).toEqual(ids)
    expect(new Set(app().rows.map(({ id }) => id)).size).toBe(4)
  })
})

describe('typing a domain', () => {
  it('keeps the text as typed beside the host made of it', () => {
    const { app, row, rowId } = setUp()
    app().typeHost(rowId(), 'https://API.example.com:8443/v1')
    expect(row().hostText).toBe('https://API.example.com:8443/v1')
    expect(row().host).toMatchObject({ ok: true, value: { host: 'api.example.com', port: 8443 } })
  })

  it('changes no other row', () => {
    const { app, rowAt, addHosts } = setUp()
    const [, second = ''] = addHosts('a.test', 'b.test')
    const first = rowAt(0)
    app().typeHost(second, 'c.test')
    expect(rowAt(0)).toBe(first)
    expect(rowAt(1).hostText).toBe('c.test')
  })

  it('asks the suffix list once per host, not once per text', () => {
    const suffixes = answerable<[string], SuffixFacts>()
    const { app, rowId } = setUp({ lookUpSuffix: suffixes.ask })
    for (const text of ['a.test', 'a.test:8443', 'https://a.test', 'A.TEST']) app().typeHost(rowId(), text)
    expect(suffixes.calls.map(({ parameters }) => parameters)).toEqual([['a.test']])
  })

  it('leaves the suffix open until the list answers', async () => {
    const suffixes = answerable<[string], SuffixFacts>()
    const { app, row, rowId } = setUp({ lookUpSuffix: suffixes.ask })
    app().typeHost(rowId(), 'a.test')
    expect(row().suffix).toBeNull()
    app().typeHost(rowId(), 'a.test:8443')
    await suffixes.call(0).answer({ registrableDomain: 'a.test', isPublicSuffix: false })
    expect(row().suffix).toEqual({ registrableDomain: 'a.test', isPublicSuffix: false })
    app().typeHost(rowId(), 'a.test:8444')
    expect(row().suffix).toEqual({ registrableDomain: 'a.test', isPublicSuffix: false })
  })

  it('drops the answer for a host that is no longer the one typed', async () => {
    const suffixes = answerable<[string], SuffixFacts>()
    const { app, row, rowId } = setUp({ lookUpSuffix: suffixes.ask })
    app().typeHost(rowId(), 'github.io')
    app().typeHost(rowId(), 'a.github.io')
    await suffixes.call(1).answer({ registrableDomain: 'a.github.io', isPublicSuffix: false })
    await suffixes.call(0).answer({ registrableDomain: null, isPublicSuffix: true })
    expect(row().suffix).toEqual({ registrableDomain: 'a.github.io', isPublicSuffix: false })
  })

  it('drops the answer when the text is no host any more', async () => {
    const suffixes = answerable<[string], SuffixFacts>()
    const { app, row, rowId } = setUp({ lookUpSuffix: suffixes.ask })
    app().typeHost(rowId(), 'github.io')
    app().typeHost(rowId(), 'github.io..')
    await suffixes.call(0).answer({ registrableDomain: null, isPublicSuffix: true })
    expect(row().suffix).toEqual(UNKNOWN_SUFFIX)
    expect(failureOf(row().host)).toEqual({ kind: 'empty-label' })
  })

  it('refuses nothing when the list cannot be loaded', async () => {
    const { app, row, rowId } = setUp({ lookUpSuffix: () => Promise.reject(new Error('offline')) })
    app().typeHost(rowId(), 'github.io')
    await everythingSettled()
    expect(row().suffix).toEqual(UNKNOWN_SUFFIX)
    expect(hostOf(row()).ok).toBe(true)
  })

  it('of a wildcard switches sub-domains on, and another text does not switch them off', () => {
    const { app, row, rowId } = setUp()
    app().includeSubdomains(rowId(), false)
    app().typeHost(rowId(), 'a.test')
    expect(row().includeSubdomains).toBe(false)
    app().typeHost(rowId(), '*.a.test')
    expect(row().includeSubdomains).toBe(true)
    app().typeHost(rowId(), 'a.test')
    expect(row().includeSubdomains).toBe(true)
  })

  it('of a public suffix is refused with sub-domains and accepted without', async () => {
    const { app, row, rowId } = setUp({ lookUpSuffix: findPublicSuffix })
    app().typeHost(rowId(), 'github.io')
    await everythingSettled()
    expect(failureOf(hostOf(row()))).toEqual({ kind: 'public-suffix-with-subdomains', suffix: 'github.io' })
    app().includeSubdomains(rowId(), false)
    expect(hostOf(row())).toMatchObject({ ok: true, value: { host: 'github.io' } })
  })
})

describe('adding files', () => {
  it('makes one chain of several files, whatever their order and format', async () => {
    const { leaf, intermediate, root } = await issueChain('files.test')
    const { app, row, rowId } = setUp()
    const files = [file('root.der', root.der), file('leaf.crt', leaf.der), file('ca.pem', intermediate.pem)]
    await app().addFiles(rowId(), files)
    expect(row().sources.map(({ kind, name }) => [kind, name])).toEqual([
      ['file', 'root.der'],
      ['file', 'leaf.crt'],
      ['file', 'ca.pem'],
    ])
    expect(sourceStatuses(row())).toEqual(['read', 'read', 'read'])
    expect(namesOf(row())).toEqual([names(leaf, intermediate, root)])
  })

  it('keeps sound files when one beside them is damaged, empty or too large', async () => {
    const { leaf, intermediate, root } = await issueChain('files.test')
    const { app, row, rowId } = setUp()
    const damaged = leaf.pem.replace('-----END CERTIFICATE-----', '')
    let reads = 0
    const large = Object.defineProperties(file('large.pem', 'x'), {
      size: { value: LARGEST_FILE + 1 },
      arrayBuffer: {
        value: () => {
          reads += 1
          return Promise.resolve(new ArrayBuffer(0))
        },
      },
    })
    const unreadable = Object.defineProperty(file('folder', 'x'), 'arrayBuffer', {
      value: () => Promise.reject(new DOMException('moved', 'NotFoundError')),
    })
    await app().addFiles(rowId(), [
      file('damaged.pem', damaged),
      file('sound.pem', bundle(leaf, intermediate, root)),
      large,
      unreadable,
      file('empty.pem', ''),
    ])
    expect(row().sources.map(({ state }) => state)).toMatchObject([
      { status: 'failed', failure: { kind: 'damaged-block', damaged: [{ position: 1, reason: 'no-end-line' }] } },
      { status: 'read', certificates: [{ position: 1 }, { position: 2 }, { position: 3 }] },
      { status: 'failed', failure: { kind: 'too-large', bytes: LARGEST_FILE + 1, limit: LARGEST_FILE } },
      { status: 'failed', failure: { kind: 'unreadable-file' } },
      { status: 'failed', failure: { kind: 'empty-input' } },
    ])
    expect(reads).toBe(0)
    expect(namesOf(row())).toEqual([names(leaf, intermediate, root)])
  })

  it('keeps the sound blocks of a file and lists the others', async () => {
    const { leaf } = await issueChain('files.test')
    const { app, row, rowId } = setUp()
    const broken = '-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n'
    await app().addFiles(rowId(), [file('mixed.pem', broken + leaf.pem)])
    expect(row().sources[0]?.state).toMatchObject({
      status: 'read',
      certificates: [{ position: 2 }],
      damaged: [{ position: 1, reason: 'not-base64' }],
      ignored: [],
    })
  })

  it('refuses a file above the limit of the engine, and none below', async () => {
    const engine = createInProcessEngine()
    const over = failureOf(await engine.inspect(new Uint8Array(LARGEST_FILE + 1)))
    expect(over).toEqual({ kind: 'too-large', bytes: LARGEST_FILE + 1, limit: LARGEST_FILE })
    const { app, row, rowId } = setUp()
    await app().addFiles(rowId(), [file('zeros.bin', new Uint8Array(LARGEST_FILE))])
    expect(row().sources[0]?.state).toMatchObject({ status: 'failed', failure: { kind: 'not-a-certificate' } })
  })

  it('shows every file as being read at once', async () => {
    const { engine, inspections } = engineWithSlowInspection()
    const { app, row, rowId } = setUp({ engine })
    const added = app().addFiles(rowId(), [file('one', 'x'), file('two', 'y')])
    expect(row().sources).toMatchObject([
      { name: 'one', state: { status: 'reading' } },
      { name: 'two', state: { status: 'reading' } },
    ])
    await expect.poll(() => inspections.calls).toHaveLength(2)
    // The files may have been read in either order.
    const ofFile = (content: string) =>
      inspections.calls.find(({ parameters: [bytes] }) => bytes[0] === content.charCodeAt(0))
    await ofFile('y')?.answer(inspected(2))
    expect(sourceStatuses(row())).toEqual(['reading', 'read'])
    await ofFile('x')?.answer(failed({ kind: 'engine-crashed' }))
    expect(sourceStatuses(row())).toEqual(['failed', 'read'])
    await added
  })

  it('to a row that is gone does nothing', async () => {
    const { app, row } = setUp()
    const before = app().rows
    await app().addFiles('row-99', [file('one', 'x')])
    await app().addText('row-99', 'x')
    await app().fetchLive('row-99')
    await app().removeSource('row-99', 'source-99')
    expect(app().rows).toEqual(before)
    expect(row().sources).toEqual([])
  })
})

describe('pasting text', () => {
  it('takes what openssl s_client prints', async () => {
    const { leaf, intermediate } = await issueChain('text.test')
    const { app, row, rowId } = setUp()
    await app().addText(rowId(), `CONNECTED(00000003)\n 0 s:CN = x\n${leaf.pem} 1 s:CN = y\n${intermediate.pem}---\n`)
    expect(row().sources).toMatchObject([{ kind: 'text', name: '', state: { status: 'read' } }])
    expect(namesOf(row())).toEqual([names(leaf, intermediate)])
  })

  it('keeps the failure as a value', async () => {
    const { app, row, rowId } = setUp()
    await app().addText(rowId(), 'hello')
    expect(row().sources[0]?.state).toEqual({
      status: 'failed',
      failure: { kind: 'not-a-certificate', looksLike: 'unknown' },
    })
    expect(row().reading).toEqual({ status: 'empty' })
  })
})

describe('the sources of a row', () => {
  it('are told apart by certificate', async () => {
    const { leaf, intermediate } = await issueChain('sources.test')
    const { app, row, rowId } = setUp()
    await app().addFiles(rowId(), [file('leaf.pem', leaf.pem), file('both.pem', bundle(leaf, intermediate))])
    await app().addText(rowId(), intermediate.pem)
    const links = chainsOf(row())[0]?.links ?? []
    const sourceNames = links.map(({ certificate }) => sourcesOf(row(), certificate.sha256).map(({ name }) => name))
    expect(sourceNames).toEqual([
      ['leaf.pem', 'both.pem'],
      ['both.pem', ''],
    ])
    expect(links.map(({ certificate }) => derOf(row(), certificate.sha256))).toEqual([leaf.der, intermediate.der])
  })

  it('can be removed one by one, and the chains follow', async () => {
    const { leaf, intermediate, root } = await issueChain('sources.test')
    const { app, row, rowId } = setUp()
    await app().addFiles(rowId(), [file('leaf.pem', leaf.pem), file('cas.pem', bundle(intermediate, root))])
    const [first, second] = row().sources
    await app().removeSource(rowId(), second?.id ?? '')
    expect(row().sources).toEqual([first])
    expect(namesOf(row())).toEqual([names(leaf)])
    await app().removeSource(rowId(), first?.id ?? '')
    expect(row().reading).toEqual({ status: 'empty' })
  })

  it('that are removed while being read do not come back', async () => {
    const { engine, inspections } = engineWithSlowInspection()
    const { app, row, rowId } = setUp({ engine })
    const added = app().addText(rowId(), 'x')
    await app().removeSource(rowId(), row().sources[0]?.id ?? '')
    expect(inspections.call(0).parameters[2]?.aborted).toBe(true)
    await inspections.call(0).answer(inspected(1))
    await added
    expect(row()).toMatchObject({ sources: [], reading: { status: 'empty' } })
  })

  it('did not give the root that completes their chain, and its bytes are there all the same', async () => {
    const { app, row, rowId } = setUp()
    const name = 'chains--cloudflare.com-2026-05-12-dd599564.pem'
    await app().addFiles(rowId(), [file(name, fixture(name))])
    const links = chainsOf(row())[0]?.links ?? []
    expect(links.map(({ origin }) => origin)).toEqual(['given', 'given', 'bundled-store'])
    const fingerprints = links.map(({ certificate }) => certificate.sha256)
    expect(fingerprints.map((sha256) => sourcesOf(row(), sha256).length)).toEqual([1, 1, 0])
    const hashes = fingerprints.map((sha256) =>
      createHash('sha256')
        .update(derOf(row(), sha256) ?? '')
        .digest('hex'),
    )
    expect(hashes).toEqual(fingerprints)
  })
})

describe('building chains', () => {
  it('is told every certificate of the row, and the time', async () => {
    const { engine, builds } = engineWithSlowChains()
    const { app, rowId } = setUp({ engine })
    void app().addFiles(rowId(), [file('ab', Uint8Array.of(1, 2))])
    await expect.poll(() => builds.calls).toHaveLength(1)
    void app().addText(rowId(), 'A')
    await expect.poll(() => builds.calls).toHaveLength(2)
    expect(builds.call(1).parameters.slice(0, 2)).toEqual([
      [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(65)],
      TEST_NOW,
    ])
  })

  it('again overtakes the build before, whichever answers first', async () => {
    const { engine, builds } = engineWithSlowChains()
    const { app, row, rowId } = setUp({ engine })
    const [older, newer] = [chainReport(), chainReport()]
    void app().addText(rowId(), 'a')
    await everythingSettled()
    expect(row().reading).toEqual({ status: 'working' })
    void app().addText(rowId(), 'b')
    await everythingSettled()
    expect(builds.calls.map(({ parameters }) => parameters[2]?.aborted)).toEqual([true, false])
    await builds.call(1).answer(ok(newer))
    await builds.call(0).answer(ok(older))
    expect(reportOf(row())).toBe(newer)
  })

  it('again leaves the last chains in place until the new ones are there', async () => {
    const { engine, builds } = engineWithSlowChains()
    const { app, row, rowId } = setUp({ engine })
    const first = chainReport()
    void app().addText(rowId(), 'a')
    await everythingSettled()
    await builds.call(0).answer(ok(first))
    void app().addText(rowId(), 'b')
    await everythingSettled()
    expect(reportOf(row())).toBe(first)
    await builds.call(1).answer(failed({ kind: 'deadline', seconds: 10 }))
    expect(row().reading).toEqual({ status: 'failed', failure: { kind: 'deadline', seconds: 10 } })
  })

  it('does not outlive the last source', async () => {
    const { engine, builds } = engineWithSlowChains()
    const { app, row, rowId } = setUp({ engine })
    void app().addText(rowId(), 'a')
    await everythingSettled()
    await app().removeSource(rowId(), row().sources[0]?.id ?? '')
    expect(builds.call(0).parameters[2]?.aborted).toBe(true)
    await builds.call(0).answer(ok(chainReport()))
    expect(row().reading).toEqual({ status: 'empty' })
  })

  it('of one row does not disturb another', async () => {
    const { engine, builds } = engineWithSlowChains()
    const { app, rowAt, rowId } = setUp({ engine })
    void app().addText(rowId(), 'a')
    void app().addText(app().addRow(), 'b')
    await everythingSettled()
    const [one, other] = [chainReport(), chainReport()]
    await builds.call(1).answer(ok(other))
    await builds.call(0).answer(ok(one))
    expect(reportOf(rowAt(0))).toBe(one)
    expect(reportOf(rowAt(1))).toBe(other)
  })
})

describe('fetching a live chain', () => {
  it('asks for the cleaned host and its port, and reads what was sent', async () => {
    const { leaf, intermediate } = await issueChain('live.test')
    const asked: [string, number][] = []
    const { app, row, rowId } = setUp({
      fetchLiveChain: (host, port) => {
        asked.push([host, port])
        return Promise.resolve(live(leaf, intermediate))
      },
    })
    app().typeHost(rowId(), 'https://LIVE.test:8443/x')
    const fetched = app().fetchLive(rowId())
    expect(row().sources).toMatchObject([{ kind: 'host', name: 'live.test:8443', state: { status: 'fetching' } }])
    await fetched
    expect(asked).toEqual([['live.test', 8443]])
    expect(row().sources).toMatchObject([
      { state: { status: 'read', certificates: [{ position: 1 }, { position: 2 }], damaged: [] } },
    ])
    expect(namesOf(row())).toEqual([names(leaf, intermediate)])
  })

  it('is stopped when another host is typed meanwhile', async () => {
    const { leaf } = await issueChain('first.test')
    const { app, row, addHosts, fetches } = setUpFetches()
    const [rowId = ''] = addHosts('first.test')
    const fetched = app().fetchLive(rowId)
    app().typeHost(rowId, 'first.test:443')
    expect(sourceStatuses(row())).toEqual(['fetching'])
    app().typeHost(rowId, 'second.test')
    expect(row().sources).toEqual([])
    await fetches.call(0).answer(live(leaf))
    await fetched
    expect(row().sources).toEqual([])
    expect(row().reading.status).toBe('empty')
  })

  it('takes every chain that the host presented', async () => {
    const ecdsa = await issueChain('live.test')
    const rsa = await issueCertificate({ subject: 'live.test', keyName: 'other', issuer: ecdsa.intermediate })
    const chains = [
      [ecdsa.leaf.der.slice(), ecdsa.intermediate.der.slice()],
      [rsa.der.slice(), ecdsa.intermediate.der.slice()],
    ]
    const { app, row, addHosts } = setUp({
      fetchLiveChain: () => Promise.resolve(ok({ host: 'live.test', port: 443, chains, addresses: [] })),
    })
    const [rowId = ''] = addHosts('live.test')
    await app().fetchLive(rowId)
    expect(chainsOf(row())).toHaveLength(2)
    expect(row().reading).toMatchObject({ report: { superfluous: [] } })
  })

  it('keeps the sound certificates of a chain and lists the others', async () => {
    const { leaf } = await issueChain('live.test')
    const chains = [[leaf.der.slice(), Uint8Array.of(1, 2, 3)]]
    const { app, row, addHosts } = setUp({
      fetchLiveChain: () => Promise.resolve(ok({ host: 'live.test', port: 443, chains, addresses: [] })),
    })
    const [rowId = ''] = addHosts('live.test')
    await app().fetchLive(rowId)
    expect(row().sources[0]?.state).toMatchObject({
      status: 'read',
      certificates: [{ position: 1 }],
      damaged: [{ position: 2, reason: 'not-a-certificate' }],
    })
  })

  it('of a host that sent nothing sound fails', async () => {
    const chains = [[Uint8Array.of(1, 2, 3)]]
    const { app, row, addHosts } = setUp({
      fetchLiveChain: () => Promise.resolve(ok({ host: 'live.test', port: 443, chains, addresses: [] })),
    })
    const [rowId = ''] = addHosts('live.test')
    await app().fetchLive(rowId)
    expect(row().sources[0]?.state).toMatchObject({ status: 'failed', failure: { kind: 'not-a-certificate' } })
  })

  it('keeps what each address presented, with every certificate once', async () => {
    const [first, second] = [await issueChain('live.test'), await issueCertificate({ subject: 'other' })]
    const { leaf, intermediate } = first
    const chains = [
      [leaf.der.slice(), intermediate.der.slice(), intermediate.der.slice()],
      [second.der.slice(), intermediate.der.slice(), Uint8Array.of(1, 2, 3)],
    ]
    const addresses = [addressOf('192.0.2.1', 0), addressOf('192.0.2.2', 1)]
    const { app, row, addHosts } = setUp({
      // As the true one, it takes the bytes along.
      engine: {
        ...createInProcessEngine(),
        inspect: (bytes, options, signal) =>
          createInProcessEngine().inspect(structuredClone(bytes, { transfer: [bytes.buffer] }), options, signal),
      },
      fetchLiveChain: () =>
        Promise.resolve(ok({ host: 'live.test', port: 443, chains, addresses, addressesLeftOut: 2, ageSeconds: 40 })),
    })
    const [rowId = ''] = addHosts('live.test')
    await app().fetchLive(rowId)
    const state = row().sources[0]?.state
    if (state?.status !== 'read') throw new Error('not read')
    const [leafPrint, caPrint, otherPrint] = state.certificates.map(({ sha256 }) => sha256)
    expect(state.certificates).toHaveLength(3)
    expect(state.served).toEqual({
      addresses,
      addressesLeftOut: 2,
      ageSeconds: 40,
      lists: [
        [leafPrint, caPrint, caPrint],
        [otherPrint, caPrint, null],
      ],
    })
    expect(planRow(row()).servedLists).toEqual([
      { fingerprints: [leafPrint, caPrint, caPrint], presentedBy: [presentationOf('192.0.2.1')] },
      { fingerprints: [otherPrint, caPrint, null], presentedBy: [presentationOf('192.0.2.2')] },
    ])
    // What another host presented says nothing about this one.
    app().typeHost(rowId, 'another.test')
    expect(planRow(row()).servedLists).toEqual([])
  })

  it('keeps a failure with its facts', async () => {
    const failure: LiveChainClientFailure = { kind: 'port-not-allowed', allowedPorts: [443, 8443] }
    const { app, row, addHosts } = setUp({ fetchLiveChain: () => Promise.resolve(failed(failure)) })
    const [rowId = ''] = addHosts('live.test:22')
    await app().fetchLive(rowId)
    expect(row().sources[0]?.state).toEqual({ status: 'failed', failure })
    expect(row().reading).toEqual({ status: 'empty' })
  })

  it('again takes the place of the chain before, and of a failure', async () => {
    const before = await issueChain('live.test')
    const after = await issueCertificate({ subject: 'live.test', keyName: 'renewed', issuer: before.intermediate })
    const answers = [failed({ kind: 'timed-out' as const }), live(before.leaf), live(after, before.intermediate)]
    const { app, row, addHosts } = setUp({
      fetchLiveChain: () => Promise.resolve(answers.shift() ?? failed({ kind: 'busy' })),
    })
    const [rowId = ''] = addHosts('live.test')
    await app().addText(rowId, before.root.pem)
    await app().fetchLive(rowId)
    await app().fetchLive(rowId)
    expect(row().sources.map(({ kind, state }) => [kind, state.status])).toEqual([
      ['text', 'read'],
      ['host', 'read'],
    ])
    await app().fetchLive(rowId)
    expect(row().sources.map(({ kind }) => kind)).toEqual(['text', 'host'])
    expect(chainsOf(row())[0]?.links.map(({ certificate }) => derOf(row(), certificate.sha256))).toEqual([
      after.der,
      before.intermediate.der,
      before.root.der,
    ])
  })

  it('again keeps the chain that is there when it fails or is cancelled', async () => {
    const { leaf, intermediate } = await issueChain('live.test')
    const fetches = answerable<[string, number, AbortSignal], LiveResult>()
    const { app, row, addHosts } = setUp({ fetchLiveChain: heedsAbort(fetches.ask) })
    const [rowId = ''] = addHosts('live.test')
    void app().fetchLive(rowId)
    await fetches.call(0).answer(live(leaf, intermediate))
    void app().fetchLive(rowId)
    await fetches.call(1).answer(failed({ kind: 'timed-out' }))
    expect(sourceStatuses(row())).toEqual(['read', 'failed'])
    const pending = app().fetchLive(rowId)
    expect(sourceStatuses(row())).toEqual(['read', 'fetching'])
    await app().removeSource(rowId, row().sources[1]?.id ?? '')
    await pending
    expect(sourceStatuses(row())).toEqual(['read'])
    expect(namesOf(row())).toEqual([names(leaf, intermediate)])
    // What is shown and what is there are the same certificates.
    const shown = chainsOf(row()).flatMap(({ links }) => links)
    expect(shown.map(({ certificate }) => sourcesOf(row(), certificate.sha256).length)).toEqual([1, 1])
  })

  it('again while one is under way stops that one, and its late answer is dropped', async () => {
    const older = await issueChain('older.test')
    const newer = await issueChain('newer.test')
    const fetches = answerable<[string, number, AbortSignal], LiveResult>()
    const { app, row, addHosts } = setUp({ fetchLiveChain: fetches.ask })
    const [rowId = ''] = addHosts('live.test')
    void app().fetchLive(rowId)
    void app().fetchLive(rowId)
    expect(sourceStatuses(row())).toEqual(['fetching'])
    expect(fetches.calls.map(({ parameters }) => parameters[2].aborted)).toEqual([true, false])
    await fetches.call(1).answer(live(newer.leaf))
    await fetches.call(0).answer(live(older.leaf))
    expect(namesOf(row())).toEqual([names(newer.leaf)])
  })

  it('asks nobody when the row has no host', async () => {
    const fetches = answerable<[string, number, AbortSignal], LiveResult>()
    const { app, row, rowId } = setUp({ fetchLiveChain: fetches.ask })
    app().typeHost(rowId(), '192.0.2.1')
    await app().fetchLive(rowId())
    expect(fetches.calls).toEqual([])
    expect(row().sources).toEqual([])
  })
})

/** Fetches wait for the test; an abort ends them. */
function setUpFetches() {
  const fetches = answerable<[string, number, AbortSignal], LiveResult>()
  const parts = setUp({ fetchLiveChain: heedsAbort(fetches.ask) })
  const askedHosts = () => fetches.calls.map(({ parameters }) => parameters[0])
  return { ...parts, fetches, askedHosts }
}

describe('fetching an issuer', () => {
  const URL_OF_ISSUER = 'http://ca.test/issuer.cer'

  async function setUpIncomplete(parts: Partial<Collaborators>) {
    const certificates = await issueChain('a.test')
    const parties = setUp(parts)
    const [rowId = ''] = parties.addHosts('a.test')
    await parties.app().addText(rowId, certificates.leaf.pem)
    const fetch = () => parties.app().fetchIssuer(rowId, URL_OF_ISSUER, new AbortController().signal)
    return { ...parties, rowId, certificates, fetch }
  }

  it('adds what is at the address as a source, once, and completes the chain', async () => {
    const asked: string[] = []
    let answer: readonly IssuedCertificate[] = []
    const { row, fetch, certificates } = await setUpIncomplete({
      fetchIssuer: (url) => {
        asked.push(url)
        return Promise.resolve(ok({ certificates: answer.map(({ der }) => der.slice()) }))
      },
    })
    expect(asked).toEqual([])
    answer = [certificates.intermediate, certificates.root]
    expect(await fetch()).toEqual(ok(null))
    expect(asked).toEqual([URL_OF_ISSUER])
    expect(row().sources[1]).toMatchObject({
      kind: 'issuer',
      name: URL_OF_ISSUER,
      state: { status: 'read', certificates: [{ position: 1 }, { position: 2 }] },
    })
    expect(namesOf(row())).toEqual([['a.test', 'Intermediate of a.test', 'Root of a.test']])
    await fetch()
    expect(row().sources).toHaveLength(2)
  })

  it('that fails changes nothing and says why', async () => {
    const { row, fetch } = await setUpIncomplete({
      fetchIssuer: () => Promise.resolve(failed({ kind: 'port-not-allowed', allowedPorts: [80] })),
    })
    expect(await fetch()).toEqual(failed({ kind: 'port-not-allowed', allowedPorts: [80] }))
    expect(row().sources).toHaveLength(1)
  })

  it('fails when nothing at the address can be read', async () => {
    const { row, fetch } = await setUpIncomplete({
      fetchIssuer: () => Promise.resolve(ok({ certificates: [Uint8Array.of(1, 2, 3)] })),
    })
    expect(await fetch()).toMatchObject({ ok: false, failure: { kind: 'unreadable-issuer' } })
    expect(row().sources).toHaveLength(1)
  })

  it('for a row that was erased meanwhile ends without a trace', async () => {
    const { app, rowId, fetch, certificates } = await setUpIncomplete({
      fetchIssuer: () => Promise.resolve(ok({ certificates: [certificates.intermediate.der.slice()] })),
    })
    app().eraseRow(rowId)
    await fetch()
    expect(app().rows).toMatchObject([{ sources: [] }])
  })
})

describe('generate', () => {
  const TIMED_OUT = failed<LiveChainClientFailure>({ kind: 'timed-out' })

  it('asks for rows with a host and without certificates alone', async () => {
    const { leaf } = await issueChain('file.test')
    const { app, addHosts, askedHosts, fetches } = setUpFetches()
    const [, withFile = '', withFailure = ''] = addHosts('bare.test', 'file.test', 'failure.test', '192.0.2.1', '')
    await app().addText(withFile, leaf.pem)
    await app().addText(withFailure, 'no certificate')
    const done = app().generate()
    expect(askedHosts()).toEqual(['bare.test', 'failure.test'])
    expect(app().generation).toEqual({ done: 0, total: 2, isPaused: false })
    await fetches.call(0).answer(live(leaf))
    await fetches.call(1).answer(TIMED_OUT)
    expect(await done).toBe(true)
  })

  it('asks again for a row whose host has changed since its live chain was fetched', async () => {
    const { leaf } = await issueChain('first.test')
    const { app, row, addHosts, askedHosts, fetches } = setUpFetches()
    const [rowId = ''] = addHosts('first.test')
    const first = app().generate()
    await fetches.call(0).answer(live(leaf))
    await first
    app().typeHost(rowId, 'second.test')
    const second = app().generate()
    expect(askedHosts()).toEqual(['first.test', 'second.test'])
    await fetches.call(1).answer(live(leaf))
    await second
    expect(row().sources).toMatchObject([{ name: 'second.test:443' }])
  })

  it('pins nothing of the live chain of a host that the row had before, until that host is back', async () => {
    const { leaf } = await issueChain('first.test')
    const { app, row, addHosts, fetches } = setUpFetches()
    const [rowId = ''] = addHosts('first.test')
    const fetched = app().generate()
    await fetches.call(0).answer(live(leaf))
    await fetched
    expect(chainsOf(row())).toHaveLength(1)
    app().typeHost(rowId, 'second.test')
    await everythingSettled()
    expect(chainsOf(row())).toEqual([])
    expect(row().sources).toMatchObject([{ name: 'first.test:443' }])
    app().typeHost(rowId, 'first.test:8443')
    await everythingSettled()
    expect(chainsOf(row())).toEqual([])
    app().typeHost(rowId, 'https://FIRST.test/')
    await expect.poll(() => chainsOf(row())).toHaveLength(1)
  })

  it('is false when every one of its fetches was cancelled', async () => {
    const { app, row, addHosts } = setUpFetches()
    const [rowId = ''] = addHosts('a.test')
    const done = app().generate()
    await app().removeSource(rowId, row().sources[0]?.id ?? '')
    expect(await done).toBe(false)
    expect(app().generation).toBeNull()
  })

  it('does not ask for a public suffix with sub-domains', async () => {
    const fetches = answerable<[string, number, AbortSignal], LiveResult>()
    const { app, addHosts } = setUp({ fetchLiveChain: fetches.ask, lookUpSuffix: findPublicSuffix })
    addHosts('github.io')
    await everythingSettled()
    expect(await app().generate()).toBe(true)
    expect(fetches.calls).toEqual([])
  })

  it('is done at once when there is nothing to ask for', async () => {
    const { app, fetches } = setUpFetches()
    const done = app().generate()
    expect(app().generation).toBeNull()
    expect(await done).toBe(true)
    expect(fetches.calls).toEqual([])
  })

  it('asks four hosts at once, and counts the rows that are done', async () => {
    const { leaf } = await issueChain('a.test')
    const { app, addHosts, askedHosts, fetches } = setUpFetches()
    addHosts('a.test', 'b.test', 'c.test', 'd.test', 'e.test', 'f.test')
    const done = app().generate()
    expect(askedHosts()).toEqual(['a.test', 'b.test', 'c.test', 'd.test'])
    expect(app().generation).toEqual({ done: 0, total: 6, isPaused: false })
    await fetches.call(2).answer(live(leaf))
    await expect.poll(() => app().generation).toEqual({ done: 1, total: 6, isPaused: false })
    expect(askedHosts()).toEqual(['a.test', 'b.test', 'c.test', 'd.test', 'e.test'])
    await fetches.call(0).answer(TIMED_OUT)
    expect(app().generation).toEqual({ done: 2, total: 6, isPaused: false })
    expect(askedHosts()).toHaveLength(6)
    for (const index of [1, 3, 4]) await fetches.call(index).answer(TIMED_OUT)
    expect(app().generation).toEqual({ done: 5, total: 6, isPaused: false })
    await fetches.call(5).answer(TIMED_OUT)
    expect(await done).toBe(true)
    expect(app().generation).toBeNull()
  })

  it('leaves out a row that was given certificates while it waited', async () => {
    const { leaf } = await issueChain('e.test')
    const { app, addHosts, askedHosts, fetches } = setUpFetches()
    const [, , , , fifth = ''] = addHosts('a.test', 'b.test', 'c.test', 'd.test', 'e.test')
    const done = app().generate()
    await app().addText(fifth, leaf.pem)
    for (const index of [0, 1, 2, 3]) await fetches.call(index).answer(TIMED_OUT)
    expect(await done).toBe(true)
    expect(askedHosts()).toEqual(['a.test', 'b.test', 'c.test', 'd.test'])
  })

  it('cancelled stops what is under way, asks no more and keeps the rows that are done', async () => {
    const { leaf } = await issueChain('a.test')
    const { app, rowAt, addHosts, askedHosts, fetches } = setUpFetches()
    addHosts('a.test', 'b.test', 'c.test', 'd.test', 'e.test', 'f.test')
    const done = app().generate()
    await fetches.call(0).answer(live(leaf))
    await expect.poll(() => app().generation).toEqual({ done: 1, total: 6, isPaused: false })
    app().cancelGenerate()
    expect(app().generation).toBeNull()
    expect(await done).toBe(false)
    expect(app().generation).toBeNull()
    expect(askedHosts()).toHaveLength(5)
    expect(fetches.calls.map(({ parameters }) => parameters[2].aborted)).toEqual([false, true, true, true, true])
    expect(app().rows.map(sourceStatuses)).toEqual([['read'], [], [], [], [], []])
    expect(namesOf(rowAt(0))).toEqual([names(leaf)])
  })

  it('cancelled leaves files alone that are being read', async () => {
    const { engine, inspections } = engineWithSlowInspection()
    const fetches = answerable<[string, number, AbortSignal], LiveResult>()
    const { app, row, addHosts } = setUp({ engine, fetchLiveChain: heedsAbort(fetches.ask) })
    const [rowId = ''] = addHosts('a.test')
    const done = app().generate()
    const added = app().addText(rowId, 'x')
    app().cancelGenerate()
    await inspections.call(0).answer(inspected(1))
    await added
    expect(await done).toBe(false)
    expect(row().sources).toMatchObject([{ kind: 'text', state: { status: 'read' } }])
  })

  it('again takes over from the run before', async () => {
    const { app, addHosts, askedHosts, fetches } = setUpFetches()
    addHosts('a.test', 'b.test')
    const first = app().generate()
    const second = app().generate()
    expect(await first).toBe(false)
    expect(app().generation).toEqual({ done: 0, total: 2, isPaused: false })
    expect(askedHosts()).toEqual(['a.test', 'b.test', 'a.test', 'b.test'])
    await fetches.call(2).answer(TIMED_OUT)
    await fetches.call(3).answer(TIMED_OUT)
    expect(await second).toBe(true)
    expect(app().generation).toBeNull()
  })

  it('goes on when one of its rows is erased', async () => {
    const { app, addHosts, fetches } = setUpFetches()
    const [first = ''] = addHosts('a.test', 'b.test')
    const done = app().generate()
    app().eraseRow(first)
    expect(fetches.calls.map(({ parameters }) => parameters[2].aborted)).toEqual([true, false])
    await everythingSettled()
    expect(app().generation).toEqual({ done: 1, total: 2, isPaused: false })
    await fetches.call(1).answer(TIMED_OUT)
    expect(await done).toBe(true)
    expect(app().generation).toBeNull()
  })

  it('ends with a reset', async () => {
    const { app, addHosts, fetches } = setUpFetches()
    addHosts('a.test', 'b.test')
    const done = app().generate()
    app().reset()
    expect(app().generation).toBeNull()
    expect(await done).toBe(false)
    expect(app().generation).toBeNull()
    expect(fetches.calls.map(({ parameters }) => parameters[2].aborted)).toEqual([true, true])
  })

  it('is not stopped by undo', async () => {
    const { app, addHosts, fetches } = setUpFetches()
    const [first = ''] = addHosts('a.test', 'b.test')
    app().eraseRow(first)
    const done = app().generate()
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['a.test', 'b.test'])
    expect(app().generation).toEqual({ done: 0, total: 1, isPaused: false })
    await fetches.call(0).answer(TIMED_OUT)
    expect(await done).toBe(true)
    expect(app().generation).toBeNull()
  })
})

describe('erasing a row', () => {
  it('leaves the others, and undo puts it back in its place with everything it had', async () => {
    const { leaf, intermediate } = await issueChain('b.test')
    const { app, rowAt, addHosts } = setUp()
    const [, second = ''] = addHosts('a.test', 'b.test', 'c.test')
    await app().addText(second, bundle(leaf, intermediate))
    app().pinRole(second, 'intermediate', true)
    app().includeSubdomains(second, false)
    const before = rowAt(1)
    app().eraseRow(second)
    expect(hostTexts(app().rows)).toEqual(['a.test', 'c.test'])
    expect(app().undoable?.what).toBe('row-erased')
    app().undo()
    await everythingSettled()
    expect(hostTexts(app().rows)).toEqual(['a.test', 'b.test', 'c.test'])
    await expect.poll(() => rowAt(1)).toEqual(before)
    expect(app().undoable).toBeNull()
  })

  it('that is the last one leaves a blank one, which undo takes away', () => {
    const { app, row, addHosts } = setUp()
    const [rowId = ''] = addHosts('a.test')
    app().eraseRow(rowId)
    expect(app().rows).toHaveLength(1)
    expect(row()).toMatchObject({ hostText: '', sources: [] })
    expect(row().id).not.toBe(rowId)
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['a.test'])
  })

  it('and undoing it loses nothing that was done in between', async () => {
    const { leaf } = await issueChain('b.test')
    const { app, rowAt, addHosts } = setUp()
    const [first = '', second = ''] = addHosts('a.test', 'b.test')
    app().eraseRow(first)
    await app().addText(second, leaf.pem)
    app().typeHost(app().addRow(), 'c.test')
    app().set('ios-pinned-domains', 'lists', 'leaf')
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['a.test', 'b.test', 'c.test'])
    expect(namesOf(rowAt(1))).toEqual([names(leaf)])
    expect(app().settings).toEqual({ 'ios-pinned-domains': { lists: 'leaf' } })
  })

  it('and undoing it stops no work of other rows', async () => {
    const { engine, inspections } = engineWithSlowInspection()
    const { app, rowAt, addHosts } = setUp({ engine })
    const [first = '', second = ''] = addHosts('a.test', 'b.test')
    const added = app().addText(second, 'x')
    app().eraseRow(first)
    app().undo()
    await inspections.call(0).answer(inspected(1))
    await added
    expect(rowAt(1)).toMatchObject({ hostText: 'b.test', sources: [{ state: { status: 'read' } }] })
  })

  it('stops its work; late answers neither revive the row nor arrive after undo', async () => {
    const inspections = answerable<Parameters<Engine['inspect']>, Result<Inspection, EngineFailure>>()
    const builds = answerable<Parameters<Engine['buildChains']>, Result<ChainReport, EngineFailure>>()
    const fetches = answerable<[string, number, AbortSignal], LiveResult>()
    const engine: Engine = { inspect: inspections.ask, buildChains: builds.ask, ...rootQuestions }
    const { app, row, addHosts } = setUp({ engine, fetchLiveChain: fetches.ask })
    const [rowId = ''] = addHosts('a.test')
    void app().addText(rowId, 'one')
    await inspections.call(0).answer(inspected(1))
    void app().addText(rowId, 'two')
    void app().fetchLive(rowId)
    expect(sourceStatuses(row())).toEqual(['read', 'reading', 'fetching'])

    app().eraseRow(rowId)
    const blank = app().rows
    expect(inspections.call(1).parameters[2]?.aborted).toBe(true)
    expect(builds.call(0).parameters[2]?.aborted).toBe(true)
    expect(fetches.call(0).parameters[2].aborted).toBe(true)
    await inspections.call(1).answer(inspected(2))
    await builds.call(0).answer(ok(chainReport()))
    expect(app().rows).toBe(blank)

    app().undo()
    await fetches.call(0).answer(ok({ host: 'a.test', port: 443, chains: [[Uint8Array.of(3)]], addresses: [] }))
    expect(row().hostText).toBe('a.test')
    expect(sourceStatuses(row())).toEqual(['read'])
    // The build that was stopped is made again, so the row does not stay at work.
    expect(builds.calls).toHaveLength(2)
    const report = chainReport()
    await builds.call(1).answer(ok(report))
    expect(reportOf(row())).toBe(report)
  })

  it('while the suffix list is asked does not leave the suffix open after undo', async () => {
    const suffixes = answerable<[string], SuffixFacts>()
    const { app, row, addHosts } = setUp({ lookUpSuffix: suffixes.ask })
    const [rowId = ''] = addHosts('a.test')
    app().eraseRow(rowId)
    await suffixes.call(0).answer(NO_SUFFIX)
    app().undo()
    for (const { answer } of suffixes.calls) await answer(NO_SUFFIX)
    expect(row().hostText).toBe('a.test')
    expect(row().suffix).toEqual(NO_SUFFIX)
  })

  it('that is blank keeps what can be undone', () => {
    const { app, addHosts } = setUp()
    const [first = '', blank = ''] = addHosts('a.test', '')
    app().eraseRow(first)
    app().eraseRow(blank)
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['a.test'])
  })

  it('without a host can be undone when it has a source', async () => {
    const { leaf } = await issueChain('a.test')
    const { app, row, rowId } = setUp()
    await app().addText(rowId(), leaf.pem)
    app().eraseRow(rowId())
    expect(row().sources).toEqual([])
    app().undo()
    expect(namesOf(row())).toEqual([names(leaf)])
  })

  it('that is blank cannot be undone by itself', () => {
    const { app, rowId } = setUp()
    app().eraseRow(rowId())
    expect(app().undoable).toBeNull()
  })

  it('that is not there changes nothing', () => {
    const { app, addHosts } = setUp()
    addHosts('a.test')
    const before = app()
    app().eraseRow('row-99')
    expect(app()).toEqual(before)
  })

  it('cannot be undone after it was dismissed', () => {
    const { app, addHosts } = setUp()
    const [first = ''] = addHosts('a.test', 'b.test')
    app().eraseRow(first)
    app().dismissUndo()
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['b.test'])
  })
})

describe('undo', () => {
  it('takes back one thing after the other, the last one first', () => {
    const { app, addHosts } = setUp()
    const [first = '', second = ''] = addHosts('a.test', 'b.test', 'c.test')
    app().eraseRow(first)
    app().eraseRow(second)
    app().reset()
    app().addHosts(['d.test', 'e.test'])
    const states: string[][] = []
    while (app().undoable) {
      app().undo()
      states.push(hostTexts(app().rows))
    }
    expect(states).toEqual([[''], ['c.test'], ['b.test', 'c.test'], ['a.test', 'b.test', 'c.test']])
  })

  it('of added rows loses nothing that was done in them since', async () => {
    const { leaf } = await issueChain('a.test')
    const { app, row } = setUp()
    const [rowId = ''] = app().addHosts(['a.test', 'b.test'])
    await app().addText(rowId, leaf.pem)
    app().undo()
    expect(hostTexts(app().rows)).toEqual([''])
    expect(app().undoable).toMatchObject({ what: 'rows-removed' })
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['a.test', 'b.test'])
    await expect.poll(() => namesOf(row())).toEqual([names(leaf)])
  })

  it('of a reset brings back every option that was not set since', () => {
    const { app } = setUp()
    app().set('ios-pinned-domains', 'lists', 'both')
    app().set('ios-pinned-domains', 'wholeFile', false)
    app().reset()
    app().set('ios-pinned-domains', 'wholeFile', true)
    app().undo()
    expect(app().settings).toEqual({ 'ios-pinned-domains': { lists: 'both', wholeFile: true } })
  })
})

describe('reset', () => {
  it('clears rows and settings, and undo brings both back', async () => {
    const { leaf } = await issueChain('a.test')
    const { app, rowAt, addHosts } = setUp()
    const [first = ''] = addHosts('a.test', 'b.test')
    await app().addText(first, leaf.pem)
    app().set('android-network-security-config', 'expiration', { kind: 'computed' })
    app().reset()
    expect(hostTexts(app().rows)).toEqual([''])
    expect(app().settings).toEqual({})
    expect(app().undoable?.what).toBe('reset')
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['a.test', 'b.test'])
    expect(namesOf(rowAt(0))).toEqual([names(leaf)])
    expect(app().settings).toEqual({ 'android-network-security-config': { expiration: { kind: 'computed' } } })
    expect(app().undoable).toBeNull()
  })

  it('and undoing it keeps what was typed in between', () => {
    const { app, rowId, addHosts } = setUp()
    addHosts('a.test', 'b.test')
    app().set('ios-pinned-domains', 'wholeFile', true)
    app().reset()
    app().typeHost(rowId(), 'c.test')
    app().set('android-network-security-config', 'expiration', { kind: 'computed' })
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['a.test', 'b.test', 'c.test'])
    expect(app().settings).toEqual({
      'ios-pinned-domains': { wholeFile: true },
      'android-network-security-config': { expiration: { kind: 'computed' } },
    })
  })

  it('twice can still be undone', () => {
    const { app, addHosts } = setUp()
    addHosts('a.test')
    app().reset()
    app().reset()
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['a.test'])
  })

  it('of nothing leaves nothing to undo', () => {
    const { app } = setUp()
    app().reset()
    expect(app().undoable).toBeNull()
    expect(app().rows).toHaveLength(1)
  })

  it('stops all work, and none of it comes back', async () => {
    const { engine, inspections } = engineWithSlowInspection()
    const { app, addHosts } = setUp({ engine })
    const [first = '', second = ''] = addHosts('a.test', 'b.test')
    void app().addText(first, 'x')
    void app().addText(second, 'y')
    app().reset()
    expect(inspections.calls.map(({ parameters }) => parameters[2]?.aborted)).toEqual([true, true])
    await inspections.call(0).answer(inspected(1))
    app().undo()
    await inspections.call(1).answer(inspected(2))
    expect(hostTexts(app().rows)).toEqual(['a.test', 'b.test'])
    expect(app().rows.map(({ sources }) => sources)).toEqual([[], []])
    expect(app().rows.map(({ reading }) => reading.status)).toEqual(['empty', 'empty'])
  })
})

const linkOf = (row: Row, role: string): ChainLink => {
  const link = chainsOf(row)
    .flatMap(({ links }) => links)
    .find((candidate) => candidate.role === role)
  if (!link) throw new Error(`There is no ${role}`)
  return link
}

describe('what is pinned', () => {
  it('is chosen by role or by certificate, and both agree', async () => {
    const { leaf, intermediate, root } = await issueChain('pins.test')
    const { app, row, rowId } = setUp()
    await app().addText(rowId(), bundle(leaf, intermediate, root))
    const state = (role: 'leaf' | 'intermediate' | 'root') => [
      roleState(row().choices, chainsOf(row()), role),
      isPinned(row().choices, linkOf(row(), role)),
    ]
    expect([state('leaf'), state('intermediate'), state('root')]).toEqual([
      ['all', true],
      ['none', false],
      ['none', false],
    ])
    app().pinCertificate(rowId(), linkOf(row(), 'leaf'), false)
    expect(state('leaf')).toEqual(['none', false])
    app().pinRole(rowId(), 'root', true)
    expect(state('root')).toEqual(['all', true])
    app().pinCertificate(rowId(), linkOf(row(), 'intermediate'), true)
    expect(state('intermediate')).toEqual(['all', true])
    expect(row().choices.roles).toEqual({ leaf: false, intermediate: true, root: true })
  })

  it('is mixed when the certificates of a role differ, until the role is chosen', async () => {
    const { leaf, intermediate } = await issueChain('pins.test')
    const other = await issueCertificate({ subject: 'pins.test', keyName: 'backup', issuer: intermediate })
    const { app, row, rowId } = setUp()
    await app().addText(rowId(), bundle(leaf, intermediate, other))
    const leaves = chainsOf(row()).map(({ links }) => links[0])
    expect(leaves).toHaveLength(2)
    if (leaves[1]) app().pinCertificate(rowId(), leaves[1], false)
    expect(roleState(row().choices, chainsOf(row()), 'leaf')).toBe('some')
    app().pinRole(rowId(), 'leaf', true)
    expect(roleState(row().choices, chainsOf(row()), 'leaf')).toBe('all')
    expect(leaves.map((link) => link && isPinned(row().choices, link))).toEqual([true, true])
  })

  it('can be chosen before there are certificates', () => {
    const { app, row, rowId } = setUp()
    app().pinRole(rowId(), 'root', true)
    app().pinRole(rowId(), 'leaf', false)
    expect(row().choices.roles).toEqual({ leaf: false, intermediate: false, root: true })
  })
})

describe('settings', () => {
  it('are kept by format and option', () => {
    const { app } = setUp()
    app().set('ios-pinned-domains', 'lists', 'leaf')
    app().set('ios-pinned-domains', 'wholeFile', true)
    app().set('android-network-security-config', 'expiration', { kind: 'date', date: '2027-01-01' })
    app().set('ios-pinned-domains', 'lists', 'both')
    expect(app().settings).toEqual({
      'ios-pinned-domains': { lists: 'both', wholeFile: true },
      'android-network-security-config': { expiration: { kind: 'date', date: '2027-01-01' } },
    })
  })

  it('are no reason to make rows anew', () => {
    const { app } = setUp()
    const { rows } = app()
    app().set('ios-pinned-domains', 'wholeFile', true)
    expect(app().rows).toBe(rows)
  })
})

describe('adding several hosts', () => {
  it('makes a row for each, in the place of a lone blank row', () => {
    const { app } = setUp()
    const rowIds = app().addHosts(['a.test', 'https://B.test/x', 'not a host'])
    expect(app().rows.map(({ id }) => id)).toEqual(rowIds)
    expect(hostTexts(app().rows)).toEqual(['a.test', 'https://B.test/x', 'not a host'])
    expect(app().rows.map(({ host }) => (host.ok ? host.value.host : host.failure.kind))).toEqual([
      'a.test',
      'b.test',
      'several-hosts',
    ])
  })

  it('puts them behind the rows that are there', () => {
    const { app, addHosts } = setUp()
    addHosts('a.test', '')
    app().addHosts(['b.test', 'c.test'])
    expect(hostTexts(app().rows)).toEqual(['a.test', '', 'b.test', 'c.test'])
  })

  it.each([
    [1, false],
    [3, false],
    [4, true],
  ])('%i of them are folded: %s', (count, isFolded) => {
    const { app, rowAt, addHosts } = setUp()
    addHosts('here.test')
    app().addHosts(Array.from({ length: count }, (_, index) => `h${index}.test`))
    expect(
      app()
        .rows.slice(1)
        .map((row) => row.isFolded),
    ).toEqual(Array.from({ length: count }, () => isFolded))
    expect(rowAt(0).isFolded).toBe(false)
  })

  it('asks the suffix list for each', async () => {
    const suffixes = answerable<[string], SuffixFacts>()
    const { app } = setUp({ lookUpSuffix: suffixes.ask })
    app().addHosts(['a.test', 'b.test'])
    expect(suffixes.calls.map(({ parameters }) => parameters)).toEqual([['a.test'], ['b.test']])
    await suffixes.call(1).answer({ registrableDomain: 'b.test', isPublicSuffix: false })
    expect(app().rows.map(({ suffix }) => suffix)).toEqual([
      null,
      { registrableDomain: 'b.test', isPublicSuffix: false },
    ])
  })

  it('of none changes nothing', () => {
    const { app, addHosts } = setUp()
    addHosts('a.test', 'b.test')
    app().eraseRow(app().rows[0]?.id ?? '')
    const before = app()
    expect(app().addHosts([])).toEqual([])
    expect(app()).toBe(before)
  })

  it('is undone as one, and leaves what was there and what came since', async () => {
    const { leaf } = await issueChain('a.test')
    const { app, addHosts } = setUp()
    const [first = ''] = addHosts('a.test')
    app().addHosts(['b.test', 'c.test'])
    expect(app().undoable?.what).toBe('rows-added')
    await app().addText(first, leaf.pem)
    app().typeHost(app().addRow(), 'd.test')
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['a.test', 'd.test'])
    expect(namesOf(app().rows[0] as Row)).toEqual([names(leaf)])
    expect(app().undoable).toBeNull()
  })

  it('undone on a blank page leaves a blank row', () => {
    const { app } = setUp()
    app().addHosts(['a.test', 'b.test'])
    app().undo()
    expect(hostTexts(app().rows)).toEqual([''])
  })

  it('undone stops the work of the rows that go', () => {
    const { engine, inspections } = engineWithSlowInspection()
    const { app } = setUp({ engine })
    const [rowId = ''] = app().addHosts(['a.test'])
    void app().addText(rowId, 'x')
    app().undo()
    expect(inspections.call(0).parameters[2]?.aborted).toBe(true)
  })
})

describe('folding', () => {
  it('folds one row or all, and changes nothing else', () => {
    const { app, rowAt, addHosts } = setUp()
    const [first = ''] = addHosts('a.test', 'b.test')
    const second = rowAt(1)
    app().foldRow(first, true)
    expect(app().rows.map(({ isFolded }) => isFolded)).toEqual([true, false])
    expect(rowAt(1)).toBe(second)
    app().foldAll(true)
    expect(app().rows.map(({ isFolded }) => isFolded)).toEqual([true, true])
    app().foldAll(false)
    expect(app().rows.map(({ isFolded }) => isFolded)).toEqual([false, false])
    expect(hostTexts(app().rows)).toEqual(['a.test', 'b.test'])
  })
})

/** Certificates of one CA; `dnsNames` of the leaf are given. */
async function issueFor(...dnsNames: readonly string[]) {
  const root = await issueCertificate({ subject: 'Drop Root', isCa: true })
  const intermediate = await issueCertificate({ subject: 'Drop CA', isCa: true, issuer: root })
  const leaf = await issueCertificate({ subject: dnsNames[0] ?? 'nameless', dnsNames, issuer: intermediate })
  return { root, intermediate, leaf }
}

describe('files for no row in particular', () => {
  it('go to the rows whose host they cover, each under its own name', async () => {
    const { root, intermediate, leaf } = await issueFor('a.test', '*.b.test')
    const { app, rowAt, addHosts } = setUp()
    addHosts('a.test', 'other.test', 'x.b.test')
    const files = await app().addFilesAnywhere([file('ca.pem', bundle(intermediate, root)), file('leaf.pem', leaf.pem)])
    expect([0, 1, 2].map((index) => namesOf(rowAt(index)))).toEqual([
      [names(leaf, intermediate, root)],
      [],
      [names(leaf, intermediate, root)],
    ])
    expect(rowAt(0).sources.map(({ kind, name, state }) => [kind, name, state.status])).toEqual([
      ['file', 'ca.pem', 'read'],
      ['file', 'leaf.pem', 'read'],
    ])
    expect(files.map(({ name, destinations }) => [name, destinations.map((to) => `${to.how} ${to.name}`)])).toEqual([
      ['ca.pem', ['added a.test', 'added x.b.test']],
      ['leaf.pem', ['added a.test', 'added x.b.test']],
    ])
    expect(app().routing).toEqual({ status: 'done', files })
    expect(app().undoable).toBeNull()
  })

  it('make a row where there is none, and offer the other names', async () => {
    const { intermediate, leaf } = await issueFor('*.a.test', 'b.test', '*.c.test')
    const { app, row } = setUp()
    const files = await app().addFilesAnywhere([file('chain.pem', bundle(leaf, intermediate))])
    expect(app().rows).toHaveLength(1)
    expect(row()).toMatchObject({
      hostText: 'a.test',
      includeSubdomains: true,
      isFolded: false,
      otherNames: ['b.test', '*.c.test'],
    })
    expect(namesOf(row())).toEqual([names(leaf, intermediate)])
    expect(files[0]?.destinations).toEqual([{ rowId: row().id, name: 'a.test', how: 'made' }])
    app().undo()
    expect(hostTexts(app().rows)).toEqual([''])
  })

  it('make a row without sub-domains for a name alone', async () => {
    const { leaf } = await issueFor('a.test')
    const { app, row } = setUp()
    await app().addFilesAnywhere([file('leaf.pem', leaf.pem)])
    expect(row()).toMatchObject({ hostText: 'a.test', includeSubdomains: false, otherNames: [] })
  })

  it('make many rows folded, and all of them are undone together', async () => {
    const { app, addHosts } = setUp()
    addHosts('here.test')
    const leaves = await Promise.all(['a', 'b', 'c', 'd'].map((name) => issueFor(`${name}.test`)))
    await app().addFilesAnywhere(leaves.map(({ leaf }, index) => file(`${index}.pem`, leaf.pem)))
    expect(hostTexts(app().rows)).toEqual(['here.test', 'a.test', 'b.test', 'c.test', 'd.test'])
    expect(app().rows.map(({ isFolded }) => isFolded)).toEqual([false, true, true, true, true])
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['here.test'])
  })

  it('that hold CAs complete the chains that lack them', async () => {
    const { root, intermediate, leaf } = await issueFor('a.test')
    const { app, rowAt, addHosts } = setUp()
    const [first = ''] = addHosts('a.test', 'b.test')
    await app().addText(first, leaf.pem)
    const [complete, stranger] = await app().addFilesAnywhere([
      file('cas.pem', bundle(root, intermediate)),
      file('stranger.pem', (await issueCertificate({ subject: 'Stranger', isCa: true })).pem),
    ])
    expect(namesOf(rowAt(0))).toEqual([names(leaf, intermediate, root)])
    expect(complete?.destinations).toMatchObject([{ name: 'a.test', how: 'added' }])
    expect(stranger).toMatchObject({ destinations: [], unrouted: [{ name: 'Stranger', reason: 'completes-nothing' }] })
    expect(rowAt(1).sources).toEqual([])
  })

  it('that the row has already are not added again', async () => {
    const { intermediate, leaf } = await issueFor('a.test')
    const { app, row } = setUp()
    const chain = () => [file('chain.pem', bundle(leaf, intermediate))]
    await app().addFilesAnywhere(chain())
    const before = row()
    const files = await app().addFilesAnywhere(chain())
    expect(files[0]?.destinations).toMatchObject([{ name: 'a.test', how: 'had-it' }])
    expect(row()).toEqual(before)
  })

  it('bring each row its own certificates of a file, and say what else the file holds', async () => {
    const one = await issueFor('a.test')
    const other = await issueFor('b.test')
    const nameless = await issueCertificate({ subject: 'nameless' })
    const broken = '-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n'
    const { app, rowAt } = setUp()
    const files = await app().addFilesAnywhere([file('all.pem', broken + bundle(one.leaf, other.leaf, nameless))])
    expect(hostTexts(app().rows)).toEqual(['a.test', 'b.test'])
    expect(namesOf(rowAt(1))).toEqual([names(other.leaf)])
    expect(rowAt(1).sources).toMatchObject([
      { name: 'all.pem', state: { certificates: [{ position: 3 }], damaged: [{ position: 1, reason: 'not-base64' }] } },
    ])
    expect(files).toMatchObject([
      {
        destinations: [
          { name: 'a.test', how: 'made' },
          { name: 'b.test', how: 'made' },
        ],
        unrouted: [{ name: 'nameless', reason: 'names-no-host' }],
      },
    ])
  })

  it('that fail are named, and cost the others nothing', async () => {
    const { leaf } = await issueFor('a.test')
    const { app } = setUp()
    const folder = Object.defineProperty(file('folder', 'x'), 'arrayBuffer', {
      value: () => Promise.reject(new DOMException('moved', 'NotFoundError')),
    })
    const files = await app().addFilesAnywhere([file('empty.pem', ''), folder, file('leaf.pem', leaf.pem)])
    expect(files).toMatchObject([
      { name: 'empty.pem', state: { status: 'failed', failure: { kind: 'empty-input' } }, destinations: [] },
      { name: 'folder', state: { status: 'failed', failure: { kind: 'unreadable-file' } }, destinations: [] },
      { name: 'leaf.pem', state: { status: 'read' }, destinations: [{ name: 'a.test' }] },
    ])
    expect(hostTexts(app().rows)).toEqual(['a.test'])
  })

  it('that fail all leave the rows alone', async () => {
    const { app } = setUp()
    const { rows } = app()
    await app().addFilesAnywhere([file('empty.pem', '')])
    expect(app().rows).toBe(rows)
    expect(app()).toMatchObject({ undoable: null, routing: { status: 'done' } })
  })

  it('fail together when their chains cannot be built', async () => {
    const { engine, builds } = engineWithSlowChains()
    const { app } = setUp({ engine })
    const done = app().addFilesAnywhere([file('one', 'x'), file('two', 'y')])
    await everythingSettled()
    await builds.call(0).answer(failed({ kind: 'deadline', seconds: 10 }))
    expect((await done).map(({ state }) => state)).toEqual([
      { status: 'failed', failure: { kind: 'deadline', seconds: 10 } },
      { status: 'failed', failure: { kind: 'deadline', seconds: 10 } },
    ])
    expect(hostTexts(app().rows)).toEqual([''])
  })

  it('that come while others are read are told together with them', async () => {
    const { engine, inspections } = engineWithSlowInspection()
    const { app } = setUp({ engine })
    const first = app().addFilesAnywhere([file('one', 'x')])
    const second = app().addFilesAnywhere([file('two', 'y'), file('three', 'z')])
    expect(app().routing).toEqual({ status: 'reading', count: 3, done: 0 })
    await everythingSettled()
    await inspections.call(0).answer(failed({ kind: 'empty-input' }))
    await first
    expect(app().routing).toEqual({ status: 'reading', count: 2, done: 0 })
    await inspections.call(1).answer(failed({ kind: 'empty-input' }))
    await everythingSettled()
    expect(app().routing).toEqual({ status: 'reading', count: 2, done: 1 })
    await inspections.call(2).answer(failed({ kind: 'empty-input' }))
    await second
    expect(app().routing).toMatchObject({
      status: 'done',
      files: [{ name: 'one' }, { name: 'two' }, { name: 'three' }],
    })
    await app().addFilesAnywhere([])
    expect(app().routing).toMatchObject({ status: 'done' })
    app().dismissRouting()
    expect(app().routing).toBeNull()
  })

  it.each(['dismissRouting', 'reset'] as const)(
    'are stopped by %s, and nothing of them comes later',
    async (action) => {
      const { engine, inspections } = engineWithSlowInspection()
      const { app } = setUp({ engine })
      const done = app().addFilesAnywhere([file('one', 'x')])
      await everythingSettled()
      app()[action]()
      expect(app().routing).toBeNull()
      expect(inspections.call(0).parameters[2]?.aborted).toBe(true)
      const { rows } = app()
      await inspections.call(0).answer(inspected(1))
      expect(await done).toMatchObject([{ state: { status: 'failed', failure: { kind: 'cancelled' } } }])
      expect(app()).toMatchObject({ routing: null, undoable: null })
      expect(app().rows).toBe(rows)
    },
  )
})

async function setUpNames() {
  const { root, intermediate, leaf } = await issueFor('a.test', 'b.test', '*.c.test', 'd.test')
  const parts = setUp()
  await parts.app().addFilesAnywhere([file('chain.pem', bundle(leaf, intermediate)), file('root.pem', root.pem)])
  const offered = () => offeredNames(parts.rowAt(0), parts.app().rows)
  return { ...parts, offered, chain: names(leaf, intermediate, root) }
}

const publicKeyPem = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString()

describe('the other names of a certificate', () => {
  it('become rows behind it with the same certificates and choices', async () => {
    const { app, rowId, rowAt, offered, chain } = await setUpNames()
    app().typeHost(app().addRow(), 'last.test')
    app().pinRole(rowId(), 'root', true)
    expect(offered()).toEqual(['b.test', '*.c.test', 'd.test'])
    await app().takeOtherNames(rowId(), ['b.test', '*.c.test'])
    expect(hostTexts(app().rows)).toEqual(['a.test', 'b.test', 'c.test', 'last.test'])
    expect([1, 2].map((index) => rowAt(index).includeSubdomains)).toEqual([false, true])
    for (const index of [1, 2]) {
      expect(namesOf(rowAt(index))).toEqual([chain])
      expect(rowAt(index).choices.roles).toMatchObject({ leaf: true, root: true })
      expect(rowAt(index).sources.map(({ name }) => name)).toEqual(['chain.pem', 'root.pem'])
    }
    expect(new Set(app().rows.flatMap(({ sources }) => sources.map(({ id }) => id))).size).toBe(6)
    expect(offered()).toEqual(['d.test'])
  })

  it('take the pinned backups along, and nothing else that is in no chain', async () => {
    const { app, rowId, rowAt, chain } = await setUpNames()
    const second = await issueCertificate({ subject: 'Second Root', isCa: true })
    const unused = await issueCertificate({ subject: 'Unused Root', isCa: true })
    await app().addFiles(rowId(), [
      file('backup.pem', publicKeyPem()),
      file('not-pinned.pem', publicKeyPem()),
      file('roots.pem', bundle(second, unused)),
    ])
    const backup = rowAt(0).sources.find(({ name }) => name === 'backup.pem')?.state
    const pin = backup?.status === 'read' ? backup.keys[0]?.pin : undefined
    if (!pin) throw new Error('no key was read')
    app().pinBackupKey(rowId(), pin, true)
    app().pinReserve(rowId(), createHash('sha256').update(second.der).digest('hex') as CertificateFingerprint, true)
    await app().takeOtherNames(rowId(), ['b.test'])
    const [before, after] = [rowAt(0), rowAt(1)].map((one) => pinsOfRow(planRow(one)).map((planned) => planned.pin))
    expect(after).toEqual(before)
    expect(after).toContain(pin)
    expect(after).toHaveLength(3)
    expect(namesOf(rowAt(1))).toEqual([chain])
    expect(rowAt(1).sources.map(({ name }) => name)).toEqual(['chain.pem', 'root.pem', 'backup.pem', 'roots.pem'])
  })

  it('are offered again when that is undone', async () => {
    const { app, rowId, offered } = await setUpNames()
    await app().takeOtherNames(rowId(), offered())
    expect(offered()).toEqual([])
    app().undo()
    expect(hostTexts(app().rows)).toEqual(['a.test'])
    expect(offered()).toEqual(['b.test', '*.c.test', 'd.test'])
  })

  it('are not offered when another row has the host, or when the certificate is gone', async () => {
    const { app, row, rowId, offered } = await setUpNames()
    app().typeHost(app().addRow(), '*.B.test')
    expect(offered()).toEqual(['*.c.test', 'd.test'])
    await app().removeSource(rowId(), row().sources[0]?.id ?? '')
    expect(offered()).toEqual([])
  })

  it('can be dismissed', async () => {
    const { app, rowId, offered } = await setUpNames()
    app().dismissOtherNames(rowId())
    expect(offered()).toEqual([])
  })

  it('of a row that is gone make none', async () => {
    const { app } = await setUpNames()
    const { rows } = app()
    await app().takeOtherNames('row-99', ['b.test'])
    expect(app().rows).toBe(rows)
  })
})
