export interface InlinePiece {
  readonly kind: 'text' | 'code' | 'strong'
  readonly text: string
}

/** Code is tried first, so that OkHttp's `**.` between backticks is no mark. */
const MARKS = /`(?<code>[^`]+)`|\*\*(?<strong>[^*`]+)\*\*/g

/** Splits `code` and **strong** out of a text. Whatever else looks like markup, and a mark without its pair, stays text. */
export function splitInline(text: string): readonly InlinePiece[] {
  const pieces: InlinePiece[] = []
  let end = 0
  for (const match of text.matchAll(MARKS)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) })
    const { code, strong } = match.groups ?? {}
    if (code !== undefined) pieces.push({ kind: 'code', text: code })
    else if (strong !== undefined) pieces.push({ kind: 'strong', text: strong })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) })
  return pieces
}

/** The same text without its marks. */
export function plainText(text: string): string {
  return splitInline(text)
    .map((piece) => piece.text)
    .join('')
}
