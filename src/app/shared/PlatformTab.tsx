import { useEffect, useRef, useState } from 'react'
import { isForPlatform, type Output } from '../../core/formats/registry.ts'
import { isText, onPlatform, type Platform } from '../../core/formats/format.ts'
import type { Finding } from '../../core/risks/risk-rule.ts'
import { counted, PLATFORM_NAMES } from '../../core/wording/wording.ts'
import { outputFindings } from '../../core/risks/output-findings.ts'
import { correctPlace } from '../location.ts'
import { attention } from '../report.ts'
import { useApp, useReport } from '../store-context.tsx'
import { EmptyState } from './EmptyState.tsx'
import { DownloadEveryOutput, DownloadOutput } from './DownloadZip.tsx'
import { EnforcedHosts } from './EnforcedHosts.tsx'
import { FindingList } from './FindingList.tsx'
import { FormatOptions } from './FormatOptions.tsx'
import { abilitiesText } from './output-text.ts'
import { NegativeTest, WRONG_PINS_PREFIX } from './NegativeTest.tsx'
import { OutputChoice } from './OutputChoice.tsx'
import styles from './PlatformTab.module.css'
import { usePortion } from './portion.tsx'
import { SnippetCard } from './SnippetCard.tsx'
import { StackPicker } from './StackPicker.tsx'

/** The outputs of one platform: the chosen one, with its options and the findings beside it. */
export function PlatformTab({
  platform,
  name,
  chosenId,
}: {
  readonly platform: Platform
  readonly name: string
  /** What the address names; the first output where that is none. */
  readonly chosenId: string | null
}) {
  const { outputs, plan } = useReport()
  const own = outputs.filter(({ format }) => isForPlatform(format, platform))
  const chosen = own.find(({ format }) => format.id === chosenId) ?? own[0]
  const shownId = chosen?.format.id ?? null
  useEffect(() => {
    // Of the other platform or of none: the address names what is shown.
    if (chosenId !== null && shownId !== null && chosenId !== shownId) correctPlace(platform, shownId)
  }, [platform, chosenId, shownId])
  return (
    <div className={styles.tab}>
      <h2 className="visually-hidden">{name}</h2>
      {plan.policies.length === 0 || !chosen ? (
        <EmptyState title="Nothing to pin yet">
          <p>
            The {name} configuration appears here as soon as a row has a domain, its certificates and something to pin.
          </p>
          <a href="#config">Go to Config</a>
        </EmptyState>
      ) : (
        <>
          <StackPicker platform={platform} />
          {own.length > 1 ? (
            <div className={styles.choice}>
              <OutputChoice platform={platform} outputs={own} chosen={chosen} />
              <DownloadEveryOutput platform={platform} outputs={own} />
            </div>
          ) : null}
          <OutputSection key={chosen.format.id} platform={platform} output={chosen} />
        </>
      )}
    </div>
  )
}

function OutputSection({ platform, output }: { readonly platform: Platform; readonly output: Output }) {
  const { format } = output
  const { findings, plan, rows, now, negativeTest } = useReport()
  const [isNegativeTest, setNegativeTest] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // A link beside it led here; the menu keeps the keyboard. To what is shown already the browser goes by the heading’s id.
    if (document.activeElement?.matches('a')) title.current?.focus()
  }, [])
  const snippets = isNegativeTest ? negativeTest(format) : output.snippets
  const settings = useApp((state) => state.settings)
  const [certificates, more] = usePortion(
    snippets.filter(({ kind }) => kind === 'certificate'),
    'certificates',
  )
  const drawn = new Set(certificates)
  const shown = snippets.filter((snippet) => isText(snippet) || drawn.has(snippet))
  const here = onPlatform(format, platform)
  const isEnforced = here.abilities.enforcedOn?.includes(platform) ?? true
  const sentence = isEnforced ? abilitiesText(here.abilities) : null
  const beside = outputFindings(format, { plan, rows, settings, now }, platform, findings)
  return (
    <section className={styles.format} aria-label={format.title}>
      <header>
        <h3 ref={title} id={`${platform}/${format.id}`} className={styles.title} tabIndex={-1}>
          {format.title}
        </h3>
        {isEnforced ? null : (
          <p>Its code pins nothing on {PLATFORM_NAMES[platform]}, where the platform’s own configuration does it.</p>
        )}
        {isEnforced && !isNegativeTest ? <EnforcedHosts format={here} /> : null}
        {sentence ? <p className={styles.facts}>{sentence}</p> : null}
        <p className={styles.facts}>
          {format.abilities.minimumVersion === null ? null : `For ${format.abilities.minimumVersion} and newer. `}
          <a href={format.docs} target="_blank" rel="noreferrer">
            {format.kind === 'app' ? 'The vendor’s document' : 'The document behind it'}
            <span className="visually-hidden">, opens a new tab</span>
          </a>
        </p>
      </header>
      <ChainAttention findings={findings} />
      <FormatOptions format={format} plan={plan} now={now} />
      {!isEnforced || (format.failsWith === null && format.abilities.needs !== 'certificates') ? null : (
        <NegativeTest format={format} isOn={isNegativeTest} hasAny={snippets.length > 0} onChange={setNegativeTest} />
      )}
      <div className={styles.body}>
        <div className={styles.snippets}>
          {snippets.length === 0 && !isNegativeTest ? <p>This output has nothing of these pins.</p> : null}
          <DownloadOutput
            output={{ format, snippets }}
            findings={beside}
            isNegativeTest={isNegativeTest}
            namePrefix={isNegativeTest ? WRONG_PINS_PREFIX : ''}
          />
          {shown.map((snippet) => (
            <SnippetCard key={snippet.id} snippet={snippet} namePrefix={isNegativeTest ? WRONG_PINS_PREFIX : ''} />
          ))}
          {more}
        </div>
        <FindingList findings={beside} label={`Findings for ${format.title}`} />
      </div>
    </section>
  )
}

/** A snippet is printed whatever was found about its chains, so that has to stand beside it. */
function ChainAttention({ findings }: { readonly findings: readonly Finding[] }) {
  const { blockers, warnings } = attention(findings, 'results')
  if (blockers + warnings === 0) return null
  const counts = [
    ...(blockers > 0 ? [counted(blockers, 'blocker')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ]
  return (
    <p className={`${styles.attention} ${blockers > 0 ? styles.blockers : ''}`}>
      {counts.join(' and ')} about these chains: <a href="#results">read more in Results</a> before you ship this.
    </p>
  )
}
