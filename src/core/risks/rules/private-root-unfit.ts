import { certificateName, type Certificate } from '../../certificate/certificate.ts'
import type { Chain } from '../../chain/chain.ts'
import { interceptionsOf } from '../../chain/interception.ts'
import { defineRule } from '../risk-rule.ts'
import { listed, shownName } from '../../wording/wording.ts'

interface Facts {
  readonly name: string
  readonly faults: readonly string[]
}

export default defineRule<Facts>({
  id: 'private-root-unfit',
  tab: 'results',
  severity: 'warning',
  title: ({ name }) => `Phones may refuse ${name} as a root`,
  why: ({ faults }) =>
    `A root has to say that it is a CA and may sign certificates, and ${listed(faults)}. iOS and device management may not take it, and Android may not install it. Make a root with the basic constraints CA:TRUE and the key usage Certificate Sign; with the same key and name it verifies the same certificates and has the same pin.`,
  faq: 'private-ca',
  source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ chains }) => chains.some(endsPrivately)),
  check: ({ rows }) =>
    rows.flatMap(({ rowId, chains }) => {
      const roots = chains
        .filter(endsPrivately)
        .flatMap(({ links }) => links.slice(-1).map(({ certificate }) => certificate))
      const distinct = new Map(roots.map((root) => [root.sha256, root]))
      return [...distinct.values()].flatMap((root) => {
        const faults = faultsOf(root)
        return faults.length === 0
          ? []
          : [{ rowIds: [rowId], facts: { name: shownName(certificateName(root)), faults } }]
      })
    }),
})

function endsPrivately(chain: Chain): boolean {
  return chain.end.kind === 'private-root' && interceptionsOf(chain).length === 0
}

function faultsOf({ isCa, extensions }: Certificate): string[] {
  const { keyUsage } = extensions
  return [
    ...(isCa ? [] : ['this one does not say that it is a CA']),
    ...(keyUsage === null || keyUsage.includes('Certificate Sign')
      ? []
      : ['the key usage of this one leaves out signing certificates']),
  ]
}
