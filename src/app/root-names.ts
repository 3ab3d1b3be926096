import type { SpkiPin } from '../core/pins/spki-pin.ts'
import type { IdentifiedRoots } from '../engine/inspection.ts'

/** The names of the roots whose pins were asked for; a digest that is a fingerprint names none. */
export function rootNames(roots: IdentifiedRoots): ReadonlyMap<SpkiPin, string> {
  return new Map([...roots].flatMap(([digest, { name, pin }]) => (digest === pin ? [[pin, name] as const] : [])))
}
