import { describe, expect, it } from 'vitest'
import { pinComment } from '../../../src/core/formats/pin-comment.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import {
  alsoPinning,
  backupKey,
  exampleChain,
  HOSTILE_TEXT,
  pinning,
  pinOfKey,
  planCase,
  row,
} from '../../support/cases.ts'

const commentsOf = (rows: readonly PlanRow[]) =>
  planPins(rows).policies.flatMap(({ pins }) => pins.map((pin) => pinComment(pin)))

const renewed = (...days: readonly string[]) =>
  row({ host: 'a.example', chains: days.map((until) => exampleChain('a.example', { until })) })

describe('the comment beside a pin', () => {
  it('says which certificate it stands for, in which place of the chain and until when', () => {
    expect(commentsOf(planCase('leaf-and-root').rows)).toEqual([
      'leaf: api.example.com, valid until 2027-03-31',
      'root: Example Root R1, valid until 2035-06-04',
    ])
  })

  it('counts further certificates with the same key, which lasts as long as the longest of them', () => {
    expect(commentsOf([renewed('2027-01-31', '2027-04-30')])).toEqual([
      'leaf: a.example, valid until 2027-04-30, and 1 more certificate with this key',
    ])
    expect(commentsOf([renewed('2027-01-31', '2027-04-30', '2027-07-31')])).toEqual([
      'leaf: a.example, valid until 2027-07-31, and 2 more certificates with this key',
    ])
  })

  it('says that a key has no certificate yet, and what it came in', () => {
    const keys = [
      backupKey('CN=api.example.com'),
      backupKey('ops@example.com', { pin: pinOfKey('P'), origin: 'public-key' }),
      backupKey('', { pin: pinOfKey('Q'), origin: 'private-key' }),
    ]
    expect(commentsOf([row({ host: 'a.example', keys, choices: alsoPinning(pinning(), keys) })])).toEqual([
      'backup key: certificate request CN=api.example.com',
      'backup key: public key ops@example.com',
      'backup key: public half of a private key',
    ])
  })

  it('names the public CA that a typed pin is of, though no root store has its key', () => {
    const pin = 'iFvwVyJSxnQdyaUvUERIf+8qk7gRze3612JMwoO3zdU=' as SpkiPin
    const choices = alsoPinning(pinning(), [], [{ pin, role: 'unknown' }])
    expect(commentsOf([row({ host: 'a.example', choices })])).toEqual([
      'typed in: CA pin, the key of E8 of Let’s Encrypt',
    ])
  })

  it('says what a typed pin is, as far as anybody knows', () => {
    expect(commentsOf(planCase('typed-pins').rows)).toEqual([
      'leaf: api.example.com, valid until 2027-03-31',
      'typed in: leaf pin',
      'intermediate: Example TLS CA 1, valid until 2029-03-12, also typed in',
      'typed in: CA pin, the key of Other Root X1',
      'typed in: leaf or CA pin, nobody said which',
      'typed in: leaf or CA pin, nobody said which',
    ])
  })

  it('says of one key in several places where else it is', () => {
    const key = backupKey('CN=a.example', { pin: pinOfKey('a.example') })
    const typed = [{ pin: key.pin, role: 'unknown' as const }]
    const order = { host: 'a.example', keys: [key], choices: alsoPinning(pinning(), [key], typed) }
    expect(commentsOf([row({ ...order, chains: [exampleChain('a.example')] })])).toEqual([
      'leaf: a.example, valid until 2027-03-31, also in a certificate request, also typed in',
    ])
    expect(commentsOf([row(order)])).toEqual(['backup key: certificate request CN=a.example, also typed in'])
  })

  it('names the parent that brought the pin', () => {
    expect(commentsOf(planCase('leaf-of-parent-and-ca-of-child').rows).at(-1)).toBe(
      'leaf (pin of example.com, whose sub-domains include this host): example.com, valid until 2027-03-31',
    )
  })

  it('cuts names short, so that the date is always there; what prints it escapes them', () => {
    const [hostile, , endless] = commentsOf(planCase('hostile-subjects').rows)
    expect(hostile).toBe(`leaf: ${Array.from(HOSTILE_TEXT).slice(0, 79).join('')}…, valid until 2027-03-31`)
    expect(endless).toBe(`root: ${'endless -- '.repeat(400).slice(0, 79)}…, valid until 2035-06-04`)
  })
})
