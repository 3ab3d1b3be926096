import { ListPlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '../shared/Button.tsx'
import { LoadBoundary, LoadFailure } from '../shared/LoadBoundary.tsx'

const PasteListDialog = lazy(async () => ({ default: (await import('./PasteListDialog.tsx')).PasteListDialog }))

/** Opens the dialog that takes many domains at once. */
export function PasteListButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <ListPlus aria-hidden="true" />
        Paste a list
      </Button>
      {isOpen ? (
        <LoadBoundary fallback={<LoadFailure />}>
          <Suspense fallback={null}>
            <PasteListDialog onClose={() => setOpen(false)} />
          </Suspense>
        </LoadBoundary>
      ) : null}
    </>
  )
}
