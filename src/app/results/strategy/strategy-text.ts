import type { Strategy } from '../../../core/strategy/advice.ts'
import { domains } from '../../shared/domain-count.ts'

interface StrategyText {
  readonly title: string
  /** What the button does, after `Apply to …:`. */
  readonly effect: string
}

export const STRATEGY_TEXTS: Readonly<Record<Strategy, StrategyText>> = {
  'do-not-pin': {
    title: 'Do not pin',
    effect: 'No certificate stays pinned, and backup keys and typed pins are not pinned any more.',
  },
  'own-key': {
    title: 'Pin your own key and a backup',
    effect: 'The leaf is pinned with every key that you added without a certificate. CAs are not pinned any more.',
  },
  'ca-roots': {
    title: 'Pin the roots of two CAs',
    effect:
      'The root of the chain is pinned, with all roots of its CA and of the second one. Leaf, intermediate and backup keys are not pinned any more.',
  },
  'private-ca': {
    title: 'Pin the root of your own CA',
    effect:
      'The root of the chain is pinned. Leaf, intermediate, backup keys and public roots are not pinned any more.',
  },
}

/** What became of it, for the screen and for who listens. */
export function appliedText(changed: number, unfit: number): string {
  const left = `${domains(unfit)} stayed as ${unfit === 1 ? 'it was: its chain does' : 'they were: their chains do'} not end at a root of your own.`
  if (changed === 0) return left
  return `Applied to ${domains(changed)}. Undo is at the end of the page.${unfit > 0 ? ` ${left}` : ''}`
}
