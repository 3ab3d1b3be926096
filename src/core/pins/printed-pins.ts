import { decodeBase64, encodeHex } from './encoding.ts'
import type { HostName } from './host-rule.ts'
import type { PinPlan, PlannedPin } from './plan-pins.ts'

/** What a pin in an output stands for. */
export interface PinMeaning {
  /** One for each role that the key has. */
  readonly pins: readonly PlannedPin[]
  /** The hosts that it is pinned for. */
  readonly hosts: readonly HostName[]
}

/** The pins of a plan by the texts that outputs print them as: base64, and the hexadecimal digits of DNS records. */
export function printedPins({ policies }: PinPlan): ReadonlyMap<string, PinMeaning> {
  const meanings = new Map<string, PinMeaning>()
  for (const { host, pins } of policies) {
    for (const pin of pins) {
      const before = meanings.get(pin.pin)
      meanings.set(pin.pin, {
        pins: before?.pins.some(({ role }) => role === pin.role) ? before.pins : [...(before?.pins ?? []), pin],
        hosts: [...new Set([...(before?.hosts ?? []), host])],
      })
    }
  }
  const hexadecimal = Array.from(
    meanings,
    ([pin, meaning]) => [encodeHex(decodeBase64(pin) ?? new Uint8Array()), meaning] as const,
  )
  return new Map([...meanings, ...hexadecimal])
}

/** A text divided where a pin stands, in order; joined again the runs are the text. */
export function dividedAtPins(text: string): readonly { readonly text: string; readonly isPin: boolean }[] {
  return text
    .split(PRINTED_PIN)
    .map((run, index) => ({ text: run, isPin: index % 2 === 1 }))
    .filter((run) => run.text !== '')
}

/** 43 characters of base64 and one `=`, or 64 hexadecimal digits, and no more of them on either side. */
const PRINTED_PIN = /((?<![A-Za-z0-9+])[A-Za-z0-9+/]{43}=|(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f]))/
