import { describe, expect, it } from 'vitest'
import { tokenize } from '../../src/app/shared/syntax.ts'
import { isText } from '../../src/core/formats/format.ts'
import { renderAll } from '../../src/core/formats/registry.ts'
import { planPins } from '../../src/core/pins/plan-pins.ts'
import { CASE_STAMP, planCase } from '../support/cases.ts'

const outputs = renderAll(planPins(planCase('backup-request-and-ca').rows), {}, CASE_STAMP)
const snippets = outputs.flatMap((output) => output.snippets.filter(isText))

describe('the colours of a snippet', () => {
  it.each(snippets)('divide its text and change nothing of it: $language $title', ({ content, language }) => {
    const tokens = tokenize(content, language)
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
    const [ofJs, ofTs] = ['.js', '.ts'].map((end) =>
      snippets.flatMap(({ fileName, language }) => (fileName?.endsWith(end) ? [language] : [])),
    )
    expect([new Set(ofJs), new Set(ofTs)]).toEqual([new Set(['javascript']), new Set(['typescript'])])
  })
})
