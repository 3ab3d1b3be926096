/** Mono's compiler of C#, and what the compiled code answers. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installedCommand, run, type Judgement, type Tool } from '../tools.ts'

export const mcs = {
  name: 'mcs',
  missing: installedCommand('mcs', 'mono-mcs') ?? installedCommand('mono', 'mono-mcs'),
} satisfies Tool

const NAMESPACE = 'Example.App'
const DEADLINE = 120_000

export interface CompiledCsharp {
  readonly folder: string
  readonly namespaces: readonly string[]
}

/**
 * Each file in a namespace of its own, all with the stand-ins of this folder; warnings are problems. Whoever asks
 * removes the folder.
 *
 * @param usage what a file is used by, for a namespace
 */
export function compileCsharp(
  files: readonly string[],
  standIns: readonly string[],
  usage: (namespace: string) => string,
): Judgement<CompiledCsharp> {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-csharp-'))
  const namespaces = files.map((_file, index) => `${NAMESPACE}${index}`)
  const written = files.flatMap((file, index) => {
    const name = namespaces[index] ?? ''
    const [source, caller] = [join(folder, `${name}.cs`), join(folder, `${name}-usage.cs`)]
    writeFileSync(source, file.replace(`namespace ${NAMESPACE}\n`, `namespace ${name}\n`))
    writeFileSync(caller, usage(name))
    return [source, caller]
  })
  const sources = [...standIns.map((name) => join(import.meta.dirname, name)), ...written]
  const options = ['-langversion:7', '-warnaserror+', '-r:System.dll', '-r:System.Core.dll']
  const { problem } = run('mcs', [...options, `-out:${join(folder, 'judge.exe')}`, ...sources], '', DEADLINE)
  return problem === undefined
    ? { accepted: { folder, namespaces } }
    : { problem: problem.replaceAll(`${folder}/`, '').replaceAll(`${import.meta.dirname}/`, '') }
}

/** One answer for each line of questions. */
export function answersOfCsharp(
  { folder }: CompiledCsharp,
  questions: readonly (readonly string[])[],
  ...args: readonly string[]
): Judgement<readonly string[]> {
  const input = questions.map((parts) => `${parts.join('\t')}\n`).join('')
  const { accepted, problem } = run('mono', [join(folder, 'judge.exe'), ...args], input, DEADLINE)
  return problem === undefined ? { accepted: accepted.toString().replace(/\n$/, '').split('\n') } : { problem }
}
