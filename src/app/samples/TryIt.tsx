import { useId, useState } from 'react'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { useApp } from '../store-context.tsx'
import type { SampleName } from './samples.ts'
import styles from './TryIt.module.css'

const SAMPLE_TEXTS = [
  {
    name: 'sound',
    title: 'A sound set',
    sentence: 'Two hosts, each with its own key and one in reserve: a certificate for either keeps apps connected.',
  },
  {
    name: 'breaking',
    title: 'A set that will break',
    sentence: 'An expired leaf, a wrong host, overlapping rows and no backup, each with its finding.',
  },
  {
    name: 'private-root',
    title: 'A private root',
    sentence: 'An intranet host whose own root is in the file and pinned.',
  },
] as const satisfies readonly { readonly name: SampleName; readonly title: string; readonly sentence: string }[]

/** Made-up hosts and certificates with one click, for who has none at hand. Nothing is fetched but a file of this site. */
export function TryIt({ onLoad }: { readonly onLoad: () => void }) {
  const addHosts = useApp((state) => state.addHosts)
  const includeSubdomains = useApp((state) => state.includeSubdomains)
  const pinRole = useApp((state) => state.pinRole)
  const addFiles = useApp((state) => state.addFiles)
  const [hasFailed, setHasFailed] = useState(false)
  const [isLoading, setLoading] = useState(false)
  const id = useId()

  const load = async (name: SampleName, title: string) => {
    if (isLoading) return
    setLoading(true)
    setHasFailed(false)
    const samples = await import('./load-sample.ts').catch(() => null)
    if (!samples) {
      setHasFailed(true)
      setLoading(false)
      return
    }
    const loaded = samples.loadSample({ addHosts, includeSubdomains, pinRole, addFiles }, name)
    onLoad()
    await loaded
    setLoading(false)
    announce(`${title} is loaded`)
  }

  return (
    <section className={styles.section} aria-labelledby={`${id}-heading`}>
      <h3 id={`${id}-heading`}>No certificate at hand? Try it with a sample</h3>
      <ul className={styles.samples}>
        {SAMPLE_TEXTS.map(({ name, title, sentence }) => (
          <li key={name} className={styles.sample}>
            <Button aria-describedby={`${id}-${name}`} onClick={() => void load(name, title)}>
              {title}
            </Button>
            <p id={`${id}-${name}`}>{sentence}</p>
          </li>
        ))}
      </ul>
      {hasFailed ? (
        <p role="alert" className={styles.failure}>
          The samples could not be loaded. Check your connection, then try again.
        </p>
      ) : null}
    </section>
  )
}
