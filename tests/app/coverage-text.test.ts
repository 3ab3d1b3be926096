import { describe, expect, it } from 'vitest'
import { outcomeText, privateRootText, verdictText } from '../../src/app/results/coverage-text.ts'
import type { PathSearch } from '../../src/core/chain/trust-path.ts'
import { coverageOf, type EnforcedPins } from '../../src/core/trust/coverage.ts'
import { verdictOf } from '../../src/core/trust/device-paths.ts'
import { outcomeRanges } from '../../src/core/trust/ranges.ts'
import { CASE_NOW, certificate, EVERYWHERE, HOSTILE_TEXT, NOWHERE } from '../support/cases.ts'
import {
  caPins,
  device,
  E7,
  ISRG_LEAF,
  ISRG_NOT_SENT,
  ISRG_SENT,
  ISRG_X1,
  ISRG_X2,
  path,
  search,
} from '../support/paths.ts'

const UPDATABLE = 'Its root store comes through Google Play and may be newer than the release.'

const verdict = (label: string, found: PathSearch, now = CASE_NOW) =>
  verdictText(verdictOf(found, device(label), now), device(label), now)
const whole = (found: PathSearch, pins: EnforcedPins) =>
  outcomeText(outcomeRanges((one) => coverageOf(found, one, pins, CASE_NOW)))

describe('whether a device trusts a chain', () => {
  it('is told with the root that it ends at', () => {
    expect(verdict('Android 13', ISRG_SENT)).toBe('Android 13 trusts this chain and ends at ISRG Root X1.')
    expect(verdict('Android 14', ISRG_SENT)).toBe(`Android 14 trusts this chain and ends at ISRG Root X2. ${UPDATABLE}`)
    expect(verdict('iOS 18', ISRG_SENT)).toContain('ends at ISRG Root X2 or ISRG Root X1.')
    expect(verdict('iOS 18', ISRG_NOT_SENT)).toContain('ends at ISRG Root X2.')
  })

  it('is told with all that speaks against it', () => {
    expect(verdict('Android 7.0', ISRG_NOT_SENT)).toBe(
      'Android 7.0 does not trust this chain: the root store lacks ISRG Root X2; the root store lacks ISRG Root X1.',
    )
    expect(verdict('Android 13', ISRG_NOT_SENT)).toMatch(
      /; ISRG Root X2, issued by ISRG Root X1, is not among the certificates that were given\. Android fetches no/,
    )
    expect(verdict('Firefox', search(path([ISRG_LEAF, E7], ISRG_X1)), ISRG_LEAF.notAfter + 1)).toBe(
      'Firefox does not trust this chain: a.example expired on 2027-03-31.',
    )
  })

  it('is told with what nobody can say', () => {
    expect(verdict('iOS 15', ISRG_NOT_SENT)).toBe(
      'Nobody can say whether iOS 15 trusts this chain: it needs ISRG Root X2 from elsewhere, since the server does not send it.',
    )
    const limited = { held: ISRG_X1.held, stores: { ...EVERYWHERE, chrome: { timestampsUntil: 0 } } }
    expect(verdict('Chrome', search(path([ISRG_LEAF, E7], limited)))).toMatch(/logged up to 1970-01-01, and this one/)
    const partial = { held: ISRG_X1.held, stores: { ...NOWHERE, android: { first: 24, last: 30, partial: [30] } } }
    const faults = [{ kind: 'signature-not-checked', certificate: E7 }] as const
    expect(verdict('Android 11', search(path([ISRG_LEAF, E7], partial, { faults })))).toBe(
      'Nobody can say whether Android 11 trusts this chain: only some of its releases have ISRG Root X1; the signature on E7 could not be checked here.',
    )
  })

  it('is told of private roots, of no path and of too many', () => {
    expect(verdict('iOS 18', search(path([ISRG_LEAF, E7], { ...ISRG_X1, stores: null })))).toMatch(/private root/)
    expect(verdict('iOS 18', search())).toMatch(/no path to a root is known/)
    expect(verdict('iOS 18', { paths: [], isCut: true })).toMatch(/more paths than Pinsmith follows/)
  })

  it('says that Android does not mind an expired root', () => {
    const old = { held: certificate({ name: 'Old', isCa: true, until: '2026-10-01' }), stores: EVERYWHERE }
    const found = search(path([ISRG_LEAF, E7], old))
    expect(verdict('Android 9', found)).toBe(
      'Android 9 trusts this chain and ends at Old. That root has expired, which Android does not mind.',
    )
    expect(verdict('iOS 18', found)).toBe('iOS 18 does not trust this chain: Old expired on 2026-10-01.')
  })

  it.each([
    ['may-not-sign', 'E7 may not sign other certificates'],
    ['path-too-long', 'more CAs stand below E7 than the 0 that it allows'],
    ['name-not-permitted', 'E7 may not certify x.example'],
    ['not-for-servers', 'E7 is not for servers'],
    ['critical-extension-unknown', 'E7 has the critical extension 1.2.3, which Pinsmith cannot judge'],
  ] as const)('names the fault %s', (kind, clause) => {
    const fault = { kind, certificate: E7, pathLength: 0, name: 'x.example', extension: '1.2.3' }
    expect(verdict('iOS 18', search(path([ISRG_LEAF, E7], ISRG_X2, { faults: [fault] })))).toContain(`: ${clause}.`)
  })

  it('is one line, whatever certificates are called', () => {
    const hostile = { held: certificate({ name: HOSTILE_TEXT, isCa: true }), stores: EVERYWHERE }
    for (const stores of [EVERYWHERE, NOWHERE]) {
      expect(verdict('iOS 18', search(path([ISRG_LEAF, E7], { ...hostile, stores })))).not.toMatch(
        /[\p{Cc}\u2028\u202e]/u,
      )
    }
  })
})

describe('what pins come to', () => {
  it('is told for all versions in a sentence', () => {
    expect(whole(ISRG_SENT, caPins(ISRG_X1.held))).toBe(
      'With these pins, Android 7.0 does not trust the chain at all, Android 7.1–13 connects, Android 14+ refuses the connection. iOS 14–26 connects.',
    )
    expect(whole(ISRG_NOT_SENT, caPins(ISRG_X1.held))).toMatch(/iOS 14–26 may refuse the connection\.$/)
    expect(whole(search(), caPins(E7))).toMatch(/iOS 14–26 may or may not connect\.$/)
  })
})

const leafUntil = (until: string) => certificate({ name: 'intranet.example', until })

describe('a root that no phone has', () => {
  it('lets the app connect where it is trusted, as long as a certificate of the server is valid', () => {
    const connects = 'No phone has this root by itself. The app connects where the phone is made to trust it'
    expect(privateRootText([leafUntil('2026-10-31'), leafUntil('2027-03-31')], CASE_NOW)).toContain(connects)
    const ended = privateRootText([leafUntil('2026-10-31')], CASE_NOW)
    expect(ended).not.toContain('The app connects')
    expect(ended).toContain('the server needs a certificate that is valid today')
  })
})
