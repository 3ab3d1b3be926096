import type { CertificateFingerprint } from '../../core/certificate/certificate.ts'
import type { CertificateSnippet, Snippet } from '../../core/formats/format.ts'
import { encodePem } from '../../core/pins/encoding.ts'

/** A file as it lies in the project that it is for. */
export interface ProjectFile {
  /** Relative, with `/`. */
  readonly path: string
  readonly content: string | Uint8Array
}

/** Finds a certificate's own bytes; null when no row has it any more. */
export type FindDer = (fingerprint: CertificateFingerprint) => Uint8Array | null

/** How many of the snippets are files: some are parts of files that the project has. */
export function fileCount(snippets: readonly Snippet[]): number {
  return snippets.filter(({ fileName }) => fileName !== null).length
}

/**
 * Where the file of a snippet lies in a project; null for a part that makes no file. A part that has another name than the
 * file it belongs into keeps its own, beside that file.
 */
export function pathInProject({ path, fileName }: Snippet): string | null {
  return fileName === null ? null : path.slice(0, path.lastIndexOf('/') + 1) + fileName
}

/** The files of one output, where they lie in a project. */
export function projectFiles(snippets: readonly Snippet[], findDer: FindDer): readonly ProjectFile[] {
  return snippets.flatMap((snippet) => {
    const path = pathInProject(snippet)
    if (path === null) return []
    if (snippet.kind === 'text') return [{ path, content: snippet.content }]
    const der = findDer(snippet.certificate)
    return der ? [{ path, content: certificateContent(snippet, der) }] : []
  })
}

/** What stands in the file of a certificate. */
export function certificateContent({ encoding }: CertificateSnippet, der: Uint8Array): string | Uint8Array {
  return encoding === 'der' ? der : encodePem(der)
}
