import { lazy, Suspense, useState } from 'react'
import type { SourceState } from '../row.ts'
import { Button } from '../shared/Button.tsx'
import { useTurn } from '../shared/use-turn.ts'

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
  const wantsDialog = 'canUnlock' in state && dismissed !== state
  const isMyTurn = useTurn(wantsDialog)
  if (!('canUnlock' in state)) return null
  return (
    <>
      <Button onClick={() => setDismissed(null)}>Enter password</Button>
      {!isMyTurn ? null : (
        <Suspense fallback={null}>
          <PasswordDialog
            name={name}
            wasWrong={wasWrong(state)}
            onClose={() => setDismissed(state)}
            onUnlock={onUnlock}
          />
        </Suspense>
      )}
    </>
  )
}

function wasWrong(state: SourceState): boolean {
  if (state.status === 'failed') return state.failure.kind === 'wrong-password'
  return state.status === 'read' && state.damaged.some(({ reason }) => reason === 'wrong-password')
}
