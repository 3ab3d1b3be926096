/**
 * Causes that several rules see, each with the rules that may tell of it, the most useful first: at one row, of one
 * thing, only the first of them that finds it speaks.
 */
export const CAUSES = {
  /** Of leaf and CA pins iOS is given one list alone. A list without a backup is worst, then a backup left out. */
  'list-left-out': ['ios-no-backup-pin', 'ios-backup-left-out', 'ios-leaf-and-ca'],
  /** No chain of a host passes; that its servers differ says less then. */
  'android-refuses-every-chain': ['android-refuses-own-chain', 'differing-served-keys'],
  'ios-refuses-every-chain': ['ios-refuses-own-chain', 'differing-served-keys'],
  /** A certificate that ends in days also ends before a release can help. */
  'certificate-ends': ['certificate-ends-soon', 'certificate-ends-before-release'],
  /** Apple asks of private CAs what every phone asks of all. */
  'forged-signature': ['sha1-signature', 'ios-private-certificate'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export interface Cause {
  readonly kind: keyof typeof CAUSES
  /** What it is about where a row may have several, such as a certificate. */
  readonly of?: string
}

/** A cause at a row. */
export function causeKey({ kind, of = '' }: Cause, rowId: string): string {
  return `${kind} ${of} ${rowId}`
}

/** The rules that tell of a cause better than this one. */
export function strongerRules({ kind }: Cause, ruleId: string): readonly string[] {
  const rules: readonly string[] = CAUSES[kind]
  return rules.slice(0, rules.indexOf(ruleId))
}
