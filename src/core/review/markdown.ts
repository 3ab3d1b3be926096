import { markdownCode } from '../formats/escape.ts'
import { shownName } from '../wording/wording.ts'
import { VERDICT_WORDS } from '../risks/verdict.ts'
import { LABEL_WORDS } from './label-text.ts'
import type { Review, ReviewedHost, ReviewedPin, ReviewField } from './review.ts'
import {
  daysText,
  expirationText,
  leftOutText,
  PEOPLE_WORDS,
  reachText,
  REVIEW_TITLE,
  ROLE_WORDS,
  reviewStampText,
} from './review-text.ts'

/**
 * The review as Markdown with tables (GFM §4.10). Whatever holds a name of a certificate, a host or a person stands in a
 * code span, in which nothing is markup.
 */
export function markdownOf(review: Review): string {
  const { verdict, people, hosts, leftOut, general, outputs } = review
  const facts = [
    `Date: ${reviewStampText(review)}`,
    `Verdict: **${VERDICT_WORDS[verdict]}**`,
    `Outputs: ${outputs.map(markdownCode).join(', ')}`,
    ...(['owner', 'backupKeyHolder'] as const).map((field) => personLine(field, people[field])),
  ]
  const parts = [
    `# ${REVIEW_TITLE}`,
    listOf(facts),
    ...findingParts(general, '## '),
    ...hosts.flatMap(hostParts),
    ...(leftOut.length > 0
      ? [
          '## Hosts without pins',
          listOf(leftOut.map((row) => `${markdownCode(shownName(row.host))}: ${leftOutText(row)}`)),
        ]
      : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function personLine(field: ReviewField, answer: string): string {
  return `${PEOPLE_WORDS[field]}: ${answer.trim() === '' ? '…' : markdownCode(answer)}`
}

function hostParts(host: ReviewedHost): readonly string[] {
  return [
    `## ${markdownCode(host.host)}`,
    listOf([
      `Reach: ${reachText(host)}`,
      `Verdict: **${VERDICT_WORDS[host.verdict]}**`,
      `Android expiration: ${expirationText(host)}`,
      ...host.kept,
    ]),
    tableOf(['Label', 'Pin', 'Role', 'Stands for', 'Certificates', 'Why'], host.pins.map(pinCells)),
    ...findingParts(host, '### '),
  ]
}

function pinCells({ label, pin, role, standsFor, reason, ...days }: ReviewedPin): readonly string[] {
  return [
    LABEL_WORDS[label],
    markdownCode(pin),
    ROLE_WORDS[role],
    markdownCode(standsFor),
    daysText(days),
    markdownCode(reason),
  ]
}

function findingParts({ blockers, warnings }: Review['general'], level: string): readonly string[] {
  return [
    ...(blockers.length > 0 ? [`${level}Blockers`, listOf(blockers.map(markdownCode))] : []),
    ...(warnings.length > 0 ? [`${level}Warnings`, listOf(warnings.map(markdownCode))] : []),
  ]
}

function listOf(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}

function tableOf(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
