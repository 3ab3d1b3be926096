import type { HostRuling, PinRequirement } from '../../core/formats/host-ruling.ts'
import type { PlannedPin } from '../../core/pins/plan-pins.ts'
import { listed } from '../../core/wording/wording.ts'

/** What an output does with connections to a host, in a sentence. */
export function hostRulingText(ruling: HostRuling): string {
  switch (ruling.kind) {
    case 'not-pinned':
      return 'Not pinned: no entry covers this host.'
    case 'refuses-configuration':
      return `Throws when the app starts, because of ${listed(ruling.hosts)}.`
    case 'pinned':
      return `Pinned by ${ruling.entries.length === 1 ? 'the entry' : 'the entries'} ${listed(ruling.entries)}: ${ruling.findsNone ? `asks that ${requirementText(ruling.requirement)}, and finds none, whatever the server presents: see the findings beside it` : `connects when ${requirementText(ruling.requirement)}`}.`
  }
}

/** What has to be in a chain, as the end of a sentence about connections. */
export function requirementText(requirement: PinRequirement): string {
  switch (requirement.kind) {
    case 'any':
      return `${oneOf(requirement.pins, 'key')} is in the chain`
    case 'leaf-or-ca':
      return `${oneOf(requirement.pins, 'key')} is in the chain, a leaf’s at the leaf and a CA’s above it`
    case 'certificates':
      return `the chain is from ${oneOf(requirement.pins, 'certificate')}`
    case 'lists':
      return listsText(requirement)
  }
}

function listsText({ leaf, ca }: Extract<PinRequirement, { readonly kind: 'lists' }>): string {
  const ofLeaf = leaf && `the leaf has ${oneOf(leaf, 'leaf key')}`
  if (ofLeaf) return ca ? `${ofLeaf} and ${oneOf(ca, 'CA key')} is above it` : `${ofLeaf}, whatever the CA`
  return `${oneOf(ca ?? [], 'CA key')} is in the chain above the leaf`
}

function oneOf({ length }: readonly PlannedPin[], what: string): string {
  return length === 1 ? `the pinned ${what}` : `one of the ${length} pinned ${what}s`
}

/** Every pin that counts, in the order in which it is asked for. */
export function pinsOfRequirement(requirement: PinRequirement): readonly PlannedPin[] {
  return requirement.kind === 'lists' ? [...(requirement.leaf ?? []), ...(requirement.ca ?? [])] : requirement.pins
}
