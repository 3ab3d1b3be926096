import { markdownCode } from '../../../core/formats/escape.ts'
import { shownName } from '../../../core/wording/wording.ts'

/** A run of a sentence. `name`: from a certificate, a host or a key; hostile, never markup. */
export interface TextPiece {
  readonly kind: 'text' | 'name'
  readonly text: string
}

export interface ChecklistItem {
  /** Unique in its checklist, and the same as long as it is about the same. */
  readonly id: string
  readonly text: readonly TextPiece[]
}

export interface ChecklistStep {
  readonly id: string
  readonly title: string
  readonly intro: string
  readonly items: readonly ChecklistItem[]
}

/** A name inside a sentence. */
export interface Name {
  readonly name: string
}

/** @param text hostile; shown on one line and bounded */
export function named(text: string): Name {
  return { name: shownName(text) }
}

/** A sentence of our words and of names: ``says`Put ${named(host)} back.` ``. */
export function says(words: TemplateStringsArray, ...values: readonly (string | Name)[]): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  for (const [index, word] of words.entries()) {
    const value = values[index]
    if (word !== '') pieces.push({ kind: 'text', text: word })
    if (typeof value === 'string') pieces.push({ kind: 'text', text: value })
    else if (value) pieces.push({ kind: 'name', text: value.name })
  }
  return pieces
}

/** `a`, `a and b`, `a, b and c`, of names. */
export function listOf(names: readonly Name[]): readonly TextPiece[] {
  return names.flatMap(({ name }, index): TextPiece[] => {
    const joint = index === 0 ? '' : index === names.length - 1 ? ' and ' : ', '
    return [...(joint === '' ? [] : [{ kind: 'text' as const, text: joint }]), { kind: 'name', text: name }]
  })
}

/**
 * The checklist as Markdown with boxes to tick. Names stand in code spans, in which nothing is markup, no address
 * becomes a link and nobody is mentioned.
 */
export function checklistMarkdown(title: string, steps: readonly ChecklistStep[], ticked: ReadonlySet<string>): string {
  const parts = steps.flatMap(({ title: heading, intro, items }, index) => [
    `## ${index + 1}. ${heading}`,
    intro,
    items.map(({ id, text }) => `- [${ticked.has(id) ? 'x' : ' '}] ${text.map(markdownPiece).join('')}`).join('\n'),
  ])
  return `${[`# ${title}`, ...parts].join('\n\n')}\n`
}

function markdownPiece({ kind, text }: TextPiece): string {
  return kind === 'text' ? text : markdownCode(text)
}
