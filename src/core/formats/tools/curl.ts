import { shellComment, shellWord } from '../escape.ts'
import { defineFormat, stampText } from '../format.ts'
import { leafPins, leafPinsByHost, type LeafPins } from '../leaf-pins.ts'
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
  render: (plan, _values, stamp) => {
    const hosts = leafPins(plan)
    if (hosts.length === 0) return []
    return [
      {
        kind: 'text',
        id: 'commands',
        title: 'curl commands',
        path: FILE_NAME,
        fileName: FILE_NAME,
        language: 'shell',
        content: [shellComment(stampText(stamp, leafPinsByHost(hosts))), ...hosts.flatMap(command), ''].join('\n'),
        place: `Run them one by one, or all with sh -e ${FILE_NAME}, which stops at the first host that fails. The exit code is 0 when a pin matched and 90 when none did. A host on another port than 443 needs it behind its name.${plan.policies.some(({ anchors }) => anchors.own.length > 0) ? ' Below a private root curl ends with 60 before it looks at a pin: add --cacert with a file of that root.' : ''}`,
      },
    ]
  },
})

function command({ policy, pins }: LeafPins): string[] {
  return [
    '',
    ...pins.map((pin) => shellComment(pinComment(pin))),
    `curl --silent --show-error --output /dev/null --pinnedpubkey ${shellWord(pinList(pins))} https://${policy.host}/`,
  ]
}

/** A blank after the semicolon would make every later pin match nothing. */
function pinList(pins: LeafPins['pins']): string {
  return pins.map(({ pin }) => `sha256//${pin}`).join(';')
}
