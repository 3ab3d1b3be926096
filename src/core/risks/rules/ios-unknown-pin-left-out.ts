import { hasIosEntry } from '../../formats/ios/identity-lists.ts'
import { distinctPins, type HostPolicy } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { typedPinFixes } from '../shortfall-fixes.ts'
import { listed } from '../../wording/wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly pins: number
  /** The hosts have no other pin, so they are not in the output at all. */
  readonly isUnpinned: boolean
}

export default defineRule<Facts>({
  id: 'ios-unknown-pin-left-out',
  tab: 'ios',
  severity: ({ isUnpinned }) => (isUnpinned ? 'blocker' : 'warning'),
  title: ({ hosts, pins, isUnpinned }) =>
    isUnpinned
      ? `iOS does not pin ${listed(hosts)} at all`
      : `${pins === 1 ? 'A typed pin is' : `${pins} typed pins are`} left out for ${listed(hosts)} on iOS`,
  why: ({ hosts, pins, isUnpinned }) =>
    [
      `iOS has one list for leaf keys and one for CA keys, and nobody said which ${pins === 1 ? 'the typed pin' : `the ${pins} typed pins`} of ${listed(hosts)} belong${pins === 1 ? 's' : ''} to. In the wrong list a pin never matches.`,
      isUnpinned
        ? 'There is no other pin, so the output has no entry and apps connect unpinned.'
        : 'Android takes any pin, so there it counts.',
      'Say whether it is a leaf or a CA, or add the certificate.',
    ].join(' '),
  fixes: (_facts, rowIds) => typedPinFixes(rowIds),
  faq: 'typed-pins',
  source:
    'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  since: '2026-11-21',
  applies: ({ plan }) =>
    plan.policies.some(({ pins }) => pins.some((pin) => pin.origins.some(({ kind }) => kind === 'typed'))),
  check: ({ plan }) => {
    const policies = plan.policies.filter((policy) => unknownPins(policy).length > 0)
    return [false, true].flatMap((isUnpinned) => {
      const found = policies.filter((policy) => hasIosEntry(policy) !== isUnpinned)
      if (found.length === 0) return []
      return [
        {
          rowIds: found.flatMap(({ rowIds }) => rowIds),
          facts: {
            hosts: found.map(({ host }) => host),
            pins: distinctPins(found.flatMap(unknownPins)).length,
            isUnpinned,
          },
        },
      ]
    })
  },
})

function unknownPins({ pins }: HostPolicy) {
  return pins.filter(({ role }) => role === 'unknown')
}
