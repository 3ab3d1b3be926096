/** Which of OkHttp's two lists a pin stood in, and what stood beside it. Hostile text. */
export type LogMention =
  { readonly list: 'peer-chain'; readonly subject: string } | { readonly list: 'pinned'; readonly host: string }

const PEER_CHAIN = 'peer certificate chain'
const PINNED = 'pinned certificates for '
const LONGEST_NAME = 200

/** Whether text is a message of OkHttp's `CertificatePinner`, whatever a log puts in front of its lines. */
export function isOkHttpLog(text: string): boolean {
  const lower = text.toLowerCase()
  return lower.includes('certificate pinning failure') || lower.includes(PEER_CHAIN) || lower.includes(PINNED)
}

/**
 * For each line, the list that it stands in; null outside of both. A list goes on while its lines have a pin.
 *
 * @returns a function of the line's text behind the pin, where the subject stands
 */
export function mentionsByLine(lines: readonly string[]): readonly (((behind: string) => LogMention) | null)[] {
  let current: ((behind: string) => LogMention) | null = null
  return lines.map((line) => {
    const lower = line.toLowerCase()
    const pinned = lower.indexOf(PINNED)
    if (lower.includes(PEER_CHAIN)) {
      current = (behind) => ({ list: 'peer-chain', subject: named(behind) })
      return null
    }
    if (pinned >= 0) {
      const host = named(line.slice(pinned + PINNED.length))
      current = () => ({ list: 'pinned', host })
      return null
    }
    if (!/sha(?:1|256)\//.test(lower)) current = null
    return current
  })
}

function named(text: string): string {
  const name = text.trim()
  return (name.startsWith(':') ? name.slice(1) : name.endsWith(':') ? name.slice(0, -1) : name)
    .trim()
    .slice(0, LONGEST_NAME)
}
