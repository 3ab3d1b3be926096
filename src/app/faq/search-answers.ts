import type { FaqAnswer, FaqBlock } from './answers.ts'
import { plainText } from './inline-text.ts'

function textsOf(block: FaqBlock): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return [plainText(block.text)]
    case 'code':
      return [block.text]
    case 'list':
      return block.items.map(plainText)
    case 'table':
      return [block.caption, ...block.head, ...block.rows.flat()].map(plainText)
  }
}

/** People type straight apostrophes; the answers have typographic ones. */
function normalise(text: string): string {
  return text.toLowerCase().replaceAll('’', "'")
}

const searchTexts = new WeakMap<FaqAnswer, string>()

function searchTextOf(answer: FaqAnswer): string {
  let text = searchTexts.get(answer)
  if (text === undefined) {
    text = normalise([plainText(answer.question), ...answer.blocks.flatMap(textsOf)].join('\n'))
    searchTexts.set(answer, text)
  }
  return text
}

/** The answers that contain every word of the query, in their own order; all of them for an empty query. */
export function searchAnswers<Answer extends FaqAnswer>(answers: readonly Answer[], query: string): readonly Answer[] {
  const words = normalise(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  return answers.filter((answer) => words.every((word) => searchTextOf(answer).includes(word)))
}
