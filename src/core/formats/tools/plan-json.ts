import { certificateName } from '../../certificate/certificate.ts'
import { isoDay } from '../../instant.ts'
import type { HostPolicy, PinOrigin, PlannedPin } from '../../pins/plan-pins.ts'
import { shortLine } from '../../single-line.ts'
import { defineFormat, stampText } from '../format.ts'

const FILE_NAME = 'pin-plan.json'

/** Of the form, published as `public/schemas/pin-plan-1.json`. A reader of one version never meets another's. */
const VERSION = 1

const LONGEST_NAME = 200

/** The whole plan for programs: what is pinned for which host, and what each pin stands for. */
export const planJson = defineFormat({
  id: 'json',
  platforms: ['android', 'ios'],
  kind: 'tool',
  hasOwnRules: false,
  title: 'JSON: the whole plan',
  docs: 'https://json-schema.org/specification',
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
            id: 'plan',
            title: 'Pin plan',
            path: FILE_NAME,
            fileName: FILE_NAME,
            language: 'json',
            content: document({
              $schema: `urn:pinsmith:pin-plan:${VERSION}`,
              version: VERSION,
              comment: stampText(stamp, policies),
              hosts: policies.map(hostOf),
            }),
            place: `For scripts and checks of your own. This site has its JSON Schema at /schemas/pin-plan-${VERSION}.json.`,
          },
        ],
})

function document(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function hostOf({ host, includeSubdomains, pins }: HostPolicy) {
  return { host, includeSubdomains, pins: pins.map(pinOf) }
}

function pinOf({ pin, role, inheritedFrom, origins }: PlannedPin) {
  const standsFor = origins.map(originOf)
  const texts = standsFor.map((origin) => JSON.stringify(origin))
  // The same certificate may be in several chains and rows.
  return {
    pin,
    role,
    inheritedFrom,
    standsFor: standsFor.filter((_, at) => texts.indexOf(texts[at] ?? '') === at),
  }
}

function originOf(origin: PinOrigin) {
  switch (origin.kind) {
    case 'certificate':
      return {
        kind: 'certificate',
        role: origin.chainRole,
        name: nameOf(certificateName(origin.certificate)),
        certificateSha256: origin.certificate.sha256,
        validFrom: isoDay(origin.certificate.notBefore),
        validUntil: isoDay(origin.certificate.notAfter),
      }
    case 'key':
      return { kind: 'key', source: origin.key.origin, name: nameOf(origin.key.name) }
    case 'typed':
      return { kind: 'typed', root: origin.bundledRoot === null ? null : nameOf(origin.bundledRoot) }
    case 'wrong':
      return { kind: 'wrong' }
  }
}

function nameOf(text: string): string {
  return shortLine(text, LONGEST_NAME)
}
