import { lazy, Suspense } from 'react'
import type { Row } from '../row.ts'
import { LoadBoundary } from '../shared/LoadBoundary.tsx'

const OfferedNameList = lazy(async () => ({ default: (await import('./OfferedNameList.tsx')).OfferedNameList }))

/** The other names of the certificate that a row was made for; nothing for any other row. */
export function OfferedNames({ row }: { readonly row: Row }) {
  if (row.otherNames.length === 0) return null
  return (
    <LoadBoundary fallback={null}>
      <Suspense fallback={null}>
        <OfferedNameList row={row} />
      </Suspense>
    </LoadBoundary>
  )
}
