import * as fc from 'fast-check'
import { marked, type Token, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'
import { markdownCode } from '../../../src/core/formats/escape.ts'
import { singleLine } from '../../../src/core/single-line.ts'
import type { ProjectSettings } from '../../../src/core/settings/project-settings.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { markdownOf } from '../../../src/core/review/markdown.ts'
import { reviewOf } from '../../../src/core/review/review.ts'
import { assess } from '../../../src/core/risks/assess.ts'
import { CASE_NOW, CASE_STAMP, HOSTILE_TEXT, PLAN_CASES } from '../../support/cases.ts'
import { runs } from '../../support/runs.ts'
import { drafts, rowsOf } from '../formats/any-rows.ts'

function reviewed(rows: readonly PlanRow[], settings: ProjectSettings = {}) {
  const plan = planPins(rows)
  const { findings } = assess({ plan, rows, settings, now: CASE_NOW })
  return reviewOf(plan, rows, findings, settings, CASE_STAMP)
}

/** Every token of another's parser, whatever it stands in. */
function tokensOf(markdown: string): readonly Token[] {
  const tokens: Token[] = []
  void marked.walkTokens(marked.lexer(markdown), (token) => {
    tokens.push(token)
  })
  return tokens
}

/** What the code spans hold. */
const codes = (tokens: readonly Token[]) =>
  tokens.flatMap((token) => (token.type === 'codespan' && 'text' in token ? [String(token.text).trim()] : []))

/** What a report consists of: nothing that a name could bring, above all no link, no image, no raw HTML. */
const KINDS = new Set('codespan heading list list_item paragraph space strong table text'.split(' '))

/** A name as people write them who want to break out. */
const hostile = fc.oneof(
  fc.constantFrom(
    HOSTILE_TEXT,
    '`',
    '``` ```',
    '` | x | `',
    '|',
    '\\|',
    '\\`',
    'x\\',
    '\n\n# heading\n\n',
    '<img src=x onerror=alert(1)>',
    '[x](https://evil.example)',
    '![x](https://evil.example)',
    'https://evil.example www.evil.example a@evil.example @everyone #1',
    '<https://evil.example>',
    '\n| a | b |\n|---|---|\n',
    '**x** _y_ ~~z~~',
    '&lt;script&gt;',
    '',
    ' ',
  ),
  fc.string({
    unit: fc.constantFrom('`', '|', '\\', '\n', ' ', 'x', '[', ']', '(', ')', '<', '>', '!'),
    maxLength: 30,
  }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

describe('a code span', () => {
  it('is one span that holds the text, to another’s parser, alone, in a sentence and in a table', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const span = markdownCode(text)
        const shown = singleLine(text).replaceAll('|', '¦')
        const alone = tokensOf(`Name: ${span}, and more`)
        expect(alone.map(({ type }) => type)).toEqual(['paragraph', 'text', 'codespan', 'text'])
        expect(codes(alone)).toEqual([shown])
        const [table] = marked.lexer(`| A | B |\n| --- | --- |\n| ${span} | end |\n`)
        const cells = table?.type === 'table' ? (table as Tokens.Table).rows : []
        expect(cells.map((cell) => cell.length)).toEqual([2])
        expect(cells[0]?.[1]?.text).toBe('end')
        expect(codes(cells[0]?.[0]?.tokens ?? [])).toEqual([shown])
      }),
      runs(2_000),
    )
  })
})

describe('the report', () => {
  it.each(PLAN_CASES)(
    'has a table per host with a line per pin, and no markup but ours: $name',
    ({ rows, settings }) => {
      const review = reviewed(rows, settings)
      const tokens = tokensOf(markdownOf(review))
      const tables = tokens.filter((token): token is Tokens.Table => token.type === 'table')
      expect(tables.map((table) => table.rows.length)).toEqual(review.hosts.map(({ pins }) => pins.length))
      for (const table of tables) for (const cells of table.rows) expect(cells).toHaveLength(6)
      expect(tables.flatMap((table) => table.rows.map((cells) => [cells[0]?.text, cells[1]?.text]))).toEqual(
        review.hosts.flatMap(({ pins }) =>
          pins.map(({ label, pin }) => [`${label.charAt(0).toUpperCase()}${label.slice(1)}`, `\`${pin}\``]),
        ),
      )
      expect(tokens.map(({ type }) => type).filter((type) => !KINDS.has(type))).toEqual([])
    },
  )

  it('is of the same shape whatever certificates, requests and people are called', () => {
    fc.assert(
      fc.property(drafts, hostile, (all, name) => {
        const people = { review: { owner: name, backupKeyHolder: name } }
        const shape = (rows: readonly PlanRow[], settings: ProjectSettings) =>
          tokensOf(markdownOf(reviewed(rows, settings)))
            .map(({ type }) => type)
            // Words around a span, and findings that go by names, come and go.
            .filter((type) =>
              ['heading', 'table', 'html', 'link', 'image', 'code', 'br', 'hr', 'blockquote'].includes(type),
            )
        const tokens = shape(rowsOf(all), people)
        expect(tokens.filter((type) => type !== 'heading' && type !== 'table')).toEqual([])
        const hosts = reviewed(rowsOf(all)).hosts.length
        expect(tokens.filter((type) => type === 'table')).toHaveLength(hosts)
      }),
      runs(100),
    )
  })

  it('names whom the project names, and leaves dots where it names nobody', () => {
    const { rows } = PLAN_CASES[0] ?? { rows: [] }
    const named = markdownOf(reviewed(rows, { review: { owner: 'Mobile team', backupKeyHolder: 'Ada' } }))
    expect(named).toContain('- Owner of these pins: `Mobile team`\n- Who holds the backup key: `Ada`\n')
    expect(markdownOf(reviewed(rows))).toContain('- Owner of these pins: …\n- Who holds the backup key: …\n')
  })

  it('is the same for the same plan, and has its day', () => {
    const { rows } = PLAN_CASES[1] ?? { rows: [] }
    const text = markdownOf(reviewed(rows))
    expect(markdownOf(reviewed(rows))).toBe(text)
    expect(text).toMatch(/^# Pin review\n\n- Date: 21 November 2026, made with Pinsmith 1\.0\.0\n/)
  })
})
