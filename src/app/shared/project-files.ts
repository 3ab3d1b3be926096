import type { CertificateFingerprint } from '../../core/certificate/certificate.ts'
import type { CertificateSnippet, Snippet } from '../../core/formats/format.ts'
import type { Output } from '../../core/formats/registry.ts'
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
 * The files of one output, where they lie in a project. A part that has another name than the file it belongs into keeps
 * its own, beside that file.
 */
export function projectFiles(snippets: readonly Snippet[], findDer: FindDer): readonly ProjectFile[] {
  return snippets.flatMap((snippet) => {
    if (snippet.fileName === null) return []
    const path = snippet.path.slice(0, snippet.path.lastIndexOf('/') + 1) + snippet.fileName
    if (snippet.kind === 'text') return [{ path, content: snippet.content }]
    const der = findDer(snippet.certificate)
    return der ? [{ path, content: certificateContent(snippet, der) }] : []
  })
}

/** The files of several outputs, each output in a folder of its own. */
export function filesOfOutputs(outputs: readonly Output[], findDer: FindDer): readonly ProjectFile[] {
  return outputs.flatMap(({ format, snippets }) =>
    projectFiles(snippets, findDer).map(({ path, content }) => ({ path: `${format.id}/${path}`, content })),
  )
}

/** What stands in the file of a certificate. */
export function certificateContent({ encoding }: CertificateSnippet, der: Uint8Array): string | Uint8Array {
  return encoding === 'der' ? der : encodePem(der)
}
