/** The random rows could be read from files and servers: nothing in them contradicts itself. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Certificate } from '../../../src/core/certificate/certificate.ts'
import type { PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { runs, RUNS_TIMEOUT } from '../../support/runs.ts'
import { drafts, rowsOf } from './any-rows.ts'

/** What stands under a name more than once, each time with something else. */
function contradictions<T>(all: readonly T[], name: (one: T) => string, content: (one: T) => unknown): string[] {
  const seen = new Map<string, string>()
  return all
    .filter((one) => {
      const told = JSON.stringify(content(one))
      const before = seen.get(name(one))
      seen.set(name(one), told)
      return before !== undefined && before !== told
    })
    .map(name)
}

function certificatesOf(rows: readonly PlanRow[]): Certificate[] {
  return rows.flatMap(({ chains }) => chains.flatMap(({ links }) => links.map(({ certificate }) => certificate)))
}

it(
  'random rows have one content for each fingerprint, one key for each pin and one name for each bundled root',
  {
    timeout: RUNS_TIMEOUT,
  },
  () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const rows = rowsOf(all)
        const certificates = certificatesOf(rows)
        expect(
          contradictions(
            certificates,
            ({ sha256 }) => sha256,
            (one) => one,
          ),
        ).toEqual([])
        expect(
          contradictions(
            certificates,
            ({ sha1 }) => sha1,
            (one) => one,
          ),
        ).toEqual([])
        const keys = [...certificates, ...rows.flatMap((row) => row.keys)]
        expect(
          contradictions(
            keys,
            ({ pin }) => pin,
            ({ publicKey }) => publicKey,
          ),
        ).toEqual([])
        const roots = rows.flatMap(({ bundledRoots }) => [...bundledRoots])
        expect(
          contradictions(
            roots,
            ([pin]) => pin,
            ([, name]) => name,
          ),
        ).toEqual([])
        expect(certificates.filter(({ notBefore, notAfter }) => notBefore >= notAfter)).toEqual([])
        for (const { keys: held, choices } of rows) {
          expect(new Set(held.map(({ pin }) => pin)).size).toBe(held.length)
          expect(new Set(choices.typedPins.map(({ pin }) => pin)).size).toBe(choices.typedPins.length)
        }
      }),
      runs(300),
    )
  },
)
