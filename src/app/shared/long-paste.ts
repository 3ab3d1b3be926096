import type { ClipboardEvent } from 'react'

/** Chromium takes seconds, and in a long page minutes, to paste thousands of lines; given by a script they take a moment. */
const LONG_PASTE = 20_000

/** For `onPaste`: gives what the field is to hold, in the browser's place, where a paste is long. */
export function takeLongPaste(event: ClipboardEvent<HTMLTextAreaElement>, give: (text: string) => void) {
  const pasted = event.clipboardData.getData('text')
  if (pasted.length < LONG_PASTE) return
  event.preventDefault()
  const { value, selectionStart, selectionEnd } = event.currentTarget
  give(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd))
}
