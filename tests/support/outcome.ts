import type { Result } from '../../src/core/result.ts'

/** The value of something that a test expects to succeed. */
export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`Failed: ${JSON.stringify(result.failure)}`)
  return result.value
}

/** The failure of something that a test expects to fail. */
export function failureOf<F>(result: Result<unknown, F>): F {
  if (result.ok) throw new Error('Succeeded')
  return result.failure
}
