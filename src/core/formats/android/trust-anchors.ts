import { certificateName } from '../../certificate/certificate.ts'
import { isoDay } from '../../instant.ts'
import type { OwnAnchor } from '../../pins/host-anchors.ts'
import type { HostPolicy, PinPlan } from '../../pins/plan-pins.ts'
import { resourceName, shortLine } from '../escape.ts'
import type { CertificateSnippet, ChoiceOption } from '../format.ts'

/** How devices get to trust roots that no store lists. */
export type TrustChoice = 'ship' | 'installed' | 'as-is'

/** Asked where a host's root is in no store. */
export const TRUST_OPTION = {
  kind: 'choice',
  label: 'Your server’s root is in no phone’s store. How do phones get to trust it?',
  choices: [
    {
      value: 'ship',
      label: 'Ship it with the app',
      effect:
        'The app trusts it for these hosts, on every phone and nowhere else. The file below goes into the project. A new root needs an app update before the server uses it.',
    },
    {
      value: 'installed',
      label: 'It is installed on the devices (MDM)',
      effect:
        'For these hosts the app trusts every CA that was added to the device, by management or by its user, in the release too. The pins still have to match, so such a CA alone does not get through; once the pins expire, it does.',
    },
    {
      value: 'as-is',
      label: 'Leave trust as it is',
      effect:
        'No trust anchors are written. Android refuses these hosts before it looks at a pin, unless your base-config trusts the root or the devices were built with it.',
    },
  ],
  matters: (plan: PinPlan) => plan.policies.some(({ anchors }) => anchors.own.length > 0),
} as const satisfies ChoiceOption

/** One `certificates` element. The comment holds hostile text. */
export interface AnchorSource {
  readonly src: string
  readonly comment: string | null
}

/**
 * The trust anchors of a host; none when the inherited ones will do. Its own list replaces the inherited one
 * (platforms.md A.7), so the device's store is named where it is needed. Never `overridePins`: the pins hold for every
 * anchor.
 */
export function anchorSources({ anchors }: Pick<HostPolicy, 'anchors'>, choice: TrustChoice): readonly AnchorSource[] {
  if (anchors.own.length === 0 || choice === 'as-is') return []
  const own =
    choice === 'ship'
      ? anchors.own.map((anchor) => ({ src: `@raw/${nameOf(anchor)}`, comment: commentOf(anchor) }))
      : [{ src: 'user', comment: null }]
  return [...own, ...(anchors.needsStore ? [{ src: 'system', comment: null }] : [])]
}

/** The files that `@raw/…` refers to, each once. DER: Android reads PEM as well, but only without a word around it. */
export function shippedAnchors({ policies }: PinPlan): readonly CertificateSnippet[] {
  const own = new Map(policies.flatMap(({ anchors }) => anchors.own.map((one) => [one.certificate.sha256, one])))
  return Array.from(own.values(), (anchor) => {
    const fileName = `${nameOf(anchor)}.der`
    const path = `app/src/main/res/raw/${fileName}`
    return {
      kind: 'certificate',
      id: `anchor-${anchor.certificate.sha256.slice(0, 12)}`,
      title: `${anchor.kind === 'root' ? 'Root' : 'Server'} certificate ${shownName(anchor)}`,
      path,
      fileName,
      certificate: anchor.certificate.sha256,
      encoding: 'der',
      place: `Save it as ${path}, under exactly this name; the configuration refers to it, and without it the project does not build.`,
    }
  })
}

function nameOf({ certificate }: OwnAnchor): string {
  return resourceName(certificateName(certificate), certificate.sha256.slice(0, 12))
}

function commentOf(anchor: OwnAnchor): string {
  return `${anchor.kind === 'root' ? 'private root' : 'self-signed server certificate'}: ${shownName(anchor)}, valid until ${isoDay(anchor.certificate.notAfter)}`
}

const LONGEST_NAME = 80

function shownName({ certificate }: OwnAnchor): string {
  return shortLine(certificateName(certificate), LONGEST_NAME)
}
