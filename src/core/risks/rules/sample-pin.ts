import type { Certificate } from '../../certificate/certificate.ts'
import { judgePin } from '../../pins/judge-pin.ts'
import { distinctPins, isWithoutCertificate, type HostPolicy, type PlanRow } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../wording.ts'

/** Why a pin never matches, whatever the server presents. */
type Emptiness =
  | { readonly kind: 'placeholder' | 'hash-of-nothing' | 'certificate-fingerprint' }
  | { readonly kind: 'documentation-sample'; readonly document: string }

interface Facts {
  readonly host: string
  readonly pins: readonly SpkiPin[]
  readonly emptiness: Emptiness
  /** The host has no pin but such ones. */
  readonly isCutOff: boolean
}

export default defineRule<Facts>({
  id: 'sample-pin',
  tab: 'results',
  severity: ({ isCutOff }) => (isCutOff ? 'blocker' : 'warning'),
  title: ({ host, pins, emptiness }) =>
    `${pins.length === 1 ? 'A pin' : `${pins.length} pins`} of ${host} ${what(emptiness, pins.length)}`,
  why: ({ host, pins, emptiness, isCutOff }) =>
    `${listed(pins)} ${reason(emptiness, pins.length)} No key has such a pin, so it matches nothing. ${
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
    const rowsById = new Map(rows.map((row) => [row.rowId, row]))
    return plan.policies.flatMap((policy) => {
      const known = policy.rowIds.flatMap((rowId) => certificatesOf(rowsById.get(rowId)))
      const empty = emptyPins(policy, known)
      const isCutOff = empty.length === distinctPins(policy.pins).length
      // One finding for each reason: five placeholders are one mistake.
      const reasons = new Map(empty.map(({ emptiness }) => [JSON.stringify(emptiness), emptiness]))
      return [...reasons].map(([identity, emptiness]) => ({
        rowIds: policy.rowIds,
        facts: {
          host: policy.host,
          pins: empty.filter((one) => JSON.stringify(one.emptiness) === identity).map(({ pin }) => pin),
          emptiness,
          isCutOff,
        },
      }))
    })
  },
})

function emptyPins({ pins }: HostPolicy, known: readonly Certificate[]) {
  const typed = pins.filter((pin) => pin.inheritedFrom === null && isWithoutCertificate(pin))
  return distinctPins(typed).flatMap((pin) => {
    const emptiness = emptinessOf(pin, known)
    return emptiness ? [{ pin, emptiness }] : []
  })
}

/** What is typed today is judged as it is typed; a pin of an opened project or of a file may be anything. */
function emptinessOf(pin: SpkiPin, known: readonly Certificate[]): Emptiness | null {
  const judgement = judgePin({ value: pin, digest: null, isFingerprint: false }, known)
  switch (judgement.kind) {
    case 'placeholder':
    case 'hash-of-nothing':
    case 'certificate-fingerprint':
      return { kind: judgement.kind }
    case 'documentation-sample':
      return { kind: judgement.kind, document: judgement.sample.document.title }
    case 'pin':
    case 'wrong-length':
    case 'other-digest':
    case 'not-canonical':
    case 'not-a-pin':
      return null
  }
}

function certificatesOf(row: PlanRow | undefined): readonly Certificate[] {
  if (!row) return []
  return [...row.chains.flatMap(({ links }) => links.map(({ certificate }) => certificate)), ...row.reserve]
}

function what({ kind }: Emptiness, count: number): string {
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

function reason(emptiness: Emptiness, count: number): string {
  const isOrAre = count === 1 ? 'is' : 'are'
  switch (emptiness.kind) {
    case 'placeholder':
      return `${isOrAre} a pattern that somebody was to replace.`
    case 'hash-of-nothing':
      return 'is the SHA-256 of no bytes at all, which a command prints when the one before it failed.'
    case 'documentation-sample':
      return `${isOrAre} printed in “${emptiness.document}” for people to replace.`
    case 'certificate-fingerprint':
      return `${isOrAre} a hash over a whole certificate of this row, and a pin is one over its key.`
  }
}
