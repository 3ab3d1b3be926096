import { splitInline } from './inline-text.ts'

export function InlineText({ text }: { readonly text: string }) {
  return splitInline(text).map((piece, index) => {
    const key = `${index}`
    switch (piece.kind) {
      case 'text':
        return piece.text
      case 'code':
        return <code key={key}>{piece.text}</code>
      case 'strong':
        return <strong key={key}>{piece.text}</strong>
    }
  })
}
