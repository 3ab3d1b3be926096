/** The README of an output, as another's reader of Markdown shows it. */
import * as fc from 'fast-check'
import { marked, type Token, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'
import { outputFiles } from '../../src/app/shared/output-files.ts'
import { markdownBlock, markdownText } from '../../src/core/formats/escape.ts'
import { singleLine } from '../../src/core/single-line.ts'
import { isText, type Snippet } from '../../src/core/formats/format.ts'
import { renderAll, type Output } from '../../src/core/formats/registry.ts'
import type { Finding } from '../../src/core/risks/risk-rule.ts'
import { planPins } from '../../src/core/pins/plan-pins.ts'
import { CASE_STAMP, HOSTILE_TEXT, PLAN_CASES, planCase } from '../support/cases.ts'

const findDer = (fingerprint: string) => new Uint8Array(Buffer.from(fingerprint, 'hex'))

const filesOf = (output: Output, isNegativeTest = false) =>
  outputFiles({ ...output, findings: [] }, findDer, isNegativeTest)

function readMeOf(output: Output, isNegativeTest = false): string {
  const file = filesOf(output, isNegativeTest).find(({ path }) => path === `README-${output.format.id}.md`)
  return typeof file?.content === 'string' ? file.content : ''
}

const outputsOf = (name: string) => renderAll(planPins(planCase(name).rows), planCase(name).settings ?? {}, CASE_STAMP)

function outputOf(name: string, id: string): Output {
  const found = outputsOf(name).find(({ format }) => format.id === id)
  if (!found) throw new Error(`no output ${id}`)
  return found
}

function tokensOf(markdown: string): readonly Token[] {
  const tokens: Token[] = []
  void marked.walkTokens(marked.lexer(markdown), (token) => {
    tokens.push(token)
  })
  return tokens
}

const blocks = (tokens: readonly Token[]) => tokens.filter((token): token is Tokens.Code => token.type === 'code')

/** What stands in it as text; the signs in front of escaped ones are gone. */
const shown = (tokens: readonly Token[] | undefined): string =>
  (tokens ?? []).map((token) => ('text' in token ? String(token.text) : '')).join('')

/** A README has these, and nothing that a name could bring: no link, no image, no HTML. */
const KINDS = new Set('code codespan escape heading paragraph space strong text'.split(' '))

describe('the README of an output', () => {
  it.each(PLAN_CASES)('has every snippet, what is no file word by word, and no markup but ours: $name', ({ name }) => {
    for (const output of outputsOf(name)) {
      const files = filesOf(output)
      expect([output.format.id, files.length > 0]).toEqual([
        output.format.id,
        output.snippets.some(({ fileName }) => fileName !== null),
      ])
      if (files.length === 0) continue
      const tokens = tokensOf(readMeOf(output))
      expect(tokens.map(({ type }) => type).filter((type) => !KINDS.has(type))).toEqual([])
      const loose = output.snippets.filter(isText).filter(({ fileName }) => fileName === null)
      expect(blocks(tokens).map(({ text, lang }) => [text, lang])).toEqual(
        loose.map(({ content, language }) => [content.replace(/\n$/, ''), language]),
      )
      const spans = tokens.flatMap((token) =>
        token.type === 'codespan' && 'text' in token ? [String(token.text)] : [],
      )
      for (const { path } of files.slice(1)) expect(spans).toContain(path)
      const headings = tokens.filter((token): token is Tokens.Heading => token.type === 'heading')
      expect(headings.slice(1).map(({ tokens: inside }) => shown(inside))).toEqual([
        ...output.snippets.map(({ title }) => title),
        ...(output.format.failsWith === null ? [] : ['What to test']),
      ])
      const paragraphs = tokens.flatMap((token) =>
        token.type === 'paragraph' ? [shown((token as Tokens.Paragraph).tokens)] : [],
      )
      for (const { place } of output.snippets) expect(paragraphs).toContain(place)
    }
  })

  it('has what makes the files work: the attribute of the manifest, the call at the start, the assets', () => {
    expect(readMeOf(outputOf('leaf-and-root', 'android-network-security-config'))).toContain(
      '```xml\nandroid:networkSecurityConfig="@xml/network_security_config"\n```',
    )
    expect(readMeOf(outputOf('leaf-and-root', 'flutter'))).toContain('```yaml\nflutter:\n  assets:\n')
    const trustKit = filesOf(outputOf('leaf-and-root', 'ios-trustkit')).map(({ path }) => path)
    expect(trustKit).toEqual(['README-ios-trustkit.md', 'Pinning.swift', 'PinningDelegate.swift'])
  })

  it('says what has to be tried, and of wrong pins that they are wrong', () => {
    const output = outputOf('leaf-and-root', 'ios-trustkit')
    expect(readMeOf(output)).toContain('## What to test\n\nConnect to each host: it has to succeed.')
    expect(readMeOf(output)).not.toContain('Never ship')
    expect(readMeOf(output, true)).toContain('**Wrong on purpose, for a negative test. Never ship these files.**')
  })

  it('is the same for the same plan and day', () => {
    const [one, other] = [outputsOf('many-hosts'), outputsOf('many-hosts')]
    expect(one.map((output) => readMeOf(output))).toEqual(other.map((output) => readMeOf(output)))
  })

  it('leaves a certificate out that no row has any more', () => {
    const [readMe] = outputFiles({ ...outputOf('leaf-and-root', 'cordova'), findings: [] }, () => null, false)
    expect(readMe?.content).not.toContain('.cer`')
    expect(readMe?.content).toContain('certificate-pins.js')
  })
})

const hostile = fc.oneof(
  fc.constantFrom(
    HOSTILE_TEXT,
    '# x',
    '## x ##',
    '- x',
    '+ x',
    '1. x',
    '1) x',
    '> x',
    '===',
    '---',
    '| a |',
    '```',
    '~~~',
    '<img src=x onerror=alert(1)>',
    '[x](https://evil.example)',
    '![x](https://evil.example)',
    '[x]: https://evil.example',
    'https://evil.example HTTPS://evil.example www.evil.example WWW.evil.example a@evil.example @all #1',
    '<https://evil.example>',
    '&lt;script&gt; &#60; &amp;',
    '**x** _y_ ~~z~~ a_b_c __init__ *',
    'x\\',
    '\\\\',
  ),
  fc.string({ unit: fc.constantFrom(...Array.from('`|\\\n x[]()<>!#*_~-+=.:/@&;1a')), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

describe('a line of Markdown', () => {
  it('shows the text and nothing else, to another’s reader, alone and in a heading', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = singleLine(text)
        fc.pre(line !== '')
        for (const [markdown, kind] of [
          [markdownText(text), 'paragraph'],
          [`## ${markdownText(text)}`, 'heading'],
        ] as const) {
          const [block, ...more] = marked.lexer(markdown)
          expect([block?.type, more]).toEqual([kind, []])
          const inside = block && 'tokens' in block ? block.tokens : undefined
          expect(inside?.map(({ type }) => type).filter((type) => type !== 'text' && type !== 'escape')).toEqual([])
          expect(shown(inside)).toBe(line)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('leaves the names of files as they are', () => {
    const path = 'app/src/main/res/xml/network_security_config.xml'
    expect(markdownText(`Save it as ${path}.`)).toBe(`Save it as ${path}.`)
  })
})

describe('a code block', () => {
  it('holds its text, whatever fences that has', () => {
    const fences = fc.string({ unit: fc.constantFrom('`', '`', '~', '\n', 'x', ' '), maxLength: 60 })
    fc.assert(
      fc.property(fences, (text) => {
        const tokens = marked.lexer(`before\n\n${markdownBlock(`x${text}x\n`, 'xml')}\n\nafter\n`)
        expect(tokens.map(({ type }) => type).filter((type) => type !== 'space')).toEqual([
          'paragraph',
          'code',
          'paragraph',
        ])
        expect(tokens.find((token): token is Tokens.Code => token.type === 'code')).toMatchObject({
          text: `x${text}x`,
          lang: 'xml',
        })
      }),
      { numRuns: 500 },
    )
  })
})

const titles = (snippets: readonly Snippet[]) => snippets.map(({ title }) => title)

it('a certificate may be called anything', () => {
  const output = outputOf('hostile-subjects', 'certificates')
  expect(titles(output.snippets).join('')).toContain('<script>')
  const html = marked.parse(readMeOf(output), { async: false })
  expect(html).not.toContain('<script')
  expect(html).not.toContain('<a ')
})

const finding = (severity: Finding['severity'], title: string): Finding => ({
  id: title,
  ruleId: 'rule',
  severity,
  tab: 'android',
  title,
  why: HOSTILE_TEXT,
  rowIds: [],
  faq: 'backup-pin',
  source: 'https://example.com/',
  isOfEveryOutput: false,
  fixes: [],
})

it('what speaks against an output stands in its README, hostile names and all, and notes do not', () => {
  const findings = [finding('blocker', 'It throws'), finding('warning', '# No heading'), finding('note', 'A remark')]
  const [readMe] = outputFiles({ ...outputOf('leaf-and-root', 'android-okhttp-java'), findings }, findDer, false)
  const text = typeof readMe?.content === 'string' ? readMe.content : ''
  const tokens = tokensOf(text)
  expect(tokens.flatMap((token) => (token.type === 'strong' ? [shown(token.tokens)] : []))).toEqual([
    'Blocker.',
    'Warning.',
  ])
  expect(tokens.map(({ type }) => type).filter((type) => !KINDS.has(type))).toEqual([])
  expect(text).toContain('It throws')
  expect(text).not.toContain('A remark')
})
