import { systemsOf, type NoticedRoot } from './noticed-roots.ts'
import type { RootNotice, RootProgramme } from './root-notice.ts'
import { dayInWords, listed } from '../wording/wording.ts'

const PROGRAMME_NAMES: Readonly<Record<RootProgramme, string>> = {
  all: 'all platforms',
  android: 'Android',
  apple: 'Apple',
  ca: 'its CA',
  chrome: 'Chrome',
  issuer: 'the root programmes',
  microsoft: 'Microsoft',
  mozilla: 'Mozilla',
}

/** What is told of a root in one line: its name, whose it is, who does what to it and when. */
export function noticedTitle({ name, hosts, isPinned, inEffect, ahead }: NoticedRoot): string {
  const whose = hosts.length > 0 ? listed(hosts) : 'this row'
  const ends = hosts.length > 1 ? `where the chains of ${whose} end` : `where the chain of ${whose} ends`
  const place = isPinned ? `pinned for ${whose}` : ends
  const [first] = [...inEffect, ...ahead]
  return first ? `${name}, ${place}, ${happening(first, inEffect.length > 0)}` : `${name}, ${place}`
}

/** What a notice is about a root, for a place that has the day beside it. */
export function noticeTitle(name: string, { kind, programmes }: RootNotice): string {
  const who = listed(programmes.map((programme) => PROGRAMME_NAMES[programme]))
  switch (kind) {
    case 'distrust':
      return `${name}: distrusted by ${who}`
    case 'removed':
      return `${name}: gone from ${who}`
    case 'expiry':
      return `${name} ends`
    case 'phase-out':
    case 'upcoming':
      return `${name}: phased out by ${who}`
  }
}

/** What is done to a root, by whom and when: what follows its name in a sentence. */
export function happening({ kind, programmes, effective, isEstimate }: RootNotice, isPast: boolean): string {
  const who = listed(programmes.map((programme) => PROGRAMME_NAMES[programme]))
  const day = `${isEstimate ? 'about ' : ''}${dayInWords(effective)}`
  const when = isPast ? `since ${day}` : `from ${day}`
  const isOrWill = isPast ? 'has been' : 'will be'
  switch (kind) {
    case 'distrust':
      return `${isOrWill} distrusted by ${who} ${when}`
    case 'removed':
      return `${isOrWill} gone from ${who} ${when}`
    case 'expiry':
      return `${isPast ? 'ended' : 'ends'} on ${day}`
    case 'phase-out':
    case 'upcoming':
      return `${isOrWill} phased out by ${who} ${when}`
  }
}

/** What it means for the row, then each notice, then what to do. */
export function noticedReason(root: NoticedRoot): string {
  const texts = [...root.inEffect, ...root.ahead].map(({ text }) => text)
  return [consequence(root), ...texts, advice(root)].join(' ')
}

function consequence({ isPinned, cutOff, inEffect, ahead }: NoticedRoot): string {
  if (cutOff.length > 0) {
    return `On ${cutOff.join(' and ')} the chain ends at no other root that is still trusted, so up-to-date phones refuse the server, whatever is pinned.`
  }
  const isAboutPhones = [...inEffect, ...ahead].some((notice) => systemsOf(notice).length > 0)
  if (!isPinned) {
    return isAboutPhones
      ? 'It is not pinned here, and a phone without it needs another way to a root.'
      : 'It is not pinned here, and apps go by the phone’s own list of roots. But the chain will change sooner or later.'
  }
  return isAboutPhones
    ? 'Phones without it need another way to a root, and a chain that ends elsewhere does not match this pin.'
    : 'Apps go by the phone’s own list of roots, which this does not change. But CAs move to roots that browsers trust, and a chain that ends elsewhere does not match this pin.'
}

function advice({ isPinned, hasSuccessor, cutOff }: NoticedRoot): string {
  if (cutOff.length > 0) return 'Get a certificate from a CA that is still trusted, and pin that one before the change.'
  if (hasSuccessor) return 'Another root of the same CA is pinned as well, which does for that change.'
  return isPinned
    ? 'Pin the root that follows it as well, or one of a second CA, before the server’s chain changes.'
    : 'Do not pin it; if you pin a root, take the one that follows.'
}

/** Where the first thing that is told is published. */
export function noticedSource({ inEffect, ahead }: NoticedRoot): string | undefined {
  return [...inEffect, ...ahead][0]?.sources[0]
}
