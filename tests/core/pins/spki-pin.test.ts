import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseSpkiPin, spkiPinFromDigest } from '../../../src/core/pins/spki-pin.ts'

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

describe('a pin as text', () => {
  it('is read when every platform reads it alike', () => {
    expect(parseSpkiPin(pin)).toBe(pin)
  })

  // What the platforms do with each of these differs: platforms.md §0, A.3 and B.2.
  it.each([
    ['nothing', ''],
    ['without padding', pin.slice(0, -1)],
    ['with a prefix', `sha256/${pin}`],
    ['with white space around it', ` ${pin}`],
    ['with a line break', `${pin}\n`],
    ['in the URL alphabet', Buffer.alloc(32, 0xfb).toString('base64url')],
    ['in hexadecimal', digest.toString('hex')],
    ['of a SHA-1', createHash('sha1').update('x').digest('base64')],
    ['of a SHA-384', createHash('sha384').update('x').digest('base64')],
    ['one byte short', digest.subarray(1).toString('base64')],
    ['with bits left over in its last character', `${'A'.repeat(42)}B=`],
  ])('is not read: %s', (_what, text) => {
    expect(parseSpkiPin(text)).toBeNull()
  })

  it('has as many texts as there are digests', () => {
    // `A…B=` decodes to the same bytes as `A…A=`: two texts, one pin; platforms that compare texts would miss it.
    expect(Buffer.from(`${'A'.repeat(42)}B=`, 'base64')).toEqual(Buffer.from(`${'A'.repeat(43)}=`, 'base64'))
    expect(parseSpkiPin(`${'A'.repeat(43)}=`)).toBe(`${'A'.repeat(43)}=`)
  })
})
