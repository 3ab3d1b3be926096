import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64, decodeHex, encodeHex, encodePem } from '../../../src/core/pins/encoding.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/certificates')

const decoded = (text: string) => {
  const bytes = decodeBase64(text)
  return bytes && Buffer.from(bytes).toString('hex')
}

describe('base64', () => {
  it('is written as Node writes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      }),
    )
  })

  it('is read back to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes)
      }),
    )
  })

  // RFC 4648 §10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('of %j is %j', (text, base64) => {
    expect(encodeBase64(Buffer.from(text))).toBe(base64)
    expect(decoded(base64)).toBe(Buffer.from(text).toString('hex'))
  })

  it('uses the whole standard alphabet', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    expect(new Set(encodeBase64(Uint8Array.of(0xfb, 0xef, 0xff)))).toEqual(new Set('++//'))
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
  })

  it.each([
    ['Zg', '66'],
    ['Zm8', '666f'],
    ['Z g = =', '66'],
    ['\tZm9v\r\nYmFy\n', '666f6f626172'],
    ['Zm\v8\f=', '666f'],
  ])('%j is read although white space or missing padding makes it another text', (text, hex) => {
    expect(decoded(text)).toBe(hex)
  })

  it.each([
    ['a lone character', 'Z'],
    ['a lone character after a group', 'Zm9vZ'],
    ['padding in the middle', 'Zg==Zg=='],
    ['padding before the last character', 'Zm=8'],
    ['too much padding', 'Zg==='],
    ['padding that completes nothing', 'Zm9v='],
    ['half of the padding', 'Zg='],
    ['padding alone', '='],
    ['four times padding', '===='],
    ['the other alphabet', '-_-_'],
    ['a colon', 'Zm:9'],
    ['a non-breaking space', 'Zm9v\u00a0'],
    ['a full-width letter', 'Ｚm9v'],
    ['a NUL', 'Zm9v\0'],
    ['a character outside the basic plane', 'Zm9v🔒'],
  ])('is not read with %s', (_what, text) => {
    expect(decodeBase64(text)).toBeNull()
  })

  it('is refused or read, never half read: what is accepted is what Node reads', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('AQZz09+/=-_: \n')) }), (text) => {
        const bytes = decodeBase64(text)
        fc.pre(bytes !== null)
        expect(bytes && Buffer.from(bytes)).toEqual(Buffer.from(text, 'base64'))
      }),
    )
  })
})

describe('hexadecimal', () => {
  it('is written as Node writes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
      }),
    )
  })

  it('is read in either case', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString('hex')
        expect(decodeHex(text)).toEqual(bytes)
        expect(decodeHex(text.toUpperCase())).toEqual(bytes)
      }),
    )
  })

  it.each(['0', '0g', '0x00', '00 ', '-1', '00:00', '٠٠'])('is not read: %j', (text) => {
    expect(decodeHex(text)).toBeNull()
  })
})

describe('PEM', () => {
  it('is written as Node writes it', () => {
    const der = readFileSync(join(FIXTURES, 'ca--letsencrypt-ye1.der'))
    expect(encodePem(der)).toBe(new X509Certificate(der).toString())
  })

  it.each([47, 48, 49, 96])('has no line over 64 characters and none that is empty: %d bytes', (length) => {
    const lines = encodePem(new Uint8Array(length)).split('\n')
    expect(lines.at(-1)).toBe('')
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^.{1,64}$/)
    expect(lines.slice(1, -2).join('')).toBe(Buffer.alloc(length).toString('base64'))
  })
})
