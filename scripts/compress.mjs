import { readFile, readdir, writeFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.map', '.pem', '.svg', '.txt', '.webmanifest', '.xml'])

/**
 * Brotli at its best, as for files that are compressed once and served many times.
 *
 * @param {Uint8Array} content
 * @returns {Promise<Buffer>}
 */
export function brotli(content) {
  return promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  })
}

/**
 * Writes `.br` and `.gz` beside every compressible file of a folder, for the server to send as they are.
 *
 * @param {string} folder
 * @returns {Promise<string[]>} the files that were compressed
 */
export async function compressFolder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && COMPRESSIBLE.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file)
      await Promise.all([
        writeFile(`${file}.br`, await brotli(content)),
        writeFile(`${file}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION })),
      ])
    }),
  )
  return files
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'dist'))
  const files = await compressFolder(folder)
  console.log(`Compressed ${files.length} files in ${folder}`)
}
