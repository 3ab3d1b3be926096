/** Kotlin's compiler with stand-ins for Ktor and Foundation, and what the compiled handler answers. */
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { run, type Judgement } from '../tools.ts'

const STAND_INS = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.kt'))
  .map((name) => join(import.meta.dirname, name))

const PACKAGE = 'com.example.app'
const COMPILER_DEADLINE = 240_000

export interface CompiledClients {
  readonly folder: string
  readonly packages: readonly string[]
}

/** Each client in a package of its own; whoever asks removes the folder. */
export function compileDarwin(
  clients: readonly { readonly pins: string; readonly usage: string }[],
): Judgement<CompiledClients> {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-darwin-'))
  const packages = clients.map((_client, index) => `${PACKAGE}.darwin${index}`)
  const files = clients.flatMap(({ pins, usage }, index) => {
    const name = packages[index] ?? ''
    const source = join(folder, `${name}.kt`)
    const caller = join(folder, `${name}-usage.kt`)
    writeFileSync(source, pins.replace(`package ${PACKAGE}\n`, `package ${name}\n`))
    const imports = 'import io.ktor.client.HttpClient\nimport io.ktor.client.engine.darwin.Darwin'
    writeFileSync(
      caller,
      `@file:JvmName("UsageKt")\npackage ${name}\n${imports}\nfun client(): HttpClient {\n${usage}return client\n}\n`,
    )
    return [source, caller]
  })
  const options = ['-nowarn', '-Xallow-kotlin-package', '-d', folder]
  const { problem } = run('kotlinc', [...options, ...STAND_INS, ...files], '', COMPILER_DEADLINE)
  return problem === undefined
    ? { accepted: { folder, packages } }
    : { problem: problem.replaceAll(`${folder}/`, '').replaceAll(`${import.meta.dirname}/`, '') }
}

/** `pinned`, `not pinned`, `cancelled` or the failure, for each question. */
export function answersOfDarwin(
  { folder }: CompiledClients,
  questions: readonly (readonly [packageName: string, host: string, chainPins: readonly string[]])[],
): Judgement<readonly string[]> {
  const input = questions.map(([name, host, pins]) => `${name}\t${host}\t${pins.join(' ')}\n`).join('')
  const classPath = [folder, '/usr/share/java/kotlin-stdlib.jar'].join(delimiter)
  const { accepted, problem } = run('java', ['-cp', classPath, 'judge.JudgeKt'], input, COMPILER_DEADLINE)
  return problem === undefined ? { accepted: accepted.toString().replace(/\n$/, '').split('\n') } : { problem }
}
