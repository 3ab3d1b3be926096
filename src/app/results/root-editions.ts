import type { Certificate } from '../../core/certificate/certificate.ts'
import type { Chain, StoreMembership } from '../../core/chain/chain.ts'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'
import type { RootEdition } from '../../engine/inspection.ts'

/** One certificate of a bundled root; several may have one key. */
export type ShownEdition = Pick<RootEdition, 'sha256' | 'notAfter' | 'stores'>

/** What is known of roots, by their pins. */
export type RootEditions = ReadonlyMap<SpkiPin, readonly ShownEdition[]>

/** The bundled roots that chains and their paths end at. */
export function editionsInChains(chains: readonly Chain[]): RootEditions {
  const ends = chains.flatMap(({ links, search }) => [
    ...links.flatMap(({ certificate, stores }) => editionOf(certificate, stores)),
    ...search.paths.flatMap((path) =>
      path.links.slice(-1).flatMap(({ certificate }) => editionOf(certificate, path.stores)),
    ),
  ])
  const byPin = new Map<SpkiPin, readonly ShownEdition[]>()
  for (const { pin, edition } of ends) {
    const known = byPin.get(pin) ?? []
    if (!known.some(({ sha256 }) => sha256 === edition.sha256)) byPin.set(pin, [...known, edition])
  }
  return byPin
}

function editionOf({ pin, sha256, notAfter }: Certificate, stores: StoreMembership | null) {
  return stores ? [{ pin, edition: { sha256, notAfter, stores } }] : []
}
