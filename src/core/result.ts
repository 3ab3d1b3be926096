/** The outcome of something that is expected to fail at times. Thrown errors are bugs, failures are values. */
export type Result<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function failed<F>(failure: F): { readonly ok: false; readonly failure: F } {
  return { ok: false, failure }
}

/** Closes a `switch` over a union: a kind without a case does not compile. */
export function unreachable(value: never): never {
  throw new Error(`Not a case of this union: ${JSON.stringify(value)}`)
}
