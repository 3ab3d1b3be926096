/** What the printed text of an output asks for is what the plan means, or a shortfall names the host. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isText } from '../../../src/core/formats/format.ts'
import { FORMATS } from '../../../src/core/formats/registry.ts'
import { shortfallsOf, type Shortfall } from '../../../src/core/formats/shortfalls.ts'
import type { HostName } from '../../../src/core/pins/host-rule.ts'
import { planPins, policyOf, type PinPlan } from '../../../src/core/pins/plan-pins.ts'
import { READERS, type Found } from '../../oracles/printed-output.ts'
import { CASE_STAMP } from '../../support/cases.ts'
import { runs, RUNS_TIMEOUT } from '../../support/runs.ts'
import { drafts, rowsOf } from './any-rows.ts'
import { hostsAround, wantedOnAndroid } from './wanted.ts'

/** Those that say that other pins, or none, are asked for than the plan has. */
const ABOUT_PINS: ReadonlySet<Shortfall['kind']> = new Set([
  'subdomains',
  'no-leaf-pin',
  'ca-pins-left-out',
  'unknown-pins-left-out',
])

const readable = FORMATS.filter(({ id }) => READERS[id] !== undefined)

/** Every pin that a text accepts somewhere in a chain; null: the host is not pinned. */
function acceptedPins(found: Exclude<Found, 'refused'>): ReadonlySet<string> | null {
  if (found === 'not-pinned') return null
  if ('any' in found) return found.any
  if ('either' in found) return new Set([...found.either.leaf, ...found.either.ca])
  return new Set([...(found.leaf ?? []), ...(found.ca ?? [])])
}

/** Whether a shortfall is about what a host is asked for: about the host, or about one above that speaks for it. */
function isTold(shortfalls: readonly Shortfall[], plan: PinPlan, host: string): boolean {
  const speaks = (name: HostName) => policyOf(name, plan.policies)?.includeSubdomains === true
  return shortfalls.some(({ kind, hosts }) =>
    kind === 'own-pins-reach-below'
      ? hosts.some((name) => host.endsWith(`.${name}`))
      : ABOUT_PINS.has(kind) && hosts.some((name) => host === name || (host.endsWith(`.${name}`) && speaks(name))),
  )
}

describe('what the text of any plan asks of a host', () => {
  it.each(readable)('is what the plan means, or a shortfall tells: $id', { timeout: RUNS_TIMEOUT }, async (format) => {
    await fc.assert(
      fc.asyncProperty(drafts, async (all) => {
        const rows = rowsOf(all)
        const plan = planPins(rows)
        const text = format.render(plan, {}, CASE_STAMP).find(isText)?.content
        const ask = text === undefined ? () => 'not-pinned' as const : await READERS[format.id]!(text)
        const shortfalls = shortfallsOf(format, plan, {}, rows)
        const isRefused = shortfalls.some(({ kind }) => kind === 'too-few-pins' || kind === 'refused-hosts')
        for (const host of hostsAround(rows)) {
          const found = ask(host)
          expect([host, found === 'refused']).toEqual([host, isRefused])
          if (found === 'refused' || isTold(shortfalls, plan, host)) continue
          expect([host, acceptedPins(found)]).toEqual([host, wantedOnAndroid(rows, host)])
        }
      }),
      runs(60),
    )
  })
})
