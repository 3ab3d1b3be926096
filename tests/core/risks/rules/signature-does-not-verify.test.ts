import { describe, expect, it } from 'vitest'
import type { SignatureCheck } from '../../../../src/core/chain/chain.ts'
import rule from '../../../../src/core/risks/rules/signature-does-not-verify.ts'
import { certificate, EXAMPLE_CA, EXAMPLE_ROOT, link, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { NO_PATHS } from '../../../../src/core/chain/trust-path.ts'

const LEAF = certificate({ name: 'api.example.com', issuer: 'Example TLS CA 1', dnsNames: ['api.example.com'] })

const OK: SignatureCheck = { kind: 'verified' }
const BAD: SignatureCheck = { kind: 'does-not-verify' }

/** One row, one chain, with the outcome of each check. */
const withChecks = (...checks: readonly (SignatureCheck | null)[]) => {
  const held = [LEAF, EXAMPLE_CA, EXAMPLE_ROOT]
  const roles = ['leaf', 'intermediate', 'root'] as const
  const links = roles.flatMap((role, at) => {
    const [certificateAt, signature] = [held[at], checks[at]]
    return certificateAt && signature !== undefined ? [link(role, certificateAt, { signature })] : []
  })
  return contextOf([
    row({ host: 'api.example.com', chains: [{ links, end: { kind: 'public-root' }, search: NO_PATHS }] }),
  ])
}

describe('a signature that does not verify', () => {
  it('is a blocker that names both certificates', () => {
    expect(findingOf(rule, withChecks(BAD, OK, OK))).toMatchObject({
      severity: 'blocker',
      tab: 'results',
      title: 'The signature on api.example.com does not verify',
      why: expect.stringContaining(
        'Example TLS CA 1 has the right name, but its key did not sign api.example.com',
      ) as unknown,
      rowIds: ['row of api.example.com'],
    })
  })

  it('is found at every link', () => {
    expect(findingOf(rule, withChecks(OK, BAD, OK)).why).toMatch(/^Example Root R1 has the right name/)
    expect(findingsOf(rule, withChecks(BAD, BAD, OK))).toHaveLength(2)
  })

  it('of a root on itself names that root', () => {
    expect(findingOf(rule, withChecks(OK, OK, BAD)).title).toBe('The signature on Example Root R1 does not verify')
  })

  it('is found once in a row, though several chains go through it', () => {
    const chains = ['one', 'other'].map((name) => ({
      links: [
        link('leaf', certificate({ name })),
        link('intermediate', EXAMPLE_CA, { signature: BAD }),
        link('root', EXAMPLE_ROOT),
      ],
      end: { kind: 'public-root' } as const,
      search: NO_PATHS,
    }))
    expect(findingOf(rule, contextOf([row({ host: 'a.example', chains })])).title).toContain('Example TLS CA 1')
  })
})

it('stays quiet when every signature verifies', () => {
  expect(findingsOf(rule, withChecks(OK, OK, OK))).toEqual([])
})

it('stays quiet about what could not be checked', () => {
  expect(
    findingsOf(
      rule,
      withChecks({ kind: 'not-checked', reason: 'algorithm' }, { kind: 'not-checked', reason: 'no-web-crypto' }, OK),
    ),
  ).toEqual([])
})

it('does not apply when no issuer is known', () => {
  expect(findingsOf(rule, withChecks(null))).toBe('does not apply')
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
