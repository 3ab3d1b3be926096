import { dayInWords } from '../risks/wording.ts'
import { noticeTitle } from '../risks/noticed-root-text.ts'
import type { LabelReason, PinLabel } from './pin-labels.ts'

/** What a label is called. */
export const LABEL_WORDS: Readonly<Record<PinLabel, string>> = {
  current: 'Current',
  next: 'Next',
  backup: 'Backup',
  retiring: 'Retiring',
  unknown: 'Unknown',
}

/** Why a pin has its label, in a sentence. Holds names from certificates: print as text. */
export function reasonText(reason: LabelReason): string {
  switch (reason.kind) {
    case 'presented':
      return 'The server presented it when it was asked.'
    case 'given':
      return 'In a chain that was added; no server was seen with it.'
    case 'not-yet-valid':
      return 'Its certificate is not valid yet.'
    case 'later':
      return 'Its certificate is later than the one that the server presented.'
    case 'key':
      return 'A key in reserve, without a certificate.'
    case 'typed':
      return 'Typed in; no certificate of this host has the key.'
    case 'reserve':
      return 'A CA in reserve, in no chain of this host.'
    case 'other-chain':
      return 'In another chain than the one in service.'
    case 'ended':
      return 'Its certificate has ended.'
    case 'replaced':
      return 'A later certificate for another key is there.'
    case 'retired-issuer': {
      const { ca, since, successors } = reason.retired
      return `${ca} has not issued with this key since ${dayInWords(since)}; ${successors} took over.`
    }
    case 'root-notice':
      return `${noticeTitle(reason.name, reason.notice)} (${dayInWords(reason.notice.effective)}).`
    case 'no-key':
      return 'A placeholder, an example or the hash of something else: no key has this pin.'
    case 'no-certificate':
      return 'A key in reserve that no CA will certify for phones.'
    case 'not-for-host':
      return 'In a chain whose certificate is not valid for this host.'
    case 'nothing-known':
      return 'Nothing but the pin is there; add the certificates of this host to compare it with.'
  }
}
