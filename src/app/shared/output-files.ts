import { markdownBlock, markdownCode, markdownText } from '../../core/formats/escape.ts'
import { isText, type Format, type Snippet } from '../../core/formats/format.ts'
import type { Output } from '../../core/formats/registry.ts'
import type { Finding } from '../../core/risks/risk-rule.ts'
import { pathInProject, projectFiles, type FindDer, type ProjectFile } from './project-files.ts'

/** An output with what was found beside it. */
export interface JudgedOutput extends Output {
  readonly findings: readonly Finding[]
}

/**
 * The files of one output, below one that says where each of them goes and what speaks against them; nothing where the
 * output has no file. They are unpacked in the project, which has a README of its own.
 */
export function outputFiles(output: JudgedOutput, findDer: FindDer, isNegativeTest: boolean): readonly ProjectFile[] {
  return filesBelow(`README-${output.format.id}.md`, output, findDer, isNegativeTest)
}

/** The files of several outputs, each output in a folder of its own. */
export function filesOfOutputs(outputs: readonly JudgedOutput[], findDer: FindDer): readonly ProjectFile[] {
  return outputs.flatMap((output) =>
    filesBelow('README.md', output, findDer, false).map(({ path, content }) => ({
      path: `${output.format.id}/${path}`,
      content,
    })),
  )
}

function filesBelow(
  readMePath: string,
  output: JudgedOutput,
  findDer: FindDer,
  isNegativeTest: boolean,
): readonly ProjectFile[] {
  const files = projectFiles(output.snippets, findDer)
  return files.length === 0 ? [] : [{ path: readMePath, content: readMe(output, files, isNegativeTest) }, ...files]
}

/** What the page says beside the snippets, and those that are no file: without them the files may pin nothing. */
function readMe(
  { format, snippets, findings }: JudgedOutput,
  files: readonly ProjectFile[],
  isNegativeTest: boolean,
): string {
  const paths = new Set(files.map(({ path }) => path))
  const parts = [
    `# ${markdownText(format.title)}`,
    ...(isNegativeTest ? ['**Wrong on purpose, for a negative test. Never ship these files.**'] : []),
    factsOf(format),
    ...(isNegativeTest ? [] : findingParts(findings)),
    ...snippets.flatMap((snippet) => snippetParts(snippet, paths)),
    ...testParts(format, isNegativeTest),
  ]
  return `${parts.join('\n\n')}\n`
}

function factsOf({ docs, abilities: { minimumVersion } }: Format): string {
  const version = minimumVersion === null ? '' : `For ${markdownText(minimumVersion)} and newer. `
  return `${version}The document behind it: ${markdownCode(docs)}`
}

/** Notes stay on the page. */
function findingParts(findings: readonly Finding[]): readonly string[] {
  const told = findings.filter(({ severity }) => severity !== 'note')
  const parts = told.map(({ severity, title, why }) => `**${WORDS[severity]}** ${markdownText(`${title}. ${why}`)}`)
  return parts.length === 0 ? [] : ['## Before you ship it', ...parts]
}

const WORDS: Readonly<Record<Finding['severity'], string>> = { blocker: 'Blocker.', warning: 'Warning.', note: 'Note.' }

function snippetParts(snippet: Snippet, paths: ReadonlySet<string>): readonly string[] {
  const path = pathInProject(snippet)
  const head = [`## ${markdownText(snippet.title)}`]
  if (path === null) {
    const block = isText(snippet) ? [markdownBlock(snippet.content, snippet.language)] : []
    return [...head, `To write by hand: ${markdownCode(snippet.path)}`, markdownText(snippet.place), ...block]
  }
  // Of a certificate that no row has any more there is no file.
  return paths.has(path) ? [...head, `File: ${markdownCode(path)}`, markdownText(snippet.place)] : []
}

function testParts({ failsWith, abilities, kind }: Format, isNegativeTest: boolean): readonly string[] {
  if (failsWith === null) return []
  const wrong = `“Show ${abilities.needs === 'certificates' ? 'a wrong certificate' : 'wrong pins'}, for a negative test”`
  if (kind === 'tool') {
    return [
      '## What to test',
      isNegativeTest
        ? `Use it in the place of the right one. It has to fail: ${markdownCode(failsWith)}.`
        : `Use it: it has to succeed. Then use the files of ${wrong} on Pinsmith’s page. They have to fail: ${markdownCode(failsWith)}.`,
    ]
  }
  const fails = `It has to fail: ${markdownCode(failsWith)}. A connection that is made is not pinned by this output.`
  return [
    '## What to test',
    isNegativeTest
      ? `With these files in the place of the right ones, in a build that only you install, connect to each host. ${fails}`
      : `Connect to each host: it has to succeed. Then take the files of ${wrong} on Pinsmith’s page, in a build that only you install, and connect again. ${fails}`,
  ]
}
