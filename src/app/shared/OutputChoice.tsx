import { useId } from 'react'
import type { Output } from '../../core/formats/registry.ts'
import type { Platform } from '../../core/formats/format.ts'
import { goTo } from '../location.ts'
import styles from './OutputChoice.module.css'

const GROUPS = [
  { kind: 'app', label: 'In the app' },
  { kind: 'tool', label: 'Beside the app' },
] as const

/** Which output of a platform is shown. It stands in the address, so that links, reload and the back button work. */
export function OutputChoice({
  platform,
  outputs,
  chosen,
}: {
  readonly platform: Platform
  readonly outputs: readonly Output[]
  readonly chosen: Output
}) {
  const id = useId()
  return (
    <p className={styles.choice}>
      <label htmlFor={id}>What does your app use?</label>
      <select id={id} value={chosen.format.id} onChange={(event) => goTo(platform, event.target.value)}>
        {GROUPS.map(({ kind, label }) => {
          const group = outputs.filter(({ format }) => format.kind === kind)
          return group.length === 0 ? null : (
            <optgroup key={kind} label={label}>
              {group.map(({ format }) => (
                <option key={format.id} value={format.id}>
                  {format.title}
                </option>
              ))}
            </optgroup>
          )
        })}
      </select>
    </p>
  )
}
