import { certificateName } from '../../core/certificate/certificate.ts'
import type { LogMention } from '../../core/pins/okhttp-log.ts'
import type { PinEntry } from '../../core/pins/read-pins.ts'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'
import { shownName } from '../../core/wording/wording.ts'
import type { IdentifiedRoots } from '../../engine/inspection.ts'

/** What becomes of one thing that was typed as a pin. */
export interface JudgedEntry {
  readonly entry: PinEntry
  /** What can be added: the pin itself, or the one that was meant. Null when there is none. */
  readonly pin: SpkiPin | null
  /** Why it is not as simple as that; null for a plain pin. */
  readonly remark: string | null
  /** The pin is another one than was typed, or may not be meant, so the user has to say. */
  readonly isDoubtful: boolean
}

/** @param roots what the engine knows of the digests in the text */
export function judged(entry: PinEntry, roots: IdentifiedRoots): JudgedEntry {
  const refused = (remark: string): JudgedEntry => ({ entry, pin: null, remark, isDoubtful: true })
  const meant = (pin: SpkiPin, remark: string): JudgedEntry => ({ entry, pin, remark, isDoubtful: true })
  switch (entry.kind) {
    case 'pin': {
      const root = roots.get(entry.pin)
      if (root && root.pin !== entry.pin) {
        return meant(root.pin, `This is the fingerprint of the root ${shownName(root.name)}, not a pin. Its pin is:`)
      }
      if (entry.sample) {
        return meant(
          entry.pin,
          `${entry.sample.document.title} prints it as an example. It is the key of ${shownName(entry.sample.publicRoot ?? '')}.`,
        )
      }
      return { entry, pin: entry.pin, remark: mentionsText(entry.mentions), isDoubtful: entry.mentions.length > 0 }
    }
    case 'certificate-fingerprint':
      return entry.certificate
        ? meant(
            entry.certificate.pin,
            `This is the fingerprint of the certificate ${shownName(certificateName(entry.certificate))}, which never matches. Its pin is:`,
          )
        : refused('This is the fingerprint of a certificate, not a pin. Add the certificate to the row to get its pin.')
    case 'wrong-length':
      if (entry.looksLike === 'encoded-twice' && entry.meant) {
        return meant(entry.meant, 'This is base64 of a hash that was text already. The pin that was meant is:')
      }
      if (entry.looksLike === 'der' || entry.looksLike === 'pem') {
        return refused('This is a key or certificate itself. Use “Paste text” for it; its pin is then computed.')
      }
      return refused(`This has ${entry.bytes} bytes; a pin has 32. Part of it is missing, or there is too much.`)
    case 'other-digest':
      return refused(`This is a ${entry.digest} hash. Android and iOS take SHA-256 alone.`)
    case 'hash-of-nothing':
      return refused('This is the SHA-256 of no bytes at all: the command that printed it was given nothing.')
    case 'placeholder':
      return refused('This is a placeholder, not the hash of a key.')
    case 'documentation-sample':
      return refused(`This is the example of a document (${entry.sample.document.title}); nobody’s server has its key.`)
    case 'not-canonical':
      return refused('Its last character cannot end a hash of 32 bytes: it was mistyped or cut. Copy it again.')
    case 'pasted':
      return refused(`This is ${PASTED[entry.what]}. Use “Paste text” for it; its pin is then computed.`)
    case 'not-a-pin':
      return refused('This is neither base64 nor hexadecimal.')
  }
}

const PASTED = {
  certificate: 'a certificate',
  'certificate-request': 'a certificate request',
  'public-key': 'a public key',
  'private-key': 'a private key, which Pinsmith never needs',
  other: 'a PEM block',
} as const

/** Where a pin stood in OkHttp's log. */
function mentionsText(mentions: readonly LogMention[]): string | null {
  if (mentions.length === 0) return null
  const texts = mentions.map((mention) =>
    mention.list === 'peer-chain'
      ? `The server presented it: ${shownName(mention.subject) || 'no subject'}.`
      : `The app that wrote this log pinned it for ${shownName(mention.host)}.`,
  )
  return texts.slice(0, MOST_MENTIONS).join(' ')
}

const MOST_MENTIONS = 3

/** What a pin of OkHttp's log probably is: the chain begins with the server’s own certificate. */
export function roleInLog(entry: PinEntry, all: readonly PinEntry[]): 'leaf' | 'ca' | 'unknown' {
  if (!isPresented(entry)) return 'unknown'
  return all.find(isPresented) === entry ? 'leaf' : 'ca'
}

function isPresented({ mentions }: PinEntry): boolean {
  return mentions.some(({ list }) => list === 'peer-chain')
}
