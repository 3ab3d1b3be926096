import { certificateName } from '../../certificate/certificate.ts'
import { defineRule } from '../risk-rule.ts'

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
    rows.flatMap(({ rowId, chains }) =>
      chains.flatMap(({ links }) =>
        links.flatMap(({ certificate, signature }, index) => {
          if (signature?.kind !== 'does-not-verify') return []
          const issuer = certificateName((links[index + 1] ?? links[index])?.certificate ?? certificate)
          return [{ rowIds: [rowId], facts: { name: certificateName(certificate), issuer } }]
        }),
      ),
    ),
})
