import { distinctPins, type HostPolicy, type PlannedPin } from '../../pins/plan-pins.ts'
import { shellComment, shellWord } from '../escape.ts'
import { defineFormat, stampText } from '../format.ts'
import { pinComment } from '../pin-comment.ts'

const FILE_NAME = 'check-pins.sh'

/** One command per host that connects only to a pinned leaf key, by platforms.md C.12. */
export const curl = defineFormat({
  id: 'curl',
  platforms: ['android', 'ios'],
  kind: 'tool',
  hasOwnRules: false,
  title: 'curl: --pinnedpubkey',
  docs: 'https://curl.se/docs/manpage.html#--pinnedpubkey',
  failsWith: 'exit code 90',
  abilities: {
    subdomainDepth: 'none',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'leaf',
    minimumPins: 1,
    minimumVersion: 'curl 7.44',
  },
  options: {},
  render: ({ policies }, _values, stamp) => {
    const hosts = policies
      .map(({ host, pins }) => ({ host, pins: pins.filter(({ role }) => role === 'leaf') }))
      .filter(({ pins }) => pins.length > 0)
    if (hosts.length === 0) return []
    return [
      {
        kind: 'text',
        id: 'commands',
        title: 'curl commands',
        path: FILE_NAME,
        fileName: FILE_NAME,
        language: 'shell',
        content: [shellComment(stampText(stamp, hosts)), ...hosts.flatMap(command), ''].join('\n'),
        place: `Run them one by one, or all with sh -e ${FILE_NAME}, which stops at the first host that fails. The exit code is 0 when a pin matched and 90 when none did. A host on another port than 443 needs it behind its name.`,
      },
    ]
  },
})

function command({ host, pins }: Pick<HostPolicy, 'host' | 'pins'>): string[] {
  return [
    '',
    ...pins.map((pin) => shellComment(pinComment(pin))),
    `curl --silent --show-error --output /dev/null --pinnedpubkey ${shellWord(pinList(pins))} https://${host}/`,
  ]
}

/** A blank after the semicolon would make every later pin match nothing. */
function pinList(pins: readonly PlannedPin[]): string {
  return distinctPins(pins)
    .map((pin) => `sha256//${pin}`)
    .join(';')
}
