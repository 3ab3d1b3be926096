/** OkHttp itself, and the compilers of its two languages, as judges of what is printed for them. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { installedCommand, run, type Judgement, type Tool } from '../tools.ts'

const HERE = import.meta.dirname

/** Where Debian puts what its packages of Java libraries hold. */
const DEBIAN_JARS = '/usr/share/java'

export interface Library extends Tool {
  readonly jars: readonly string[]
}

const javaMissing =
  installedCommand('javac', 'default-jdk-headless') ?? installedCommand('java', 'default-jdk-headless')

function debianJars(packages: string, ...names: readonly string[]): Pick<Library, 'jars' | 'missing'> {
  const jars = names.map((name) => join(DEBIAN_JARS, `${name}.jar`))
  const isThere = jars.every((jar) => existsSync(jar))
  return { jars, missing: isThere ? null : `${jars.join(', ')} is not there (apt-get install ${packages})` }
}

const debianOkHttp = debianJars('libokhttp-java libokio-java', 'okhttp', 'okio')

/** Of before 4.3: it accepts `**.` and matches nothing with it. */
export const okhttp3: Library = {
  name: 'OkHttp 3',
  jars: debianOkHttp.jars,
  missing: javaMissing ?? debianOkHttp.missing,
}

export const kotlinLibrary = debianJars('kotlin', 'kotlin-stdlib')

export const kotlinc = {
  name: 'kotlinc',
  missing: installedCommand('kotlinc', 'kotlin') ?? kotlinLibrary.missing,
} satisfies Tool

/**
 * Of 4.3 or later, which no Debian package has: the one that some project of this machine has brought into Maven's
 * local repository.
 */
export const okhttp4: Library = ofMaven()

function ofMaven(): Library {
  const okhttp = inMaven('com/squareup/okhttp3/okhttp').find(({ version }) => compareVersions(version, [4, 3]) >= 0)
  const needed = [okhttp, inMaven('com/squareup/okio/okio-jvm')[0], inMaven('org/jetbrains/kotlin/kotlin-stdlib')[0]]
  const jars = needed.flatMap((found) => found?.jar ?? [])
  const missing =
    'Maven has no OkHttp 4.3 or later here (mvn dependency:get -Dartifact=com.squareup.okhttp3:okhttp:4.12.0)'
  return { name: 'OkHttp 4.3 or later', jars, missing: javaMissing ?? (jars.length === needed.length ? null : missing) }
}

/** What Maven's local repository has of an artifact, the newest first. */
function inMaven(path: string) {
  const folder = join(homedir(), '.m2/repository', path)
  return (existsSync(folder) ? readdirSync(folder) : [])
    .map((name) => ({ version: name.split('.').map(Number), jar: join(folder, name, `${basename(path)}-${name}.jar`) }))
    .filter(({ jar }) => existsSync(jar))
    .toSorted((one, other) => compareVersions(other.version, one.version))
}

function compareVersions(one: readonly number[], other: readonly number[]): number {
  return (one[0] ?? 0) - (other[0] ?? 0) || (one[1] ?? 0) - (other[1] ?? 0) || (one[2] ?? 0) - (other[2] ?? 0)
}

/** The texts of one output: the file of the pins, and the lines that use it. */
export interface PinnedClient {
  readonly pins: string
  readonly usage: string
}

/** Compiled classes in a folder that whoever asked for them removes; each client in a package of its own. */
export interface Compiled {
  readonly folder: string
  readonly packages: readonly string[]
}

const PACKAGE = 'com.example.app'

/** Many files at once, and other tests beside. */
const COMPILER_DEADLINE = 120_000

/** As the place says: the package of the app in place of ours. */
export function inPackage(source: string, name: string): string {
  const line = new RegExp(`^package ${PACKAGE.replaceAll('.', String.raw`\.`)}(;?)$`, 'm')
  if (!line.test(source)) throw new Error('the file is in no package that could be replaced')
  return source.replace(line, `package ${name}$1`)
}

/** What javac makes of the clients and of the judge that asks them. */
export function compileJava(clients: readonly PinnedClient[], { jars }: Library): Judgement<Compiled> {
  const packages = clients.map((_client, index) => `${PACKAGE}.java${index}`)
  const sources = clients.flatMap(({ pins, usage }, index) => {
    const name = packages[index] ?? ''
    const usageClass = `package ${name};
import okhttp3.OkHttpClient;
public final class Usage {
    public static OkHttpClient client() {
${usage}return client;
    }
}
`
    return [
      [`${name}.CertificatePins.java`, inPackage(pins, name)],
      [`${name}.Usage.java`, usageClass],
    ] as const
  })
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-okhttp-'))
  return compiledIn(folder, packages, javac(folder, jars, sources))
}

/** The same for Kotlin; the judge stays Java. */
export function compileKotlin(clients: readonly PinnedClient[], engine: 'okhttp' | 'ktor'): Judgement<Compiled> {
  const packages = clients.map((_client, index) => `${PACKAGE}.kotlin${index}`)
  const [imports, result] =
    engine === 'okhttp'
      ? ['import okhttp3.OkHttpClient', 'client']
      : ['import io.ktor.client.HttpClient\nimport io.ktor.client.engine.okhttp.OkHttp', 'client.okHttpClient']
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-okhttp-'))
  const files = clients.flatMap(({ pins, usage }, index) => {
    const name = packages[index] ?? ''
    const usageObject = `package ${name}
${imports}
object Usage {
    @JvmStatic
    fun client(): okhttp3.OkHttpClient {
${usage}return ${result}
    }
}
`
    return [
      written(folder, `${name}.CertificatePins.kt`, inPackage(pins, name)),
      written(folder, `${name}.Usage.kt`, usageObject),
    ]
  })
  const ktor = engine === 'ktor' ? [join(HERE, 'Ktor.kt'), join(HERE, 'KtorClient.kt')] : []
  const options = ['-nowarn', '-cp', okhttp3.jars.join(delimiter), '-d', folder]
  const { problem } = run('kotlinc', [...options, ...ktor, ...files], '', COMPILER_DEADLINE)
  if (problem !== undefined) return { problem: problem.replaceAll(`${folder}/`, '') }
  return compiledIn(folder, packages, javac(folder, okhttp3.jars, []))
}

export function written(folder: string, name: string, content: string): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

/** Every source is its own compilation unit; javac wants public classes in files of their name, so each has a folder. */
function javac(folder: string, jars: readonly string[], sources: readonly (readonly [string, string])[]) {
  const files = sources.map(([name, content]) => {
    const className = name.split('.').slice(-2)[0] ?? ''
    return written(mkdtempSync(join(folder, 'source-')), `${className}.java`, content)
  })
  const options = ['-encoding', 'UTF-8', '-Werror', '-cp', jars.join(delimiter), '-d', folder]
  return run('javac', [...options, join(HERE, 'Judge.java'), ...files], '', COMPILER_DEADLINE)
}

function compiledIn(folder: string, packages: readonly string[], { problem }: Judgement<unknown>): Judgement<Compiled> {
  return problem === undefined ? { accepted: { folder, packages } } : { problem: problem.replaceAll(`${folder}/`, '') }
}

function classPath(folder: string, { jars }: Library): string {
  // Kotlin's newer library serves what its older compiler made.
  return [folder, ...jars, ...kotlinLibrary.jars].join(delimiter)
}

function lines(questions: readonly (readonly (string | number)[])[]): string {
  return questions.map((parts) => `${parts.join('\t')}\n`).join('')
}

const withoutPrefix = (answer: string) =>
  answer
    .split(' ')
    .filter(Boolean)
    .map((pin) => pin.replace(/^sha256\//, ''))

/** The hashes that OkHttp checks for each host with the client of a package. */
export function matchingPins(
  { folder }: Compiled,
  library: Library,
  questions: readonly (readonly [packageName: string, host: string])[],
): Judgement<readonly (readonly string[])[]> {
  const { accepted, problem } = run('java', ['-cp', classPath(folder, library), 'Judge', 'pins'], lines(questions))
  if (problem !== undefined) return { problem }
  return { accepted: answersOf(accepted.toString()).map(withoutPrefix) }
}

/** What OkHttp says to a pattern, a pin and a host: the hash, none when it does not match, or that it refuses them. */
export function answersToPatterns(
  { folder }: Compiled,
  library: Library,
  questions: readonly (readonly [pattern: string, pin: string, host: string])[],
): Judgement<readonly string[]> {
  const { accepted, problem } = run('java', ['-cp', classPath(folder, library), 'Judge', 'pattern'], lines(questions))
  return problem === undefined ? { accepted: answersOf(accepted.toString()) } : { problem }
}

/** A handshake with a server on this machine for each: `connected`, `pins missed` or another problem. */
export async function handshakes(
  { folder }: Compiled,
  library: Library,
  root: string,
  attempts: readonly (readonly [packageName: string, host: string, port: number])[],
): Promise<readonly string[]> {
  const rootFile = written(folder, 'root.pem', root)
  const asked = promisify(execFile)('java', ['-cp', classPath(folder, library), 'Judge', 'connect', rootFile], {
    timeout: 60_000,
  })
  asked.child.stdin?.end(lines(attempts))
  return answersOf((await asked).stdout)
}

function answersOf(output: string): readonly string[] {
  return output.replace(/\n$/, '').split('\n')
}
