import type { Certificate } from '../certificate/certificate.ts'
import type { Chain } from './chain.ts'

/** The pins of all keys that a chain may have, as it is shown and on its other paths. */
export function keysOf({ links, search }: Pick<Chain, 'links' | 'search'>): readonly Certificate['pin'][] {
  return [links, ...search.paths.map((path) => path.links)].flatMap((list) =>
    list.map(({ certificate }) => certificate.pin),
  )
}
