import type { Chain } from '../../chain/chain.ts'
import { interceptorNamed } from '../interception-names.ts'
import { defineRule } from '../risk-rule.ts'
import { shownName } from '../wording.ts'

export default defineRule<{ readonly product: string; readonly issuer: string; readonly isServed: boolean }>({
  id: 'interception-like-issuer',
  tab: 'results',
  severity: 'warning',
  title: ({ product }) => `A certificate looks like one of ${product}, not of the server`,
  why: ({ product, issuer, isServed }) =>
    `Its issuer is ${issuer}, which is how ${product} names the CA that it puts between a client and a server. Then these pins are the proxy’s: the app would refuse the true server, and connect wherever that proxy stands in between. ${isServed ? 'Fetch the chain from a network without it' : 'Get the certificate from whoever runs the server'}, and compare the pin.`,
  faq: 'debug-proxies',
  source:
    'https://chromium.googlesource.com/chromium/src/+/refs/heads/main/components/resources/ssl/ssl_error_assistant/ssl_error_assistant.asciipb',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ chains }) => chains.some(isIssued)),
  check: ({ rows }) =>
    rows.flatMap(({ rowId, chains, served }) => {
      // Several leaves may come from one proxy: it is told once.
      const facts = new Map(
        chains.filter(isIssued).flatMap(({ links }) =>
          links.flatMap(({ certificate: { issuer, sha256 } }) => {
            const product = interceptorNamed(issuer)
            if (product === null) return []
            const name = shownName(issuer.commonName ?? issuer.text)
            return [[product, { product, issuer: name, isServed: served.has(sha256) }] as const]
          }),
        ),
      )
      return [...facts.values()].map((fact) => ({ rowIds: [rowId], facts: fact }))
    }),
})

/** A root that phones ship with stands behind no such proxy, whatever its maker's own servers are called. */
function isIssued({ end }: Chain): boolean {
  return end.kind === 'private-root' || end.kind === 'issuer-missing'
}
