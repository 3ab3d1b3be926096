import { setTimeout } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { failed, ok } from '../../api/_lib/result.ts'
import type { Result } from '../../api/_lib/result.ts'
import { createSharedFetch } from '../../api/_lib/shared-fetch.ts'
import type { OutcomeStore } from '../../api/_lib/shared-fetch.ts'

type Work = (signal: AbortSignal) => Promise<Result<string, string>>

const STILL_WANTED = new AbortController().signal

/** Successes are kept for a minute and failures for a second, on a clock that the test turns. */
function setUp(
  options: {
    readonly mostAtOnce?: number
    readonly deadlineMilliseconds?: number
    readonly store?: OutcomeStore<Result<string, string>>
  } = {},
) {
  const clock = { milliseconds: 0 }
  const fetchShared = createSharedFetch<string, string>({
    deadlineMilliseconds: 1000,
    mostAtOnce: 10,
    busy: 'busy',
    keepMilliseconds: (outcome) => (outcome.ok ? 60_000 : 1000),
    now: () => clock.milliseconds,
    ...options,
  })
  const ask = (key: string, work: Work, caller = STILL_WANTED) => fetchShared(key, caller, work)
  return { clock, ask }
}

const slowly =
  (outcome: Result<string, string>): Work =>
  async () => {
    await setTimeout(20)
    return outcome
  }

const untilAborted: Work = (signal) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(failed('ended'))))

it('gives those who ask at the same time one answer', async () => {
  const { ask } = setUp()
  const work = vi.fn<Work>(slowly(ok('answer')))
  const answers = await Promise.all([ask('a', work), ask('a', work), ask('b', work)])
  const answer = { outcome: ok('answer'), ageSeconds: 0 }
  expect(answers).toEqual([answer, answer, answer])
  expect(work).toHaveBeenCalledTimes(2)
})

it('gives those who ask later the answer with its age, and fetches again when it is old', async () => {
  const { ask, clock } = setUp()
  const work = vi.fn<Work>().mockResolvedValueOnce(ok('old')).mockResolvedValueOnce(ok('new'))
  await ask('a', work)
  clock.milliseconds = 59_999
  expect(await ask('a', work)).toEqual({ outcome: ok('old'), ageSeconds: 59 })
  clock.milliseconds = 60_000
  expect(await ask('a', work)).toEqual({ outcome: ok('new'), ageSeconds: 0 })
})

it('keeps a failure for as long as it is told', async () => {
  const { ask, clock } = setUp()
  const work = vi.fn<Work>().mockResolvedValueOnce(failed('refused')).mockResolvedValueOnce(ok('up again'))
  await ask('a', work)
  expect(await ask('a', work)).toMatchObject({ outcome: failed('refused') })
  clock.milliseconds = 1000
  expect(await ask('a', work)).toMatchObject({ outcome: ok('up again') })
})

it('keeps so many answers, and forgets the oldest first', async () => {
  const { ask } = setUp()
  for (let index = 0; index <= 256; index += 1) await ask(String(index), () => Promise.resolve(ok('kept')))
  const again = vi.fn<Work>(() => Promise.resolve(ok('fetched again')))
  expect(await ask('1', again)).toMatchObject({ outcome: ok('kept') })
  expect(await ask('0', again)).toMatchObject({ outcome: ok('fetched again') })
  expect(again).toHaveBeenCalledOnce()
})

const megabytes = (count: number) => () => Promise.resolve(ok('x'.repeat(count * 1024 * 1024)))

it('keeps so many bytes, and nothing that is larger by itself', async () => {
  const { ask } = setUp()
  for (const key of ['a', 'b', 'c']) await ask(key, megabytes(3))
  await ask('huge', megabytes(9))
  const again = vi.fn<Work>(() => Promise.resolve(ok('fetched again')))
  for (const key of ['a', 'b', 'c', 'huge']) await ask(key, again)
  expect(again).toHaveBeenCalledTimes(2)
})

it('goes on for the others when one caller leaves, and ends with the last', async () => {
  const { ask } = setUp()
  const [first, second] = [new AbortController(), new AbortController()]
  let hasEnded = false
  const work: Work = async (signal) => {
    const outcome = await untilAborted(signal)
    hasEnded = true
    return outcome
  }
  const answers = [ask('a', work, first.signal), ask('a', work, second.signal)]
  first.abort()
  await setTimeout(10)
  expect(hasEnded).toBe(false)
  second.abort()
  await Promise.all(answers)
  expect(hasEnded).toBe(true)
})

it('neither keeps nor shares what was abandoned', async () => {
  const { ask } = setUp()
  const caller = new AbortController()
  const abandoned = ask('a', untilAborted, caller.signal)
  caller.abort()
  const next = ask('a', slowly(ok('answer')))
  expect(await abandoned).toMatchObject({ outcome: failed('ended') })
  expect(await next).toMatchObject({ outcome: ok('answer') })
  expect(await ask('a', untilAborted)).toMatchObject({ outcome: ok('answer') })
})

it('ends at the deadline, and keeps what was known by then', async () => {
  const { ask } = setUp({ deadlineMilliseconds: 20 })
  expect(await ask('a', untilAborted)).toMatchObject({ outcome: failed('ended') })
  expect(await ask('a', slowly(ok('never asked')))).toMatchObject({ outcome: failed('ended') })
})

it('turns away whoever would need one fetch too many, but not those who share or find an answer', async () => {
  const { ask } = setUp({ mostAtOnce: 1 })
  await ask('kept', () => Promise.resolve(ok('kept')))
  const under = ask('a', slowly(ok('answer')))
  expect(await ask('b', untilAborted)).toEqual({ outcome: failed('busy'), ageSeconds: 0 })
  expect(await ask('kept', untilAborted)).toMatchObject({ outcome: ok('kept') })
  expect(await ask('a', untilAborted)).toMatchObject({ outcome: ok('answer') })
  await under
  expect(await ask('b', slowly(ok('later')))).toMatchObject({ outcome: ok('later') })
})

it('passes a bug on to its callers and forgets it', async () => {
  const { ask } = setUp()
  await expect(ask('a', () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug')
  expect(await ask('a', slowly(ok('answer')))).toMatchObject({ outcome: ok('answer') })
})

/** Holds one outcome, if any, and writes down what it is given. */
function storeOf(outcome: Result<string, string> | null, leftMilliseconds = 0) {
  const read = vi.fn<OutcomeStore<Result<string, string>>['read']>(async () => {
    await setTimeout(10)
    return outcome && { outcome, leftMilliseconds }
  })
  const write = vi.fn<OutcomeStore<Result<string, string>>['write']>()
  return { read, write }
}

it('gives what the store has, with its age, and keeps it for no longer than the store would', async () => {
  const store = storeOf(ok('stored'), 20_500)
  const { ask, clock } = setUp({ store })
  const work = vi.fn<Work>(() => Promise.resolve(ok('fetched')))
  const answers = await Promise.all([ask('a', work), ask('a', work)])
  const answer = { outcome: ok('stored'), ageSeconds: 39 }
  expect(answers).toEqual([answer, answer])
  clock.milliseconds = 20_499
  expect(await ask('a', work)).toEqual({ outcome: ok('stored'), ageSeconds: 59 })
  expect(store.read).toHaveBeenCalledOnce()
  clock.milliseconds = 20_500
  await ask('a', work)
  expect(store.read).toHaveBeenCalledTimes(2)
  expect(work).not.toHaveBeenCalled()
  expect(store.write).not.toHaveBeenCalled()
})

it.each([0, -1, -2, 60_001])('fetches when the store would keep its outcome for %d ms', async (leftMilliseconds) => {
  const { ask } = setUp({ store: storeOf(ok('stored'), leftMilliseconds) })
  expect(await ask('a', slowly(ok('fetched')))).toEqual({ outcome: ok('fetched'), ageSeconds: 0 })
})

it('leaves in the store what it keeps itself, and not what was abandoned', async () => {
  const store = storeOf(null)
  const { ask } = setUp({ store })
  await ask('a', slowly(ok('answer')))
  await ask('b', slowly(failed('refused')))
  const caller = new AbortController()
  const abandoned = ask('c', slowly(failed('ended')), caller.signal)
  caller.abort()
  await abandoned
  expect(store.write.mock.calls).toEqual([
    ['a', ok('answer'), 60_000],
    ['b', failed('refused'), 1000],
  ])
})
