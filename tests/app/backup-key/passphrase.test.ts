import { expect, it } from 'vitest'
import { isBeyondAscii, passphraseProblem } from '../../../src/app/backup-key/passphrase.ts'

const GOOD = 'correct horse'

it('a passphrase of twelve characters that was typed twice is taken', () => {
  expect(passphraseProblem(GOOD, GOOD)).toBeNull()
  expect(passphraseProblem('a'.repeat(12), 'a'.repeat(12))).toBeNull()
  expect(passphraseProblem('🔑'.repeat(12), '🔑'.repeat(12))).toBeNull()
  expect(passphraseProblem('a'.repeat(256), 'a'.repeat(256))).toBeNull()
})

it('a shorter one is refused, however often it was typed', () => {
  expect(passphraseProblem('', '')).toContain('at least 12 characters')
  expect(passphraseProblem('a'.repeat(11), 'a'.repeat(11))).toContain('at least 12')
  // Twelve units of UTF-16.
  expect(passphraseProblem('🔑'.repeat(6), '🔑'.repeat(6))).toContain('at least 12')
})

it('one that OpenSSL would cut off, or that no keyboard can type again, is refused', () => {
  expect(passphraseProblem('a'.repeat(257), 'a'.repeat(257))).toContain('at most 256')
  expect(passphraseProblem(`${GOOD}\t`, `${GOOD}\t`)).toContain('cannot be typed')
})

it('two that differ are refused, by a space or by the way a letter is written as well', () => {
  for (const again of ['', `${GOOD} `, 'Correct horse']) {
    expect(passphraseProblem(GOOD, again)).toBe('The two passphrases differ.')
  }
  expect(passphraseProblem('caf\u00e9 au lait', 'cafe\u0301 au lait')).toBe('The two passphrases differ.')
})

it('characters that consoles may write otherwise are noticed', () => {
  expect(isBeyondAscii(`${GOOD} ~!"$%&/()=?\\`)).toBe(false)
  for (const text of ['größer', 'пароль', '🔑']) expect(isBeyondAscii(text)).toBe(true)
})
