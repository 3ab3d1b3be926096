/**
 * What every format prints, for people to read who know the platform and not this code. After a change that is meant:
 * `npm run test:golden`, then read the difference.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isUpdate, rendered, rewrite, stored, storedPaths } from './golden-files.ts'

const GOLDEN = join(import.meta.dirname, '../../golden')

const files = rendered()
if (isUpdate(process.env)) rewrite(GOLDEN, files)

describe('the golden files', () => {
  it('are one for every case, format, option and snippet, and no more', () => {
    expect(storedPaths(GOLDEN).toSorted()).toEqual(files.map(({ path }) => path).toSorted())
  })

  it.each(files)('hold what is printed: $path', ({ path, content }) => {
    expect(content).toBe(stored(GOLDEN, path))
  })
})

describe('writing them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-golden-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('happens when asked for', () => {
    expect(isUpdate({ UPDATE_GOLDEN: '1' })).toBe(true)
    expect(isUpdate({ UPDATE_GOLDEN: '1', CI: '' })).toBe(true)
    expect(isUpdate({})).toBe(false)
    expect(isUpdate({ UPDATE_GOLDEN: '0', CI: 'true' })).toBe(false)
  })

  it('is refused in CI', () => {
    expect(() => isUpdate({ UPDATE_GOLDEN: '1', CI: 'true' })).toThrow('never written in CI')
    expect(() => isUpdate({ UPDATE_GOLDEN: '1', CI: '1' })).toThrow('never written in CI')
  })

  it('leaves exactly what is printed, and nothing of cases that are gone', () => {
    rewrite(folder, [
      { path: 'a/one.xml', content: 'old' },
      { path: 'a/gone.xml', content: 'old' },
    ])
    writeFileSync(join(folder, 'stray.txt'), '')
    rewrite(folder, [
      { path: 'a/one.xml', content: 'new' },
      { path: 'b/two.xml', content: 'new' },
    ])
    expect(storedPaths(folder).toSorted()).toEqual(['a/one.xml', 'b/two.xml'])
    expect(stored(folder, 'a/one.xml')).toBe('new')
  })
})
