import { certificatesIn, keylessnessOf, type Keylessness } from '../../pins/keyless-pins.ts'
import { distinctPins } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../wording.ts'

interface Facts {
  readonly host: string
  readonly pins: readonly SpkiPin[]
  readonly keylessness: Keylessness
  /** The host has no pin but such ones. */
  readonly isCutOff: boolean
}

export default defineRule<Facts>({
  id: 'sample-pin',
  tab: 'results',
  severity: ({ isCutOff }) => (isCutOff ? 'blocker' : 'warning'),
  title: ({ host, pins, keylessness }) =>
    `${pins.length === 1 ? 'A pin' : `${pins.length} pins`} of ${host} ${what(keylessness, pins.length)}`,
  why: ({ host, pins, keylessness, isCutOff }) =>
    `${listed(pins)} ${reason(keylessness, pins.length)} No key has such a pin, so it matches nothing. ${
      isCutOff
        ? `No other pin is there, so the app could not connect to ${host} at all.`
        : `It looks like a backup for ${host} and is none.`
    } Replace it with the pin of a key.`,
  fixes: ({ pins }, rowIds) => [
    { label: pins.length === 1 ? 'Take it out' : 'Take them out', change: { kind: 'drop-typed-pins', rowIds, pins } },
  ],
  faq: 'typed-pins',
  source: 'https://www.rfc-editor.org/rfc/rfc7469#section-2.4',
  since: '2026-11-21',
  applies: ({ plan }) =>
    plan.policies.some(({ pins }) => pins.some(({ origins }) => origins.some(({ kind }) => kind === 'typed'))),
  check: ({ plan, rows }) => {
    const known = certificatesIn(rows)
    return plan.policies.flatMap((policy) => {
      const empty = new Map(
        policy.pins
          .filter(({ inheritedFrom }) => inheritedFrom === null)
          .flatMap((planned) => {
            const keylessness = keylessnessOf(planned, known)
            return keylessness ? [[planned.pin, keylessness] as const] : []
          }),
      )
      const isCutOff = empty.size === distinctPins(policy.pins).length
      // One finding for each reason: five placeholders are one mistake.
      const reasons = new Map(Array.from(empty.values(), (keylessness) => [JSON.stringify(keylessness), keylessness]))
      return [...reasons].map(([identity, keylessness]) => ({
        rowIds: policy.rowIds,
        facts: {
          host: policy.host,
          pins: [...empty].filter(([, one]) => JSON.stringify(one) === identity).map(([pin]) => pin),
          keylessness,
          isCutOff,
        },
      }))
    })
  },
})

function what({ kind }: Keylessness, count: number): string {
  const isOne = count === 1
  switch (kind) {
    case 'placeholder':
      return isOne ? 'is a placeholder' : 'are placeholders'
    case 'hash-of-nothing':
      return 'is the hash of nothing'
    case 'documentation-sample':
      return isOne ? 'is an example from a document' : 'are examples from a document'
    case 'certificate-fingerprint':
      return isOne ? 'is the fingerprint of a certificate' : 'are fingerprints of certificates'
  }
}

function reason(keylessness: Keylessness, count: number): string {
  const isOrAre = count === 1 ? 'is' : 'are'
  switch (keylessness.kind) {
    case 'placeholder':
      return `${isOrAre} a pattern that somebody was to replace.`
    case 'hash-of-nothing':
      return 'is the SHA-256 of no bytes at all, which a command prints when the one before it failed.'
    case 'documentation-sample':
      return `${isOrAre} printed in “${keylessness.document}” for people to replace.`
    case 'certificate-fingerprint':
      return `${isOrAre} a hash over a whole certificate that is here, and a pin is one over its key.`
  }
}
