import { certificateName } from '../../certificate/certificate.ts'
import type { HostPolicy, PinOrigin, PlannedPin } from '../../pins/plan-pins.ts'
import { CA_FAMILIES } from '../../trust/ca-families.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly roots: readonly string[]
}

export default defineRule<Facts>({
  id: 'public-root-pinned',
  tab: 'results',
  severity: 'note',
  title: ({ roots }) => `${listed(roots)} ${roots.length === 1 ? 'admits' : 'admit'} more than your certificates`,
  why: ({ hosts, roots }) =>
    `For ${listed(hosts)} the root of a public CA is pinned, and ${roots.length === 1 ? 'it matches' : 'these match'} every certificate that the CA issues to anybody. That outlives renewals and new intermediates, and keeps other CAs out. It does not help when this CA issues a certificate for your host to somebody else: for that pin a key of your own, and let only your CA issue with a CAA record.`,
  faq: 'leaf-intermediate-root',
  source: 'https://cheatsheetseries.owasp.org/cheatsheets/Pinning_Cheat_Sheet.html',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(({ pins }) => pins.some(({ role }) => role === 'ca')),
  check: ({ plan }) => {
    const found = plan.policies.map((policy) => ({ host: policy.host, roots: publicRoots(policy) }))
    const hosts = found.filter(({ roots }) => roots.length > 0).map(({ host }) => host)
    const roots = [...new Set(found.flatMap((one) => one.roots))]
    // The same holds for all of them, so it is told once.
    return hosts.length > 0 ? [{ rowIds: [], facts: { hosts, roots } }] : []
  },
})

function publicRoots({ pins }: HostPolicy): readonly string[] {
  return pins.flatMap((pin) => nameOf(pin) ?? [])
}

function nameOf({ pin, role, origins }: PlannedPin): string | null {
  if (role !== 'ca') return null
  const known = CA_FAMILIES.flatMap(({ roots }) => roots).find((root) => root.pin === pin)
  return known?.name ?? origins.flatMap(rootNames)[0] ?? null
}

function rootNames(origin: PinOrigin): readonly string[] {
  if (origin.kind === 'typed') return origin.bundledRoot === null ? [] : [origin.bundledRoot]
  const isFromStore = origin.kind === 'certificate' && origin.chainRole === 'root' && origin.addedFromStore
  return isFromStore ? [certificateName(origin.certificate)] : []
}
