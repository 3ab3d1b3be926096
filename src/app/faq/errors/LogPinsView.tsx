import { useState } from 'react'
import { shownName } from '../../../core/wording/wording.ts'
import { familyOfRoot } from '../../../core/trust/recognise.ts'
import { announce } from '../../shared/announcer.tsx'
import { Button } from '../../shared/Button.tsx'
import { useApp } from '../../store-context.tsx'
import styles from './ErrorLookup.module.css'
import type { LogPins, PinnedHost } from './log-pins.ts'

/** The two lists of a pinning failure, and what the page can do with them. */
export function LogPinsView({ pins: { presented, pinned } }: { readonly pins: LogPins }) {
  const known = new Set(pinned.flatMap(({ pins }) => pins))
  return (
    <div className={styles.pins}>
      <h3>The pins in this message</h3>
      {presented.length > 0 ? (
        <>
          <p>
            The server presented these keys. Do not take them over before you know whose they are: behind an inspecting
            proxy they are the proxy’s.
          </p>
          <ul aria-label="Presented keys">
            {presented.map(({ pin, subject }) => (
              <li key={`${pin} ${subject}`}>
                <code>{pin}</code> {shownName(subject) || 'without a name'}
                {familyOfRoot(pin) ? `, a root of ${familyOfRoot(pin)?.name}` : ''}
                {known.has(pin) ? ', which the app has pinned for one of the hosts below' : ''}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {pinned.map((host) => (
        <PinnedHostView key={host.host} pinned={host} />
      ))}
    </div>
  )
}

function PinnedHostView({ pinned: { host, pins } }: { readonly pinned: PinnedHost }) {
  const addHosts = useApp((state) => state.addHosts)
  const addTypedPins = useApp((state) => state.addTypedPins)
  const [isAdded, setIsAdded] = useState(false)
  const name = shownName(host)

  function add() {
    const [rowId] = addHosts([host])
    if (rowId === undefined) return
    void addTypedPins(
      rowId,
      pins.map((pin) => ({ pin, role: 'unknown' })),
    )
    setIsAdded(true)
    announce(`${name} added to Config`)
  }

  return (
    <>
      <p>The app has pinned for {name}:</p>
      <ul aria-label={`Pinned for ${name}`}>
        {pins.map((pin) => (
          <li key={pin}>
            <code>{pin}</code>
            {familyOfRoot(pin) ? `, a root of ${familyOfRoot(pin)?.name}` : ''}
          </li>
        ))}
      </ul>
      {isAdded ? (
        <p>
          {name} is in <a href="#config">Config</a> with these pins. There say of each whether it is a leaf’s or a CA’s,
          and fetch the live chain; <a href="#faq/pins-broke">the checklist</a> then tells what can still be served.
        </p>
      ) : (
        <div>
          <Button onClick={add}>
            Add {name} with {pins.length === 1 ? 'this pin' : `these ${pins.length} pins`} to Config
          </Button>
        </div>
      )}
    </>
  )
}
