import { describe, expect, it } from 'vitest'
import { parseProblems, syntaxTree, type GrammarLanguage } from './grammar.ts'

const SOUND: Readonly<Record<GrammarLanguage, string>> = {
  csharp: 'class Pins {\n  string[] all = {"a"};\n}\n',
  dart: 'void main() {\n  final pins = ["a"];\n}\n',
  java: 'class Pins {\n  String[] all = {"a"};\n}\n',
  kotlin: 'val pins = listOf("a")\n',
  objectivec: 'NSDictionary *pins = @{ @"a": @[ @"b" ] };\n',
  swift: 'let pins = ["a"]\n',
  typescript: 'const pins: string[] = ["a"]\n',
}
const LANGUAGES = Object.keys(SOUND) as GrammarLanguage[]

describe.each(LANGUAGES)('the grammar of %s', (language) => {
  it('finds nothing wrong with sound code', async () => {
    expect(await parseProblems(language, SOUND[language])).toEqual([])
  })

  it('finds a string that does not end, a bracket too many and words that lead nowhere', async () => {
    for (const broken of [
      SOUND[language].replace('a"', 'a'),
      `${SOUND[language]})\n`,
      `${SOUND[language]}\nleaf: a, valid until 2027\n`,
    ]) {
      expect(await parseProblems(language, broken)).not.toEqual([])
    }
  })
})

it('a tree has the named nodes in the order of the source', async () => {
  const { children } = await syntaxTree('swift', '// one\nf("a") // two\n')
  expect(children.map(({ type, text }) => [type, text])).toEqual([
    ['comment', '// one'],
    ['call_expression', 'f("a")'],
    ['comment', '// two'],
  ])
})

it('a problem names its line', async () => {
  expect(await parseProblems('swift', 'let a = 1\nlet b = )\n')).toEqual([expect.stringMatching(/^2:/)])
})
