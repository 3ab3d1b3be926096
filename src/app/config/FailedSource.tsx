import { sourceFailureText } from '../failure-text.ts'
import type { SourceFailure } from '../row.ts'

/** Why a source gave nothing, in a sentence. */
export function FailedSource({ failure }: { readonly failure: SourceFailure }) {
  return sourceFailureText(failure).what
}
