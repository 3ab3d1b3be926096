/** A failure in words: what is wrong, and what to do next. */
export interface FailureText {
  readonly what: string
  readonly next: string
}

/** The members of a union that can have a kind; `Extract` would lose those whose `kind` is a union itself. */
type OfKind<Failure extends { readonly kind: string }, Kind> = Failure extends unknown
  ? Kind extends Failure['kind']
    ? Failure
    : never
  : never

/** A text for every kind of a union, so that a new kind does not compile before it has one. */
export type Texts<Failure extends { readonly kind: string }> = {
  readonly [Kind in Failure['kind']]: (failure: OfKind<Failure, Kind>) => FailureText
}

export function textOf<Failure extends { readonly kind: string }>(
  texts: Texts<Failure>,
  failure: Failure,
): FailureText {
  const text = texts[failure.kind as Failure['kind']] as (failure: Failure) => FailureText
  return text(failure)
}
