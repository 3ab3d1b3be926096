import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createReportSelector } from '../../src/app/report.ts'
import { keysOf, progressOf } from '../../src/app/row.ts'
import { createAppStore } from '../../src/app/store.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'
import { failed } from '../../src/core/result.ts'
import { fixture } from '../engine/labelled-files.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { TEST_NOW } from '../support/issue-chain.ts'

const LOCKED = fixture('synthetic--aes256-sha256.p12')
const PASSWORD = 'correct horse'
const ISRG_ROOT_X1 = 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=' as SpkiPin

function setUp() {
  const store = createAppStore({
    engine: createInProcessEngine(),
    fetchLiveChain: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix: (host) => Promise.resolve({ registrableDomain: host, isPublicSuffix: false }),
    now: () => TEST_NOW,
  })
  const app = () => store.getState()
  const row = () => {
    const [first] = app().rows
    if (!first) throw new Error('There is no row')
    return first
  }
  const sources = () => row().sources.map(({ name, state }) => ({ name, state }))
  return { app, row, rowId: row().id, sources }
}

const file = (name: string, bytes: Uint8Array) => new File([bytes.slice()], name)

describe('a locked file', () => {
  it('is read again with its password, and any number of times with a wrong one', async () => {
    const { app, row, rowId, sources } = setUp()
    await app().addFiles(rowId, [file('bundle.p12', LOCKED)])
    expect(sources()).toMatchObject([
      { state: { status: 'failed', failure: { kind: 'password-needed' }, canUnlock: true } },
    ])
    const sourceId = row().sources[0]?.id ?? ''
    for (const wrong of ['', 'wrong', PASSWORD.toUpperCase()]) {
      await app().unlock(rowId, sourceId, wrong)
      expect(sources()).toMatchObject([{ state: { failure: { kind: 'wrong-password' }, canUnlock: true } }])
    }
    await app().unlock(rowId, sourceId, PASSWORD)
    expect(row().sources).toMatchObject([{ id: sourceId, name: 'bundle.p12', state: { status: 'read' } }])
    expect(progressOf(row())).toBe('ready')
    expect(JSON.stringify(app())).not.toContain(PASSWORD)
  })

  it('stays locked when it was removed meanwhile', async () => {
    const { app, row, rowId } = setUp()
    await app().addFiles(rowId, [file('bundle.p12', LOCKED)])
    const sourceId = row().sources[0]?.id ?? ''
    const unlocking = app().unlock(rowId, sourceId, PASSWORD)
    await app().removeSource(rowId, sourceId)
    await unlocking
    await app().unlock(rowId, sourceId, PASSWORD)
    expect(row().sources).toEqual([])
  })

  it('that was dropped on the page is sent to rows once it is unlocked', async () => {
    const { app } = setUp()
    const [locked] = await app().addFilesAnywhere([file('bundle.p12', LOCKED)])
    if (!locked) throw new Error('Nothing became of the file')
    expect(locked).toMatchObject({ destinations: [], state: { failure: { kind: 'password-needed' }, canUnlock: true } })
    await app().unlockRouted(locked, 'wrong')
    const { routing } = app()
    const [stillLocked] = routing?.status === 'done' ? routing.files : []
    expect(stillLocked).toMatchObject({ state: { failure: { kind: 'wrong-password' } } })
    if (!stillLocked) throw new Error('Nothing became of the file')
    await app().unlockRouted(stillLocked, PASSWORD)
    expect(app().routing).toMatchObject({
      status: 'done',
      files: [{ state: { status: 'read' }, unrouted: [{ name: 'p12.example' }, { name: 'WE1' }] }],
    })
  })
})

describe('a key without a certificate', () => {
  it('is a candidate, and pinned only when that is said', async () => {
    const { app, row, rowId } = setUp()
    await app().addFiles(rowId, [file('backup.csr', fixture('csr--rsa-sha256.pem'))])
    const [key] = keysOf(row())
    expect(key).toMatchObject({ origin: 'certificate-request', pin: 'bP2O1PC4oGiAawCTjizoCS8au9wifCxDsz7IBydo2ek=' })
    expect(row().choices.backupKeys.size).toBe(0)
    expect(progressOf(row())).toBe('ready')
    if (!key) return
    app().typeHost(rowId, 'backup.test')
    app().pinBackupKey(rowId, key.pin, true)
    await expect.poll(() => row().suffix).not.toBeNull()
    const { plan } = createReportSelector(() => TEST_NOW, '0')(app())
    expect(plan.policies).toMatchObject([{ host: 'backup.test', pins: [{ pin: key.pin, role: 'leaf' }] }])
    app().pinBackupKey(rowId, key.pin, false)
    expect(createReportSelector(() => TEST_NOW, '0')(app()).plan.policies).toEqual([])
  })

  it('may be the public half of a private key, when the user asks for that', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
    const pin = createHash('sha256').update(spki).digest('base64')
    const { app, row, rowId } = setUp()
    await app().addText(rowId, pem)
    expect(keysOf(row())).toEqual([])
    const sourceId = row().sources[0]?.id ?? ''
    app().takePublicHalf(rowId, sourceId)
    expect(keysOf(row())).toMatchObject([{ pin, origin: 'private-key' }])
    expect([...row().choices.backupKeys]).toEqual([pin])
    const [, base64 = ''] = pem.split('\n')
    expect(JSON.stringify(app())).not.toContain(base64)
  })

  it('that is dropped on the page belongs to no row, and is said to', async () => {
    const { app } = setUp()
    const routed = await app().addFilesAnywhere([file('backup.csr', fixture('csr--rsa-sha256.pem'))])
    expect(routed).toMatchObject([{ destinations: [], state: { status: 'read', keys: [{}] } }])
    expect(app().rows).toHaveLength(1)
  })
})

describe('typed pins', () => {
  const TYPED = 'bP2O1PC4oGiAawCTjizoCS8au9wifCxDsz7IBydo2ek=' as SpkiPin

  it('are of a CA when they are of a bundled root, else what the user says', async () => {
    const { app, row, rowId } = setUp()
    app().typeHost(rowId, 'typed.test')
    await app().addTypedPins(rowId, [
      { pin: ISRG_ROOT_X1, role: 'unknown' },
      { pin: TYPED, role: 'unknown' },
    ])
    expect(row().rootNames).toEqual(new Map([[ISRG_ROOT_X1, 'ISRG Root X1']]))
    await expect.poll(() => row().suffix).not.toBeNull()
    const pinsNow = () =>
      createReportSelector(
        () => TEST_NOW,
        '0',
      )(app()).plan.policies.flatMap(({ pins }) => pins.map(({ pin, role }) => `${role} ${pin}`))
    expect(pinsNow().toSorted()).toEqual([`ca ${ISRG_ROOT_X1}`, `unknown ${TYPED}`])
    await app().addTypedPins(rowId, [{ pin: TYPED, role: 'leaf' }])
    expect(pinsNow().toSorted()).toEqual([`ca ${ISRG_ROOT_X1}`, `leaf ${TYPED}`])
    app().removeTypedPin(rowId, TYPED)
    expect(pinsNow()).toEqual([`ca ${ISRG_ROOT_X1}`])
  })

  it('come back with a row that was erased', async () => {
    const { app, row, rowId } = setUp()
    await app().addTypedPins(rowId, [{ pin: TYPED, role: 'leaf' }])
    app().eraseRow(rowId)
    expect(row().choices.typedPins).toEqual([])
    app().undo()
    expect(row().choices.typedPins).toEqual([{ pin: TYPED, role: 'leaf' }])
  })

  it('a fingerprint of a bundled root is told from its pin', async () => {
    const { app } = setUp()
    const fingerprint = Buffer.from('96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6', 'hex').toString(
      'base64',
    ) as SpkiPin
    expect(await app().identifyRoots([fingerprint, ISRG_ROOT_X1, TYPED])).toEqual(
      new Map([
        [ISRG_ROOT_X1, expect.objectContaining({ name: 'ISRG Root X1', pin: ISRG_ROOT_X1 })],
        [fingerprint, expect.objectContaining({ name: 'ISRG Root X1', pin: ISRG_ROOT_X1 })],
      ]),
    )
  })
})
