import { describe, expect, it } from 'vitest'
import { certificatesIn, keylessnessOf } from '../../../src/core/pins/keyless-pins.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { alsoPinning, backupKey, exampleChain, pinning, pinOfKey, row } from '../../support/cases.ts'

const HOST = 'api.example.com'
const CHAIN = exampleChain(HOST)
const FINGERPRINT = Buffer.from(CHAIN.links[0]?.certificate.sha256 ?? '', 'hex').toString('base64')

/** What is wrong with the only pin of a host, beside other rows. */
function kindOf(pin: string, others: readonly PlanRow[] = [], keys = [backupKey('CN=other')]): string | null {
  const typed = { pin: pin as SpkiPin, role: 'leaf' } as const
  const rows = [row({ host: HOST, keys, choices: alsoPinning(pinning(), [], [typed]) }), ...others]
  const planned = planPins(rows).policies[0]?.pins[0]
  return planned ? (keylessnessOf(planned, certificatesIn(rows))?.kind ?? null) : null
}

describe('no key has', () => {
  it.each([
    ['a placeholder', 'A'.repeat(43) + '=', 'placeholder'],
    // `printf '' | openssl dgst -sha256 -binary | base64`
    ['the hash of no bytes', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', 'hash-of-nothing'],
    ['an example of Android’s documentation', '7HIpactkIAq2Y49orFOOQKurWxmmSFZhBCoQYcRhJ3Y=', 'documentation-sample'],
  ])('%s', (_what, pin, kind) => {
    expect(kindOf(pin)).toBe(kind)
  })

  it('the fingerprint of a certificate of any row', () => {
    expect(kindOf(FINGERPRINT)).toBeNull()
    expect(kindOf(FINGERPRINT, [row({ host: 'www.example.com', chains: [CHAIN] })])).toBe('certificate-fingerprint')
  })
})

describe('some key may have', () => {
  it('any other digest, and the pin of a root that a document prints', () => {
    expect(kindOf(pinOfKey('somebody'))).toBeNull()
    expect(kindOf('hxqRlPTu1bMS/0DITB1SSu0vd4u/8l8TjPgfaAp63Gc=')).toBeNull()
  })

  it('whatever a key that is there has', () => {
    const sample = '7HIpactkIAq2Y49orFOOQKurWxmmSFZhBCoQYcRhJ3Y=' as SpkiPin
    const key = backupKey('CN=sample', { pin: sample })
    const rows = [row({ host: HOST, keys: [key], choices: alsoPinning(pinning(), [key]) })]
    const planned = planPins(rows).policies[0]?.pins[0]
    expect(planned && keylessnessOf(planned, [])).toBeNull()
  })
})
