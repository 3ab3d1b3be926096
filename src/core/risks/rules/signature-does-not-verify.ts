import { certificateName } from '../../certificate/certificate.ts'
import type { ChainLink } from '../../chain/chain.ts'
import { defineRule } from '../risk-rule.ts'
import { shownName } from '../../wording/wording.ts'

export default defineRule<{ name: string; issuer: string }>({
  id: 'signature-does-not-verify',
  tab: 'results',
  severity: 'blocker',
  title: ({ name }) => `The signature on ${name} does not verify`,
  why: ({ name, issuer }) =>
    `${issuer} has the right name, but its key did not sign ${name}. Phones will not accept this chain, so pins from it protect nothing. Add the true issuer's certificate, or fetch the chain from the server again.`,
  faq: 'root-not-sent',
  source: 'https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ chains }) => chains.some(({ links }) => links.some((link) => link.signature))),
  check: ({ rows }) =>
    rows.flatMap(({ rowId, chains }) => {
      // Chains may share their upper links: each bad signature is told once.
      const facts = new Map(chains.flatMap(({ links }) => badSignatures(links)))
      return [...facts.values()].map((fact) => ({ rowIds: [rowId], facts: fact }))
    }),
})

function badSignatures(links: readonly ChainLink[]) {
  return links.flatMap(({ certificate, signature }, index) => {
    if (signature?.kind !== 'does-not-verify') return []
    const issuer = links[index + 1]?.certificate ?? certificate
    const facts = { name: shownName(certificateName(certificate)), issuer: shownName(certificateName(issuer)) }
    return [[`${certificate.sha256} ${issuer.sha256}`, facts] as const]
  })
}
