import { FolderDown, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { PLATFORMS, type Platform } from '../../core/formats/format.ts'
import { isForPlatform, type Output } from '../../core/formats/registry.ts'
import { outputFindings } from '../../core/risks/output-findings.ts'
import type { Finding } from '../../core/risks/risk-rule.ts'
import { outputsFor, type Stack } from '../../core/stacks/stacks.ts'
import type { Row } from '../row.ts'
import { useApp, useReport } from '../store-context.tsx'
import { announce } from './announcer.tsx'
import { Button } from './Button.tsx'
import { downloadFile } from './clipboard.ts'
import { filesOfOutputs, outputFiles, type JudgedOutput } from './output-files.ts'
import { printedDer } from './printed-der.ts'
import { fileCount, type ProjectFile } from './project-files.ts'

/** All files of one output, in the layout of the project; nothing where the output has a single file. */
export function DownloadOutput({
  output,
  findings,
  isNegativeTest,
  namePrefix,
}: {
  readonly output: Output
  /** What stands beside it. */
  readonly findings: readonly Finding[]
  readonly isNegativeTest: boolean
  /** Of the archive, for what must not be mistaken for the real one. */
  readonly namePrefix: string
}) {
  if (fileCount(output.snippets) < 2) return null
  return (
    <ZipButton
      label="Download all (zip)"
      fileName={`${namePrefix}${output.format.id}.zip`}
      collect={(rows) =>
        outputFiles({ ...output, findings }, (certificate) => printedDer(rows, certificate), isNegativeTest)
      }
    />
  )
}

/** The files of every output, each output in a folder of its own; nothing where one output alone has any. */
export function DownloadEveryOutput({
  platform,
  outputs,
}: {
  readonly platform: Platform
  readonly outputs: readonly Output[]
}) {
  const judged = useJudged()
  if (outputs.filter(({ snippets }) => fileCount(snippets) > 0).length < 2) return null
  return (
    <ZipButton
      label="Download every output (zip)"
      fileName={`pinsmith-${platform}.zip`}
      collect={(rows) => filesOfOutputs(judged(outputs, [platform]), (certificate) => printedDer(rows, certificate))}
    />
  )
}

/** The files of every output that stacks need, on both platforms, each output in a folder of its own. */
export function DownloadStackOutputs({ stacks }: { readonly stacks: readonly Stack[] }) {
  const { outputs } = useReport()
  const judged = useJudged()
  const wanted = new Set(PLATFORMS.flatMap((platform) => outputsFor(stacks, platform)))
  const chosen = outputs.filter(({ format, snippets }) => wanted.has(format.id) && fileCount(snippets) > 0)
  if (chosen.length === 0) return null
  return (
    <ZipButton
      label="Download these outputs for Android and iOS (zip)"
      fileName="pinsmith-outputs.zip"
      collect={(rows) => filesOfOutputs(judged(chosen, PLATFORMS), (certificate) => printedDer(rows, certificate))}
    />
  )
}

/** Outputs with what stands beside them in the tabs of some platforms, each finding once. */
function useJudged(): (outputs: readonly Output[], platforms: readonly Platform[]) => readonly JudgedOutput[] {
  const { plan, rows, now, findings } = useReport()
  const settings = useApp((state) => state.settings)
  const context = { plan, rows, settings, now }
  return (outputs, platforms) =>
    outputs.map((output) => {
      const own = platforms.filter((platform) => isForPlatform(output.format, platform))
      const beside = own.flatMap((platform) => outputFindings(output.format, context, platform, findings))
      return { ...output, findings: [...new Map(beside.map((finding) => [finding.id, finding])).values()] }
    })
}

function ZipButton({
  label,
  fileName,
  collect,
}: {
  readonly label: string
  readonly fileName: string
  readonly collect: (rows: readonly Row[]) => readonly ProjectFile[]
}) {
  const rows = useApp((state) => state.rows)
  const [hasFailed, setHasFailed] = useState(false)
  const download = async () => {
    const files = collect(rows)
    try {
      const { zip } = await import('./zip.ts')
      downloadFile(fileName, zip(files))
      setHasFailed(false)
      announce(`Downloaded ${fileName}`)
    } catch {
      setHasFailed(true)
      announce('This part of the page could not be loaded. Check your connection, then try again.')
    }
  }
  const Icon = hasFailed ? TriangleAlert : FolderDown
  return (
    <Button onClick={() => void download()}>
      <Icon aria-hidden="true" />
      {hasFailed ? 'Could not be loaded: try again' : label}
    </Button>
  )
}
