import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { effectiveFrom, isInEffect, noticesOf, type RootNotice } from '../../../src/core/risks/root-notice.ts'
import { ROOT_NOTICE_IDS, ROOT_NOTICES } from '../../../src/core/risks/root-notices.ts'
import { dayInWords } from '../../../src/core/wording/wording.ts'
import { pinOfKey } from '../../support/cases.ts'
import { readSharedData, sharedData } from '../../support/shared-data.ts'
import { isMissing } from '../../support/tools.ts'

const PROJECT = join(import.meta.dirname, '../../..')
const notices: readonly (readonly [string, RootNotice])[] = Object.entries(ROOT_NOTICES)

const DIGICERT_GLOBAL_ROOT_CA = 'r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E=' as SpkiPin

it('a notice is found by the pin of its root', () => {
  expect(noticesOf(DIGICERT_GLOBAL_ROOT_CA).map(({ effective }) => effective)).toEqual(['2026-04-15', '2026-04-15'])
  expect(noticesOf(pinOfKey('some root'))).toEqual([])
})

it.each([
  ['2025', '2024-12-31T23:59:59Z', '2025-01-01T00:00:00Z'],
  ['2025-12', '2025-11-30T23:59:59Z', '2025-12-01T00:00:00Z'],
  ['2027-04-15', '2027-04-14T23:59:59Z', '2027-04-15T00:00:00Z'],
])('a notice of %s is in effect from its first moment', (effective, before, from) => {
  const notice: RootNotice = { ...ROOT_NOTICES['digicert-g1'], effective }
  expect([isInEffect(notice, Date.parse(before)), isInEffect(notice, Date.parse(from))]).toEqual([false, true])
})

describe('the notices', () => {
  it.each(notices)('%s is whole sentences that are short enough to stand beside others', (_, notice) => {
    expect(notice.text).toMatch(/^[A-Z].*\.$/)
    expect(notice.text.length).toBeLessThan(260)
    // No marks, no file names, no days as machines write them, no straight quotes.
    expect(notice.text).not.toMatch(/[`_*"']|\d{4}-\d{2}|textproto|certdata|NSS/)
  })

  it.each(notices)('%s names its sources over https', (_, { sources }) => {
    expect(sources.length).toBeGreaterThan(0)
    for (const source of sources) expect(new URL(source).protocol).toBe('https:')
  })

  it('about a day to come say that day', () => {
    for (const [, notice] of notices.filter(([, { effective }]) => effective > '2026-11-21')) {
      expect(notice.text).toContain(dayInWords(notice.effective))
    }
  })

  it('say of themselves that they are estimates', () => {
    const estimates = notices.filter(([, { isEstimate }]) => isEstimate)
    expect(estimates.map(([id]) => id)).toEqual([
      'mozilla-lifecycle-2027',
      'mozilla-lifecycle-2028',
      'mozilla-lifecycle-2029',
      'isrg-x1-2030',
    ])
    for (const [, { text }] of estimates) expect(text).toMatch(/estimate|about/)
  })

  it('each have a root, and come earliest first for each', () => {
    const used = new Set<string>(Object.values(ROOT_NOTICE_IDS).flat())
    expect([...used].toSorted()).toEqual(Object.keys(ROOT_NOTICES).toSorted())
    for (const pin of Object.keys(ROOT_NOTICE_IDS)) {
      const days = noticesOf(pin as SpkiPin).map(effectiveFrom)
      expect(days).toEqual(days.toSorted((one, other) => one - other))
    }
  })
})

interface NoticeFile {
  readonly notices: readonly {
    readonly id: string
    readonly kind: string
    readonly program: string
    readonly effective: string
    readonly severity: string
    readonly roots: readonly string[]
    readonly sources: readonly string[]
    readonly spki: readonly string[]
  }[]
}

const noSharedData = isMissing(sharedData)
describe.skipIf(noSharedData)('the notices and the reference data', () => {
  it('agree on days, programmes, keys and sources, but for what is no notice about a root', () => {
    const { notices: given } = JSON.parse(readSharedData('root-notices.json')) as NoticeFile
    const known = new Map(notices)
    const absent = given.filter(({ id }) => !known.has(id)).map(({ id }) => id)
    expect(absent).toEqual(['br-validity-200', 'isrg-generation-y', 'br-validity-100', 'br-validity-47'])
    for (const { id, kind, program, effective, severity, sources, spki } of given) {
      if (absent.includes(id)) continue
      expect(known.get(id)).toMatchObject({ kind, effective, severity, sources })
      expect(known.get(id)?.programmes.join(', ')).toBe(program)
      const pins = Object.entries(ROOT_NOTICE_IDS).filter(([, ids]) => (ids as readonly string[]).includes(id))
      expect(pins.map(([pin]) => pin).toSorted()).toEqual([...spki].toSorted())
    }
  })

  it('give the same file again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pinsmith-notices-'))
    try {
      const file = join(folder, 'root-notices.ts')
      const script = join(PROJECT, 'scripts/build-root-notices.mjs')
      execFileSync(process.execPath, [script, join(PROJECT, '../shared/data'), file])
      expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(PROJECT, 'src/core/risks/root-notices.ts'), 'utf8'))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
