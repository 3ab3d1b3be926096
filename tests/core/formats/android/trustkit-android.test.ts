/** The platform, which enforces the file from Android 7.0 on, and a model of the library, which does so below. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkSecurityConfig } from '../../../../src/core/formats/android/network-security-config.ts'
import { trustKitAndroid } from '../../../../src/core/formats/android/trustkit-android.ts'
import { isText, type ExpirationChoice } from '../../../../src/core/formats/format.ts'
import { shortfallsOf } from '../../../../src/core/formats/shortfalls.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { enforcedPins, lintFindings, parseNetworkSecurityConfig } from '../../../oracles/android-nsc.ts'
import { trustKitAndroidPins, trustKitPolicies } from '../../../oracles/trustkit-android.ts'
import { CASE_NOW, CASE_STAMP, exampleChain, pinning, PLAN_CASES, planCase, row } from '../../../support/cases.ts'
import { JUDGES, kotlinProblem } from '../../../support/cronet/judge.ts'
import { runs } from '../../../support/runs.ts'
import { aapt, aaptCompile, isMissing } from '../../../support/tools.ts'
import { drafts, rowsOf } from '../any-rows.ts'
import { hostsAround, wantedEntries, wantedOnAndroid } from '../wanted.ts'

const CLOCK = { now: CASE_NOW, utcOffsetMinutes: 0 }

function printed(rows: readonly PlanRow[], id: string, expiration: ExpirationChoice = { kind: 'none' }) {
  const snippets = trustKitAndroid.render(planPins(rows), { expiration }, CASE_STAMP).filter(isText)
  return snippets.find((snippet) => snippet.id === id)?.content ?? null
}

const pinnedCases = PLAN_CASES.filter(({ rows, settings }) => !settings && wantedEntries(rows).length > 0).map(
  ({ name, rows }) => ({ name, rows, xml: printed(rows, 'config') ?? '' }),
)

const sizes = (rows: readonly PlanRow[]) =>
  wantedEntries(rows).map(({ leaf, ca, unknown }) => new Set([...leaf, ...ca, ...unknown]).size)

describe.each(pinnedCases)('the file for TrustKit-Android, $name', ({ rows, xml }) => {
  it('is enforced by the platform exactly as the platform’s own is', () => {
    const { accepted } = parseNetworkSecurityConfig(xml)
    expect(hostsAround(rows).map((host) => [host, enforcedPins(accepted!, host, CLOCK)])).toEqual(
      hostsAround(rows).map((host) => [host, wantedOnAndroid(rows, host)]),
    )
    expect(lintFindings(xml, CLOCK).filter(({ severity }) => severity === 'fatal')).toEqual([])
  })

  it('is enforced by TrustKit the same way, or refused for a host with a single pin', () => {
    const { accepted, problem } = trustKitPolicies(xml)
    expect(problem?.startsWith('too few pins') ?? false).toBe(Math.min(...sizes(rows)) < 2)
    if (!accepted) return
    expect(hostsAround(rows).map((host) => [host, trustKitAndroidPins(accepted, host)])).toEqual(
      hostsAround(rows).map((host) => [host, wantedOnAndroid(rows, host)]),
    )
    expect(accepted.filter(({ reportsToVendor }) => reportsToVendor)).toEqual([])
  })

  it.skipIf(isMissing(aapt))('compiles', () => {
    expect(aaptCompile({ networkSecurityConfig: xml }).problem).toBeUndefined()
  })
})

describe('any rows for TrustKit-Android', () => {
  it('enforce exactly the wanted pins, or are refused for a host with a single pin', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const rows = rowsOf(all)
        const xml = printed(rows, 'config')
        expect(xml === null).toBe(wantedEntries(rows).length === 0)
        fc.pre(xml !== null && !rows.some(({ hostRule }) => hostRule?.host === 'com'))
        const { accepted, problem } = trustKitPolicies(xml)
        expect(problem?.startsWith('too few pins') ?? false).toBe(Math.min(...sizes(rows)) < 2)
        fc.pre(accepted !== undefined)
        expect(hostsAround(rows).map((host) => [host, trustKitAndroidPins(accepted, host)])).toEqual(
          hostsAround(rows).map((host) => [host, wantedOnAndroid(rows, host)]),
        )
      }),
      runs(200),
    )
  })
})

describe('TrustKit-Android', () => {
  it('is told which hosts and how few pins make it throw', () => {
    const rows = ['api.example.com', 'a_b.example.com', 'intranet', 'nas.lan', 'shop.llc'].map((host) =>
      row({ host, rowId: host, chains: [exampleChain(host)], choices: pinning('intermediate', 'root') }),
    )
    expect(shortfallsOf(trustKitAndroid, planPins(rows), {}, rows)).toEqual([
      { kind: 'refused-hosts', hosts: ['a_b.example.com', 'intranet', 'nas.lan', 'shop.llc'] },
    ])
    expect(shortfallsOf(trustKitAndroid, planPins(planCase('leaf-alone').rows), {}, [])).toMatchObject([
      { kind: 'too-few-pins', minimum: 2, hosts: ['api.example.com'] },
    ])
  })

  it('ends its pins on the day that the platform does', () => {
    const { rows } = planCase('leaf-and-root')
    const xml = printed(rows, 'config', { kind: 'date', date: '2027-02-01' })
    expect(trustKitPolicies(xml ?? '').accepted?.map(({ expiration }) => expiration)).toEqual(['2027-02-01'])
    expect(parseNetworkSecurityConfig(xml ?? '').accepted?.domains[0]?.settings.pinSet?.expiration).toEqual({
      year: 2027,
      month: 2,
      day: 1,
    })
  })

  it('has the manifest attribute of the platform’s own file', () => {
    const { rows } = planCase('leaf-and-root')
    const own = networkSecurityConfig.render(planPins(rows), {}, CASE_STAMP).filter(isText)
    expect(printed(rows, 'manifest')).toBe(own.find(({ id }) => id === 'manifest')?.content)
  })

  it.skipIf(isMissing(...JUDGES))('is started and used by code that compiles', { timeout: 300_000 }, () => {
    const { rows } = planCase('leaf-and-root')
    const source = [
      'import android.app.Application',
      'import com.datatheorem.android.trustkit.TrustKit',
      'import com.datatheorem.android.trustkit.pinning.OkHttp3Helper',
      'import okhttp3.OkHttpClient',
      printed(rows, 'start'),
      printed(rows, 'usage'),
    ].join('\n')
    expect(kotlinProblem(source)).toBeNull()
  })
})
