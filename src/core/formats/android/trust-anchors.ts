import type { OwnAnchor } from '../../pins/host-anchors.ts'
import type { HostPolicy, PinPlan } from '../../pins/plan-pins.ts'
import { certificateComment, certificateResourceName, certificateSnippet } from '../certificate-files.ts'
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
      ? anchors.own.map((anchor) => ({
          src: `@raw/${certificateResourceName(anchor.certificate)}`,
          comment: commentOf(anchor),
        }))
      : [{ src: 'user', comment: null }]
  return [...own, ...(anchors.needsStore ? [{ src: 'system', comment: null }] : [])]
}

/**
 * The files that `@raw/…` refers to, each once. DER: Android reads PEM as well, but only without a word around it.
 *
 * @param folder of the project
 * @param placeOf where such a file goes, given its path
 */
export function shippedAnchors(
  { policies }: PinPlan,
  folder: string,
  placeOf: (path: string) => string,
): readonly CertificateSnippet[] {
  const own = new Map(policies.flatMap(({ anchors }) => anchors.own.map((one) => [one.certificate.sha256, one])))
  return Array.from(own.values(), ({ kind, certificate }) => {
    const what = kind === 'root' ? 'Root certificate' : 'Server certificate'
    return certificateSnippet(
      certificate,
      { folder, extension: 'der', encoding: 'der', idPrefix: 'anchor-', what },
      placeOf,
    )
  })
}

function commentOf({ kind, certificate }: OwnAnchor): string {
  return certificateComment(kind === 'root' ? 'private root' : 'self-signed server certificate', certificate)
}
