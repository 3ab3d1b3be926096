import { describe, expect, it } from 'vitest'
import { tokenize } from '../../src/app/shared/syntax.ts'
import { isText } from '../../src/core/formats/format.ts'
import { renderAll } from '../../src/core/formats/registry.ts'
import { planPins } from '../../src/core/pins/plan-pins.ts'
import { CASE_STAMP, planCase } from '../support/cases.ts'

const snippets = renderAll(planPins(planCase('backup-request-and-ca').rows), {}, CASE_STAMP).flatMap(
  ({ format, snippets: all }) =>
    all.filter(isText).map((snippet) => ({ of: `${format.id} ${snippet.id}`, ...snippet })),
)

describe('the colours of a snippet', () => {
  it.each(snippets)('divide its text and change nothing of it: $of', ({ content, language }) => {
    const tokens = tokenize(content, language)
    // What is in no language is shown as it is.
    if (language === 'text') return expect(tokens).toEqual([])
    expect(tokens.map(({ text }) => text).join('')).toBe(content)
  })

  it('tell a comment, a keyword and a string apart where a file is JavaScript', () => {
    const [keyword, comment, string] = ['function', '// x', "'pinned'"].map(
      (text) =>
        tokenize("// x\nfunction f() { set('pinned') }", 'javascript').find((token) => token.text === text)?.kind,
    )
    expect([keyword, comment, string]).toEqual(['tag', 'comment', 'value'])
  })

  it('are those of JavaScript for every .js file, and of TypeScript for every .ts file', () => {
    for (const { fileName, path, language } of snippets) {
      const name = fileName ?? path
      if (name.endsWith('.js')) expect([name, language]).toEqual([name, 'javascript'])
      if (name.endsWith('.ts')) expect([name, language]).toEqual([name, 'typescript'])
    }
  })
})
