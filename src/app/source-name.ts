import { singleLine } from '../core/formats/escape.ts'
import type { RowSource } from './row.ts'

/** What to call a source on screen. A file's name is hostile text: shown as text only. */
export function sourceName({ kind, name }: Pick<RowSource, 'kind' | 'name'>): string {
  switch (kind) {
    case 'file':
      return singleLine(name)
    case 'text':
      return 'Pasted text'
    case 'host':
      return `Live chain of ${name}`
  }
}
