import { describe, expect, it } from 'vitest'
import { svgText, type Palette } from '../../../src/app/results/timeline/picture-files.ts'
import { INKS, timelinePicture, type Picture, type Shape } from '../../../src/app/results/timeline/picture.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { eventsAhead, timelineEvents, validitySpans } from '../../../src/core/rotation/timeline.ts'
import { childElements, parseStrictXml } from '../../oracles/strict-xml.ts'
import { CASE_NOW, exampleChain, HOSTILE_TEXT, pinning, row } from '../../support/cases.ts'
import { isMissing, xmllint, xmllintAccepts } from '../../support/tools.ts'
import { AUTUMN_2026, publicChain, ROOTS, SPRING_2027, SPRING_2029 } from '../../core/risks/public-chains.ts'

const HOST = 'api.example.com'
const PALETTE = Object.fromEntries(INKS.map((ink, index) => [ink, `#${String(index).repeat(6)}`])) as Palette

function pictureOf(rows: readonly PlanRow[], now = CASE_NOW, width = 960, hasLegend = true) {
  const plan = planPins(rows)
  const ahead = eventsAhead(timelineEvents(plan, rows, {}, now), now)
  const picture = timelinePicture({ ahead, spans: validitySpans(plan, rows), now, width, hasLegend })
  return { ahead, picture }
}

const leaf = { from: '2026-09-01', until: '2029-12-01' }
const ROWS = [row({ host: HOST, chains: [publicChain(HOST, ROOTS.isrgX1, { leaf })], choices: pinning('leaf') })]

type TextShape = Extract<Shape, { readonly kind: 'text' }>
const textsOf = ({ shapes }: Picture) =>
  shapes.filter((shape): shape is TextShape => shape.kind === 'text').map(({ text }) => text)

/** The leftmost and the rightmost point of a shape, as far as it is known without a font. */
function reach(shape: Shape): readonly number[] {
  return shape.kind === 'rect' ? [shape.x, shape.x + shape.width] : [shape.x]
}

describe('a picture', () => {
  it.each([220, 256, 320, 419, 420, 704])('cuts no text off at a width of %s', (width) => {
    const ended = exampleChain('a.long.name.of.a.host.example', { from: '2024-01-01', until: '2024-02-29' })
    const rows = [...ROWS, row({ host: 'ended.example', chains: [ended], choices: pinning('leaf', 'intermediate') })]
    const { picture } = pictureOf(rows, CASE_NOW, width, false)
    const starting = picture.shapes.filter((shape) => shape.kind === 'text').filter(({ anchor }) => anchor === 'start')
    expect(starting.length).toBeGreaterThan(4)
    // A character of the font is about six and a half wide.
    for (const { x, text } of starting) expect(x + text.length * 6.5).toBeLessThanOrEqual(width)
    expect(textsOf(picture).some((text) => text.endsWith('pinned, ended 2024-02-29'))).toBe(true)
  })

  it.each([
    [AUTUMN_2026, 'Today, 2026-11-21'],
    [SPRING_2027, 'Today, 2027-03-16'],
    [SPRING_2029, 'Today, 2029-03-16'],
  ])('has a line for today, and its numbers are those of the days: %s', (now, today) => {
    const { ahead, picture } = pictureOf(ROWS, now)
    const texts = textsOf(picture)
    expect(texts).toContain(today)
    for (const [index, { date, title }] of ahead.entries()) {
      expect(texts.some((text) => text.startsWith(`${index + 1}. `) && text.includes(date))).toBe(true)
      expect(texts.join('\n')).toContain(title.slice(0, 20))
    }
  })

  it.each([220, 256, 320, 704, 960, 2000])('stays inside its frame at a width of %s', (width) => {
    const many = Array.from({ length: 30 }, (_, index) =>
      row({ host: `h${index}.example`, chains: [exampleChain(`h${index}.example`)] }),
    )
    for (const rows of [ROWS, many, [...ROWS, ...many]]) {
      const { picture } = pictureOf(rows, CASE_NOW, width, false)
      for (const x of picture.shapes.flatMap(reach)) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(width)
      }
    }
  })

  it('shows what ends first, and counts the rest', () => {
    const rows = Array.from({ length: 200 }, (_, index) => {
      const until = new Date(Date.parse('2027-03-31') + (199 - index) * 86_400_000).toISOString().slice(0, 10)
      return row({ host: `h${index}.example`, chains: [exampleChain(`h${index}.example`, { until })] })
    })
    const { picture } = pictureOf(rows)
    const texts = textsOf(picture)
    expect(texts.filter((text) => text.startsWith('leaf '))).toHaveLength(7)
    expect(texts).toContain('leaf h199.example, pinned, ends 2027-03-31')
    // 200 leaves, an intermediate and a root, of which seven, one and one are shown.
    expect(texts).toContain('and 193 certificates more')
    expect(picture.height).toBeLessThan(1500)
  })

  it.each([256, 960])('has marks beside each other, however many days there are: %s wide', (width) => {
    const rows = Array.from({ length: 150 }, (_, index) => {
      const until = new Date(Date.parse('2027-09-30') + index * 5 * 86_400_000).toISOString().slice(0, 10)
      return row({ host: `h${index}.example`, chains: [exampleChain(`h${index}.example`, { until })] })
    })
    const { picture, ahead } = pictureOf(rows, CASE_NOW, width, false)
    expect(ahead.length).toBeGreaterThan(500)
    const marks = picture.shapes.filter((shape) => shape.kind === 'rect' && shape.height === 20).map(reach)
    // But for the last, which is drawn where there is room.
    const gaps = marks.slice(1, -1).map(([left = 0], index) => left - (marks[index]?.[1] ?? 0))
    expect(gaps.length).toBeGreaterThan(0)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0)
  })

  it('marks a certificate that has ended, and one whose bar would lie outside', () => {
    const texts = textsOf(
      pictureOf([row({ host: HOST, chains: [exampleChain(HOST, { from: '2020-01-01', until: '2021-01-01' })] })])
        .picture,
    )
    expect(texts).toContain(`leaf ${HOST}, pinned, ended 2021-01-01`)
  })

  it('of a plan without days is one as well', () => {
    const { picture } = pictureOf([])
    expect(textsOf(picture)).toContain('Today, 2026-11-21')
  })
})

describe('the SVG file', () => {
  const hostile = row({ host: HOST, chains: [exampleChain(HOST, { name: HOSTILE_TEXT })] })
  const files = [ROWS, [hostile], []].map((rows) => ({ picture: pictureOf(rows).picture }))

  it.each(files)('holds the same shapes, and text as text', ({ picture }) => {
    const { root, problem } = parseStrictXml(svgText(picture, PALETTE))
    expect(problem).toBeUndefined()
    const elements = root ? childElements(root) : []
    const names = elements.map(({ localName }) => localName)
    expect(names).toEqual(['title', 'rect', ...picture.shapes.map(({ kind }) => kind)])
    const texts = elements.filter(({ localName }) => localName === 'text').map(({ textContent }) => textContent)
    expect(texts).toEqual(textsOf(picture))
    expect(elements.flatMap((element) => childElements(element))).toEqual([])
  })

  it('stands alone: its colours are its own, and nothing is loaded or run', () => {
    const svg = svgText(pictureOf([hostile]).picture, PALETTE)
    expect(svg).not.toMatch(/var\(|<style|<script|<image|\bstyle=|\bclass=|href|url\(|\bon\w+=/)
    for (const [, colour = ''] of svg.matchAll(/ (?:fill|stroke)="([^"]*)"/g)) expect(colour).toMatch(/^#\d{6}$/)
  })

  it.skipIf(isMissing(xmllint))('is well formed to libxml2', () => {
    for (const { picture } of files) expect(xmllintAccepts(svgText(picture, PALETTE)).problem).toBeUndefined()
  })
})
