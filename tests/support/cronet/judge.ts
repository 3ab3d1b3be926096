/**
 * Kotlin's compiler as a judge of code for libraries that no package here has: Cronet, Android's HttpEngine and
 * TrustKit-Android. `stubs` has as much of their public Java signatures as the outputs name, and writes down what the
 * builders are told.
 */
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { inPackage, kotlinc, kotlinLibrary, okhttp3, written } from '../okhttp/judge.ts'
import { run, type Judgement } from '../tools.ts'

const STUBS = join(import.meta.dirname, 'stubs')

/** Kotlin's compiler, and OkHttp, which the code for TrustKit names. */
export const JUDGES = [kotlinc, okhttp3]

/** The texts of one output. */
export interface EngineCode {
  readonly pins: string
  readonly usage: string
}

export interface CompiledEngines {
  readonly folder: string
  /** One for each code, in their order. */
  readonly packages: readonly string[]
}

/** A thousand calls in one file take it long. */
const COMPILER_DEADLINE = 240_000

const IMPORTS = {
  cronet: 'import org.chromium.net.CronetProvider',
  'http-engine': 'import android.net.http.HttpEngine',
} as const

/** Each code in a package of its own, in a folder that whoever asked for it removes. */
export function compileEngines(codes: readonly EngineCode[], engine: keyof typeof IMPORTS): Judgement<CompiledEngines> {
  const packages = codes.map((_code, index) => `com.example.app.engine${index}`)
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-cronet-'))
  const files = codes.flatMap(({ pins, usage }, index) => {
    const name = packages[index] ?? ''
    const usageObject = `package ${name}
import android.content.Context
${IMPORTS[engine]}
object Usage {
    @JvmStatic
    fun engine(context: Context): Any {
${usage}return engine
    }
}
`
    return [
      written(folder, `${name}.CertificatePins.kt`, inPackage(pins, name)),
      written(folder, `${name}.Usage.kt`, usageObject),
    ]
  })
  const problem = compile(folder, files)
  return problem === null ? { accepted: { folder, packages } } : { problem }
}

/** Whether other Kotlin compiles against the stubs: null, or what the compiler says. */
export function kotlinProblem(source: string): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-cronet-'))
  return compile(folder, [written(folder, 'Source.kt', source)])
}

/** Kotlin's compiler reads the sources of Java and leaves them to Java's. */
function compile(folder: string, files: readonly string[]): string | null {
  const stubs = readdirSync(STUBS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.java'))
    .map((file) => join(STUBS, file))
  const options = ['-cp', okhttp3.jars.join(delimiter), '-d', folder]
  const kotlin = run('kotlinc', ['-nowarn', ...options, ...files, ...stubs], '', COMPILER_DEADLINE)
  const java = run('javac', ['-encoding', 'UTF-8', '-Werror', ...options, ...stubs], '', COMPILER_DEADLINE)
  const problem = kotlin.problem ?? java.problem
  return problem === undefined ? null : problem.replaceAll(`${folder}/`, '')
}

/** What the code of a package tells the builder, line by line; Cronet has these providers, each as `name enabled`. */
export function callsOf(
  { folder }: CompiledEngines,
  questions: readonly (readonly [packageName: string, ...providers: readonly string[]])[],
): Judgement<readonly (readonly string[])[]> {
  const classPath = [folder, ...kotlinLibrary.jars].join(delimiter)
  const lines = questions.map((parts) => parts.join('\t'))
  const { accepted, problem } = run('java', ['-cp', classPath, 'pinsmith.Judge', ...lines])
  if (problem !== undefined) return { problem }
  const answers = accepted.toString().split('\n\n').slice(0, -1)
  return { accepted: answers.map((answer) => answer.split('\n').filter(Boolean)) }
}
