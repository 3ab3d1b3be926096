import { describe, expect, it } from 'vitest'
import { ROOT_NOTICE_IDS } from '../../../../src/core/risks/root-notices.ts'
import rule from '../../../../src/core/risks/rules/distrusted-root.ts'
import type { TrustPath } from '../../../../src/core/chain/trust-path.ts'
import type { SpkiPin } from '../../../../src/core/pins/spki-pin.ts'
import { alsoPinning, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { AUTUMN_2026, publicChain, ROOTS, SPRING_2027, SPRING_2029 } from '../public-chains.ts'

const HOST = 'api.example.com'
const ROOT_PINNED = pinning('root')
const LEAF_PINNED = pinning('leaf')

type Order = Parameters<typeof publicChain>[2]
type Choices = typeof ROOT_PINNED

function at(now: number, root: keyof typeof ROOTS, choices: Choices, order: Order = {}) {
  return contextOf([row({ host: HOST, chains: [publicChain(HOST, ROOTS[root], order)], choices })], { now })
}

const NEW_LEAF = { from: '2029-03-01', until: '2029-04-10' }

describe('a root that a phone’s maker has dropped', () => {
  it('is a blocker where the chain ends at no other root of that system, pinned or not', () => {
    for (const choices of [ROOT_PINNED, LEAF_PINNED]) {
      const { severity, why } = findingOf(rule, at(AUTUMN_2026, 'globalSignR1', choices))
      expect(severity).toBe('blocker')
      expect(why).toContain('On Android the chain ends at no other root that is still trusted')
    }
  })

  it('names the root, the host, who dropped it and the day as precisely as that is known', () => {
    expect(findingOf(rule, at(AUTUMN_2026, 'globalSignR1', ROOT_PINNED))).toMatchObject({
      tab: 'results',
      title: 'GlobalSign Root CA, pinned for api.example.com, has been gone from Android since December 2025',
      rowIds: ['row of api.example.com'],
      source: 'https://android.googlesource.com/platform/system/ca-certificates',
    })
  })

  it('is a warning when it is pinned and phones have another way', () => {
    const { severity, why } = findingOf(rule, at(AUTUMN_2026, 'globalSignR1', ROOT_PINNED, { others: [ROOTS.gtsR4] }))
    expect(severity).toBe('warning')
    expect(why).toContain('a chain that ends elsewhere does not match this pin')
  })

  it('is nothing to tell when it is not pinned and phones have another way', () => {
    expect(findingsOf(rule, at(AUTUMN_2026, 'globalSignR1', LEAF_PINNED, { others: [ROOTS.gtsR4] }))).toEqual([])
  })

  it('has no other way on Android through a certificate that the server does not send', () => {
    const order = { others: [ROOTS.gtsR4], by: 'bundled-cross-sign' } as const
    expect(findingOf(rule, at(AUTUMN_2026, 'globalSignR1', ROOT_PINNED, order)).severity).toBe('blocker')
  })

  it('has no other way through a root that was dropped as well', () => {
    const order = { others: [ROOTS.entrustG2] }
    expect(findingsOf(rule, at(AUTUMN_2026, 'globalSignR1', ROOT_PINNED, order))).toMatchObject([
      { severity: 'blocker', title: expect.stringContaining('GlobalSign Root CA') as unknown },
      { severity: 'blocker', title: expect.stringContaining('Entrust Root Certification Authority - G2') as unknown },
    ])
  })

  it('concerns no leaf that was issued before, where those are spared', () => {
    const old = { from: '2024-11-14', until: '2026-12-01' }
    const { why } = findingOf(rule, at(AUTUMN_2026, 'entrustG2', LEAF_PINNED, { leaf: old }))
    expect(why).toContain('On Android the chain')
    expect(findingOf(rule, at(AUTUMN_2026, 'entrustG2', LEAF_PINNED)).why).toContain('On Android and iOS the chain')
  })

  it('is no blocker for a leaf that has ended', () => {
    const leaf = { until: '2026-10-01' }
    expect(findingOf(rule, at(AUTUMN_2026, 'globalSignR1', ROOT_PINNED, { leaf })).severity).toBe('warning')
  })
})

describe('the paths of a chain', () => {
  const chainTo = publicChain(HOST, ROOTS.globalSignR1, { others: [ROOTS.gtsR4] })
  const [toOld, toNew] = chainTo.search.paths
  const found = (paths: readonly TrustPath[]) =>
    findingsOf(
      rule,
      contextOf([row({ host: HOST, chains: [{ ...chainTo, search: { paths, isCut: false } }], choices: ROOT_PINNED })]),
    )

  it('count when a signature could not be checked, and not with any other fault or an expired CA', () => {
    if (!toOld || !toNew) throw new Error('two paths were asked for')
    const certificate = ROOTS.gtsR4.held
    const expired = toNew.links.map((link, index) =>
      index === 1 ? { ...link, certificate: { ...link.certificate, notAfter: AUTUMN_2026 - 1 } } : link,
    )
    const severities = [
      toNew,
      { ...toNew, faults: [{ kind: 'signature-not-checked', certificate }] },
      { ...toNew, faults: [{ kind: 'may-not-sign', certificate }] },
      { ...toNew, links: expired },
    ] satisfies readonly TrustPath[]
    expect(
      severities.map((path) => found([toOld, path])).map(([one]) => (typeof one === 'object' ? one.severity : one)),
    ).toEqual(['warning', 'warning', 'blocker', 'blocker'])
  })

  it('are unknown without a search: then the root where the shown chain ends cuts nobody off for sure', () => {
    expect(found([])).toMatchObject([{ severity: 'warning' }])
  })
})

describe('a root that browsers alone have dropped', () => {
  it('is a warning when it is pinned, since the next chain ends elsewhere', () => {
    expect(findingOf(rule, at(AUTUMN_2026, 'hiPki', ROOT_PINNED))).toMatchObject({
      severity: 'warning',
      title: 'HiPKI Root CA - G1, pinned for api.example.com, has been distrusted by Chrome since 31 July 2025',
      why: expect.stringContaining('Apps go by the phone’s own list of roots') as unknown,
    })
  })

  it('is a note when the chain ends there and it is not pinned', () => {
    expect(findingOf(rule, at(AUTUMN_2026, 'hiPki', LEAF_PINNED))).toMatchObject({
      severity: 'note',
      title:
        'HiPKI Root CA - G1, where the chain of api.example.com ends, has been distrusted by Chrome since 31 July 2025',
    })
  })
})

describe('several notices of one root', () => {
  it('are one finding, what phones do first', () => {
    const { title, why } = findingOf(rule, at(AUTUMN_2026, 'entrustG2', ROOT_PINNED))
    expect(title).toContain('has been distrusted by Apple since 15 November 2024')
    for (const fact of ['Android 17', 'first logged by 11 November 2024', 'issued by 30 November 2024']) {
      expect(why).toContain(fact)
    }
  })

  it('come with what is ahead', () => {
    expect(findingOf(rule, at(AUTUMN_2026, 'globalSignR1', ROOT_PINNED)).why).toContain('ends on 28 January 2028')
  })

  it('are one finding for all rows that have it, with their hosts', () => {
    const rows = ['a.example', 'b.example'].map((host) =>
      row({
        host,
        chains: [publicChain(host, ROOTS.hiPki), publicChain(host, ROOTS.hiPki, { leaf: { key: 'other' } })],
      }),
    )
    expect(findingOf(rule, contextOf(rows, { now: AUTUMN_2026 }))).toMatchObject({
      title: expect.stringContaining('where the chains of a.example and b.example end,') as unknown,
      rowIds: ['row of a.example', 'row of b.example'],
    })
  })

  it.each(Object.keys(ROOT_NOTICE_IDS))('fit beside a long name: %s', (pin) => {
    const typed = alsoPinning(pinning(), [], [{ pin: pin as SpkiPin, role: 'ca' }])
    const bundledRoots = new Map([[pin as SpkiPin, 'x'.repeat(200)]])
    const found = findingsOf(rule, contextOf([row({ host: HOST, choices: typed, bundledRoots })], { now: SPRING_2029 }))
    for (const { title, why } of found === 'does not apply' ? [] : found) {
      expect(title.length).toBeLessThan(300)
      expect(why.length).toBeLessThan(1200)
    }
  })
})

describe('a typed pin', () => {
  const pin = ROOTS.baltimore.held.pin
  const typed = alsoPinning(pinning(), [], [{ pin, role: 'unknown' }])

  it('is a warning when it is that of a root that has ended', () => {
    const rows = [row({ host: HOST, choices: typed, bundledRoots: new Map([[pin, 'Baltimore CyberTrust Root']]) })]
    expect(findingOf(rule, contextOf(rows, { now: AUTUMN_2026 }))).toMatchObject({
      severity: 'warning',
      title: 'Baltimore CyberTrust Root, pinned for api.example.com, ended on 12 May 2025',
    })
  })

  it('is known before the names of roots are there', () => {
    const { title } = findingOf(rule, contextOf([row({ host: HOST, choices: typed })], { now: AUTUMN_2026 }))
    expect(title).toContain(`${pin}, pinned for api.example.com`)
  })

  it('is not taken for a root’s when it is said to be a leaf’s', () => {
    const leaf = alsoPinning(pinning(), [], [{ pin, role: 'leaf' }])
    expect(findingsOf(rule, contextOf([row({ host: HOST, choices: leaf })], { now: AUTUMN_2026 }))).toEqual([])
  })
})

it('a root that expires is ahead in 2027, and in 2029 it has ended, when iOS refuses it as well', () => {
  const before = findingOf(rule, at(SPRING_2027, 'globalSignR1', ROOT_PINNED, { leaf: { until: '2027-04-01' } }))
  expect(before.title).toContain('has been gone from Android since December 2025')
  expect(before.why).toContain('On Android the chain')
  const after = findingOf(rule, at(SPRING_2029, 'globalSignR1', ROOT_PINNED, { leaf: NEW_LEAF }))
  expect(after.title).toBe('GlobalSign Root CA, pinned for api.example.com, ended on 28 January 2028')
  expect(after.why).toContain('On Android and iOS the chain')
})

it('stays quiet about roots that nobody has dropped', () => {
  for (const root of ['digiCertG2', 'userTrust', 'isrgX1', 'gtsR4', 'digiCertG1'] as const) {
    expect(findingsOf(rule, at(AUTUMN_2026, root, ROOT_PINNED))).toEqual([])
  }
})

it('stays quiet about roots that it does not know', () => {
  expect(findingsOf(rule, contextOf('leaf-and-root'))).toEqual([])
  expect(findingsOf(rule, contextOf('private-root'))).toEqual([])
})

it('does not apply without certificates and typed pins', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
