import { FoldVertical, UnfoldVertical } from 'lucide-react'
import { Button } from './Button.tsx'

/** Folds or unfolds everything at once, where there is too much to do it one by one. */
export function FoldButtons({ onFold }: { readonly onFold: (isFolded: boolean) => void }) {
  return (
    <>
      <Button variant="quiet" onClick={() => onFold(true)}>
        <FoldVertical aria-hidden="true" />
        Fold all
      </Button>
      <Button variant="quiet" onClick={() => onFold(false)}>
        <UnfoldVertical aria-hidden="true" />
        Unfold all
      </Button>
    </>
  )
}
