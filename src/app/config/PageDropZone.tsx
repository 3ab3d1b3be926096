import { lazy, Suspense, useEffect, useState } from 'react'
import { LoadBoundary } from '../shared/LoadBoundary.tsx'
import { useApp } from '../store-context.tsx'

const DropHint = lazy(async () => ({ default: (await import('./RoutingSummary.tsx')).DropHint }))
const RoutingSummary = lazy(async () => ({ default: (await import('./RoutingSummary.tsx')).RoutingSummary }))

/**
 * Takes files that are dropped anywhere on the page but on a row, and says what became of them until that is dismissed.
 * Without it the browser would leave the page to show the file.
 */
export function PageDropZone() {
  const addFilesAnywhere = useApp((state) => state.addFilesAnywhere)
  const routing = useApp((state) => state.routing)
  const [isDragging, setDragging] = useState(false)
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setDragging(true)
    }
    const leave = (event: DragEvent) => {
      // Without a related target it left the window and not only an element.
      if (!event.relatedTarget) setDragging(false)
    }
    const end = () => setDragging(false)
    const drop = (event: DragEvent) => {
      if (!hasFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      void addFilesAnywhere([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragover', drag)
    window.addEventListener('dragleave', leave)
    // A row keeps what is dropped on it to itself, so only the capturing phase sees every drop.
    window.addEventListener('drop', end, true)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', drag)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', end, true)
      window.removeEventListener('drop', drop)
    }
  }, [addFilesAnywhere])
  return (
    <LoadBoundary fallback={null}>
      <Suspense fallback={null}>{isDragging ? <DropHint /> : null}</Suspense>
      <Suspense fallback={null}>{routing ? <RoutingSummary routing={routing} /> : null}</Suspense>
    </LoadBoundary>
  )
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true
}
