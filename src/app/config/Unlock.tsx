import { lazy, Suspense, useState } from 'react'
import type { SourceState } from '../row.ts'
import { Button } from '../shared/Button.tsx'

const PasswordDialog = lazy(async () => ({ default: (await import('./PasswordDialog.tsx')).PasswordDialog }))

/** Asks for the password of a file that is locked: at once, and again on demand. Nothing for any other state. */
export function Unlock({
  name,
  state,
  onUnlock,
}: {
  readonly name: string
  readonly state: SourceState
  readonly onUnlock: (password: string) => void
}) {
  /** The state whose dialog was left; a wrong password makes a new one. */
  const [dismissed, setDismissed] = useState<SourceState | null>(null)
  if (state.status !== 'failed' || !state.canUnlock) return null
  return (
    <>
      <Button onClick={() => setDismissed(null)}>Enter password</Button>
      {dismissed === state ? null : (
        <Suspense fallback={null}>
          <PasswordDialog
            name={name}
            wasWrong={state.failure.kind === 'wrong-password'}
            onClose={() => setDismissed(state)}
            onUnlock={onUnlock}
          />
        </Suspense>
      )}
    </>
  )
}
