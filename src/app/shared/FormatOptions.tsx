import { useId, useState, type ReactNode } from 'react'
import { earliestExpiration, proposedExpiration } from '../../core/formats/expiration.ts'
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
import type { Instant } from '../../core/instant.ts'
import type { PinPlan } from '../../core/pins/plan-pins.ts'
import { useApp } from '../store-context.tsx'
import { namedHostRemarks } from './named-host-text.ts'
import styles from './FormatOptions.module.css'
import { expirationText } from './output-text.ts'

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
            onChange={() => onChange({ kind: 'date', date: proposedExpiration(now) })}
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
            min={earliestExpiration(now)}
            max="9999-12-31"
            onChange={(event) => onChange({ kind: 'date', date: event.target.value })}
          />
        </label>
      ) : null}
      <p className={styles.effect}>{expirationText(plan, value, format, now)}</p>
    </fieldset>
  )
}
