import { decodeBase64 } from './encoding.ts'
import type { PinPlan, PlannedPin } from './plan-pins.ts'
import { spkiPinFromDigest, type SpkiPin } from './spki-pin.ts'

/**
 * The same plan with pins that no key has, for a negative test: an app that really checks pins refuses every connection
 * with them. The hosts, the roles and the trust anchors stay, so that nothing but the pins can be what fails.
 */
export function wrongPins({ policies, leftOut }: PinPlan): PinPlan {
  return { policies: policies.map((policy) => ({ ...policy, pins: policy.pins.map(wrongOf) })), leftOut }
}

function wrongOf({ pin, role, inheritedFrom }: PlannedPin): PlannedPin {
  const wrong = invertedPin(pin)
  return { pin: wrong, role, inheritedFrom, origins: [{ kind: 'wrong', changesWith: wrong }] }
}

/** Every bit of the digest turned over. To find a key with it is as hard as to forge one for any other pin. */
function invertedPin(pin: SpkiPin): SpkiPin {
  return spkiPinFromDigest((decodeBase64(pin) ?? new Uint8Array(32)).map((byte) => byte ^ 0xff))
}
