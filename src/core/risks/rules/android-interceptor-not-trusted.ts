import type { HostPolicy } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

export default defineRule<{ readonly hosts: readonly string[]; readonly products: readonly string[] }>({
  id: 'android-interceptor-not-trusted',
  tab: 'android',
  severity: 'warning',
  title: ({ products }) => `No trust anchor is written for the CA of ${listed(products)}`,
  why: ({ hosts, products }) =>
    `The chain of ${listed(hosts)} looks like one that ${listed(products)} put in the place of the server’s. An app that brings such a root along would trust whoever holds its key, on every phone. Get the server’s own chain; should its root be in no phone’s store, it is offered here.`,
  faq: 'tls-inspection',
  source: 'https://developer.android.com/privacy-and-security/security-config#CustomTrust',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(isIntercepted),
  check: ({ plan }) => {
    const policies = plan.policies.filter(isIntercepted)
    const products = policies.flatMap(({ anchors }) => anchors.interceptors)
    return [
      {
        rowIds: policies.flatMap(({ rowIds }) => rowIds),
        facts: { hosts: policies.map(({ host }) => host), products: [...new Set(products)] },
      },
    ]
  },
})

function isIntercepted({ anchors }: HostPolicy): boolean {
  return anchors.interceptors.length > 0
}
