import { FilePlus } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '../shared/Button.tsx'
import { useApp } from '../store-context.tsx'

/** Does for the keyboard what dropping files on the page does. */
export function AddFilesButton() {
  const addFilesAnywhere = useApp((state) => state.addFilesAnywhere)
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <FilePlus aria-hidden="true" />
        Add files
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          void addFilesAnywhere([...(event.target.files ?? [])])
          // The same file can be chosen again after it was corrected.
          event.target.value = ''
        }}
      />
    </>
  )
}
