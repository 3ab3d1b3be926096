/** What was pasted where a pin belongs. */
export type PastedKind = 'certificate' | 'certificate-request' | 'public-key' | 'private-key' | 'other'

const BEGIN = '-----BEGIN '
const END = '-----END '
const DASHES = '-----'
const LONGEST_LABEL = 64

/**
 * Takes PEM blocks (RFC 7468) out of text; one without an end goes on to the end of the text. Their content is not
 * kept: it may be a private key.
 */
export function withoutPemBlocks(text: string): { readonly rest: string; readonly pasted: readonly PastedKind[] } {
  const pasted: PastedKind[] = []
  const kept: string[] = []
  let from = 0
  for (let begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, from)) {
    const label = labelAt(text, begin + BEGIN.length)
    if (label === null) {
      kept.push(text.slice(from, begin + BEGIN.length))
      from = begin + BEGIN.length
      continue
    }
    kept.push(text.slice(from, begin), '\n')
    pasted.push(kindOf(label))
    const end = text.indexOf(END, begin)
    if (end < 0) return { rest: kept.join(''), pasted }
    from = end + END.length
    const endLabel = labelAt(text, from)
    if (endLabel !== null) from += endLabel.length + DASHES.length
  }
  return { rest: kept.join('') + text.slice(from), pasted }
}

function labelAt(text: string, start: number): string | null {
  const label = text.slice(start, start + LONGEST_LABEL)
  const end = label.indexOf(DASHES)
  return end < 0 ? null : label.slice(0, end)
}

function kindOf(label: string): PastedKind {
  if (label.includes('PRIVATE KEY')) return 'private-key'
  if (label.endsWith('REQUEST')) return 'certificate-request'
  if (label.endsWith('PUBLIC KEY')) return 'public-key'
  return label.endsWith('CERTIFICATE') ? 'certificate' : 'other'
}
