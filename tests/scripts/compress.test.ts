import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const SCRIPT = join(import.meta.dirname, '../../scripts/compress.mjs')

it('writes .br and .gz beside compressible files, also when run twice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-compress-'))
  try {
    const content = 'let a = 1\n'.repeat(1000)
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'assets/index.js'), content)
    writeFileSync(join(folder, 'picture.png'), content)
    execFileSync(process.execPath, [SCRIPT, folder])
    execFileSync(process.execPath, [SCRIPT, folder])
    const expected = ['assets', 'assets/index.js', 'assets/index.js.br', 'assets/index.js.gz', 'picture.png']
    expect(new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }))).toEqual(new Set(expected))
    expect(brotliDecompressSync(readFileSync(join(folder, 'assets/index.js.br'))).toString()).toBe(content)
    expect(gunzipSync(readFileSync(join(folder, 'assets/index.js.gz'))).toString()).toBe(content)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
