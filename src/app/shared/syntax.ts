import Prism from 'prismjs/components/prism-core.js'
import 'prismjs/components/prism-markup.js'
import 'prismjs/components/prism-clike.js'
import 'prismjs/components/prism-javascript.js'
import 'prismjs/components/prism-typescript.js'
import 'prismjs/components/prism-java.js'
import 'prismjs/components/prism-kotlin.js'
import 'prismjs/components/prism-swift.js'
import 'prismjs/components/prism-c.js'
import 'prismjs/components/prism-objectivec.js'
import 'prismjs/components/prism-csharp.js'
import 'prismjs/components/prism-dart.js'
import 'prismjs/components/prism-json.js'
import 'prismjs/components/prism-yaml.js'
import 'prismjs/components/prism-bash.js'
import type { TextSnippet } from '../../core/formats/format.ts'
import type { CodeToken } from './HighlightedCode.tsx'

/** Null: nothing of it has a colour. */
const GRAMMARS: Readonly<Record<TextSnippet['language'], string | null>> = {
  xml: 'markup',
  csharp: 'csharp',
  dart: 'dart',
  java: 'java',
  javascript: 'javascript',
  json: 'json',
  kotlin: 'kotlin',
  objectivec: 'objectivec',
  shell: 'bash',
  swift: 'swift',
  text: null,
  typescript: 'typescript',
  yaml: 'yaml',
}

/** Text → coloured runs. Joined again they are the text: the highlighter only divides it. */
export function tokenize(content: string, language: TextSnippet['language']): CodeToken[] {
  const name = GRAMMARS[language]
  const grammar = name === null ? {} : Prism.languages[name]
  if (!grammar) throw new Error(`no grammar of ${name}`)
  const runs = Prism.tokenize(content, grammar).flatMap((token) => flatten(token, 'plain'))
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
  keyword: 'tag',
  property: 'attribute',
  key: 'attribute',
  'class-name': 'attribute',
  annotation: 'attribute',
  string: 'value',
  'string-literal': 'value',
  number: 'value',
  boolean: 'value',
}

function flatten(token: string | Prism.Token, kind: CodeToken['kind']): Omit<CodeToken, 'offset'>[] {
  if (typeof token === 'string') return [{ kind, text: token }]
  const own = KINDS[token.type] ?? kind
  return (Array.isArray(token.content) ? token.content : [token.content]).flatMap((part) => flatten(part, own))
}
