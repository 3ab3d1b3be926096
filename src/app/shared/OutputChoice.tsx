import { useId } from 'react'
import type { Output } from '../../core/formats/registry.ts'
import type { Platform } from '../../core/formats/format.ts'
import { outputsFor } from '../../core/stacks/stacks.ts'
import { goTo } from '../location.ts'
import styles from './OutputChoice.module.css'
import { useStacks } from './use-stacks.ts'

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
  const wanted = outputsFor(useStacks(), platform)
  const isWanted = ({ format }: Output) => wanted.includes(format.id)
  const groups = [
    { label: 'For what your app uses', group: outputs.filter(isWanted) },
    { label: 'In the app', group: outputs.filter((output) => output.format.kind === 'app' && !isWanted(output)) },
    { label: 'Beside the app', group: outputs.filter((output) => output.format.kind === 'tool' && !isWanted(output)) },
  ]
  return (
    <p className={styles.choice}>
      <label htmlFor={id}>Output</label>
      <select id={id} value={chosen.format.id} onChange={(event) => goTo(platform, event.target.value)}>
        {groups.map(({ label, group }) =>
          group.length === 0 ? null : (
            <optgroup key={label} label={label}>
              {group.map(({ format }) => (
                <option key={format.id} value={format.id}>
                  {format.title}
                </option>
              ))}
            </optgroup>
          ),
        )}
      </select>
    </p>
  )
}
