import type { FaqAnswer, FaqBlock } from '../faq-answer.ts'
import type { ErrorCertainty, ErrorEntry } from './error-dictionary.ts'

const CERTAINTIES: Readonly<Record<ErrorCertainty, string>> = {
  exact: 'This message has no other cause.',
  likely: 'This is the usual cause; there are others.',
  vague: 'Many causes end in this message.',
}

/** What to know about a message, as it is shown below it. */
export function errorBlocks({ meaning, remedies, certainty, faq }: ErrorEntry): readonly FaqBlock[] {
  return [
    { kind: 'paragraph', text: meaning },
    { kind: 'list', ordered: true, items: remedies },
    { kind: 'paragraph', text: CERTAINTIES[certainty] },
    { kind: 'link', text: 'More in the FAQ', to: faq },
  ]
}

/** An entry of the dictionary as a question with its answer. */
export function errorAnswer(entry: ErrorEntry): FaqAnswer {
  return {
    id: entry.id,
    question: `${entry.stack}: ${entry.message}`,
    blocks: errorBlocks(entry),
    sources: [entry.source],
  }
}
