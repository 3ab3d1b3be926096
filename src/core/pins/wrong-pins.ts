import { decodeBase64 } from './encoding.ts'
import type { PinPlan, PlannedPin } from './plan-pins.ts'
import { spkiPinFromDigest, type SpkiPin } from './spki-pin.ts'
import { WRONG_CERTIFICATE } from './wrong-certificate.ts'

/**
 * The same plan with pins that no key has, for a negative test: an app that really checks pins refuses every connection
 * with them. The hosts, the roles and the trust anchors stay, so that nothing but the pins can be what fails.
 */
export function wrongPins({ policies, leftOut }: PinPlan): PinPlan {
  return { policies: policies.map((policy) => ({ ...policy, pins: policy.pins.map(wrongOf) })), leftOut }
}

/**
 * The same for an output of whole certificates: where a host has any, there is one in their place whose key nobody has. A
 * host without a certificate has no pin, as it is not in such an output either.
 */
export function wrongCertificates({ policies, leftOut }: PinPlan): PinPlan {
  return {
    policies: policies.map((policy) => ({ ...policy, pins: policy.pins.some(hasCertificate) ? [WRONG_ANCHOR] : [] })),
    leftOut,
  }
}

function hasCertificate({ origins }: PlannedPin): boolean {
  return origins.some(({ kind }) => kind === 'certificate')
}

const WRONG_ANCHOR: PlannedPin = {
  pin: WRONG_CERTIFICATE.pin,
  role: 'ca',
  inheritedFrom: null,
  origins: [
    {
      kind: 'certificate',
      certificate: WRONG_CERTIFICATE,
      chainRole: 'root',
      addedFromStore: false,
      changesWith: WRONG_CERTIFICATE.sha256,
    },
  ],
}

function wrongOf({ pin, role, inheritedFrom }: PlannedPin): PlannedPin {
  const wrong = turnedPin(pin)
  return { pin: wrong, role, inheritedFrom, origins: [{ kind: 'wrong', changesWith: wrong }] }
}

/**
 * Every bit of the digest turned over, and its first byte behind the last: so the wrong pin of a wrong pin, which
 * somebody may have typed in by mistake, is not the right one again. To find a key with it is as hard as to forge one for
 * any other pin.
 */
function turnedPin(pin: SpkiPin): SpkiPin {
  const digest = decodeBase64(pin) ?? new Uint8Array(32)
  return spkiPinFromDigest(digest.map((_, at) => (digest[(at + 1) % digest.length] ?? 0) ^ 0xff))
}
