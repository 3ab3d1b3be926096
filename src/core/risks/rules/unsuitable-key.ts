import { certificateName, type PublicKeyDescription } from '../../certificate/certificate.ts'
import { canBeCertified, isBreakable, SMALLEST_RSA_KEY } from '../../certificate/key-suitability.ts'
import type { Chain } from '../../chain/chain.ts'
import type { PlanRow } from '../../pins/plan-pins.ts'
import { defineRule, type Severity } from '../risk-rule.ts'
import { shownName } from '../wording.ts'

interface Facts {
  readonly name: string
  readonly key: string
  /** `in-chain`: iOS refuses the connection. `root`: iOS does not mind. `backup`: nobody will certify it. */
  readonly place: 'in-chain' | 'root' | 'backup'
  readonly isWeak: boolean
}

const SEVERITIES: Readonly<Record<Facts['place'], Severity>> = {
  'in-chain': 'blocker',
  root: 'warning',
  backup: 'warning',
}

export default defineRule<Facts>({
  id: 'unsuitable-key',
  tab: 'results',
  severity: ({ place }) => SEVERITIES[place],
  title: ({ name, key, place, isWeak }) =>
    place === 'backup'
      ? `No public CA will certify the backup key ${name}`
      : `${name} has ${isWeak ? 'a weak key' : 'an unusual key'}: ${key}`,
  why: ({ key, place, isWeak }) => {
    const what = isWeak
      ? `${key} is too little: such a key can be broken, and whoever has done that passes every pin of it.`
      : `Public CAs certify RSA from ${SMALLEST_RSA_KEY} bits on, P-256, P-384 and P-521 alone, and this is ${key}.`
    switch (place) {
      case 'in-chain':
        return `${what} Apple refuses the connection, whatever is pinned. Make a new key of at least RSA with ${SMALLEST_RSA_KEY} bits or P-256.`
      case 'root':
        return `${what} Move to a root with a key of at least RSA with ${SMALLEST_RSA_KEY} bits or P-256.`
      case 'backup':
        return `${what} On the day on which you need it, no certificate can be had for it, so it is no backup. Make one on P-256 or RSA with ${SMALLEST_RSA_KEY} bits or more.`
    }
  },
  faq: 'backup-pin',
  source: 'https://github.com/cabforum/servercert/blob/main/docs/BR.md#615-key-sizes',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ chains, keys }) => chains.length + keys.length > 0),
  check: ({ rows }) =>
    rows.flatMap((row) => {
      const distinct = new Map(
        [...keysInChains(row), ...backupKeys(row)].map((facts) => [`${facts.place} ${facts.name} ${facts.key}`, facts]),
      )
      return [...distinct.values()].map((facts) => ({ rowIds: [row.rowId], facts }))
    }),
})

function keysInChains({ chains }: PlanRow): readonly Facts[] {
  return chains.flatMap((chain) =>
    chain.links.flatMap(({ certificate, role }) => {
      const { publicKey } = certificate
      if (!isBreakable(publicKey)) return []
      // Of what a private CA issued, the rule about Apple's limits for it tells.
      if (role !== 'root' && isPrivate(chain)) return []
      const place = role === 'root' ? 'root' : 'in-chain'
      return [{ name: shownName(certificateName(certificate)), key: keyText(publicKey), place, isWeak: true } as const]
    }),
  )
}

function isPrivate({ end }: Chain): boolean {
  return end.kind === 'private-root' || end.kind === 'self-signed-leaf'
}

function backupKeys({ keys, choices, chains }: PlanRow): readonly Facts[] {
  const isPublic = !chains.some(isPrivate)
  return keys
    .filter(({ pin }) => choices.backupKeys.has(pin))
    .flatMap(({ name, publicKey }) => {
      if (!publicKey || canBeCertified(publicKey, isPublic)) return []
      const shown = name === '' ? 'without a name' : shownName(name)
      return [{ name: shown, key: keyText(publicKey), place: 'backup', isWeak: isBreakable(publicKey) } as const]
    })
}

function keyText({ algorithm, bits, curve }: PublicKeyDescription): string {
  if (curve !== null) return shownName(`${algorithm} ${curve}`)
  return bits === null ? shownName(algorithm) : `${shownName(algorithm)} with ${bits} bits`
}
