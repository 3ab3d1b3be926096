import { useEffect, useState } from 'react'
import type { Certificate } from '../../core/certificate/certificate.ts'
import { singleLine } from '../../core/single-line.ts'
import type { IdentifiedRoot } from '../../engine/inspection.ts'
import { derOf, type Row } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { useApp } from '../store-context.tsx'
import styles from './CandidateRoots.module.css'
import { RootEntry } from './RootEntry.tsx'

/** Offers the bundled roots that a certificate names as its issuer, where none of them could be put into the chain. */
export function CandidateRoots({ row, certificate }: { readonly row: Row; readonly certificate: Certificate }) {
  const candidateRoots = useApp((state) => state.candidateRoots)
  const pinRoots = useApp((state) => state.pinRoots)
  const removeTypedPin = useApp((state) => state.removeTypedPin)
  const [roots, setRoots] = useState<readonly IdentifiedRoot[]>([])
  const der = derOf(row, certificate.sha256)
  useEffect(() => {
    let isWanted = true
    const look = async () => {
      const found = der ? await candidateRoots(der) : []
      if (isWanted) setRoots(found)
    }
    void look()
    return () => {
      isWanted = false
    }
  }, [candidateRoots, der])
  if (roots.length === 0) return null
  const pinned = new Set(row.choices.typedPins.map(({ pin }) => pin))
  return (
    <section className={styles.candidates}>
      <h5>Roots that may have issued it</h5>
      <p>
        These have the name that the certificate gives its issuer, and its key identifier where both say one. No
        signature confirms it.
      </p>
      <ul className={styles.list}>
        {roots.map(({ name, pin, editions }) => (
          <RootEntry key={pin} name={singleLine(name)} pin={pin} editions={editions}>
            {pinned.has(pin) ? (
              <Button
                variant="quiet"
                onClick={() => {
                  removeTypedPin(row.id, pin)
                  announce(`The pin of ${singleLine(name)} was removed`)
                }}
              >
                Remove the pin<span className="visually-hidden"> of {singleLine(name)}</span>
              </Button>
            ) : (
              <Button
                onClick={() => {
                  void pinRoots(row.id, [pin])
                  announce(`${singleLine(name)} was pinned`)
                }}
              >
                Pin it<span className="visually-hidden">: {singleLine(name)}</span>
              </Button>
            )}
          </RootEntry>
        ))}
      </ul>
    </section>
  )
}
