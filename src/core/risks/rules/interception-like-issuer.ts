import { interceptionsOf } from '../../chain/interception.ts'
import { defineRule } from '../risk-rule.ts'
import { shownName } from '../../wording/wording.ts'

interface Facts {
  readonly host: string | null
  readonly product: string
  readonly issuer: string
  readonly isServed: boolean
}

export default defineRule<Facts>({
  id: 'interception-like-issuer',
  tab: 'results',
  severity: 'blocker',
  title: ({ host, product }) =>
    `Stop: the chain of ${host ?? 'this row'} looks like one of ${product}, not of the server`,
  why: ({ product, issuer, isServed }) =>
    `Its issuer is ${issuer}, which is how ${product} names the CA that it puts between a client and a server. ${isServed ? 'It stands on the way from Pinsmith to the server, so' : 'Whoever saved this certificate had it on the way to the server, so'} these pins are those of that product: the app would connect where it stands in between, and refuse the true server everywhere else. ${isServed ? 'Fetch the chain from a network without it, or use' : 'Use'} the certificate files of whoever runs the server, and compare the pins.`,
  faq: 'tls-inspection',
  source:
    'https://chromium.googlesource.com/chromium/src/+/refs/heads/main/components/resources/ssl/ssl_error_assistant/ssl_error_assistant.asciipb',
  since: '2026-11-21',
  applies: ({ rows }) =>
    rows.some(({ chains }) => chains.some(({ end }) => end.kind === 'private-root' || end.kind === 'issuer-missing')),
  check: ({ rows }) =>
    rows.flatMap(({ rowId, hostRule, chains, served }) => {
      // Several leaves may come from one proxy: it is told once.
      const facts = new Map(
        chains.flatMap(interceptionsOf).map(({ product, certificate: { issuer, sha256 } }) => {
          const name = shownName(issuer.commonName ?? issuer.text)
          return [
            product,
            { host: hostRule?.host ?? null, product, issuer: name, isServed: served.has(sha256) },
          ] as const
        }),
      )
      return [...facts.values()].map((fact) => ({ rowIds: [rowId], facts: fact }))
    }),
})
