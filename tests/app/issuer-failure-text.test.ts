import { describe, expect, it } from 'vitest'
import type { IssuerSourceFailure } from '../../src/app/read-sources.ts'
import { issuerFailureText } from '../../src/app/results/issuer-failure-text.ts'
import { ISSUER_PROBLEMS, type IssuerFailureKind } from '../../src/live-chain/contract.ts'

const FAILURES: readonly IssuerSourceFailure[] = [
  ...Object.keys(ISSUER_PROBLEMS).map((kind) => ({ kind: kind as IssuerFailureKind })),
  { kind: 'port-not-allowed', allowedPorts: [80, 8080] },
  { kind: 'busy', retryAfterSeconds: 1 },
  { kind: 'rate-limited', retryAfterSeconds: 30 },
  { kind: 'endpoint-missing' },
  { kind: 'endpoint-unreachable' },
  { kind: 'caller-refused' },
  { kind: 'bad-reply' },
  { kind: 'cancelled' },
  { kind: 'unreadable-issuer', failure: { kind: 'not-a-certificate', looksLike: 'html' } },
]

describe('a failure of an issuer’s address', () => {
  it.each(FAILURES)('says what went wrong and what to do: %j', (failure) => {
    const { what, next } = issuerFailureText(failure)
    for (const sentence of [what, next]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/s)
      expect(sentence).not.toMatch(/undefined|null|NaN/)
    }
  })

  it('has its facts', () => {
    expect(issuerFailureText({ kind: 'port-not-allowed', allowedPorts: [80, 8080] }).what).toContain('80, 8080')
    expect(issuerFailureText({ kind: 'rate-limited', retryAfterSeconds: 30 }).next).toContain('30 seconds')
  })
})
