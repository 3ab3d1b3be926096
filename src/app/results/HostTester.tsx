import { useDeferredValue, useId, useState } from 'react'
import { networkSecurityConfig } from '../../core/formats/android/network-security-config.ts'
import { onPlatform } from '../../core/formats/format.ts'
import { rulingOf, type HostRuling } from '../../core/formats/host-ruling.ts'
import { pinnedDomains } from '../../core/formats/ios/pinned-domains.ts'
import { pinComment } from '../../core/formats/pin-comment.ts'
import { FORMATS, type Output } from '../../core/formats/registry.ts'
import { listed, PLATFORM_NAMES } from '../../core/wording/wording.ts'
import { cleanHost } from '../../host/clean-host.ts'
import type { FailureText } from '../failure.ts'
import { hostFailureText } from '../host-text.ts'
import { useApp, useReport } from '../store-context.tsx'
import { hostRulingText, pinsOfRequirement } from '../shared/host-ruling-text.ts'
import styles from './HostTester.module.css'

/** Type any host: which entry of each output covers it, and what that asks for. */
export function HostTester() {
  const [text, setText] = useState('')
  const settled = useDeferredValue(text)
  const id = useId()
  const host = cleanHost(settled)
  const failure = failureText(host, settled)
  const tried = host.ok && failure === null ? host.value.host : null
  return (
    <section className={styles.tester} aria-labelledby={`${id}-title`}>
      <details>
        <summary className={styles.summary}>
          <h3 id={`${id}-title`}>Try a host</h3>
          <span className={styles.hint}>which pins each output checks for it</span>
        </summary>
        <div className={styles.body}>
          <label htmlFor={id} className={styles.label}>
            Host to try
          </label>
          <input
            id={id}
            className={styles.input}
            type="text"
            inputMode="url"
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            placeholder="cdn.api.example.com"
            value={text}
            aria-invalid={failure !== null}
            aria-describedby={`${id}-explanation`}
            onChange={(event) => setText(event.target.value)}
          />
          <div id={`${id}-explanation`} aria-live="polite">
            {failure ? (
              <p className={styles.refused}>
                <strong>{failure.what}</strong> {failure.next}
              </p>
            ) : null}
            {tried === null ? null : <PlatformSentence host={tried} />}
          </div>
          {tried === null ? null : <RulingTable host={tried} />}
        </div>
      </details>
    </section>
  )
}

/** A wildcard is refused: outputs reach different hosts below it, and what holds for its parent is no answer. */
function failureText(host: ReturnType<typeof cleanHost>, text: string): FailureText | null {
  if (host.ok) return host.value.isWildcard ? WILDCARD : null
  return text.trim() === '' ? null : hostFailureText(host.failure)
}

const WILDCARD: FailureText = {
  what: 'A wildcard stands for many hosts.',
  next: 'Type one that the app connects to, such as cdn.api.example.com.',
}

/** What the platforms' own configurations do, since they differ most often there. */
function PlatformSentence({ host }: { readonly host: string }) {
  const rulingFor = useRulings(host)
  const android = rulingFor(networkSecurityConfig)?.kind === 'pinned'
  const ios = rulingFor(pinnedDomains)?.kind === 'pinned'
  const where = android && ios ? 'on Android and iOS' : android ? 'on Android, not on iOS' : 'on iOS, not on Android'
  return (
    <p>
      <code>{host}</code> {android || ios ? `is pinned ${where}` : 'is pinned neither on Android nor on iOS'}, by the
      configuration of the platform.
    </p>
  )
}

function RulingTable({ host }: { readonly host: string }) {
  const rulingFor = useRulings(host)
  const rows = FORMATS.flatMap((format) => {
    const ruling = rulingFor(format)
    return ruling ? [{ format, ruling }] : []
  })
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">What each output does with {host}</caption>
      <thead>
        <tr>
          <th scope="col">Output</th>
          <th scope="col">What it does</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ format, ruling }) => (
          <tr key={format.id}>
            <th scope="row">
              <a href={`#${format.platforms[0] ?? 'android'}/${format.id}`}>{format.title}</a>
            </th>
            <td>
              {onPlatforms(format)}
              {differently(format, ruling, rulingFor)}
              <Pins ruling={ruling} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** One sentence, or one for each platform where they differ. */
function differently(
  format: Output['format'],
  ruling: HostRuling,
  rulingFor: (format: Output['format']) => HostRuling | null,
): string {
  const own = format.platforms.map((platform) => {
    const there = rulingFor(onPlatform(format, platform))
    return { platform, text: there ? hostRulingText(there) : '' }
  })
  return new Set(own.map(({ text }) => text)).size > 1
    ? own.map(({ platform, text }) => `On ${PLATFORM_NAMES[platform]}: ${text}`).join(' ')
    : hostRulingText(ruling)
}

function onPlatforms({ abilities: { enforcedOn } }: Output['format']): string | null {
  return enforcedOn ? `On ${listed(enforcedOn.map((platform) => PLATFORM_NAMES[platform]))} alone. ` : null
}

function Pins({ ruling }: { readonly ruling: HostRuling }) {
  if (ruling.kind !== 'pinned') return null
  return (
    <details>
      <summary>Which keys</summary>
      <ul className={styles.pins}>
        {pinsOfRequirement(ruling.requirement).map((pin) => (
          <li key={`${pin.role} ${pin.pin}`}>
            <code>{pin.pin}</code> {pinComment(pin)}
          </li>
        ))}
      </ul>
    </details>
  )
}

function useRulings(host: string): (format: Output['format']) => HostRuling | null {
  const { plan, rows } = useReport()
  const settings = useApp((state) => state.settings)
  return (format) => rulingOf(format, plan, settings, host, rows)
}
