// What a backup key's file and request are like, whether the browser makes them or OpenSSL does.

/**
 * Of PBKDF2 with HMAC-SHA-256. OWASP asks for 600,000 at least; whoever finds a copy of the key's file has years to try.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2
 */
export const KEY_FILE_ITERATIONS = 1_000_000

/** RFC 5280 appendix A.1, `ub-common-name`. */
const LONGEST_COMMON_NAME = 64

/** The common name of a request for these names; none where no name fits. No client looks at it (RFC 9525 §2), but some CAs want one. */
export function commonNameOf(names: readonly string[]): string | undefined {
  return names.find((name) => !name.startsWith('*') && name.length <= LONGEST_COMMON_NAME)
}
