import { KeyRound } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Row } from '../row.ts'
import { Button } from '../shared/Button.tsx'
import { LoadBoundary } from '../shared/LoadBoundary.tsx'

const BackupKeyDialog = lazy(async () => ({ default: (await import('./BackupKeyDialog.tsx')).BackupKeyDialog }))

/** Opens the kit that makes a backup key for a row. */
export function BackupKeyButton({ row }: { readonly row: Row }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <KeyRound aria-hidden="true" />
        Make a backup key
      </Button>
      {isOpen ? (
        <LoadBoundary fallback={<p role="alert">This could not be loaded. Check your connection, then try again.</p>}>
          <Suspense fallback={null}>
            <BackupKeyDialog row={row} onClose={() => setOpen(false)} />
          </Suspense>
        </LoadBoundary>
      ) : null}
    </>
  )
}
