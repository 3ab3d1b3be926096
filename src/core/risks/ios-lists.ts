import { hasBothKinds } from '../formats/ios/identity-lists.ts'
import { changeTogether, isWithoutCertificate, type PinPlan } from '../pins/plan-pins.ts'
import type { Fix } from './plan-change.ts'

const LABELS = { leaf: 'Ask for the leaf list instead', ca: 'Ask for the CA list alone' } as const

/**
 * Asks iOS for another list, which is the same one for all hosts that have both: a way out only where that has the key
 * of a certificate and a backup for each of them.
 */
export function listFixes({ policies }: PinPlan, list: 'leaf' | 'ca'): readonly Fix[] {
  const isSound = policies.filter(hasBothKinds).every(({ pins }) => {
    const own = pins.filter(({ role, inheritedFrom }) => role === list && inheritedFrom === null)
    return own.some((pin) => !isWithoutCertificate(pin)) && !changeTogether(own)
  })
  const change = { kind: 'set-option', format: 'ios-pinned-domains', option: 'lists', value: list } as const
  return isSound ? [{ label: LABELS[list], change }] : []
}
