import { Check, ChevronDown } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../shared/Button.tsx'
import { FormDialog } from '../shared/FormDialog.tsx'
import styles from './ProjectMenu.module.css'
import { useProjects } from './projects-context.tsx'
import type { ProjectKeeper } from './projects.ts'

type Question = 'rename' | 'delete' | 'forget'

const FORGOTTEN = 'Everything that Pinsmith had stored in this browser is removed.'
const PARTLY_FORGOTTEN =
  'Projects are removed, but the browser did not remove the certificates. Clear the data of this site in its settings.'

/** The projects, and what can be done with them. */
export function ProjectMenu({ keeper }: { readonly keeper: ProjectKeeper }) {
  const current = useProjects((state) => state.current)
  const list = useProjects((state) => state.list)
  const hasConflict = useProjects((state) => state.conflict !== null)
  const [question, setQuestion] = useState<Question | null>(null)
  const [outcome, setOutcome] = useState('')
  const { menu, close } = useMenu()

  /** Closes the menu and leaves the focus where the user can find it again. */
  const choose = (action: () => void) => () => {
    close()
    setOutcome('')
    action()
  }
  const endQuestion = () => setQuestion(null)
  const forget = async () => {
    const isComplete = await keeper.forgetEverything()
    setOutcome(isComplete ? FORGOTTEN : PARTLY_FORGOTTEN)
  }
  return (
    <>
      <details ref={menu} className={styles.menu}>
        <summary className={styles.current}>
          <span>
            <span className="visually-hidden">Project: </span>
            {current.name}
          </span>
          <ChevronDown aria-hidden="true" />
        </summary>
        <div className={styles.panel}>
          <ul className={styles.list} aria-label="Projects">
            {list.map(({ id, name }) => (
              <li key={id}>
                <Button
                  variant="quiet"
                  className={styles.item ?? ''}
                  aria-current={id === current.id}
                  disabled={hasConflict}
                  onClick={choose(() => {
                    if (id !== current.id) keeper.open(id)
                  })}
                >
                  <span>{name}</span>
                  {id === current.id ? <Check aria-hidden="true" /> : null}
                </Button>
              </li>
            ))}
          </ul>
          {hasConflict ? (
            <p className={styles.hint}>
              Another tab changed or deleted this project: answer the question at the top of the page first.
            </p>
          ) : null}
          <div className={styles.actions}>
            <Button disabled={hasConflict} onClick={choose(keeper.create)}>
              New project
            </Button>
            <Button disabled={hasConflict} onClick={choose(() => setQuestion('rename'))}>
              Rename
            </Button>
            <Button onClick={choose(keeper.duplicate)}>Duplicate</Button>
            <Button disabled={hasConflict} onClick={choose(() => setQuestion('delete'))}>
              Delete project
            </Button>
            <Button variant="quiet" onClick={choose(() => setQuestion('forget'))}>
              Forget everything
            </Button>
          </div>
          <p className={styles.hint}>
            Projects and certificates stay in this browser; nobody else has them. Clearing the data of this site removes
            them.
          </p>
        </div>
      </details>
      <output className={styles.outcome}>{outcome}</output>
      {question === 'rename' ? (
        <RenameDialog name={current.name} onRename={keeper.rename} onClose={endQuestion} />
      ) : null}
      {question === 'delete' ? (
        <FormDialog title="Delete this project?" confirm="Delete" onConfirm={keeper.remove} onClose={endQuestion}>
          <p>“{current.name}” is removed from this browser, with its domains, choices and certificates.</p>
        </FormDialog>
      ) : null}
      {question === 'forget' ? (
        <FormDialog
          title="Forget everything?"
          confirm="Forget everything"
          onConfirm={() => void forget()}
          onClose={endQuestion}
        >
          <p>
            All {list.length === 1 ? '' : `${list.length} `}projects, their certificates and whatever was set aside are
            removed from this browser. This cannot be undone.
          </p>
        </FormDialog>
      ) : null}
    </>
  )
}

function RenameDialog({
  name,
  onRename,
  onClose,
}: {
  readonly name: string
  readonly onRename: (name: string) => void
  readonly onClose: () => void
}) {
  const [text, setText] = useState(name)
  const id = useId()
  const wanted = text.trim()
  return (
    <FormDialog
      title="Rename this project"
      confirm="Rename"
      isDisabled={wanted === ''}
      onConfirm={() => onRename(wanted)}
      onClose={onClose}
    >
      <label htmlFor={id}>Project name</label>
      <input
        id={id}
        className={styles.field}
        value={text}
        maxLength={80}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
    </FormDialog>
  )
}

/** A menu that closes as menus do: by Escape, and when the user goes on elsewhere. */
function useMenu() {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const element = menu.current
    if (!element) return undefined
    const closeOutside = ({ target }: Event) => {
      if (element.open && target instanceof Node && !element.contains(target)) element.open = false
    }
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !element.open) return
      element.open = false
      element.querySelector('summary')?.focus()
    }
    document.addEventListener('pointerdown', closeOutside)
    document.addEventListener('focusin', closeOutside)
    element.addEventListener('keydown', closeByKey)
    return () => {
      document.removeEventListener('pointerdown', closeOutside)
      document.removeEventListener('focusin', closeOutside)
      element.removeEventListener('keydown', closeByKey)
    }
  }, [])
  const close = () => {
    if (!menu.current) return
    menu.current.open = false
    menu.current.querySelector('summary')?.focus()
  }
  return { menu, close }
}
