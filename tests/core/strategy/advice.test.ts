import { describe, expect, it } from 'vitest'
import { adviceFor, TRANSPARENCY_CONFIG, type Advice } from '../../../src/core/strategy/advice.ts'
import { completions, QUESTIONS, type Answers } from '../../../src/core/strategy/answers.ts'
import { REASONS, type Reason } from '../../../src/core/strategy/reasons.ts'
import { lintFindings, parseNetworkSecurityConfig } from '../../oracles/android-nsc.ts'

const EVERY = completions({})

function adviceOf(answers: Partial<Answers>): Advice {
  const advice = adviceFor(answers)
  if (!advice) throw new Error(`no advice for ${JSON.stringify(answers)}`)
  return advice
}

const strategies = (given: Partial<Answers>) => new Set(completions(given).map((answers) => adviceOf(answers).strategy))

describe('the decision table', () => {
  it('has every combination of the answers, each once, and an advice for each', () => {
    const count = QUESTIONS.reduce((product, { choices }) => product * choices.length, 1)
    expect(new Set(EVERY.map((answers) => JSON.stringify(answers))).size).toBe(count)
    expect(EVERY).toHaveLength(count)
    for (const answers of EVERY) {
      const { reasons, steps } = adviceOf(answers)
      expect(reasons.length).toBeGreaterThan(0)
      expect(new Set([...reasons, ...steps]).size).toBe(reasons.length + steps.length)
    }
  })

  it('gives each strategy to somebody', () => {
    expect(strategies({})).toEqual(new Set(['do-not-pin', 'own-key', 'ca-roots', 'private-ca']))
  })

  it('never pins a host that somebody else owns', () => {
    expect(strategies({ owner: 'other' })).toEqual(new Set(['do-not-pin']))
  })

  it('never pins what most apps have with a public CA', () => {
    for (const renewal of ['same-key', 'new-key', 'provider'] as const) {
      expect(strategies({ risk: 'ordinary', renewal })).toEqual(new Set(['do-not-pin']))
    }
  })

  it('never pins a certificate that a provider manages', () => {
    expect(strategies({ renewal: 'provider' })).toEqual(new Set(['do-not-pin']))
  })

  it('pins a key of a public CA only where users can be given another', () => {
    const slow = EVERY.filter(({ updates, renewal }) => updates === 'months' && renewal !== 'own-ca')
    expect(new Set(slow.map((answers) => adviceOf(answers).strategy))).toEqual(new Set(['do-not-pin']))
  })

  it('pins one’s own key only where it stays, or with the advice to keep it', () => {
    for (const answers of EVERY.filter((one) => adviceOf(one).strategy === 'own-key')) {
      const isTold = adviceOf(answers).steps.includes(REASONS.keepTheKey)
      expect(answers.renewal === 'same-key' || isTold).toBe(true)
      expect(adviceOf(answers).steps).toContain(REASONS.backupKey)
    }
  })

  it('never leaves the roots of a CA to one who fears that CA', () => {
    expect(strategies({ risk: 'targeted' }).has('ca-roots')).toBe(false)
  })

  it('pins the root of one’s own CA for whoever has one, and nobody else', () => {
    const own = EVERY.filter((answers) => adviceOf(answers).strategy === 'private-ca')
    expect(own).toEqual(EVERY.filter(({ owner, renewal }) => owner === 'own' && renewal === 'own-ca'))
  })

  it.each<[Answers, Advice['strategy']]>([
    [{ owner: 'own', renewal: 'same-key', updates: 'days', risk: 'high' }, 'own-key'],
    [{ owner: 'own', renewal: 'same-key', updates: 'weeks', risk: 'targeted' }, 'own-key'],
    [{ owner: 'own', renewal: 'new-key', updates: 'days', risk: 'high' }, 'ca-roots'],
    [{ owner: 'own', renewal: 'new-key', updates: 'weeks', risk: 'high' }, 'ca-roots'],
    [{ owner: 'own', renewal: 'new-key', updates: 'days', risk: 'targeted' }, 'own-key'],
    [{ owner: 'own', renewal: 'same-key', updates: 'months', risk: 'high' }, 'do-not-pin'],
    [{ owner: 'own', renewal: 'own-ca', updates: 'months', risk: 'ordinary' }, 'private-ca'],
    [{ owner: 'other', renewal: 'same-key', updates: 'days', risk: 'targeted' }, 'do-not-pin'],
  ])('%o: %s', (answers, strategy) => {
    expect(adviceOf(answers).strategy).toBe(strategy)
  })
})

describe('answers that are not complete', () => {
  it('have an advice exactly when the missing ones would not change it', () => {
    for (const answers of EVERY) {
      for (let known = 0; known < 2 ** QUESTIONS.length; known += 1) {
        const asked = QUESTIONS.filter((_, index) => ((known >> index) & 1) === 1)
        const given = Object.fromEntries(asked.map(({ id }) => [id, answers[id]])) as Partial<Answers>
        const all = new Set(completions(given).map((one) => JSON.stringify(adviceOf(one))))
        expect(adviceFor(given)).toEqual(all.size === 1 ? adviceOf(answers) : null)
      }
    }
  })

  it('are decided at once for a host of somebody else, and by nothing at all they are not', () => {
    expect(adviceFor({ owner: 'other' })?.strategy).toBe('do-not-pin')
    expect(adviceFor({})).toBeNull()
    expect(adviceFor({ owner: 'own', renewal: 'same-key' })).toBeNull()
  })
})

describe('the reasons', () => {
  it('are all given to somebody, and each has an https source', () => {
    const given = new Set<Reason>(
      EVERY.flatMap((answers) => [...adviceOf(answers).reasons, ...adviceOf(answers).steps]),
    )
    for (const [name, reason] of Object.entries(REASONS)) {
      expect.soft(given.has(reason), name).toBe(true)
      expect.soft(reason.source.url, name).toMatch(/^https:\/\//)
      expect.soft(reason.source.title.trim(), name).not.toBe('')
    }
  })

  it('of a no have Certificate Transparency of both platforms', () => {
    for (const answers of EVERY) {
      const { strategy, steps } = adviceOf(answers)
      expect(steps.includes(REASONS.transparencyOnAndroid)).toBe(strategy === 'do-not-pin')
      expect(steps.includes(REASONS.transparencyOnIos)).toBe(strategy === 'do-not-pin')
    }
  })
})

it('the configuration for Certificate Transparency is accepted by Android, asks for it everywhere and pins nothing', () => {
  const { accepted, refused } = parseNetworkSecurityConfig(TRANSPARENCY_CONFIG)
  expect(refused).toBeUndefined()
  expect(accepted?.base).toMatchObject({
    certificateTransparency: true,
    pinSet: null,
    trustAnchors: null,
    cleartextTrafficPermitted: null,
  })
  expect(accepted?.domains).toEqual([])
  expect(lintFindings(TRANSPARENCY_CONFIG, { now: 0, utcOffsetMinutes: 0 })).toEqual([])
})
