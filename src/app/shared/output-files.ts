import { markdownBlock, markdownCode, markdownText } from '../../core/formats/escape.ts'
import { isText, type Format, type Snippet } from '../../core/formats/format.ts'
import type { Output } from '../../core/formats/registry.ts'
import { pathInProject, projectFiles, type FindDer, type ProjectFile } from './project-files.ts'

/** The files of one output, below one that says where each of them goes; nothing where the output has no file. */
export function outputFiles(output: Output, findDer: FindDer, isNegativeTest: boolean): readonly ProjectFile[] {
  const files = projectFiles(output.snippets, findDer)
  if (files.length === 0) return []
  return [{ path: 'README.md', content: readMe(output, files, isNegativeTest) }, ...files]
}

/** The files of several outputs, each output in a folder of its own. */
export function filesOfOutputs(outputs: readonly Output[], findDer: FindDer): readonly ProjectFile[] {
  return outputs.flatMap((output) =>
    outputFiles(output, findDer, false).map(({ path, content }) => ({ path: `${output.format.id}/${path}`, content })),
  )
}

/** What the page says beside the snippets, and those that are no file: without them the files may pin nothing. */
function readMe({ format, snippets }: Output, files: readonly ProjectFile[], isNegativeTest: boolean): string {
  const paths = new Set(files.map(({ path }) => path))
  const parts = [
    `# ${markdownText(format.title)}`,
    ...(isNegativeTest ? ['**Wrong on purpose, for a negative test. Never ship these files.**'] : []),
    factsOf(format),
    ...snippets.flatMap((snippet) => snippetParts(snippet, paths)),
    ...testParts(format, isNegativeTest),
  ]
  return `${parts.join('\n\n')}\n`
}

function factsOf({ docs, abilities: { minimumVersion } }: Format): string {
  const version = minimumVersion === null ? '' : `For ${markdownText(minimumVersion)} and newer. `
  return `${version}The document behind it: ${markdownCode(docs)}`
}

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

function testParts({ failsWith, abilities }: Format, isNegativeTest: boolean): readonly string[] {
  if (failsWith === null) return []
  const fails = `It has to fail: ${markdownCode(failsWith)}. A connection that is made is not pinned by this output.`
  return [
    '## What to test',
    isNegativeTest
      ? `With these files in the place of the right ones, in a build that only you install, connect to each host. ${fails}`
      : `Connect to each host: it has to succeed. Then take the files of “Show ${abilities.needs === 'certificates' ? 'a wrong certificate' : 'wrong pins'}, for a negative test” on Pinsmith’s page, in a build that only you install, and connect again. ${fails}`,
  ]
}
