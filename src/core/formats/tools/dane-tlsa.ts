import { decodeBase64, encodeHex } from '../../pins/encoding.ts'
import type { PinRole } from '../../pins/pin-choices.ts'
import type { HostPolicy, PlannedPin } from '../../pins/plan-pins.ts'
import { zoneComment } from '../escape.ts'
import { defineFormat, PLATFORMS, stampText } from '../format.ts'
import { pinComment } from '../pin-comment.ts'

const FILE_NAME = 'tlsa-records.zone'

/** Selector 1 is SubjectPublicKeyInfo, matching type 1 SHA-256 (RFC 6698 §2.1): the very hash that a pin is. */
const SELECTOR_AND_TYPE = '1 1'

/** DANE-EE and DANE-TA (RFC 7671 §5.1, §5.2). Of a pin of unknown role nobody can say which. */
const USAGES: Readonly<Record<PinRole, number | null>> = { leaf: 3, ca: 2, unknown: null }

/** The plan as DNS records for those clients that look for them; no phone does. */
export const daneTlsa = defineFormat({
  id: 'dane-tlsa',
  platforms: ['android', 'ios'],
  kind: 'tool',
  hasOwnRules: false,
  title: 'DNS: TLSA records (DANE)',
  docs: 'https://www.rfc-editor.org/rfc/rfc7671',
  failsWith: 'no matching TLSA record',
  abilities: {
    subdomainDepth: 'none',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'leaf-or-ca',
    // A record of a CA's key makes it the anchor, one of a leaf's key needs none (RFC 7671 sections 5.1 and 5.2).
    trustsPinned: PLATFORMS,
    minimumPins: 1,
    minimumVersion: null,
  },
  options: {},
  render: ({ policies }, _values, stamp) => {
    const hosts = policies
      .map(({ host, pins }) => ({ host, pins: pins.filter(({ role }) => USAGES[role] !== null) }))
      .filter(({ pins }) => pins.length > 0)
    if (hosts.length === 0) return []
    return [
      {
        kind: 'text',
        id: 'records',
        title: 'TLSA records',
        path: FILE_NAME,
        fileName: FILE_NAME,
        language: 'text',
        content: [
          zoneComment(stampText(stamp, hosts)),
          zoneComment('A 2 1 1 record matches only while the server sends that CA’s certificate (RFC 7671 §5.2.2).'),
          ...hosts.flatMap(recordsOf),
          '',
        ].join('\n'),
        place:
          'Add them to the zones of the hosts. Clients look only at records that are signed with DNSSEC; Android and iOS at none. A server on another port than 443 needs that one in the names. Add the record of a new key some time before the server uses it.',
      },
    ]
  },
})

function recordsOf({ host, pins }: Pick<HostPolicy, 'host' | 'pins'>): string[] {
  return ['', ...pins.flatMap((pin) => recordOf(host, pin))]
}

function recordOf(host: string, pin: PlannedPin): string[] {
  const usage = USAGES[pin.role]
  const digest = decodeBase64(pin.pin)
  if (usage === null || digest === null) return []
  return [
    zoneComment(pinComment(pin)),
    ...(isSentByNobody(pin)
      ? [zoneComment('The server has to be told to send it: it was added from the root store.')]
      : []),
    `_443._tcp.${host}. IN TLSA ${usage} ${SELECTOR_AND_TYPE} ${encodeHex(digest)}`,
  ]
}

/** Whether the certificate was in no file and in no answer of a server, wherever the key occurs. */
function isSentByNobody({ origins }: PlannedPin): boolean {
  return origins.every((origin) => origin.kind === 'certificate' && origin.addedFromStore)
}
