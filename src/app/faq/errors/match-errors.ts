import type { ErrorCertainty, ErrorEntry } from './error-dictionary.ts'

/** Longer texts are read up to here. */
export const LONGEST_LOG = 200_000

const ORDER: readonly ErrorCertainty[] = ['exact', 'likely', 'vague']

/**
 * The entries that a message or a log matches, the most certain first, then in the order of the dictionary. The text is
 * hostile and may be long: pieces are looked for as they stand, so the time grows with its length alone.
 */
export function matchErrors(dictionary: readonly ErrorEntry[], log: string): readonly ErrorEntry[] {
  const text = plain(log.slice(0, LONGEST_LOG))
  return dictionary
    .filter(({ patterns }) => patterns.some((pieces) => pieces.every((piece) => contains(text, piece))))
    .toSorted((one, other) => ORDER.indexOf(one.certainty) - ORDER.indexOf(other.certainty))
}

/** As patterns are written: lower case, straight quotes, single spaces. */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/\s+/g, ' ')
}

/** A piece that ends with a digit is a number: `-999` is not in `-9995`. */
function contains(text: string, piece: string): boolean {
  if (!/\d$/.test(piece)) return text.includes(piece)
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length)) {
    if (!/^\d/.test(text.charAt(at + piece.length))) return true
  }
  return false
}
