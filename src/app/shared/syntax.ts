import Prism from 'prismjs/components/prism-core.js'
import 'prismjs/components/prism-markup.js'
import type { TextSnippet } from '../../core/formats/format.ts'
import type { CodeToken } from './HighlightedCode.tsx'

const GRAMMARS: Readonly<Record<TextSnippet['language'], string>> = { xml: 'markup' }

/** Text → coloured runs. Joined again they are the text: the highlighter only divides it. */
export function tokenize(content: string, language: TextSnippet['language']): CodeToken[] {
  const grammar = Prism.languages[GRAMMARS[language]]
  const runs = grammar ? Prism.tokenize(content, grammar).flatMap((token) => flatten(token, 'plain')) : []
  let offset = 0
  return runs.map((run) => {
    const token = { kind: run.kind, text: run.text, offset }
    offset += run.text.length
    return token
  })
}

const KINDS: Readonly<Record<string, CodeToken['kind']>> = {
  comment: 'comment',
  prolog: 'comment',
  doctype: 'comment',
  tag: 'tag',
  'attr-name': 'attribute',
  'attr-value': 'value',
  entity: 'value',
}

function flatten(token: string | Prism.Token, kind: CodeToken['kind']): Omit<CodeToken, 'offset'>[] {
  if (typeof token === 'string') return [{ kind, text: token }]
  const own = KINDS[token.type] ?? kind
  return (Array.isArray(token.content) ? token.content : [token.content]).flatMap((part) => flatten(part, own))
}
