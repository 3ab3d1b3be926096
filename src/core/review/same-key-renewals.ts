import { validityAt, type Certificate } from '../certificate/certificate.ts'
import { serverChains } from '../chain/server-chains.ts'
import { isoDay, type Instant } from '../instant.ts'
import type { HostName } from '../pins/host-rule.ts'
import { policyOf, type PinPlan, type PlanRow } from '../pins/plan-pins.ts'

/** A certificate of a host and the one that followed it for the same key. */
export interface SameKeyRenewal {
  readonly host: HostName
  readonly older: Certificate
  readonly newer: Certificate
  readonly isPinned: boolean
}

/** Renewals that did not change the leaf’s key: of each key the last one, in the order of the hosts. */
export function sameKeyRenewals(plan: PinPlan, rows: readonly PlanRow[]): readonly SameKeyRenewal[] {
  const hosts = [...new Set(rows.flatMap(({ hostRule }) => (hostRule ? [hostRule.host] : [])))]
  return hosts.flatMap((host) => {
    const leaves = rows
      .filter(({ hostRule }) => hostRule?.host === host)
      .flatMap(({ chains }) => serverChains(chains).map(({ leaf }) => leaf))
    const pinned = new Set(policyOf(host, plan.policies)?.pins.map(({ pin }) => pin))
    return [...new Set(leaves.map(({ pin }) => pin))].flatMap((pin) => {
      const [newer, older] = inOrder(leaves.filter((leaf) => leaf.pin === pin))
      return newer && older ? [{ host, older, newer, isPinned: pinned.has(pin) }] : []
    })
  })
}

/** Newest first; certificates that begin together are no renewals of one another. */
function inOrder(certificates: readonly Certificate[]): readonly Certificate[] {
  const byBeginning = new Map(certificates.map((certificate) => [certificate.notBefore, certificate]))
  return [...byBeginning.values()].toSorted((one, other) => other.notBefore - one.notBefore)
}

/** What the renewal did, in a sentence. */
export function sameKeyText({ older, newer, isPinned }: SameKeyRenewal, now: Instant): string {
  const days = `valid until ${isoDay(older.notAfter)} and ${isoDay(newer.notAfter)}`
  const isToCome = validityAt(newer, now) === 'not-yet-valid'
  const consequence = isPinned
    ? `the renewal ${isToCome ? 'keeps' : 'kept'} your pin.`
    : `the renewal ${isToCome ? 'keeps' : 'kept'} the key, which is not pinned here.`
  return `Same key in two certificates, ${days}: ${consequence}`
}
