import type { Platform } from '../../core/formats/format.ts'
import { FORMATS, type FormatId } from '../../core/formats/registry.ts'
import { listed, PLATFORM_NAMES } from '../../core/wording/wording.ts'
import { STACKS, type Stack, type StackVerdict } from '../../core/stacks/stacks.ts'
import { useApp } from '../store-context.tsx'
import { DownloadStackOutputs } from './DownloadZip.tsx'
import styles from './StackPicker.module.css'
import { useStacks } from './use-stacks.ts'

const VERDICTS: Readonly<Record<StackVerdict, string>> = {
  covered: 'Covered',
  'own-output': 'Needs an output of its own',
  'not-covered': 'No output covers it',
  breaks: 'Stops working',
  unknown: 'Nobody can say',
}

/** What the app connects with: which outputs that needs, and which of its traffic none covers. */
export function StackPicker({ platform }: { readonly platform: Platform }) {
  const set = useApp((state) => state.set)
  const chosen = useStacks()
  const here = chosen.filter(({ coverage }) => coverage[platform] !== null)
  return (
    <details className={styles.picker}>
      <summary className={styles.summary}>
        <strong>What does your app use?</strong>{' '}
        <span className={styles.hint}>
          {here.length > 0
            ? listed(here.map(({ title }) => title))
            : 'See which outputs it needs, and what none covers'}
        </span>
      </summary>
      <div className={styles.body}>
        <fieldset>
          <legend className="visually-hidden">What the app connects with</legend>
          <div className={styles.choices}>
            {STACKS.filter(({ coverage }) => coverage[platform] !== null).map(({ id, title }) => (
              <label key={id} className={styles.choice}>
                <input
                  type="checkbox"
                  checked={chosen.some((stack) => stack.id === id)}
                  onChange={(event) => set('stacks', id, event.target.checked)}
                />
                {title}
              </label>
            ))}
          </div>
        </fieldset>
        {here.length > 0 ? (
          <>
            <CoverageTable platform={platform} stacks={here} />
            <DownloadStackOutputs stacks={chosen} />
          </>
        ) : null}
      </div>
    </details>
  )
}

function CoverageTable({ platform, stacks }: { readonly platform: Platform; readonly stacks: readonly Stack[] }) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">What covers it on {PLATFORM_NAMES[platform]}</caption>
      <thead>
        <tr>
          <th scope="col">Traffic</th>
          <th scope="col">On {PLATFORM_NAMES[platform]}</th>
          <th scope="col">Outputs for it</th>
        </tr>
      </thead>
      <tbody>
        {stacks.map(({ id, title, coverage }) => {
          const own = coverage[platform]
          return own ? (
            <tr key={id}>
              <th scope="row">{title}</th>
              <td>
                <strong className={styles[own.verdict]}>{VERDICTS[own.verdict]}.</strong> {own.why}{' '}
                <a href={own.source} target="_blank" rel="noreferrer">
                  Source<span className="visually-hidden"> for {title}, opens a new tab</span>
                </a>
              </td>
              <td>
                {own.outputs.length > 0 ? <OutputLinks platform={platform} outputs={own.outputs} /> : 'No output'}
              </td>
            </tr>
          ) : null
        })}
      </tbody>
    </table>
  )
}

function OutputLinks({ platform, outputs }: { readonly platform: Platform; readonly outputs: readonly FormatId[] }) {
  return (
    <ul className={styles.outputs}>
      {outputs.map((output) => (
        <li key={output}>
          <a href={`#${platform}/${output}`}>{FORMATS.find(({ id }) => id === output)?.title}</a>
        </li>
      ))}
    </ul>
  )
}
