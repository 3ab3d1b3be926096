import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'

const announcement = createStore(() => ({ text: '', count: 0 }))

/** Lets screen readers say what happened; nothing moves on screen. */
export function announce(text: string) {
  announcement.setState(({ count }) => ({ text, count: count + 1 }))
}

/** The live region for `announce`; stands once in the page. */
export function Announcer() {
  const { text, count } = useStore(announcement)
  return (
    <output className="visually-hidden">
      {/* Saying the same again is a new element, so that it is read again. */}
      <span key={count}>{text}</span>
    </output>
  )
}
