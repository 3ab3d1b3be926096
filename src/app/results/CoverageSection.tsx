import { enforcedPins } from '../../core/formats/enforced-pins.ts'
import { certificateName } from '../../core/certificate/certificate.ts'
import { shortLine } from '../../core/single-line.ts'
import { distinctPins } from '../../core/pins/plan-pins.ts'
import { chainsInService } from '../../core/risks/device-coverage.ts'
import { coverageOf, worstOf, type Coverage } from '../../core/trust/coverage.ts'
import { DEVICES } from '../../core/trust/devices.ts'
import { isPrivate, verdictOf } from '../../core/trust/device-paths.ts'
import { outcomeRanges, rangeLabel, rangesOf } from '../../core/trust/ranges.ts'
import type { PathSearch } from '../../core/chain/trust-path.ts'
import type { Instant } from '../../core/instant.ts'
import { planRow } from '../plan-row.ts'
import type { Row } from '../row.ts'
import { Fold } from '../shared/Fold.tsx'
import { useApp, useReport } from '../store-context.tsx'
import { coverageGroups } from './coverage-table.ts'
import { outcomeText, privateRootText, verdictText } from './coverage-text.ts'
import { CoverageMatrix } from './CoverageMatrix.tsx'
import styles from './CoverageSection.module.css'
import { PathList } from './PathList.tsx'

const NOT_KNOWN: Coverage = { kind: 'unknown', matching: 0, possible: 0, connects: 'depends' }
const LONGEST_NAME = 60

/** On which phones the pins of a row match, in a sentence, as a table, and with the paths behind it. */
export function CoverageSection({ row, name }: { readonly row: Row; readonly name: string }) {
  const { plan, findings, now } = useReport()
  const settings = useApp((state) => state.settings)
  const policy = plan.policies.find(({ rowIds }) => rowIds.includes(row.id))
  const chains = chainsInService(planRow(row)).filter(({ search }) => search.paths.length > 0)
  if (!policy || chains.length === 0) return null
  const enforced = enforcedPins(policy, plan.policies, settings)
  const groups = coverageGroups(chains, policy, enforced, now)
  const outcomes = outcomeRanges(
    (device) => worstOf(chains.map(({ search }) => coverageOf(search, device, enforced, now))) ?? NOT_KNOWN,
  )
  const isForOutputs = policy.anchors.own.length > 0 && chains.every(({ search }) => isPrivate(search))
  const leaves = chains.flatMap(({ links }) => links.slice(0, 1).map(({ certificate }) => certificate))
  const isOfAnotherHost = findings.some(
    ({ ruleId, severity, rowIds }) =>
      ruleId === 'host-not-covered' && severity === 'blocker' && rowIds.includes(row.id),
  )
  const pinned = new Set(distinctPins(policy.pins))
  return (
    <section className={styles.coverage} aria-label={`Which phones connect to ${name}`}>
      <h4>Which phones connect</h4>
      {isOfAnotherHost ? <p>None: no certificate here is valid for this host. Of the chain by itself:</p> : null}
      <p>{isForOutputs ? privateRootText(leaves, now) : outcomeText(outcomes)}</p>
      {(isForOutputs ? [] : groups).map((group) => (
        <CoverageMatrix
          key={group.chains[0]?.links[0]?.certificate.sha256}
          group={group}
          isOnly={groups.length === 1}
        />
      ))}
      <Fold summary="Trust paths, and why">
        {groups.flatMap(({ chains: [chain] }) =>
          chain ? (
            <div key={chain.links[0]?.certificate.sha256} className={styles.paths}>
              {groups.length > 1 && chain.links[0] ? (
                <h5>{shortLine(certificateName(chain.links[0].certificate), LONGEST_NAME)}</h5>
              ) : null}
              <PathList search={chain.search} pinned={pinned} now={now} />
              <Verdicts search={chain.search} now={now} />
            </div>
          ) : (
            []
          ),
        )}
      </Fold>
    </section>
  )
}

/** Whether each device trusts the chain, and why. */
function Verdicts({ search, now }: { readonly search: PathSearch; readonly now: Instant }) {
  const texts = new Map(
    DEVICES.map((device) => [
      device.id,
      // Without the name, so that neighbours of which the same is to be said are one range.
      verdictText(verdictOf(search, device, now), { ...device, label: PLACE_OF_NAME }, now),
    ]),
  )
  return (
    <ul className={styles.verdicts} aria-label="Who trusts the chain">
      {rangesOf(DEVICES, ({ id }) => texts.get(id) ?? '').map((range) => (
        <li key={rangeLabel(range)}>{range.result.replaceAll(PLACE_OF_NAME, () => rangeLabel(range))}</li>
      ))}
    </ul>
  )
}

/** In no certificate's name, since names are printed without control characters. */
const PLACE_OF_NAME = '\u0000'
