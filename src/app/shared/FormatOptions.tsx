import { useId, useState, type ReactNode } from 'react'
import { entryExpiration } from '../../core/formats/expiration.ts'
import {
  optionValue,
  type ChoiceOption,
  type ExpirationChoice,
  type ExpirationOption,
  type Format,
  type FormatOption,
  type HostsOption,
  type SwitchOption,
} from '../../core/formats/format.ts'
import { readNamedHosts } from '../../core/formats/named-hosts.ts'
import { settingsId, type FormatId } from '../../core/formats/registry.ts'
import { isoDay, MILLISECONDS_PER_DAY, MILLISECONDS_PER_HOUR, type Instant } from '../../core/instant.ts'
import type { PinPlan } from '../../core/pins/plan-pins.ts'
import { useApp } from '../store-context.tsx'
import { namedHostRemarks } from './named-host-text.ts'
import styles from './FormatOptions.module.css'

/** A day that has begun nowhere on earth: tomorrow, as seen from UTC+14. */
const EARLIEST_EXPIRATION = MILLISECONDS_PER_DAY + 14 * MILLISECONDS_PER_HOUR

/** The options that belong to a format, drawn from their description. */
export function FormatOptions({
  format,
  plan,
  now,
}: {
  readonly format: Format & { readonly id: FormatId }
  readonly plan: PinPlan
  readonly now: Instant
}) {
  const id = settingsId(format)
  const settings = useApp((state) => state.settings[id])
  const set = useApp((state) => state.set)
  const draw = ([name, option]: readonly [string, FormatOption]) => {
    const stored = settings?.[name]
    const value = optionValue(option, stored)
    switch (option.kind) {
      case 'switch':
        return <Switch key={name} option={option} value={value === true} onChange={(next) => set(id, name, next)} />
      case 'choice':
        return option.matters(plan) ? (
          <Choice key={name} option={option} value={value} onChange={(next) => set(id, name, next)} />
        ) : null
      case 'expiration':
        return (
          <Expiration
            key={name}
            option={option}
            value={typeof value === 'object' && 'kind' in value ? value : { kind: 'none' }}
            format={format}
            plan={plan}
            now={now}
            onChange={(next) => set(id, name, next)}
          />
        )
      case 'hosts':
        return option.matters(plan) ? (
          <Hosts
            key={name}
            option={option}
            text={typeof stored === 'string' ? stored : ''}
            plan={plan}
            onChange={(next) => set(id, name, next)}
          />
        ) : null
    }
  }
  const entries = Object.entries(format.options)
  const rare = entries.filter(([, option]) => isRare(option))
  return (
    <div className={styles.options}>
      {entries.filter(([, option]) => !isRare(option)).map(draw)}
      {rare.length > 0 ? (
        <RareOptions key={format.id} isUsed={rare.some(([name]) => Boolean(settings?.[name]))}>
          {rare.map(draw)}
        </RareOptions>
      ) : null}
    </div>
  )
}

function isRare(option: FormatOption): boolean {
  return 'isRare' in option
}

/** Open at first where one of them is used, so that nobody overlooks it; then as it is left. */
function RareOptions({ isUsed, children }: { readonly isUsed: boolean; readonly children: ReactNode }) {
  const [isOpen] = useState(isUsed)
  return (
    <details className={styles.rare} open={isOpen}>
      <summary>More options</summary>
      <div className={styles.options}>{children}</div>
    </details>
  )
}

function Switch({
  option,
  value,
  onChange,
}: {
  readonly option: SwitchOption
  readonly value: boolean
  readonly onChange: (value: boolean) => void
}) {
  const effect = useId()
  return (
    <div className={styles.choice}>
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={value}
          aria-describedby={option.effect === undefined ? undefined : effect}
          onChange={(event) => onChange(event.target.checked)}
        />
        {option.label}
      </label>
      {option.effect === undefined ? null : (
        <p className={styles.effect} id={effect}>
          {option.effect}
        </p>
      )}
    </div>
  )
}

/** The text stays as it was typed; what of it changes nothing is told below. */
function Hosts({
  option,
  text,
  plan,
  onChange,
}: {
  readonly option: HostsOption
  readonly text: string
  readonly plan: PinPlan
  readonly onChange: (text: string) => void
}) {
  const id = useId()
  const remarks = namedHostRemarks(readNamedHosts(text), option, plan)
  return (
    <div className={styles.question}>
      <label className={styles.hostsLabel} htmlFor={id}>
        {option.label}
      </label>
      <textarea
        id={id}
        className={styles.hosts}
        rows={3}
        value={text}
        aria-describedby={`${id}-effect ${id}-remarks`}
        autoCapitalize="none"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      <p className={styles.effect} id={`${id}-effect`}>
        {option.effect}
      </p>
      <ul className={styles.remarks} id={`${id}-remarks`}>
        {remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </div>
  )
}

function Choice({
  option,
  value,
  onChange,
}: {
  readonly option: ChoiceOption
  readonly value: unknown
  readonly onChange: (value: string) => void
}) {
  const group = useId()
  return (
    <fieldset className={styles.question}>
      <legend>{option.label}</legend>
      {option.choices.map((choice) => (
        <div key={choice.value} className={styles.choice}>
          <label className={styles.choiceLabel}>
            <input
              type="radio"
              name={group}
              checked={choice.value === value}
              aria-describedby={`${group}-${choice.value}`}
              onChange={() => onChange(choice.value)}
            />
            {choice.label}
          </label>
          <p className={styles.effect} id={`${group}-${choice.value}`}>
            {choice.effect}
          </p>
        </div>
      ))}
    </fieldset>
  )
}

function Expiration({
  option,
  value,
  format,
  plan,
  now,
  onChange,
}: {
  readonly option: ExpirationOption
  readonly value: ExpirationChoice
  readonly format: Format
  readonly plan: PinPlan
  readonly now: Instant
  readonly onChange: (value: ExpirationChoice) => void
}) {
  const group = useId()
  return (
    <fieldset className={styles.question}>
      <legend>{option.label}</legend>
      <div className={styles.inline}>
        <label className={styles.choiceLabel}>
          <input
            type="radio"
            name={group}
            checked={value.kind === 'none'}
            onChange={() => onChange({ kind: 'none' })}
          />
          Never
        </label>
        <label className={styles.choiceLabel}>
          <input
            type="radio"
            name={group}
            checked={value.kind === 'date'}
            onChange={() => onChange({ kind: 'date', date: isoDay(now + 365 * MILLISECONDS_PER_DAY) })}
          />
          On a date
        </label>
        <label className={styles.choiceLabel}>
          <input
            type="radio"
            name={group}
            checked={value.kind === 'computed'}
            onChange={() => onChange({ kind: 'computed' })}
          />
          When the first pinned certificate ends
        </label>
      </div>
      {value.kind === 'date' ? (
        <label className={styles.date}>
          Expiration date
          <input
            type="date"
            value={value.date}
            min={isoDay(now + EARLIEST_EXPIRATION)}
            max="9999-12-31"
            onChange={(event) => onChange({ kind: 'date', date: event.target.value })}
          />
        </label>
      ) : null}
      <p className={styles.effect}>{expirationSentence(plan, value, format, now)}</p>
    </fieldset>
  )
}

/** What happens on the day, by platforms.md A.6, C.3, C.8 and C.13. */
function expirationSentence(
  plan: PinPlan,
  choice: ExpirationChoice,
  { abilities, platforms }: Format,
  now: Instant,
): string {
  if (choice.kind === 'none') {
    return 'The pins are enforced for as long as the app is installed. If the server can no longer present any of them, only an app update helps.'
  }
  const days = plan.policies.flatMap((policy) => {
    const expiration = entryExpiration(policy, plan.policies, abilities, choice, now)
    return expiration.kind === 'written' ? [expiration.date] : []
  })
  const distinct = [...new Set(days)].toSorted()
  if (distinct.length === 0)
    return 'No expiration is written, so the pins are enforced for as long as the app is installed.'
  const midnight = abilities.expiry === 'utc-midnight' ? 'UTC' : 'in the device’s own time zone'
  const hasIos = platforms.includes('ios')
  // `NSDateFormatter` without a locale (Apple QA1480).
  const calendar = hasIos
    ? ' An iPhone with the Buddhist calendar takes the day for long past and never checks them.'
    : ''
  return `From 00:00 of ${distinct.join(' or ')} ${midnight}, ${hasIos ? 'the app' : 'Android'} stops checking these pins, without a message. Connections go on and are then protected by the device’s trusted CAs alone.${calendar}`
}
