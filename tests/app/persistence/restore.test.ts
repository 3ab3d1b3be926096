import { describe, expect, it } from 'vitest'
import { failed, ok } from '../../../src/core/result.ts'
import type { ChainReport, Engine } from '../../../src/engine/inspection.ts'
import type { RowContent, SourceState } from '../../../src/app/row.ts'
import { createAppStore } from '../../../src/app/store.ts'
import { TEST_NOW } from '../../support/issue-chain.ts'
import { settled } from './support/fake-browser.ts'

const REPORT: ChainReport = {
  chains: [],
  superfluous: [],
  notDecodable: [],
  leftOut: 0,
  addedRoots: new Map(),
  rootStore: 'loaded',
  rootStoreDate: '2026-11-21',
}

function setUp(buildChains: Engine['buildChains'] = () => Promise.resolve(ok(REPORT))) {
  const asked: string[] = []
  const store = createAppStore({
    engine: {
      inspect: () => new Promise(() => {}),
      buildChains,
      identifyRoots: () => Promise.resolve(ok(new Map())),
      candidateRoots: () => Promise.resolve(ok([])),
    },
    fetchLiveChain: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix: (host) => {
      asked.push(host)
      return Promise.resolve({ registrableDomain: host, isPublicSuffix: false })
    },
    now: () => TEST_NOW,
  })
  return { store, app: () => store.getState(), asked }
}

/** A source that holds one made-up certificate. */
const readState = (byte: number): SourceState => ({
  status: 'read',
  certificates: [{ der: Uint8Array.of(byte), pin: `pin ${byte}` as never, sha256: `${byte}` as never, position: 1 }],
  keys: [],
  damaged: [],
  ignored: [],
})
const KEPT: SourceState = { status: 'reading', kept: { certificates: [], keys: [], damaged: [], ignored: [] } }

const content = (hostText: string, ...states: readonly SourceState[]): RowContent => ({
  hostText,
  includeSubdomains: false,
  choices: {
    roles: { leaf: false, intermediate: true, root: true },
    exceptions: new Map(),
    backupKeys: new Set(),
    typedPins: [],
  },
  sources: states.map((state) => ({ kind: 'file', name: 'f.pem', state })),
  isFolded: true,
  otherNames: [],
})

describe('restoring', () => {
  it('puts rows and settings in the place of all that is there', async () => {
    const { app, asked } = setUp()
    app().addHosts(['old.test', 'older.test'])
    app().set('ios-pinned-domains', 'lists', 'both')
    app().restore([content('a.test'), content('bad host')], {})
    expect(app().rows).toMatchObject([content('a.test'), content('bad host')])
    expect(app()).toMatchObject({ settings: {}, undoable: null })
    await settled()
    expect(app().rows.map(({ suffix }) => suffix?.registrableDomain)).toEqual(['a.test', null])
    expect(asked).toEqual(['old.test', 'older.test', 'a.test'])
  })

  it('leaves a blank row when there is nothing', () => {
    const { app } = setUp()
    app().restore([], {})
    expect(app().rows).toMatchObject([{ hostText: '', sources: [] }])
  })

  it('stops what is under way', async () => {
    const signals: AbortSignal[] = []
    const { app } = setUp((_certificates, _now, signal) => {
      if (signal) signals.push(signal)
      return new Promise(() => {})
    })
    app().restore([content('a.test', readState(1))], {})
    expect(signals.map(({ aborted }) => aborted)).toEqual([false])
    app().restore([content('b.test')], {})
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })

  it('builds the chains of what is read, and of what settles', async () => {
    const { app } = setUp()
    app().restore([content('a.test', readState(1)), content('b.test', KEPT), content('c.test')], {})
    await settled()
    expect(app().rows.map(({ reading }) => reading.status)).toEqual(['done', 'empty', 'empty'])
    const waiting = app().rows[1]?.sources[0]
    await app().settleSources(new Map([[waiting?.id ?? '', readState(2)]]))
    expect(app().rows.map(({ reading }) => reading.status)).toEqual(['done', 'done', 'empty'])
  })
})

describe('many sources that settle at once', () => {
  it('change the state a few times, not once per row', async () => {
    const { store, app } = setUp()
    app().restore(
      Array.from({ length: 100 }, (_, index) => content(`h${index}.test`, KEPT)),
      {},
    )
    await settled()
    let changes = 0
    store.subscribe(() => (changes += 1))
    const states = app().rows.flatMap(({ sources }) => sources.map(({ id }, index) => [id, readState(index)] as const))
    await app().settleSources(new Map(states))
    expect(app().rows.every(({ reading }) => reading.status === 'done')).toBe(true)
    expect(changes).toBeLessThan(10)
  })

  it('do not bring back chains that were overtaken meanwhile', async () => {
    const answers: (() => void)[] = []
    const overtaken = { ...REPORT, rootStore: 'unavailable' as const }
    const { app } = setUp((certificates) => {
      // The first build of the first row is done at once; the other row keeps it waiting to be shown.
      if (certificates[0]?.[0] === 2) return new Promise((resolve) => answers.push(() => resolve(ok(REPORT))))
      return Promise.resolve(ok(certificates.length === 1 ? overtaken : REPORT))
    })
    app().restore([content('a.test', KEPT, KEPT), content('b.test', KEPT)], {})
    const [one, two] = app().rows
    const [first, second] = one?.sources ?? []
    const settling = app().settleSources(
      new Map([
        [first?.id ?? '', readState(1)],
        [two?.sources[0]?.id ?? '', readState(2)],
      ]),
    )
    await settled()
    await app().settleSources(new Map([[second?.id ?? '', readState(3)]]))
    for (const answer of answers) answer()
    await settling
    expect(app().rows[0]?.reading).toEqual({ status: 'done', report: REPORT })
    expect(app().rows[1]?.reading).toEqual({ status: 'done', report: REPORT })
  })

  it('settle in a row that can still be brought back by undo', async () => {
    const { app } = setUp()
    app().restore([content('a.test', KEPT)], {})
    const source = app().rows[0]?.sources[0]
    app().eraseRow(app().rows[0]?.id ?? '')
    await app().settleSources(new Map([[source?.id ?? '', readState(1)]]))
    app().undo()
    await settled()
    expect(app().rows[0]).toMatchObject({ hostText: 'a.test', reading: { status: 'done' } })
  })
})
