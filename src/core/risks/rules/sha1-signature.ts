import { certificateName } from '../../certificate/certificate.ts'
import type { ChainLink } from '../../chain/chain.ts'
import type { PlanRow } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { shownName } from '../../wording/wording.ts'

export default defineRule<{ readonly name: string; readonly algorithm: string }>({
  id: 'sha1-signature',
  tab: 'results',
  severity: 'blocker',
  title: ({ name, algorithm }) => `${name} is signed with ${algorithm}`,
  why: ({ algorithm }) =>
    `${algorithm} can be forged. Apple refuses such certificates since iOS 13, current versions of Android do as well, and public CAs have issued none for years, so phones do not connect, whatever is pinned. Have the certificate issued anew with SHA-256; with the same key the pin stays.`,
  faq: 'certificate-lifetimes',
  source: 'https://support.apple.com/103769',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some((row) => signedLinks(row).length > 0),
  check: ({ rows }) =>
    rows.flatMap((row) => {
      const weak = signedLinks(row).filter(({ certificate }) => isWeak(certificate.signatureAlgorithm))
      const distinct = new Map(weak.map(({ certificate }) => [certificate.sha256, certificate]))
      return [...distinct.values()].map((certificate) => ({
        rowIds: [row.rowId],
        cause: { kind: 'forged-signature', of: certificate.sha256 },
        facts: { name: shownName(certificateName(certificate)), algorithm: shownName(certificate.signatureAlgorithm) },
      }))
    }),
})

/** A device trusts a root for being in its store; nobody looks at the signature on it. */
function signedLinks({ chains }: PlanRow): readonly ChainLink[] {
  return chains.flatMap(({ links }) => links.filter(({ role }) => role !== 'root'))
}

function isWeak(signatureAlgorithm: string): boolean {
  return /^(?:SHA-1|MD5|MD2) /.test(signatureAlgorithm)
}
