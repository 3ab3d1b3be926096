import type { SpkiPin } from '../pins/spki-pin.ts'
import { CA_FAMILIES } from './ca-families.ts'

const RETIRED: readonly (readonly [pin: string, name: string])[] = [
  ['NYbU7PBwV4y9J67c4guWTki8FJ+uudrXL0a4V4aRcrg=', 'E5'],
  ['0Bbh/jEZSKymTy3kTOhsmlHKBB32EDu1KojrP3YfV9c=', 'E6'],
  ['y7xVm0TVJNahMr2sZydE2jQH8SquXV9yLF9seROHHHU=', 'E7'],
  ['iFvwVyJSxnQdyaUvUERIf+8qk7gRze3612JMwoO3zdU=', 'E8'],
  ['8UQKm3bh5B5TpMtGEym/Yze0GXJr5RPkLhnxxpHF1LI=', 'E9'],
  ['K7rZOrXHknnsEhUH8nLL4MZkejquUuIvOIr6tCa0rbo=', 'R10'],
  ['bdrBhpj38ffhxpubzkINl0rG+UyossdhcBYj+Zx2fcc=', 'R11'],
  ['kZwN96eHtZftBWrOZUsd6cA4es80n3NzSk/XtYz2EqQ=', 'R12'],
  ['AlSQhgtJirc8ahLyekmtX+Iw+v46yPYRLJt9Cq1GlB0=', 'R13'],
  ['8WR6XuPvrFTIkukwWE/keXm3rNHHbBJxvKHFB22GmIg=', 'R14'],
]

/** Names of the intermediates that Let’s Encrypt no longer issues from, by their pins (https://letsencrypt.org/certificates/). */
export const RETIRED_LETS_ENCRYPT: ReadonlyMap<SpkiPin, string> = new Map(
  RETIRED.map(([pin, name]) => [pin as SpkiPin, name]),
)

const NAMES: ReadonlyMap<SpkiPin, string> = new Map([
  ...[...RETIRED_LETS_ENCRYPT].map(([pin, name]) => [pin, `${name} of Let’s Encrypt`] as const),
  ...CA_FAMILIES.flatMap(({ roots }) => roots.map(({ name, pin }) => [pin, name] as const)),
])

/** What a key is called that belongs to a public CA, as far as rules know it without the root stores; else null. */
export function authorityName(pin: SpkiPin): string | null {
  return NAMES.get(pin) ?? null
}
