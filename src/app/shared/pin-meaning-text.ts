import { pinComment } from '../../core/formats/pin-comment.ts'
import type { PinMeaning } from '../../core/pins/printed-pins.ts'
import { listed } from '../../core/wording/wording.ts'

/** What a pin in an output stands for, in a sentence. Holds names from certificates: print as text. */
export function pinMeaningText({ pins, hosts }: PinMeaning): string {
  const roles = pins.map((pin) => pinComment({ ...pin, inheritedFrom: null }))
  return `For ${listed(hosts)}: ${[...new Set(roles)].join('; also as ')}.`
}
