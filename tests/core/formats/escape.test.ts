import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  javaComment,
  javaString,
  kotlinComment,
  kotlinString,
  resourceName,
  singleLine,
  xmlComment,
  xmlText,
} from '../../../src/core/formats/escape.ts'
import { readStrings } from '../../oracles/okhttp.ts'
import { childElements, ownText, parseStrictXml } from '../../oracles/strict-xml.ts'
import { HOSTILE_TEXT } from '../../support/cases.ts'
import { isMissing, xmllint, xmllintAccepts } from '../../support/tools.ts'

const HOSTILE = [
  HOSTILE_TEXT,
  '--><script>alert(1)</script>',
  '--!><script>alert(1)</script>',
  '>',
  '->',
  '-',
  '--',
  '---',
  '----',
  '--->',
  '<!--',
  '-->-->-->',
  ']]>',
  '<![CDATA[',
  '<?xml version="1.0"?>',
  '<!DOCTYPE x [<!ENTITY y "z">]>',
  '&amp;&#0;&y;&',
  `"'\``,
  '\n\r\n\t\v\f',
  '\0\u0001\u0008\u001f\u007f\u0085\u009f',
  '\u2028\u2029',
  '\u202e\u2066\u2069\u061c\u200f',
  '\ufeff\ufffe\uffff',
  '\ud800',
  '\udc00\ud800',
  'a\ud83d',
  '🔒'.repeat(400),
  '-'.repeat(10_000),
  'x'.repeat(100_000),
  '*/ System.exit(1); /*',
  String.raw`\u000a System.exit(1); //`,
  String.raw`\\u000a \\\u000a \uuu000a \u00`,
  'a\\',
  '\\" + exit() + "',
  '$x ${x} $$ ${',
  '',
  ' ',
]

/** Any text at all, above all of what matters to XML; halves of surrogate pairs included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('-', '>', '<', '!', '&', ';', '#', '"', "'", ']', '[', ' ', '\n', 'x') }),
  fc.string({ unit: fc.constantFrom('\\', 'u', '000a', '"', '$', '{', '}', '/', '*', ' ') }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
)

/** The one place where a text is put between others that stay what they are. */
const commentDocument = (text: string) => `<a><b>before</b>\n${xmlComment(text)}\n<c>after</c></a>`
const textDocument = (text: string) => `<a b="${xmlText(text)}">${xmlText(text)}</a>`

/** What a reader finds around and in place of a comment. */
function readAround(text: string) {
  const { root, problem } = parseStrictXml(commentDocument(text))
  if (problem !== undefined) return problem
  return [...childElements(root).map((child) => `${child.localName} ${ownText(child)}`), ownText(root).trim()]
}

const INTACT = ['b before', 'c after', '']

/** What a reader finds in an element and in an attribute. */
function readCarried(text: string) {
  const { root, problem } = parseStrictXml(textDocument(text))
  if (problem !== undefined) return problem
  return [childElements(root).length, ownText(root), root.getAttribute('b')]
}

describe('an XML comment', () => {
  it.each(HOSTILE)('holds %j and lets nothing out', (text) => {
    expect(readAround(text)).toEqual(INTACT)
  })

  it('holds any text and lets nothing out', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readAround(text)).toEqual(INTACT)
      }),
      { numRuns: 500 },
    )
  })

  it('is one line without two hyphens in a row, as HTML and XML alike read it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const inside = /^<!-- (.*) -->$/su.exec(xmlComment(text))?.[1]
        expect(inside).toBeDefined()
        expect(inside).not.toMatch(/--|[\n\r\u2028\u2029]/)
      }),
      { numRuns: 500 },
    )
  })

  it('says what it was given when that is harmless', () => {
    expect(xmlComment('leaf: Müller & Söhne <x>, valid until 2027-03-31')).toBe(
      '<!-- leaf: Müller & Söhne <x>, valid until 2027-03-31 -->',
    )
  })

  it('sets hyphens apart', () => {
    expect(xmlComment('a--b---c-d')).toBe('<!-- a- -b- - -c-d -->')
  })

  it('ends in an ellipsis after 200 characters, and never between the halves of one', () => {
    expect(xmlComment('x'.repeat(200))).toBe(`<!-- ${'x'.repeat(200)} -->`)
    expect(xmlComment('x'.repeat(201))).toBe(`<!-- ${'x'.repeat(199)}… -->`)
    expect(xmlComment('🔒'.repeat(201))).toBe(`<!-- ${'🔒'.repeat(199)}… -->`)
  })
})

describe('XML text', () => {
  it.each(HOSTILE)('carries %j into an element and an attribute', (text) => {
    expect(readCarried(text)).toEqual([0, singleLine(text), singleLine(text)])
  })

  it('carries any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readCarried(text)).toEqual([0, singleLine(text), singleLine(text)])
      }),
      { numRuns: 500 },
    )
  })

  it('escapes once', () => {
    expect(xmlText('a & b < c > d "e"')).toBe('a &amp; b &lt; c &gt; d &quot;e&quot;')
    expect(xmlText('&amp;')).toBe('&amp;amp;')
  })
})

describe('a single line', () => {
  it('keeps letters of every language and symbols', () => {
    const text = 'Ünïcödé Ελληνικά Кириллица 証明書 العربية עברית 🔒 ½ €'
    expect(singleLine(text)).toBe(text)
  })

  it('has one space for every run of white space, and none at its ends', () => {
    expect(singleLine('  a \n\r\n\t b\u00a0\u2028c\u3000d\n')).toBe('a b c d')
  })

  it.each([
    ['NUL', '\0'],
    ['escape', '\u001b'],
    ['delete', '\u007f'],
    ['a C1 control', '\u009b'],
    ['a right-to-left override', '\u202e'],
    ['a left-to-right embedding', '\u202a'],
    ['an isolate', '\u2067'],
    ['an Arabic letter mark', '\u061c'],
    ['a zero-width space', '\u200b'],
    ['a word joiner', '\u2060'],
    ['a deprecated format character', '\u206a'],
    ['a soft hyphen', '\u00ad'],
    ['a Mongolian vowel separator', '\u180e'],
    ['a tag that spells hidden ASCII', '\u{e0041}'],
    ['an interlinear annotation', '\ufff9'],
    ['a non-character', '\uffff'],
    ['a non-character of a higher plane', '\u{1fffe}'],
    ['the replacement character', '\ufffd'],
    ['half of a surrogate pair', '\udbff'],
  ])('shows %s as a question mark', (_what, character) => {
    expect(singleLine(`a${character}b`)).toBe('a?b')
  })

  it('stays as it is when made twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(singleLine(singleLine(text))).toBe(singleLine(text))
      }),
    )
  })
})

describe.skipIf(isMissing(xmllint))('libxml2', () => {
  it('accepts every hostile text as comment, content and attribute', () => {
    const documents = HOSTILE.map((text) => commentDocument(text) + textDocument(text))
    expect(xmllintAccepts(`<all>${documents.join('\n')}</all>`)).toEqual({ accepted: true })
  })

  it('would have refused them as they are', () => {
    expect(xmllintAccepts(`<all><!-- ${HOSTILE_TEXT} --></all>`).problem).toBeDefined()
    expect(xmllintAccepts(`<all>${HOSTILE_TEXT}</all>`).problem).toBeDefined()
  })
})

describe('the name of a resource', () => {
  const RESOURCE = /^[a-z][a-z\d_]*$/

  it('is the text in lower-case letters, digits and underscores, with what makes it unique', () => {
    expect(resourceName('Example Private Root G2', '0a1b')).toBe('example_private_root_g2_0a1b')
    expect(resourceName('Büro-CA 2026', '0a1b')).toBe('buro_ca_2026_0a1b')
    expect(resourceName('İstanbul', '0a1b')).toBe('istanbul_0a1b')
  })

  it('begins with a letter whatever the text begins with, and is there when nothing of the text is left', () => {
    expect(resourceName('2026 Root', '0a1b')).toBe('root_0a1b')
    for (const text of ['', '_', '42', '証明書', '🔒']) expect(resourceName(text, '0a1b')).toBe('certificate_0a1b')
  })

  it('is no keyword of Java', () => {
    expect(['class', 'new', 'int', 'true'].map((text) => resourceName(text, '0'))).toEqual([
      'class_0',
      'new_0',
      'int_0',
      'true_0',
    ])
  })

  it('is short and harmless, whatever the text', () => {
    for (const text of [...HOSTILE, '../../etc/passwd', 'a'.repeat(39) + ' b', '\u0301'.repeat(500)]) {
      expect(resourceName(text, '0a1b')).toMatch(RESOURCE)
    }
    fc.assert(
      fc.property(anyText, (text) => {
        const name = resourceName(text, '0a1b')
        expect(name).toMatch(RESOURCE)
        expect(name).toMatch(/[^_]_0a1b$/)
        expect(name.length).toBeLessThanOrEqual(45)
      }),
    )
  })
})

const LANGUAGES = [
  { language: 'java', comment: javaComment, quoted: javaString },
  { language: 'kotlin', comment: kotlinComment, quoted: kotlinString },
] as const

describe.each(LANGUAGES)('source of $language', ({ language, comment, quoted }) => {
  /** A comment that ended early would leave more than the two strings, or something that cannot be read. */
  const readBack = (text: string) => readStrings(`"before" ${comment(text)}\n${quoted(text)}`, language).accepted

  it.each(HOSTILE)('holds %j in a comment and carries it in a string', (text) => {
    expect(readBack(text)).toEqual(['before', singleLine(text)])
  })

  it('does so with any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readBack(text)).toEqual(['before', singleLine(text)])
        expect(comment(text)).toMatch(/^\/\/ [^\n\r\u2028\u2029]*$/u)
      }),
      { numRuns: 500 },
    )
  })
})
