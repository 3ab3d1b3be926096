import type { HostListEntry, HostListFailure } from '../../host/host-list.ts'
import { listed, shownName } from '../../core/wording/wording.ts'
import type { FailureText } from '../failure.ts'
import { hostFailureText } from '../host-text.ts'

function failureText(failure: HostListFailure): FailureText {
  if (failure.kind === 'hosts-file-line') {
    return {
      what: `This gives the address ${shownName(failure.address)} names, as a hosts file does.`,
      next: 'Paste the names without the address.',
    }
  }
  if (failure.kind === 'word-among-others') {
    return { what: 'This is one word among others.', next: 'If it is a host, put it on a line of its own.' }
  }
  if (failure.kind === 'mail-address') {
    return { what: 'This is a mail address.', next: 'If its host is meant, type the part behind the @.' }
  }
  if (failure.kind === 'beyond-limit') {
    return {
      what: `A list is read up to ${failure.limit.toLocaleString('en')} entries. This and all that follows was not read.`,
      next: 'Paste the rest as a second list.',
    }
  }
  return hostFailureText(failure)
}

/** Why an entry of a list becomes no row; null when it does, or when it is none of the hosts. */
export function entryLeftOutText({ outcome }: HostListEntry): string | null {
  switch (outcome.kind) {
    case 'duplicate':
      return outcome.of.kind === 'row'
        ? `Domain ${outcome.of.number} is ${outcome.host} already.`
        : `${outcome.host} stands in line ${outcome.of.number} already.`
    case 'refused': {
      const { what, next } = failureText(outcome.failure)
      return `${what} ${next}`
    }
    case 'host':
    case 'comment':
    case 'header':
      return null
  }
}

/** What was passed over without being refused: comments and columns; null when nothing was. */
export function passedOverText(entries: readonly HostListEntry[]): string | null {
  const comments = entries.filter(({ outcome }) => outcome.kind === 'comment').length
  const columns = entries.flatMap(({ outcome }) => (outcome.kind === 'header' ? [headerText(outcome)] : []))
  const sentences = [
    ...columns,
    ...(comments > 0 ? [`${comments} comment${comments === 1 ? ' was' : 's were'} passed over.`] : []),
  ]
  return sentences.length > 0 ? sentences.join(' ') : null
}

function headerText({ column, otherColumns }: Extract<HostListEntry['outcome'], { kind: 'header' }>): string {
  const read = `The column “${shownName(column)}” is read`
  return otherColumns.length > 0 ? `${read}, not ${listed(otherColumns)}.` : `${read}.`
}
