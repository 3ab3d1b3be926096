import { strToU8, zipSync } from 'fflate'
import type { ProjectFile } from './project-files.ts'

/** An archive of files with different paths. The same files give the same bytes, on every day and in every time zone. */
export function zip(files: readonly ProjectFile[]): Uint8Array {
  // The earliest day that the format knows. fflate writes it as local time, so that it is made of local time as well.
  const mtime = new Date(1980, 0, 1)
  return zipSync(
    Object.fromEntries(
      files.map(({ path, content }) => [path, [typeof content === 'string' ? strToU8(content) : content, { mtime }]]),
    ),
  )
}
