import type { LogMention } from '../../../core/pins/okhttp-log.ts'
import type { PinEntry, PinReading } from '../../../core/pins/read-pins.ts'
import type { SpkiPin } from '../../../core/pins/spki-pin.ts'

export interface PresentedKey {
  readonly pin: SpkiPin
  /** Hostile text; may be empty. */
  readonly subject: string
}

export interface PinnedHost {
  /** Hostile text. */
  readonly host: string
  readonly pins: readonly SpkiPin[]
}

/** What a failure message of OkHttp, or of Ktor's pinner for Darwin, says of both sides. */
export interface LogPins {
  /** What the server showed, leaf first; several chains when the log holds several failures. */
  readonly presented: readonly PresentedKey[]
  /** What the app that wrote the log has pinned. */
  readonly pinned: readonly PinnedHost[]
}

/** Null when no pin of the text stood in one of the two lists. */
export function logPins({ entries }: PinReading): LogPins | null {
  const presented: PresentedKey[] = []
  const pinned = new Map<string, SpkiPin[]>()
  for (const { pin, mention } of entries.flatMap(mentionedPins)) {
    if (mention.list === 'peer-chain') presented.push({ pin, subject: mention.subject })
    else pinned.set(mention.host, [...(pinned.get(mention.host) ?? []), pin])
  }
  if (presented.length === 0 && pinned.size === 0) return null
  return { presented, pinned: Array.from(pinned, ([host, pins]) => ({ host, pins })) }
}

function mentionedPins(entry: PinEntry): readonly { readonly pin: SpkiPin; readonly mention: LogMention }[] {
  if (entry.kind !== 'pin') return []
  return entry.mentions.map((mention) => ({ pin: entry.pin, mention }))
}
