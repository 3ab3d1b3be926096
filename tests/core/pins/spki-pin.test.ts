import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { spkiPinFromDigest } from '../../../src/core/pins/spki-pin.ts'

const digest = createHash('sha256').update('some public key').digest()
const pin = digest.toString('base64')

describe('the pin of a digest', () => {
  it('is its base64', () => {
    expect(spkiPinFromDigest(digest)).toBe(pin)
  })

  it('has 43 characters and one =', () => {
    expect(spkiPinFromDigest(new Uint8Array(32).fill(0xff))).toMatch(/^[A-Za-z0-9+/]{43}=$/)
  })

  it.each([0, 20, 31, 33, 48, 64])('is a bug for %d bytes', (length) => {
    expect(() => spkiPinFromDigest(new Uint8Array(length))).toThrow(RangeError)
  })
})
