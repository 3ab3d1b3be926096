import { useEffect, useId, useRef, useState } from 'react'
import type { Chain } from '../../core/chain/chain.ts'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'
import { CA_FAMILIES, type CaFamily } from '../../core/trust/ca-families.ts'
import type { PinningAdvice } from '../../core/trust/pinning-advice.ts'
import {
  endsBeside,
  placeOnPaths,
  recognise,
  type RecognisedFamily,
  type RecognisedProvider,
} from '../../core/trust/recognise.ts'
import { chainsOf, hostOf, type Row } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { Fold } from '../shared/Fold.tsx'
import { useApp } from '../store-context.tsx'
import styles from './RecognitionCard.module.css'
import { besideText, countText, issuedText, placesText, signText, type RootPlaces } from './recognition-text.ts'
import { RootEntry } from './RootEntry.tsx'
import { editionsInChains, type RootEditions } from './root-editions.ts'

/** A bundle may have hundreds of chains. */
const MOST_LOOKED_AT = 20

/**
 * By whom a row's chains were issued and seem to be served, what those say of pinning, and the roots of a CA as pins in
 * one click. Nothing for a row of which nothing is recognised.
 */
export function RecognitionCard({ row, name }: { readonly row: Row; readonly name: string }) {
  const editions = useFamilyEditions()
  const chains = chainsOf(row).slice(0, MOST_LOOKED_AT)
  const host = hostOf(row)
  const found = chains.map((chain) => ({ chain, ...recognise(chain, host.ok ? host.value.host : null) }))
  const families = distinct(
    found.flatMap(({ family }) => (family ? [family] : [])),
    ({ family }) => family.id,
  )
  const providers = distinct(
    found.flatMap(({ provider }) => (provider ? [provider] : [])),
    ({ provider }) => provider.id,
  )
  if (families.length + providers.length === 0) return null
  const known = editions ?? editionsInChains(chains)
  return (
    <section className={styles.card} aria-label={`CA and provider of ${name}`}>
      {families.map((recognised) => (
        <Family
          key={recognised.family.id}
          row={row}
          recognised={recognised}
          chains={found.filter(({ family }) => family?.family.id === recognised.family.id).map(({ chain }) => chain)}
          editions={known}
        />
      ))}
      {providers.map((recognised) => (
        <Served key={recognised.provider.id} recognised={recognised} />
      ))}
      {families.length > 0 ? <SecondCa row={row} own={families.map(({ family }) => family)} editions={known} /> : null}
    </section>
  )
}

/** The certificates of all families' roots; null until they are known. */
function useFamilyEditions(): RootEditions | null {
  const identifyRoots = useApp((state) => state.identifyRoots)
  const [editions, setEditions] = useState<RootEditions | null>(null)
  useEffect(() => {
    let isWanted = true
    const look = async () => {
      const roots = await identifyRoots(CA_FAMILIES.flatMap((family) => family.roots.map(({ pin }) => pin)))
      if (isWanted && roots.size > 0) setEditions(new Map([...roots].map(([pin, root]) => [pin, root.editions])))
    }
    void look()
    return () => {
      isWanted = false
    }
  }, [identifyRoots])
  return editions
}

function distinct<Item>(items: readonly Item[], idOf: (item: Item) => string): readonly Item[] {
  return items.filter((item, index) => items.findIndex((other) => idOf(other) === idOf(item)) === index)
}

function Family({
  row,
  recognised,
  chains,
  editions,
}: {
  readonly row: Row
  readonly recognised: RecognisedFamily
  readonly chains: readonly Chain[]
  readonly editions: RootEditions
}) {
  const { family } = recognised
  const places = placesOf(family, chains)
  const beside = family.roots.length > 0 ? besideText(places) : null
  return (
    <div className={styles.part}>
      <h4>{issuedText(recognised)}</h4>
      <Advice name={family.name} advice={family.advice} />
      {family.roots.length > 0 ? (
        <>
          <p>{placesText(places)}</p>
          {beside ? <p className={styles.beside}>{beside}</p> : null}
          <RootSet row={row} family={family} purpose="own" editions={editions} />
        </>
      ) : null}
    </div>
  )
}

function placesOf(family: CaFamily, chains: readonly Chain[]): RootPlaces {
  const { roots } = family
  const places = roots.map(({ name, pin }) => ({ name, on: chains.map((chain) => placeOnPaths(chain, pin)) }))
  const ends = places.filter(({ on }) => on.includes('end'))
  const within = places.filter(({ on }) => !on.includes('end') && on.includes('within'))
  const beside = distinct(
    chains.flatMap((chain) => endsBeside(chain, family)),
    ({ sha256 }) => sha256,
  )
  return {
    roots: roots.length,
    ends: ends.map(({ name }) => name),
    within: within.map(({ name }) => name),
    beside,
    unknown: ends.length + within.length + beside.length > 0 ? null : unknownFor(chains),
  }
}

function unknownFor(chains: readonly Chain[]): RootPlaces['unknown'] {
  return chains.some(({ end }) => end.kind === 'issuer-missing') ? 'issuer-missing' : 'not-verified'
}

function Served({ recognised }: { readonly recognised: RecognisedProvider }) {
  const { provider } = recognised
  return (
    <div className={styles.part}>
      <h4>Served by {provider.name}, it seems</h4>
      <p>{signText(recognised)}</p>
      <Advice name={provider.name} advice={provider.advice} />
    </div>
  )
}

function Advice({ name, advice }: { readonly name: string; readonly advice: PinningAdvice | null }) {
  return advice ? (
    <p>
      {advice.text}{' '}
      <a href={advice.source} target="_blank" rel="noreferrer">
        Source<span className="visually-hidden"> for {name}, opens a new tab</span>
      </a>
      <span className={styles.read}>, read on {advice.read}</span>
    </p>
  ) : (
    <p>No published advice of {name} on pinning is known.</p>
  )
}

/** Offers the roots of a CA that has nothing to do with the one in service. */
function SecondCa({
  row,
  own,
  editions,
}: {
  readonly row: Row
  readonly own: readonly CaFamily[]
  readonly editions: RootEditions
}) {
  const id = useId()
  const [chosenId, setChosenId] = useState('')
  const pinned = pinnedOf(row)
  const others = CA_FAMILIES.filter(({ roots, isClosed }) => roots.length > 0 && !isClosed).filter(
    (family) => !own.includes(family),
  )
  const shown = CA_FAMILIES.filter(
    (family) => !own.includes(family) && (family.id === chosenId || family.roots.some(({ pin }) => pinned.has(pin))),
  )
  return (
    <div className={styles.part}>
      <h4>A second, independent CA as backup</h4>
      <p>
        If {own.map(({ name }) => name).join(' or ')} can no longer issue for you, a certificate of another CA keeps the
        app connected, provided that its roots are pinned before. Pick one that you can get certificates from at once,
        and that the CAA records of your domain allow.{' '}
        <a href="https://blog.gerv.net/2017/04/dont-pin-to-a-single-ca/" target="_blank" rel="noreferrer">
          Why never a single CA<span className="visually-hidden">, opens a new tab</span>
        </a>
      </p>
      <p className={styles.choice}>
        <label htmlFor={id}>Second CA</label>
        <select id={id} value={chosenId} onChange={(event) => setChosenId(event.target.value)}>
          <option value="">Choose a CA</option>
          {others.map(({ id: familyId, name }) => (
            <option key={familyId} value={familyId}>
              {name}
            </option>
          ))}
        </select>
      </p>
      {shown.map((family) => (
        <div key={family.id} className={styles.backup}>
          <h5>{family.name}</h5>
          <Advice name={family.name} advice={family.advice} />
          <RootSet row={row} family={family} purpose="backup" editions={editions} />
        </div>
      ))}
    </div>
  )
}

function pinnedOf({ choices }: Row): ReadonlySet<SpkiPin> {
  return new Set(choices.typedPins.map(({ pin }) => pin))
}

/** The roots of a family, each by itself, and one click that pins those that are not pinned yet. */
function RootSet({
  row,
  family: { name, roots },
  purpose,
  editions,
}: {
  readonly row: Row
  readonly family: CaFamily
  readonly purpose: 'own' | 'backup'
  readonly editions: RootEditions
}) {
  const pinRoots = useApp((state) => state.pinRoots)
  const removeTypedPin = useApp((state) => state.removeTypedPin)
  const summary = useRef<HTMLElement>(null)
  const pinned = pinnedOf(row)
  const missing = roots.filter(({ pin }) => !pinned.has(pin))
  const which = missing.length === roots.length ? 'all roots' : `the other ${countText(missing.length)}`
  return (
    <>
      <Fold
        summaryRef={summary}
        summary={`${countText(roots.length)} of ${name}${missing.length < roots.length ? `, ${roots.length - missing.length} pinned` : ''}`}
      >
        <ul className={styles.list}>
          {roots.map((root) => (
            <RootEntry key={root.pin} name={root.name} pin={root.pin} editions={editions.get(root.pin) ?? []}>
              {pinned.has(root.pin) ? (
                <span className={styles.added}>
                  {purpose === 'backup' ? 'Pinned as backup' : 'Pinned'}
                  <Button
                    variant="quiet"
                    onClick={() => {
                      // This button goes with its pin; the keyboard stays with the list.
                      summary.current?.focus()
                      removeTypedPin(row.id, root.pin)
                      announce(`The pin of ${root.name} was removed`)
                    }}
                  >
                    Remove<span className="visually-hidden"> the pin of {root.name}</span>
                  </Button>
                </span>
              ) : null}
            </RootEntry>
          ))}
        </ul>
      </Fold>
      {missing.length > 0 ? (
        <div>
          <Button
            onClick={() => {
              // The button goes, since there is nothing left to add.
              summary.current?.focus()
              void pinRoots(
                row.id,
                missing.map(({ pin }) => pin),
              )
              announce(`${countText(missing.length)} of ${name} pinned. Undo is at the end of the page.`)
            }}
          >
            Pin {which} of {name}
            {purpose === 'backup' ? ' as backup' : ''}
          </Button>
        </div>
      ) : (
        <p className={styles.done}>
          {roots.length === 1 ? 'The root' : `All ${roots.length} roots`} of {name} {roots.length === 1 ? 'is' : 'are'}{' '}
          pinned{purpose === 'backup' ? ' as backup' : ''}.
        </p>
      )}
    </>
  )
}
