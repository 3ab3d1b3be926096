import { shortLine, singleLine } from '../core/single-line.ts'
import type { RowSource } from './row.ts'

const LONGEST_URL = 120

/** What to call a source on screen. A file's name is hostile text: shown as text only. */
export function sourceName({ kind, name }: Pick<RowSource, 'kind' | 'name'>): string {
  switch (kind) {
    case 'file':
      return singleLine(name)
    case 'text':
      return 'Pasted text'
    case 'host':
      return `Live chain of ${name}`
    case 'issuer':
      return `Issuer from ${shortLine(name, LONGEST_URL)}`
  }
}
