import { spawnSync } from 'node:child_process'
import { createContext, runInContext } from 'node:vm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  csharpString,
  dartString,
  javascriptString,
  javaString,
  kotlinString,
  objectiveCString,
  resourceName,
  shellComment,
  shellWord,
  slashComment,
  swiftString,
  tabSeparated,
  xmlComment,
  xmlText,
  yamlComment,
  yamlString,
  zoneComment,
} from '../../../src/core/formats/escape.ts'
import { singleLine } from '../../../src/core/single-line.ts'
import { readStrings } from '../../oracles/okhttp.ts'
import { childElements, ownText, parseStrictXml } from '../../oracles/strict-xml.ts'
import { HOSTILE_TEXT } from '../../support/cases.ts'
import { parseProblems, syntaxTree, type GrammarLanguage, type GrammarNode } from '../../support/grammar.ts'
import { runs } from '../../support/runs.ts'
import { bash, isMissing, ldns, ldnsRecords, xmllint, xmllintAccepts, yaml, yamlRead } from '../../support/tools.ts'

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
  '',
  ' ',
]

/** Any text at all, above all of what matters to XML; halves of surrogate pairs included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('-', '>', '<', '!', '&', ';', '#', '"', "'", ']', '[', ' ', '\n', 'x') }),
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
      runs(500),
    )
  })

  it('is one line without two hyphens in a row, as HTML and XML alike read it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const inside = /^<!-- (.*) -->$/su.exec(xmlComment(text))?.[1]
        expect(inside).toBeDefined()
        expect(inside).not.toMatch(/--|[\n\r\u2028\u2029]/)
      }),
      runs(500),
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
      runs(500),
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
      runs(100),
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
      runs(100),
    )
  })
})

const HOSTILE_CODE = [
  ...HOSTILE,
  '\\',
  'ends in a backslash \\',
  'ends in a trigraph ??/',
  'ends in what becomes one ??\\',
  '\\u000a} int leaked; //',
  '*/ leaked() /*',
  '/* never closed',
  '\\(leaked)',
  '\\\\(leaked)',
  '"); leaked(); ("',
  '"""',
  '#"leaked"#',
  '${leaked} $leaked',
  '%@ %n',
  '@"leaked"',
]

const typesIn = (node: GrammarNode): string[] => [node.type, ...node.children.flatMap(typesIn)]

describe('a comment of two slashes', () => {
  const AROUND: readonly (readonly [GrammarLanguage, before: string, after: string])[] = [
    ['swift', 'let a = 1', 'let b = 2'],
    ['objectivec', 'int a = 1;', 'int b = 2;'],
    ['java', 'class A {}', 'class B {}'],
    ['kotlin', 'val a = 1', 'val b = 2'],
    ['dart', 'final a = 1;', 'final b = 2;'],
    ['typescript', 'const a = 1', 'const b = 2'],
    ['csharp', 'class A {}', 'class B {}'],
  ]

  it.each(AROUND)('holds every hostile text in %s and lets nothing out', async (language, before, after) => {
    const plain = (await syntaxTree(language, `${before}\n// harmless\n${after}\n`)).children
    for (const text of HOSTILE_CODE) {
      const source = `${before}\n${slashComment(text)}\n${after}\n`
      expect(await parseProblems(language, source)).toEqual([])
      const { children } = await syntaxTree(language, source)
      expect(children.map(({ type }) => type)).toEqual(plain.map(({ type }) => type))
      expect(children.at(-1)?.text.trim()).toBe(plain.at(-1)?.text.trim())
    }
  })

  it('is one line that neither ends in a backslash nor in a trigraph for one, nor has any', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom('?', '/', '\\', 'u', ' ') })), (text) => {
        expect(slashComment(text)).toMatch(/^\/\/ [^\n\r\u2028\u2029\\]*$/)
        expect(slashComment(text)).not.toContain('??/')
      }),
      runs(500),
    )
  })
})

/** Undoes the escapes, as both languages read them. */
const unescaped = (literal: string) =>
  literal
    .replace(/^@?["']/, '')
    .replace(/["']$/, '')
    .replaceAll(/\\(.)/gsu, '$1')

describe('a string literal', () => {
  it.each([
    ['swift', swiftString, (literal: string) => `let a = ${literal}\nlet b = 2\n`, 'line_string_literal'],
    ['objectivec', objectiveCString, (literal: string) => `id a = ${literal};\nint b = 2;\n`, 'string_literal'],
    ['csharp', csharpString, (literal: string) => `class A { string a = ${literal}; int b = 2; }\n`, 'string_literal'],
    ['dart', dartString, (literal: string) => `final a = ${literal};\nfinal b = 2;\n`, 'string_literal'],
  ] as const)('of %s carries every hostile text as text alone', async (language, quote, program, type) => {
    for (const text of HOSTILE_CODE) {
      const source = program(quote(text))
      expect(await parseProblems(language, source)).toEqual([])
      const tree = await syntaxTree(language, source)
      const types = typesIn(tree)
      expect(types.filter((one) => one === type)).toHaveLength(1)
      expect(types.filter((one) => one.includes('interpol') || one.includes('template'))).toEqual([])
      expect(tree.children).toHaveLength((await syntaxTree(language, program(quote('harmless')))).children.length)
      expect(unescaped(quote(text))).toBe(singleLine(text))
    }
  })

  it('has no question marks in a row in Objective-C, which might be trigraphs', () => {
    expect(objectiveCString('a??/b')).toBe(String.raw`@"a\?\?/b"`)
  })
})

const javascript = createContext({})
const evaluated = (literal: string) => runInContext(literal, javascript) as string

describe('a string of JavaScript', () => {
  it('is for JavaScript itself what it was, on one line', () => {
    for (const text of HOSTILE_CODE) expect(singleLine(evaluated(javascriptString(text)))).toBe(singleLine(text))
    fc.assert(
      fc.property(anyText, (text) => {
        const literal = javascriptString(text)
        expect(singleLine(evaluated(literal))).toBe(singleLine(text))
        expect(literal).toMatch(/^'[^\n\r\u2028\u2029]*'$/)
      }),
      runs(100),
    )
  })

  it('keeps the spaces that code is indented with', () => {
    expect(evaluated(javascriptString("    <a b='c'>  "))).toBe("    <a b='c'>  ")
  })

  it('is one string and nothing else for the grammar of TypeScript', async () => {
    for (const text of HOSTILE_CODE) {
      const tree = await syntaxTree('typescript', `const a = ${javascriptString(text)}\nconst b = 2\n`)
      expect(typesIn(tree).filter((type) => type === 'string')).toHaveLength(1)
      expect(tree.children).toHaveLength(2)
    }
  })
})

/** What would do something, each in its own way, if a shell acted upon it. */
const HOSTILE_TO_SHELLS = [
  `'`,
  `'; echo out #`,
  `' $(echo out) '`,
  `"; echo out; "`,
  '$(echo out)',
  '`echo out`',
  '$\u007bx:=out}',
  '\\',
  '\\\n echo out',
  '\necho out',
  '\r\necho out',
  '; echo out',
  '& echo out &',
  '| echo out',
  '|| echo out',
  '> out',
  '<(echo out)',
  '=echo out',
  '~/out',
  '!!',
  '!echo:p',
  '^a^b',
  '#',
  '* ? [a-z] {a,b}',
  "*(e:'echo out':)",
  '*.example.com',
  '/**/*.*',
  '-n',
  '() { echo out; }',
  ...HOSTILE,
]

/** What a shell prints, in a folder where it finds neither commands nor files. */
function printedBy(command: string, args: readonly string[], script: string) {
  const { stdout, stderr } = spawnSync(command, args, {
    input: script,
    env: { PATH: '', PS1: '', PS2: '' },
    cwd: '/proc/self/fdinfo',
  })
  return { stdout: stdout.toString(), complaints: stderr.toString() }
}

describe('a word of a shell', () => {
  it('is for sh what it was, on one line', () => {
    const script = HOSTILE_TO_SHELLS.map((text) => `printf '%s\\n' ${shellWord(text)}`).join('\n')
    const { stdout, complaints } = printedBy('/bin/sh', [], script)
    expect(stdout.split('\n').slice(0, -1)).toEqual(HOSTILE_TO_SHELLS.map(singleLine))
    expect(complaints).toBe('')
  })

  it('is that for any text', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1 }), (texts) => {
        const { stdout } = printedBy('/bin/sh', [], texts.map((text) => `printf '%s\\n' ${shellWord(text)}`).join('\n'))
        expect(stdout.split('\n').slice(0, -1)).toEqual(texts.map(singleLine))
      }),
      runs(50),
    )
  })
})

describe('a comment of a shell', () => {
  const script = HOSTILE_TO_SHELLS.flatMap((text, index) => [shellComment(text), `echo ${index}`]).join('\n')
  const intact = HOSTILE_TO_SHELLS.map((_, index) => `${index}\n`).join('')

  it('does nothing in sh, whatever it says', () => {
    expect(printedBy('/bin/sh', [], script)).toEqual({ stdout: intact, complaints: '' })
  })

  it.skipIf(isMissing(bash))('does nothing where it is taken for a command, as zsh does with what is pasted', () => {
    const shell = ['--norc', '--noediting', '+O', 'interactive_comments', '-o', 'histexpand', '-i']
    const { stdout, complaints } = printedBy('/bin/bash', shell, script)
    expect(stdout).toBe(intact)
    const said = complaints.split('\n').filter((line) => line !== '' && !/job control|process group|^exit$/.test(line))
    expect(new Set(said)).toEqual(new Set(['bash: #: No such file or directory']))
  })

  it('has nothing but letters, digits, blanks and marks that no shell acts upon', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(shellComment(text)).toMatch(/^# (?:[\p{L}\p{M}\p{N} .,:/@+_’…-]|\*(?=\.))*$/u)
      }),
      runs(500),
    )
  })

  it('says what it was given when that is harmless, and sets a bracketed remark free', () => {
    expect(shellComment(`leaf (pin of example.com): *.Müller’s, Let's Encrypt, valid until 2027-03-31`)).toBe(
      '# leaf pin of example.com: *.Müller’s, Let’s Encrypt, valid until 2027-03-31',
    )
  })
})

describe('a comment of a zone', () => {
  const RECORD = '_443._tcp.api.example.com. IN TLSA 3 1 1 00'
  const TEXTS = [...HOSTILE, '( ', '"', '\n@ IN A 192.0.2.1', ') ; ', '$INCLUDE /etc/passwd', '\\']

  it.skipIf(isMissing(ldns))('holds any text and lets nothing out', () => {
    const zone = TEXTS.flatMap((text) => [zoneComment(text), RECORD]).join('\n')
    const { accepted = [], problem } = ldnsRecords(`${zone}\n`)
    expect(problem).toBeUndefined()
    expect(accepted.map(([owner, , , type, data]) => [owner, type, data])).toEqual(
      TEXTS.map(() => ['_443._tcp.api.example.com.', 'TLSA', '3 1 1 00']),
    )
  })

  it('is one line', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(zoneComment(text)).toMatch(/^; [^\p{Cc}\u2028\u2029]*$/u)
      }),
      runs(100),
    )
  })
})

it('fields stay apart whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1 }), (texts) => {
      expect(tabSeparated(texts).split(/[\t\n\r\u2028\u2029]/)).toEqual(texts.map(singleLine))
    }),
    runs(100),
  )
  expect(tabSeparated(['a\tb', 'c\nd', ''])).toBe('a b\tc d\t')
})

const LANGUAGES = [
  { language: 'java', comment: slashComment, quoted: javaString },
  { language: 'kotlin', comment: slashComment, quoted: kotlinString },
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
      runs(500),
    )
  })
})

const yamlDocument = (text: string) =>
  `before: true\n${yamlComment(text)}\nlist:\n  - ${yamlString(text)}\n  - ${yamlString('key')}: ${yamlString(text)}\n`
const yamlContent = (text: string) => ({
  accepted: { before: true, list: [singleLine(text), { key: singleLine(text) }] },
})

describe.skipIf(isMissing(yaml))('YAML', () => {
  const HOSTILE_YAML = [
    ...HOSTILE_CODE,
    ': x',
    '- x',
    '# x',
    '&a *a',
    '!!python/object',
    '%YAML',
    '---',
    '...',
    '{{x}}',
  ]

  it('carries every hostile text in a comment and in strings, and nothing else changes', () => {
    expect(yamlRead(HOSTILE_YAML.map(yamlDocument))).toEqual(HOSTILE_YAML.map(yamlContent))
  })

  it('carries any text', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 20, maxLength: 20 }), (texts) => {
        expect(yamlRead(texts.map(yamlDocument))).toEqual(texts.map(yamlContent))
      }),
      runs(10),
    )
  })
})
