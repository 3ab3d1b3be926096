import { describe, expect, it } from 'vitest'
import { createReportSelector } from '../../src/app/report.ts'
import { createAppStore } from '../../src/app/store.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'
import { failed } from '../../src/core/result.ts'
import { CA_FAMILIES } from '../../src/core/trust/ca-families.ts'
import { fixture } from '../engine/labelled-files.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { TEST_NOW } from '../support/issue-chain.ts'

const ISRG_ROOT_X1 = 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=' as SpkiPin
const STRANGER = 'bP2O1PC4oGiAawCTjizoCS8au9wifCxDsz7IBydo2ek=' as SpkiPin
const rootsOf = (id: string) => CA_FAMILIES.find((family) => family.id === id)?.roots.map(({ pin }) => pin) ?? []
const LETS_ENCRYPT = rootsOf('lets-encrypt')
const AMAZON = rootsOf('amazon')

function setUp() {
  const store = createAppStore({
    engine: createInProcessEngine(),
    fetchLiveChain: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix: (host) => Promise.resolve({ registrableDomain: host, isPublicSuffix: false }),
    now: () => TEST_NOW,
  })
  const app = () => store.getState()
  const rowId = app().rows[0]?.id ?? ''
  const typed = () => app().rows[0]?.choices.typedPins ?? []
  return { app, rowId, typed }
}

const asCa = (pins: readonly SpkiPin[]) => pins.map((pin) => ({ pin, role: 'ca' }))

describe('the roots of a CA', () => {
  it('are added as CA pins with their names, and undone together', async () => {
    const { app, rowId, typed } = setUp()
    await app().pinRoots(rowId, LETS_ENCRYPT)
    expect(typed()).toEqual(asCa(LETS_ENCRYPT))
    expect([...(app().rows[0]?.rootNames.values() ?? [])].toSorted()).toEqual([
      'ISRG Root X1',
      'ISRG Root X2',
      'Root YE',
      'Root YR',
    ])
    expect(app().undoable?.what).toBe('roots-pinned')
    app().undo()
    expect(typed()).toEqual([])
    expect(app().undoable).toBeNull()
  })

  it('leave alone what was typed before, and so does undoing', async () => {
    const { app, rowId, typed } = setUp()
    await app().addTypedPins(rowId, [
      { pin: ISRG_ROOT_X1, role: 'unknown' },
      { pin: STRANGER, role: 'leaf' },
    ])
    const before = typed()
    await app().pinRoots(rowId, LETS_ENCRYPT)
    expect(typed()).toHaveLength(before.length + LETS_ENCRYPT.length - 1)
    expect(typed()).toEqual(expect.arrayContaining([...before]))
    app().undo()
    expect(typed()).toEqual(before)
  })

  it('that are all there already leave nothing to undo', async () => {
    const { app, rowId } = setUp()
    await app().pinRoots(rowId, LETS_ENCRYPT)
    app().dismissUndo()
    await app().pinRoots(rowId, LETS_ENCRYPT)
    expect(app().undoable).toBeNull()
  })

  it('of a second CA are undone first, and what was done since stays', async () => {
    const { app, rowId, typed } = setUp()
    await app().pinRoots(rowId, LETS_ENCRYPT)
    await app().pinRoots(rowId, AMAZON)
    app().removeTypedPin(rowId, ISRG_ROOT_X1)
    app().undo()
    expect(typed()).toEqual(asCa(LETS_ENCRYPT.filter((pin) => pin !== ISRG_ROOT_X1)))
    app().undo()
    expect(typed()).toEqual([])
  })

  it('come back with a row that was erased, and can still be undone', async () => {
    const { app, rowId, typed } = setUp()
    await app().pinRoots(rowId, LETS_ENCRYPT)
    app().eraseRow(rowId)
    expect(typed()).toEqual([])
    app().undo()
    expect(typed()).toEqual(asCa(LETS_ENCRYPT))
    app().undo()
    expect(typed()).toEqual([])
  })

  it('that are undone after their row has gone do no harm', async () => {
    const { app, rowId, typed } = setUp()
    await app().pinRoots(rowId, LETS_ENCRYPT)
    app().restore([], {})
    app().undo()
    await app().pinRoots(rowId, LETS_ENCRYPT)
    expect(typed()).toEqual([])
    expect(app().undoable).toBeNull()
  })

  it('stand in the CA list of both platforms', async () => {
    const { app, rowId } = setUp()
    app().typeHost(rowId, 'cloudflare.com')
    await app().addFiles(rowId, [
      new File([fixture('chains--cloudflare.com-2026-05-12-dd599564.pem').slice()], 'chain.pem'),
    ])
    await app().pinRoots(rowId, rootsOf('google'))
    const { plan } = createReportSelector(() => TEST_NOW, '0')(app())
    const pins = plan.policies[0]?.pins.filter(({ role }) => role === 'ca').map(({ pin }) => pin)
    expect(new Set(pins)).toEqual(new Set(rootsOf('google')))
  })
})
