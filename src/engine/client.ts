import { failed, type Result } from '../core/result.ts'
import type { ChainReport, Engine, EngineFailure, IdentifiedRoot, IdentifiedRoots, Inspection } from './inspection.ts'
import type { EngineReply, EngineRequest } from './protocol.ts'

/** What the client needs of a `Worker`; tests pass their own. */
export type EngineWorker = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>

export interface EngineParts {
  /** Called for the first job, and again after a worker was terminated or has crashed. */
  readonly createWorker: () => EngineWorker
  /** How long one job may run before its worker is terminated. */
  readonly deadlineSeconds?: number
}

const DEFAULT_DEADLINE_SECONDS = 10

type Answer = EngineReply['result']

interface Job {
  readonly request: EngineRequest
  readonly transfer: Transferable[]
  readonly finish: (answer: Answer) => void
}

/**
 * The outside of the door: one worker, one job at a time, the others wait in line. Cancelling a job that runs, and a
 * job that runs into its deadline, terminate the worker, since nothing else stops a parser. Promises are never
 * rejected.
 *
 * `inspect` hands the bytes over to the worker: the caller's array is empty afterwards.
 */
export function createEngine({ createWorker, deadlineSeconds = DEFAULT_DEADLINE_SECONDS }: EngineParts): Engine {
  const waiting: Job[] = []
  let running: { readonly job: Job; readonly watchdog: ReturnType<typeof setTimeout> } | null = null
  let worker: EngineWorker | null = null
  let lastId = 0

  function startNext(): void {
    if (running) return
    const job = waiting.shift()
    if (!job) return
    const watchdog = setTimeout(() => giveUp({ kind: 'deadline', seconds: deadlineSeconds }), deadlineSeconds * 1000)
    running = { job, watchdog }
    try {
      worker ??= listenTo(createWorker())
      worker.postMessage(job.request, job.transfer)
    } catch {
      giveUp({ kind: 'engine-crashed' })
    }
  }

  function listenTo(created: EngineWorker): EngineWorker {
    const crashed = () => {
      if (created === worker) giveUp({ kind: 'engine-crashed' })
    }
    created.addEventListener('message', ({ data }: MessageEvent<EngineReply>) => {
      if (created === worker && data.id === running?.job.request.id) settle(data.result)
    })
    created.addEventListener('error', crashed)
    created.addEventListener('messageerror', crashed)
    return created
  }

  function giveUp(failure: EngineFailure): void {
    worker?.terminate()
    worker = null
    settle(failed(failure))
  }

  function settle(answer: Answer): void {
    if (!running) return
    clearTimeout(running.watchdog)
    const { job } = running
    running = null
    job.finish(answer)
    startNext()
  }

  /** @typeParam Value what the worker answers to this request, by `protocol.ts` */
  function run<Value>(request: EngineRequest, transfer: Transferable[], signal: AbortSignal | undefined) {
    return new Promise<Result<Value, EngineFailure>>((resolve) => {
      const cancelled = failed<EngineFailure>({ kind: 'cancelled' })
      if (signal?.aborted) {
        resolve(cancelled)
        return
      }
      const cancel = () => {
        if (running?.job === job) giveUp(cancelled.failure)
        else {
          waiting.splice(waiting.indexOf(job), 1)
          job.finish(cancelled)
        }
      }
      const job: Job = {
        request,
        transfer,
        finish: (answer) => {
          signal?.removeEventListener('abort', cancel)
          resolve(answer as Result<Value, EngineFailure>)
        },
      }
      signal?.addEventListener('abort', cancel)
      waiting.push(job)
      startNext()
    })
  }

  function nextId(): number {
    lastId += 1
    return lastId
  }

  return {
    inspect: (bytes, options, signal) =>
      run<Inspection>(
        { id: nextId(), job: 'inspect', bytes, options: options ?? {} },
        [bytes.buffer as ArrayBuffer],
        signal,
      ),
    // Copied, not handed over: the row keeps its certificates and asks again when one is added.
    buildChains: (certificates, now, signal) =>
      run<ChainReport>({ id: nextId(), job: 'build-chains', certificates, now }, [], signal),
    identifyRoots: (digests) => run<IdentifiedRoots>({ id: nextId(), job: 'identify-roots', digests }, [], undefined),
    candidateRoots: (certificate) =>
      run<readonly IdentifiedRoot[]>({ id: nextId(), job: 'candidate-roots', certificate }, [], undefined),
  }
}
