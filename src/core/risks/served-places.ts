import type { KeyOffer, ServedList } from '../chain/served-list.ts'

/** Who gets to see some of the lists that a host presents. */
export interface ServedPlaces {
  /** How many of its addresses present them. */
  readonly addresses: number
  /** How many of its addresses were asked and presented anything. */
  readonly total: number
  /** Null when whoever verifies any key gets to see them, as phones do; else the one type of key to be asked for. */
  readonly only: Exclude<KeyOffer, 'any'> | null
}

/** Where these lists of a host are presented, of all that it presents. */
export function placesOf(lists: readonly ServedList[], all: readonly ServedList[]): ServedPlaces {
  const addresses = (offer: KeyOffer) => addressesOf(lists, (offers) => offers.includes(offer))
  const total = addressesOf(all, () => true)
  for (const only of [null, 'ecdsa', 'rsa'] as const) {
    const count = addresses(only ?? 'any')
    if (count > 0) return { addresses: count, total, only }
  }
  return { addresses: 0, total, only: null }
}

function addressesOf(lists: readonly ServedList[], isMeant: (offers: readonly KeyOffer[]) => boolean): number {
  const presentations = lists.flatMap(({ presentedBy }) => presentedBy).filter(({ offers }) => isMeant(offers))
  return new Set(presentations.map(({ address }) => address)).size
}

/** The type of key in words. */
export const KEY_TYPE_NAMES: Readonly<Record<Exclude<KeyOffer, 'any'>, string>> = { ecdsa: 'ECDSA', rsa: 'RSA' }

/** A clause to begin a sentence with: `At 2 of 5 addresses`; empty when it is the same wherever phones connect. */
export function placesClause({ addresses, total, only }: ServedPlaces): string {
  const where = addresses < total ? `at ${addresses} of ${total} addresses` : ''
  const who = only === null ? '' : `for clients that verify ${KEY_TYPE_NAMES[only]} keys alone`
  const clause = [where, who].filter((part) => part !== '').join(', ')
  return clause === '' ? '' : `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`
}
