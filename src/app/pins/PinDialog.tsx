import { useDeferredValue, useEffect, useId, useMemo, useState } from 'react'
import type { PinRole } from '../../core/pins/pin-choices.ts'
import { rolesOfTypedPin } from '../../core/pins/pins-of-row.ts'
import { LONGEST_PIN_TEXT, readPins, type PinReading } from '../../core/pins/read-pins.ts'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'
import { counted, shownName } from '../../core/wording/wording.ts'
import type { IdentifiedRoots } from '../../engine/inspection.ts'
import { planRow } from '../plan-row.ts'
import { rootNames } from '../root-names.ts'
import { chainsOf, type Row } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { FormDialog, FormHint } from '../shared/FormDialog.tsx'
import { takeLongPaste } from '../shared/long-paste.ts'
import { useApp } from '../store-context.tsx'
import { judged, roleInLog, type JudgedEntry } from './pin-entry-text.ts'
import styles from './PinDialog.module.css'
import { PinRoleChoice } from './PinRoleChoice.tsx'

const NO_ROOTS: IdentifiedRoots = new Map()

/** Opens at once, takes ready pins in any notation, and says before anything is added what each of them is. */
export function PinDialog({ row, onClose }: { readonly row: Row; readonly onClose: () => void }) {
  const addTypedPins = useApp((state) => state.addTypedPins)
  const rows = useApp((state) => state.rows)
  const [text, setText] = useState('')
  // One character more than is read, so that the reading still tells that there is more.
  const give = (value: string) => setText(value.slice(0, LONGEST_PIN_TEXT + 1))
  const [roles, setRoles] = useState<ReadonlyMap<SpkiPin, PinRole>>(new Map())
  const [switched, setSwitched] = useState<ReadonlySet<SpkiPin>>(new Set())
  const id = useId()

  const settledText = useDeferredValue(text)
  const certificates = useMemo(() => rows.flatMap(knownCertificates), [rows])
  const reading = useMemo(() => readPins(settledText, certificates), [settledText, certificates])
  const roots = useIdentifiedRoots(reading)
  const entries = reading.entries.map((entry) => judged(entry, roots))

  const isAdded = ({ pin, isDoubtful }: JudgedEntry) => pin !== null && switched.has(pin) === isDoubtful
  const roleOf = ({ entry, pin }: JudgedEntry): PinRole => (pin && roles.get(pin)) ?? roleInLog(entry, reading.entries)
  const added = entries.flatMap((entry) =>
    entry.pin !== null && isAdded(entry) ? [{ pin: entry.pin, role: roleOf(entry) }] : [],
  )
  // With these, the plan says what is known of a pin.
  const asRow = { ...planRow(row), bundledRoots: rootNames(roots) }

  return (
    <FormDialog
      title="Add ready pins"
      confirm={added.length === 0 ? 'Add pins' : `Add ${counted(added.length, 'pin')}`}
      isDisabled={added.length === 0}
      isWide
      onConfirm={() => {
        void addTypedPins(row.id, added)
        announce(`${counted(added.length, 'pin')} added`)
      }}
      onClose={onClose}
    >
      <label htmlFor={`${id}-text`}>Pins as text</label>
      <textarea
        id={`${id}-text`}
        rows={6}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        placeholder={'sha256/…\npin-sha256="…"\n12:ab:34:…'}
        value={text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => give(event.target.value)}
        onPaste={(event) => takeLongPaste(event, give)}
      />
      <FormHint id={`${id}-hint`}>
        In any notation: base64, hexadecimal, sha256/…, pin-sha256=&quot;…&quot;, part of a configuration, or OkHttp’s
        “Certificate pinning failure!” with all its lines.
      </FormHint>
      <output className={styles.summary}>{summaryOf(reading, added.length)}</output>
      {entries.length > 0 ? (
        <ul className={styles.entries} aria-label="What was found">
          {entries.map((judgedEntry, index) => {
            const { entry, pin, remark, isDoubtful } = judgedEntry
            const known = pin === null ? [] : rolesOfTypedPin({ pin, role: 'unknown' }, asRow)
            return (
              // Nothing else tells two problems apart.
              // oxlint-disable-next-line react/no-array-index-key -- see above
              <li key={index} className={styles.entry}>
                {isDoubtful && entry.written !== '' && (pin === null || !entry.written.includes(pin)) ? (
                  <code>{shownName(entry.written)}</code>
                ) : null}
                {remark === null ? null : <p className={pin === null ? styles.refused : styles.remark}>{remark}</p>}
                {pin === null ? null : (
                  <>
                    <label className={styles.switch}>
                      <input
                        type="checkbox"
                        checked={isAdded(judgedEntry)}
                        onChange={() => setSwitched((before) => toggled(before, pin))}
                      />
                      <span>
                        Add <code>{pin}</code>
                      </span>
                    </label>
                    {isAdded(judgedEntry) ? (
                      <PinRoleChoice
                        pin={pin}
                        known={known}
                        rootName={roots.get(pin)?.name ?? null}
                        role={roleOf(judgedEntry)}
                        onChange={(role) => setRoles((before) => new Map(before).set(pin, role))}
                      />
                    ) : null}
                  </>
                )}
              </li>
            )
          })}
        </ul>
      ) : null}
    </FormDialog>
  )
}

function summaryOf({ entries, cut }: PinReading, added: number): string {
  if (entries.length === 0) return ''
  const parts = [`${counted(added, 'pin')} will be added`]
  if (cut !== null) parts.push('the text is too long, and its end was not read')
  return `${parts.join('; ')}.`
}

function toggled(pins: ReadonlySet<SpkiPin>, pin: SpkiPin): ReadonlySet<SpkiPin> {
  const changed = new Set(pins)
  if (!changed.delete(pin)) changed.add(pin)
  return changed
}

function knownCertificates(row: Row) {
  const superfluous = row.reading.status === 'done' ? row.reading.report.superfluous : []
  return [...chainsOf(row).flatMap(({ links }) => links.map(({ certificate }) => certificate)), ...superfluous]
}

/** Asks the engine which digests are of bundled roots; what it says of an older text does no harm. */
function useIdentifiedRoots({ entries }: PinReading): IdentifiedRoots {
  const identifyRoots = useApp((state) => state.identifyRoots)
  const [roots, setRoots] = useState(NO_ROOTS)
  const digests = entries.flatMap((entry) => (entry.kind === 'pin' ? [entry.pin] : [])).join(' ')
  useEffect(() => {
    let isOvertaken = false
    const asked = digests.split(' ') as SpkiPin[]
    if (digests !== '') {
      const ask = async () => {
        const identified = await identifyRoots(asked)
        if (!isOvertaken) setRoots(identified)
      }
      void ask()
    }
    return () => {
      isOvertaken = true
    }
  }, [digests, identifyRoots])
  return roots
}
