import { useId, useState } from 'react'
import { adviceFor, TRANSPARENCY_CONFIG, type Advice } from '../../../core/strategy/advice.ts'
import { givenAnswers, QUESTIONS, type QuestionId } from '../../../core/strategy/answers.ts'
import type { Reason } from '../../../core/strategy/reasons.ts'
import { canBeSecondCa } from '../../../core/strategy/roots-to-pin.ts'
import { CA_FAMILIES } from '../../../core/trust/ca-families.ts'
import { cardNames } from '../card-names.ts'
import { isBlank, type Row } from '../../row.ts'
import { announce } from '../../shared/announcer.tsx'
import { Button } from '../../shared/Button.tsx'
import { CopyButton } from '../../shared/CopyButton.tsx'
import { useApp, useReport } from '../../store-context.tsx'
import { applyToRows, familiesOf, hasReserveKey } from './apply-to-rows.ts'
import { domains } from '../../shared/domain-count.ts'
import { appliedText, STRATEGY_TEXTS } from './strategy-text.ts'
import styles from './StrategySection.module.css'

/** Questions, and as soon as they are decided: what to do, why, and one click that does it. */
export function StrategySection() {
  const settings = useApp((state) => state.settings)
  const advice = adviceFor(givenAnswers(settings))
  return (
    <div className={styles.body}>
      <div className={styles.questions}>
        {QUESTIONS.map(({ id }) => (
          <Question key={id} id={id} />
        ))}
      </div>
      <output className={styles.advice}>
        {advice ? (
          <span className={styles.title}>{STRATEGY_TEXTS[advice.strategy].title}</span>
        ) : (
          'The advice stands here as soon as your answers decide it.'
        )}
      </output>
      {advice ? <AdviceView advice={advice} /> : null}
    </div>
  )
}

function Question({ id }: { readonly id: QuestionId }) {
  const settings = useApp((state) => state.settings)
  const set = useApp((state) => state.set)
  const given = givenAnswers(settings)
  const group = useId()
  const question = QUESTIONS.find((one) => one.id === id)
  return question ? (
    <fieldset className={styles.question}>
      <legend>{question.text}</legend>
      {question.choices.map(({ value, label, meaning }) => (
        <div key={value}>
          <label className={styles.choice}>
            <input
              type="radio"
              name={group}
              checked={given[id] === value}
              aria-describedby={`${group}-${value}`}
              onChange={() => set('strategy', id, value)}
            />
            {label}
          </label>
          <p id={`${group}-${value}`} className={styles.meaning}>
            {meaning}
          </p>
        </div>
      ))}
    </fieldset>
  ) : null
}

function AdviceView({ advice: { strategy, reasons, steps } }: { readonly advice: Advice }) {
  return (
    <>
      <Reasons title="Why" reasons={reasons} />
      <Reasons title={strategy === 'do-not-pin' ? 'What to do instead' : 'What it takes'} reasons={steps} />
      {strategy === 'do-not-pin' ? <Transparency /> : null}
      <Apply key={strategy} strategy={strategy} />
    </>
  )
}

function Reasons({ title, reasons }: { readonly title: string; readonly reasons: readonly Reason[] }) {
  const id = useId()
  return (
    <div>
      <h4 id={id}>{title}</h4>
      <ul className={styles.reasons} aria-labelledby={id}>
        {reasons.map(({ text, source }) => (
          <li key={text}>
            {text}{' '}
            <a href={source.url} target="_blank" rel="noreferrer">
              {source.title}
              <span className="visually-hidden">, opens a new tab</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What protects an app on Android 16 and newer without a pin. */
function Transparency() {
  return (
    <div className={styles.snippet}>
      <h4>Certificate Transparency on Android</h4>
      <p>
        Save it as app/src/main/res/xml/network_security_config.xml, or put the element into the base-config of the file
        that is there, and name the file in the manifest. With such a file, Android no longer reads
        usesCleartextTraffic.
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard has to scroll it */}
      <section className={styles.code} tabIndex={0} aria-label="Certificate Transparency, text">
        <pre>{TRANSPARENCY_CONFIG}</pre>
      </section>
      <div>
        <CopyButton text={TRANSPARENCY_CONFIG} what="the configuration" />
      </div>
    </div>
  )
}

const ALL = ''

/** One click that makes the pins of all domains, or of one, what the strategy says. */
function Apply({ strategy }: { readonly strategy: Advice['strategy'] }) {
  const rows = useApp((state) => state.rows)
  const changeRows = useApp((state) => state.changeRows)
  const addTypedPins = useApp((state) => state.addTypedPins)
  const { now } = useReport()
  const [rowId, setRowId] = useState(ALL)
  const [secondId, setSecondId] = useState('')
  const [outcome, setOutcome] = useState('')
  const id = useId()
  const filled = rows.filter((row) => !isBlank(row))
  if (filled.length === 0) {
    return (
      <p>
        There is no domain yet to apply it to. <a href="#config">Go to Config</a>
      </p>
    )
  }
  const chosen = filled.some((row) => row.id === rowId) ? filled.filter((row) => row.id === rowId) : filled
  const names = cardNames(rows)
  const only = filled.length === 1 ? (filled[0] ?? null) : null
  const own = new Set(chosen.flatMap(familiesOf))
  const second = CA_FAMILIES.find((family) => family.id === secondId && !own.has(family)) ?? null
  const apply = () => {
    const { change, takeBack, changed, unfit } = applyToRows(chosen, strategy, second, now)
    if (changed.length > 0) changeRows('strategy-applied', change, takeBack)
    // Asks for the names of the roots that are new.
    for (const row of changed) void addTypedPins(row.id, [])
    const text = appliedText(changed.length, unfit.length)
    setOutcome(text)
    announce(text)
  }
  return (
    <div className={styles.apply}>
      <h4>Apply it</h4>
      <p>{STRATEGY_TEXTS[strategy].effect}</p>
      <Notes strategy={strategy} rows={chosen} />
      <p className={styles.field}>
        <label htmlFor={`${id}-row`}>Apply to</label>
        <select id={`${id}-row`} value={rowId} onChange={(event) => setRowId(event.target.value)}>
          <option value={ALL}>{only ? names.get(only.id) : `all ${domains(filled.length)}`}</option>
          {only === null
            ? filled.map((row) => (
                <option key={row.id} value={row.id}>
                  {names.get(row.id)}
                </option>
              ))
            : null}
        </select>
      </p>
      {strategy === 'ca-roots' ? (
        <p className={styles.field}>
          <label htmlFor={`${id}-second`}>Second CA to pin</label>
          <select id={`${id}-second`} value={second?.id ?? ''} onChange={(event) => setSecondId(event.target.value)}>
            <option value="">Choose a CA</option>
            {CA_FAMILIES.filter((family) => canBeSecondCa(family, now))
              .filter((family) => !own.has(family))
              .map((family) => (
                <option key={family.id} value={family.id}>
                  {family.name}
                </option>
              ))}
          </select>
        </p>
      ) : null}
      <div>
        <Button variant="primary" disabled={strategy === 'ca-roots' && second === null} onClick={apply}>
          {strategy === 'do-not-pin' ? 'Remove the pins' : 'Apply this strategy'}
        </Button>
      </div>
      <p className={styles.outcome}>{outcome}</p>
    </div>
  )
}

/** What is missing for the strategy to hold. */
function Notes({ strategy, rows }: { readonly strategy: Advice['strategy']; readonly rows: readonly Row[] }) {
  const withoutKey = rows.filter((row) => !hasReserveKey(row)).length
  const withoutFamily = rows.filter((row) => familiesOf(row).length === 0).length
  if (strategy === 'own-key' && withoutKey > 0) {
    return (
      <p className={styles.note}>
        {domains(withoutKey)} {withoutKey === 1 ? 'has' : 'have'} no backup key yet.{' '}
        <a href="#faq/backup-pin">How to get one</a>, then add its request or public key to the domain in Config and
        apply again.
      </p>
    )
  }
  if (strategy === 'ca-roots' && withoutFamily > 0) {
    return (
      <p className={styles.note}>
        The CA of {domains(withoutFamily)} is not known here: of that CA the root in the chain alone is pinned. Pin its
        other roots by hand.
      </p>
    )
  }
  return null
}
