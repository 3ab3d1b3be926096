import { shortLine, singleLine, UNPRINTABLE } from '../single-line.ts'

/**
 * Text → target languages, the one place. Names inside certificates are hostile: whoever made the certificate chose
 * them.
 */

const LONGEST_RESOURCE_NAME = 40

/**
 * The name of an Android resource: lower-case letters, digits and underscores, a letter first. `suffix`, of the same
 * characters, makes it unique, and no keyword of Java, which resource names must not be.
 */
export function resourceName(text: string, suffix: string): string {
  const plain = text
    .slice(0, LONGEST_RESOURCE_NAME * 4)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^a-z\d]+/g, '_')
  const name = plain
    .replace(/^[_\d]+/, '')
    .slice(0, LONGEST_RESOURCE_NAME)
    .replace(/_$/, '')
  return `${name === '' ? 'certificate' : name}_${suffix}`
}

/** Character data of an XML element or a double-quoted attribute. */
export function xmlText(text: string): string {
  return singleLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

const LONGEST_COMMENT = 200

/** A whole XML comment on one line. `--` may not occur inside (XML 1.0 §2.5), so hyphens are set apart. */
export function xmlComment(text: string): string {
  const shown = shortLine(text, LONGEST_COMMENT)
  return `<!-- ${shown.replaceAll(/-(?=-)/g, '- ')} -->`
}

/**
 * A whole `//` comment on one line, for Swift, Objective-C, Java, Kotlin and Dart. A backslash at the end of a line, or
 * the trigraph for one, carries a comment of C on to the next line, and Java reads `\u000a` as the end of one.
 */
export function slashComment(text: string): string {
  const shown = shortLine(text, LONGEST_COMMENT)
  return `// ${shown.replaceAll('\\', '/').replaceAll('??/', '? ?/')}`
}

/** A string literal of Swift. A backslash also opens an interpolation there. */
export function swiftString(text: string): string {
  return `"${singleLine(text).replaceAll(/[\\"]/g, String.raw`\$&`)}"`
}

/** A string literal of Objective-C; question marks are kept from being read as trigraphs. */
export function objectiveCString(text: string): string {
  return `@"${singleLine(text).replaceAll(/[\\"?]/g, String.raw`\$&`)}"`
}

/** One word of a POSIX shell, in single quotes, inside which nothing is special (POSIX.1-2017, XCU §2.2.2). */
export function shellWord(text: string): string {
  return `'${singleLine(text).replaceAll("'", String.raw`'\''`)}'`
}

/**
 * A whole comment of a shell. People paste commands, and zsh takes a pasted `#` for a command, unless told otherwise
 * (`INTERACTIVE_COMMENTS`), and expands what follows. So nothing is left that any shell acts upon, but the `*.` of
 * wildcard names, which is a pattern of files at worst.
 */
export function shellComment(text: string): string {
  const shown = shortLine(text, LONGEST_COMMENT).replaceAll("'", '’').replaceAll(/[()]/g, '')
  return `# ${shown.replaceAll(/[^\p{L}\p{M}\p{N} .,:/@+_’…*-]|\*(?!\.)/gu, '_')}`
}

/** A whole comment of a DNS zone file: it ends with its line (RFC 1035 §5.1). */
export function zoneComment(text: string): string {
  return `; ${shortLine(text, LONGEST_COMMENT)}`
}

/** One line of fields with tabs between them; no field holds a tab. */
export function tabSeparated(fields: readonly string[]): string {
  return fields.map(singleLine).join('\t')
}

/** A value of the type TEXT in iCalendar (RFC 5545 §3.3.11), of lines that are each `singleLine`. */
export function icalendarText(lines: readonly string[]): string {
  return lines.map((line) => singleLine(line).replaceAll(/[\\;,]/g, String.raw`\$&`)).join(String.raw`\n`)
}

/** A double-quoted string of Java. A doubled backslash opens no Unicode escape, which Java reads everywhere. */
export function javaString(text: string): string {
  return `"${escapedQuotes(text)}"`
}

/** The same of Kotlin, where `$` would open a template. */
export function kotlinString(text: string): string {
  return `"${escapedQuotes(text).replaceAll('$', String.raw`\$`)}"`
}

function escapedQuotes(text: string): string {
  return singleLine(text).replaceAll(/["\\]/g, String.raw`\$&`)
}

/** A double-quoted scalar of YAML, on one line (YAML 1.2 §7.3.1). */
export function yamlString(text: string): string {
  return `"${escapedQuotes(text)}"`
}

/** A whole comment of YAML: it ends with its line (YAML 1.2 §6.6). */
export function yamlComment(text: string): string {
  return `# ${shortLine(text, LONGEST_COMMENT)}`
}

/** A string literal of JavaScript and TypeScript, without templates. Spaces stay as many as they are. */
export function javascriptString(text: string): string {
  const shown = text.replaceAll(/\s/g, ' ').replaceAll(UNPRINTABLE, '?')
  return `'${shown.replaceAll(/['\\]/g, String.raw`\$&`)}'`
}

/** A string literal of Dart, where `$` would open an interpolation. */
export function dartString(text: string): string {
  return `'${singleLine(text).replaceAll(/['\\$]/g, String.raw`\$&`)}'`
}

/** A string literal of C#, neither verbatim nor interpolated. */
export function csharpString(text: string): string {
  return `"${escapedQuotes(text)}"`
}

/**
 * A code span of Markdown (CommonMark 0.31 §6.1) that is safe in a table as well. Nothing in it is markup, no address
 * becomes a link and nobody is mentioned. A bar would end the cell of a table (GFM §4.10), and readers differ in how it is
 * escaped there, so another one stands for it.
 */
export function markdownCode(text: string): string {
  const shown = singleLine(text).replaceAll('|', '¦')
  if (shown === '') return '` `'
  const runs = new Set(Array.from(shown.matchAll(/`+/g), ([run]) => run.length))
  // The shortest fence that does not occur inside, so that nobody makes it endless.
  let fence = '`'
  while (runs.has(fence.length)) fence += '`'
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/**
 * One line of Markdown that shows a text and nothing else: no markup, no HTML, no link. What would mean something only
 * elsewhere stays as it is, so that file names can be read in an editor too.
 */
export function markdownText(text: string): string {
  return singleLine(text)
    .replaceAll(/[\\`*[\]<~#]|&(?=[#\p{L}])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`)
    .replaceAll(/:(?=\/\/)|(?<=www)\.|(?<=\S)@/gi, String.raw`\$&`)
    .replace(/^[-+=>|]|(?<=^\d+)[.)]/, String.raw`\$&`)
}

/** A code block of Markdown (CommonMark 0.31 §4.5): its fence is longer than any that the text has. */
export function markdownBlock(content: string, language: string): string {
  const runs = Array.from(content.matchAll(/`+/g), ([run]) => run.length)
  const fence = '`'.repeat(Math.max(2, ...runs) + 1)
  return `${fence}${language}\n${content.replace(/\n$/, '')}\n${fence}`
}
