import { describe, expect, it } from 'vitest'
import { createReportSelector } from '../../src/app/report.ts'
import { createAppStore } from '../../src/app/store.ts'
import { applyToRows } from '../../src/app/results/strategy/apply-to-rows.ts'
import { appliedText } from '../../src/app/results/strategy/strategy-text.ts'
import type { Strategy } from '../../src/core/strategy/advice.ts'
import { failed } from '../../src/core/result.ts'
import { CA_FAMILIES } from '../../src/core/trust/ca-families.ts'
import { fixture } from '../engine/labelled-files.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { TEST_NOW } from '../support/issue-chain.ts'

const CHAIN = 'chains--cloudflare.com-2026-05-12-dd599564.pem'
const familyOf = (id: string) => CA_FAMILIES.find((family) => family.id === id) ?? null
const rootsOf = (id: string) => familyOf(id)?.roots.map(({ pin }) => pin) ?? []

async function setUp() {
  const store = createAppStore({
    engine: createInProcessEngine(),
    fetchLiveChain: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix: (host) => Promise.resolve({ registrableDomain: host, isPublicSuffix: false }),
    now: () => TEST_NOW,
  })
  const app = () => store.getState()
  const rowId = app().rows[0]?.id ?? ''
  app().typeHost(rowId, 'cloudflare.com')
  await app().addFiles(rowId, [new File([new Uint8Array(fixture(CHAIN))], 'chain.pem')])
  const report = createReportSelector(() => TEST_NOW, 'test')
  const pins = () => new Set(report(app()).plan.policies.flatMap((policy) => policy.pins.map(({ pin }) => pin)))
  const apply = (strategy: Strategy, second = 'digicert') => {
    const applied = applyToRows(app().rows, strategy, familyOf(second), TEST_NOW)
    if (applied.changed.length > 0) app().changeRows('strategy-applied', applied.change, applied.takeBack)
    return applied
  }
  return { app, rowId, pins, apply }
}

describe('a strategy that is applied', () => {
  it('pins the roots of the chain’s CA and of the second one, and is undone', async () => {
    const { app, pins, apply } = await setUp()
    const before = pins()
    apply('ca-roots')
    expect(pins()).toEqual(new Set([...rootsOf('google'), ...rootsOf('digicert')]))
    expect(app().undoable?.what).toBe('strategy-applied')
    app().undo()
    expect(pins()).toEqual(before)
    expect(app().undoable).toBeNull()
  })

  it('and undone later leaves what was chosen since, and rows that have gone', async () => {
    const { app, rowId, pins, apply } = await setUp()
    apply('do-not-pin')
    expect(pins()).toEqual(new Set())
    app().pinRole(rowId, 'root', true)
    app().undo()
    expect(app().rows[0]?.choices.roles).toEqual({ leaf: true, intermediate: false, root: true })

    apply('do-not-pin')
    app().eraseRow(rowId)
    app().undo()
    app().undo()
    expect(app().rows[0]?.choices.roles).toEqual({ leaf: true, intermediate: false, root: true })
  })

  it('leaves a public chain alone when it is about a CA of one’s own', async () => {
    const { app, pins, apply } = await setUp()
    const before = pins()
    const { changed, unfit } = apply('private-ca')
    expect([changed.length, unfit.length]).toEqual([0, 1])
    expect(pins()).toEqual(before)
    expect(app().undoable).toBeNull()
  })
})

it('what became of it is told with its number', () => {
  expect(appliedText(2, 0)).toBe('Applied to 2 domains. Undo is at the end of the page.')
  expect(appliedText(0, 1)).toBe('1 domain stayed as it was: its chain does not end at a root of your own.')
  expect(appliedText(1, 2)).toBe(
    'Applied to 1 domain. Undo is at the end of the page. 2 domains stayed as they were: their chains do not end at a root of your own.',
  )
})
