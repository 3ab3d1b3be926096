import { Check, Copy, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { announce } from './announcer.tsx'
import { Button } from './Button.tsx'
import { copyText } from './clipboard.ts'

const SHOWN_MILLISECONDS = 2_000

/** Copies `text`; says so on the button and to screen readers. */
export function CopyButton({
  text,
  what,
  variant = 'secondary',
  isWhatShown = false,
}: {
  readonly text: string
  /** What is copied, for the accessible name: `Copy <what>`. */
  readonly what: string
  readonly variant?: 'primary' | 'secondary' | 'quiet'
  /** What is copied is not beside the button. */
  readonly isWhatShown?: boolean
}) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (outcome === 'idle') return undefined
    const timer = setTimeout(() => setOutcome('idle'), SHOWN_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [outcome])

  const copy = async () => {
    const isCopied = await copyText(text)
    setOutcome(isCopied ? 'copied' : 'failed')
    announce(isCopied ? `Copied ${what}` : 'Copying failed. Select the text and copy it by hand.')
  }
  const label = { idle: 'Copy', copied: 'Copied', failed: 'Select and copy by hand' }[outcome]
  const Icon = { idle: Copy, copied: Check, failed: TriangleAlert }[outcome]
  return (
    <Button variant={variant} onClick={() => void copy()}>
      <Icon aria-hidden="true" />
      {isWhatShown ? (
        `${label} ${what}`
      ) : (
        <>
          {label} <span className="visually-hidden">{what}</span>
        </>
      )}
    </Button>
  )
}
