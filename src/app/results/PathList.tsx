import { Fragment } from 'react'
import { certificateName } from '../../core/certificate/certificate.ts'
import type { PathLink, PathSearch, TrustPath } from '../../core/chain/trust-path.ts'
import { shortLine } from '../../core/single-line.ts'
import type { Instant } from '../../core/instant.ts'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'
import { refusalClause } from '../../core/risks/refusal-clause.ts'
import { listed } from '../../core/wording/wording.ts'
import { refusalOf, verdictOf } from '../../core/trust/device-paths.ts'
import { DEVICES } from '../../core/trust/devices.ts'
import { rangeLabel, rangesAmong } from '../../core/trust/ranges.ts'
import { usePortion } from '../shared/portion.tsx'
import styles from './PathList.module.css'

const LONGEST_NAME = 60

/** The ways from a leaf to a root, each with the phones that take it, and which certificates on it are pinned. */
export function PathList({
  search,
  pinned,
  now,
}: {
  readonly search: PathSearch
  readonly pinned: ReadonlySet<SpkiPin>
  readonly now: Instant
}) {
  const [shown, more] = usePortion(alikePaths(search.paths), 'paths')
  return (
    <>
      <ol className={styles.paths} aria-label="Trust paths">
        {shown.map(({ text, links, paths }) => (
          <li key={text} className={styles.path}>
            <p>
              {links.map((link, index) => (
                <Fragment key={link.certificate.sha256}>
                  {index > 0 ? (
                    <>
                      <span aria-hidden="true"> → </span>
                      <span className="visually-hidden"> issued by </span>
                    </>
                  ) : null}
                  <LinkName link={link} isPinned={pinned.has(link.certificate.pin)} />
                </Fragment>
              ))}
            </p>
            <p className={styles.takers}>{takersText(paths, search, now)}</p>
          </li>
        ))}
      </ol>
      {more}
      {search.isCut ? <p>There are more paths than Pinsmith follows.</p> : null}
    </>
  )
}

interface AlikePaths {
  readonly text: string
  readonly links: TrustPath['links']
  /** Never empty. */
  readonly paths: readonly TrustPath[]
}

/** Paths that read the same are one: of some roots there are several certificates, with one name and one key. */
function alikePaths(paths: readonly TrustPath[]): readonly AlikePaths[] {
  const alike = new Map<string, { readonly text: string; readonly links: TrustPath['links']; paths: TrustPath[] }>()
  for (const path of paths) {
    const text = path.links
      .map(
        ({ certificate, origin }) => `${certificate.pin} ${certificateName(certificate)} ${ORIGIN_TEXTS[origin] ?? ''}`,
      )
      .join('\n')
    const known = alike.get(text)
    if (known) known.paths.push(path)
    else alike.set(text, { text, links: path.links, paths: [path] })
  }
  return [...alike.values()]
}

const ORIGIN_TEXTS: Readonly<Record<PathLink['origin'], string | null>> = {
  given: null,
  'bundled-cross-sign': 'not given',
  'bundled-store': null,
}

function LinkName({
  link: { certificate, origin },
  isPinned,
}: {
  readonly link: PathLink
  readonly isPinned: boolean
}) {
  const remarks = [ORIGIN_TEXTS[origin], isPinned ? 'pinned' : null].filter((remark) => remark !== null)
  return (
    <span className={isPinned ? styles.pinned : undefined}>
      {shortLine(certificateName(certificate), LONGEST_NAME)}
      {remarks.length > 0 ? <small> ({remarks.join(', ')})</small> : null}
    </span>
  )
}

function takersText(paths: readonly TrustPath[], search: PathSearch, now: Instant): string {
  const takers = DEVICES.filter((device) => {
    const verdict = verdictOf(search, device, now)
    return 'paths' in verdict && verdict.paths.some((taken) => paths.includes(taken.path))
  })
  if (takers.length > 0) return `Possible on ${listed(rangesAmong(takers).map(rangeLabel))}.`
  if (paths.every(({ stores }) => stores === null)) {
    return 'Its root is in no store: only devices that were given it take this path.'
  }
  const refusals = paths.flatMap((path) => DEVICES.flatMap((device) => refusalOf(path, device, now) ?? []))
  // That a store lacks the root says the least: others may have it.
  const refusal = refusals.find(({ kind }) => kind !== 'anchor-not-in-store') ?? refusals[0]
  return refusal
    ? `No known device takes it: ${refusalClause(refusal)}.`
    : 'No known device takes it: all find another sooner.'
}
