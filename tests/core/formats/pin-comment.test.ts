import { describe, expect, it } from 'vitest'
import { pinComment } from '../../../src/core/formats/pin-comment.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { exampleChain, HOSTILE_TEXT, planCase, row } from '../../support/cases.ts'

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
