export const SHORTEST_PASSPHRASE = 12

/** OpenSSL reads passphrases of up to 1024 bytes. */
const LONGEST_PASSPHRASE = 256

/** Why a key cannot be encrypted with what was typed, in a sentence; null when it can. */
export function passphraseProblem(passphrase: string, again: string): string | null {
  const { length } = Array.from(passphrase)
  if (length < SHORTEST_PASSPHRASE) {
    return `The passphrase needs at least ${SHORTEST_PASSPHRASE} characters.`
  }
  if (length > LONGEST_PASSPHRASE) return `The passphrase can have at most ${LONGEST_PASSPHRASE} characters.`
  if (/\p{Cc}/u.test(passphrase)) return 'The passphrase holds a character that cannot be typed, such as a tab.'
  return passphrase === again ? null : 'The two passphrases differ.'
}

/** Whether another keyboard or console may make other bytes of it: the file is encrypted with its UTF-8. */
export function isBeyondAscii(passphrase: string): boolean {
  return /[^ -~]/.test(passphrase)
}
