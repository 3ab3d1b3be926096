import type { HostPolicy } from '../../pins/plan-pins.ts'
import { tabSeparated } from '../escape.ts'
import { defineFormat, stampText } from '../format.ts'
import { pinComment } from '../pin-comment.ts'

const FILE_NAME = 'pins.tsv'

const COLUMNS = ['host', 'pin', 'role', 'stands for', 'sub-domains']

/** One line per host and pin, for people and for `grep`, `cut` and `awk`. */
export const plainList = defineFormat({
  id: 'plain-list',
  platforms: ['android', 'ios'],
  kind: 'tool',
  hasOwnRules: false,
  title: 'Plain list',
  docs: 'https://www.rfc-editor.org/rfc/rfc7469#section-2.4',
  failsWith: null,
  abilities: {
    subdomainDepth: 'all',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'none',
    minimumPins: 1,
    minimumVersion: null,
  },
  options: {},
  render: ({ policies }, _values, stamp) =>
    policies.length === 0
      ? []
      : [
          {
            kind: 'text',
            id: 'list',
            title: 'List of pins',
            path: FILE_NAME,
            fileName: FILE_NAME,
            language: 'text',
            content: [
              `# ${stampText(stamp, policies)}`,
              `# ${tabSeparated(COLUMNS)}`,
              ...policies.flatMap(linesOf),
              '',
            ].join('\n'),
            place:
              'For reviews and scripts: one line for each pin of each host, with tabs between the columns; lines that begin with # are about the list.',
          },
        ],
})

function linesOf({ host, includeSubdomains, pins }: HostPolicy): string[] {
  return pins.map((pin) =>
    tabSeparated([host, pin.pin, pin.role, pinComment(pin), includeSubdomains ? 'included' : 'not included']),
  )
}
