import { completions, type Answers } from './answers.ts'
import { REASONS, type Reason } from './reasons.ts'

export type Strategy = 'do-not-pin' | 'own-key' | 'ca-roots' | 'private-ca'

export interface Advice {
  readonly strategy: Strategy
  /** What speaks for it; never empty. */
  readonly reasons: readonly Reason[]
  /** What it takes, or what to do instead. */
  readonly steps: readonly Reason[]
}

/** What to do, as soon as the answers that are missing would not change it; null until then. */
export function adviceFor(given: Partial<Answers>): Advice | null {
  const [first, ...others] = completions(given).map(decided)
  return first && others.every((other) => isSame(first, other)) ? first : null
}

function isSame(one: Advice, other: Advice): boolean {
  return (
    one.strategy === other.strategy &&
    one.reasons.every((reason, index) => other.reasons[index] === reason) &&
    one.steps.every((step, index) => other.steps[index] === step)
  )
}

/** The first rule that applies: what forbids pins comes before what asks for them. */
function decided({ owner, renewal, updates, risk }: Answers): Advice {
  if (owner === 'other') return no([REASONS.notYours], [REASONS.throughYourBackend])
  if (renewal === 'own-ca') {
    return {
      strategy: 'private-ca',
      reasons: [REASONS.ownCaIsClosed],
      steps: [REASONS.ownCaOnAndroid, REASONS.ownCaOnIos, REASONS.secondOwnRoot],
    }
  }
  if (risk === 'ordinary') return no([REASONS.usuallyNot], [])
  if (renewal === 'provider') return no([REASONS.providerDecides, REASONS.providersSay], [REASONS.ownCertificateThere])
  if (updates === 'months') return no([REASONS.noWayBack], [])
  if (renewal === 'same-key') {
    return { strategy: 'own-key', reasons: [REASONS.worthIt, REASONS.tightest], steps: OWN_KEY_STEPS }
  }
  if (risk === 'targeted') {
    return {
      strategy: 'own-key',
      reasons: [REASONS.worthIt, REASONS.rootsLetTheCaIn],
      steps: [REASONS.keepTheKey, ...OWN_KEY_STEPS],
    }
  }
  return {
    strategy: 'ca-roots',
    reasons: [REASONS.worthIt, REASONS.newKeysBreakLeaves, REASONS.neverTheIntermediate],
    steps: [REASONS.everyRoot, REASONS.secondCa, REASONS.rootsAreWide],
  }
}

const OWN_KEY_STEPS = [REASONS.backupKey, REASONS.updateFirst]

function no(reasons: readonly Reason[], steps: readonly Reason[]): Advice {
  return {
    strategy: 'do-not-pin',
    reasons,
    steps: [...steps, REASONS.transparencyOnIos, REASONS.transparencyOnAndroid],
  }
}

/**
 * Certificate Transparency for all hosts of an app: Android 16 and newer refuse certificates that are in no log, older
 * versions skip the element (platforms.md A.9).
 */
export const TRANSPARENCY_CONFIG = `<?xml version="1.0" encoding="utf-8"?>
<network-security-config>
    <base-config>
        <certificateTransparency enabled="true"/>
    </base-config>
</network-security-config>
`
