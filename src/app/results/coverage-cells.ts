import type { Coverage } from '../../core/trust/coverage.ts'
import type { DeviceVerdict } from '../../core/trust/device-paths.ts'

/** How good a cell is; its word says the same. */
export type Tone = 'good' | 'warning' | 'blocker' | 'muted'

/** A few words for one square of the table. */
export interface CoverageCell {
  readonly tone: Tone
  readonly text: string
}

/** What one pin comes to by itself. */
export function pinCell(coverage: Coverage | null): CoverageCell {
  if (coverage === null) return { tone: 'muted', text: 'not in the iOS output' }
  const { kind, matching, possible } = coverage
  switch (kind) {
    case 'every-path':
      return { tone: 'good', text: possible > 1 ? `matches all ${possible} paths` : 'matches' }
    case 'some-paths':
      return { tone: 'warning', text: `matches ${matching} of ${possible} paths` }
    case 'never':
      return { tone: 'muted', text: 'does not match' }
    case 'not-trusted':
      return { tone: 'muted', text: 'chain not trusted' }
    case 'unknown':
      return { tone: 'muted', text: 'not known' }
  }
}

/** What all pins together come to. */
export function appCell({ connects }: Coverage, verdict: DeviceVerdict | null): CoverageCell {
  switch (connects) {
    case 'yes':
      return { tone: 'good', text: 'connects' }
    case 'depends':
      return { tone: verdict?.kind === 'unknown' ? 'muted' : 'warning', text: 'may refuse' }
    case 'no':
      if (verdict?.kind === 'not-trusted') return { tone: 'warning', text: 'does not trust the chain' }
      if (verdict?.kind === 'private-root') return { tone: 'warning', text: 'does not know the root' }
      return { tone: 'blocker', text: 'refuses' }
  }
}
