import type { ReactNode } from 'react'
import { Button } from '../shared/Button.tsx'
import { downloadFile } from '../shared/clipboard.ts'
import styles from './NoticeList.module.css'
import { conflictText, keepingFailureText, setAsideText } from './notice-text.ts'
import { useProjects } from './projects-context.tsx'
import type { ProjectKeeper } from './projects.ts'

/** Every notice there is, the one that stops saving first. */
export function NoticeList({ keeper }: { readonly keeper: ProjectKeeper }) {
  const { name } = useProjects((state) => state.current)
  const conflict = useProjects((state) => state.conflict)
  const troubles = useProjects((state) => state.troubles)
  const setAside = useProjects((state) => state.setAside)
  if (!conflict && setAside.length === 0 && troubles.every(({ isDismissed }) => isDismissed)) return null
  return (
    <section className={styles.notices} aria-label="Notices about what is kept">
      {conflict ? (
        <Notice text={conflictText(conflict, name)}>
          <Button onClick={keeper.loadOther}>
            {conflict === 'changed' ? 'Load that version' : 'Open another project'}
          </Button>
          <Button onClick={keeper.keepThis}>Keep this one</Button>
        </Notice>
      ) : null}
      {troubles
        .filter(({ isDismissed }) => !isDismissed)
        .map((trouble) => (
          <Notice key={trouble.kind} text={keepingFailureText(trouble.kind)}>
            <Button variant="quiet" onClick={() => keeper.dismiss(trouble)}>
              Dismiss
            </Button>
          </Notice>
        ))}
      {setAside.map((found, index) => (
        <Notice key={found.key} text={setAsideText(found.failure)}>
          <Button onClick={() => downloadFile(`pinsmith-set-aside-${index + 1}.json`, keeper.textOf(found))}>
            Download it
          </Button>
          <Button variant="quiet" onClick={() => keeper.discard(found)}>
            Remove it for good
          </Button>
        </Notice>
      ))}
    </section>
  )
}

function Notice({
  text: { what, next },
  children,
}: {
  readonly text: { readonly what: string; readonly next: string }
  readonly children: ReactNode
}) {
  return (
    <div className={styles.notice} role="alert">
      <p className={styles.text}>
        <strong>{what}</strong> {next}
      </p>
      <div className={styles.actions}>{children}</div>
    </div>
  )
}
