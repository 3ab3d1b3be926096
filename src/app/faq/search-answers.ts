import type { ErrorEntry } from './errors/error-dictionary.ts'
import type { FaqAnswer, FaqBlock } from './faq-answer.ts'
import type { GlossaryTerm } from './glossary.ts'
import { plainText } from './inline-text.ts'

function textsOf(block: FaqBlock): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return [plainText(block.text)]
    case 'code':
    case 'link':
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

const searchTexts = new WeakMap<object, string>()

/** The items that contain every word of the query, in their own order; all of them for an empty query. */
function holding<Item extends object>(
  items: readonly Item[],
  query: string,
  textsOfItem: (item: Item) => readonly string[],
): readonly Item[] {
  const words = normalise(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  const searchTextOf = (item: Item) => {
    let text = searchTexts.get(item)
    if (text === undefined) {
      text = normalise(textsOfItem(item).join('\n'))
      searchTexts.set(item, text)
    }
    return text
  }
  return items.filter((item) => words.every((word) => searchTextOf(item).includes(word)))
}

export function searchAnswers<Answer extends FaqAnswer>(answers: readonly Answer[], query: string): readonly Answer[] {
  return holding(answers, query, ({ question, blocks }) => [plainText(question), ...blocks.flatMap(textsOf)])
}

export function searchTerms(terms: readonly GlossaryTerm[], query: string): readonly GlossaryTerm[] {
  return holding(terms, query, ({ term, text }) => [term, plainText(text)])
}

export function searchErrors(entries: readonly ErrorEntry[], query: string): readonly ErrorEntry[] {
  return holding(entries, query, ({ stack, message, meaning, remedies }) => [
    stack,
    message,
    ...[meaning, ...remedies].map(plainText),
  ])
}
