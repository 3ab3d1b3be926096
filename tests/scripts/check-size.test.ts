import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SCRIPT = join(import.meta.dirname, '../../scripts/check-size.mjs')

const LIBRARIES = `export const texts = ['valueBeforeDecode', 'Cannot read password-based-encryption algorithm parameters', 'was not verified against input data',
  'ASN.1 object is not constructed', 'tsyringe requires a reflect polyfill']`

const PAGE = `<!doctype html>
<script type="module" crossorigin src="/assets/index.js"></script>
<link rel="modulepreload" crossorigin href="/assets/react.js">
<link rel="stylesheet" crossorigin href="/assets/index.css">`

const BUILT = {
  'index.html': PAGE,
  'assets/index.js':
    'import{a}from"./react.js";new Worker(new URL("./worker.js",import.meta.url));import("./later.js");a()',
  'assets/react.js': 'export const a=()=>{}',
  'assets/later.js': 'export{texts}from"./x509.js"',
  'assets/worker.js': 'import("./x509.js")',
  'assets/x509.js': LIBRARIES,
  'assets/index.css': 'body{margin:0}',
  'assets/root-table-a1.json': '{}',
  'assets/root-certificates-b2.json': '[]',
}

const incompressible = (bytes: number) => `export const noise="${randomBytes(bytes).toString('base64')}"`

const incompressibleJson = (bytes: number) => JSON.stringify(randomBytes(bytes).toString('hex'))

function check(changes: Readonly<Record<string, string>> = {}): { readonly passes: boolean; readonly output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-size-'))
  try {
    for (const [name, content] of Object.entries({ ...BUILT, ...changes })) {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' })
    return { passes: status === 0, output: `${stdout}${stderr}` }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('the size of the first load', () => {
  it('passes while the X.509 libraries are loaded later', () => {
    const { passes, output } = check()
    expect(output).toMatch(/first load\s+assets\/index\.js/)
    expect(output).toMatch(/first load\s+assets\/react\.js/)
    expect(output).toMatch(/later\s+assets\/x509\.js/)
    expect(passes).toBe(true)
  })

  it('counts what is imported by way of another chunk', () => {
    const { passes, output } = check({
      'assets/react.js': 'export*from"./deep.js";export const a=()=>{}',
      'assets/deep.js': `import"./noise.js"`,
      'assets/noise.js': incompressible(95 * 1024),
    })
    expect(output).toMatch(/✗ JavaScript of the first load: 9\d\.\d KiB of 90\.0 KiB is too much/)
    expect(passes).toBe(false)
  })

  it('counts what the page preloads', () => {
    expect(check({ 'assets/react.js': incompressible(95 * 1024) }).passes).toBe(false)
  })

  it('does not count what is imported later', () => {
    expect(check({ 'assets/later.js': `export*from"./x509.js";${incompressible(95 * 1024)}` }).passes).toBe(true)
  })

  it('holds the style sheets as well', () => {
    const { passes, output } = check({ 'assets/index.css': `/*${randomBytes(12 * 1024).toString('base64')}*/` })
    expect(output).toContain('✗ CSS of the first load')
    expect(passes).toBe(false)
  })

  it('refuses an X.509 library in the first load', () => {
    const { passes, output } = check({ 'assets/react.js': 'import"./x509.js";export const a=()=>{}' })
    for (const library of ['asn1js', 'pkijs', '@peculiar/asn1-schema', '@peculiar/x509', 'node-forge']) {
      expect(output).toContain(`✗ assets/x509.js is part of the first load and contains ${library}`)
    }
    expect(passes).toBe(false)
  })

  it('fails when a library is found nowhere, since the check may have become blind', () => {
    const { passes, output } = check({ 'assets/x509.js': 'export const texts=[]' })
    expect(output).toContain('✗ pkijs is not found in any chunk')
    expect(passes).toBe(false)
  })

  it('fails for a page without scripts and for an import that is not there', () => {
    expect(check({ 'index.html': '<!doctype html>' }).output).toContain('✗ index.html names no script')
    expect(check({ 'assets/react.js': 'import"./gone.js"' }).output).toContain('✗ assets/gone.js is imported but not')
  })
})

describe('the table of roots', () => {
  it('is measured, and so are the certificates', () => {
    const { passes, output } = check({ 'assets/root-certificates-b2.json': incompressibleJson(70_000) })
    expect(output).toMatch(/^The table of roots: \d+ bytes of 60000$/m)
    expect(output).toMatch(/^The certificates of roots: \d{5,} bytes$/m)
    expect(passes).toBe(true)
  })

  it('has a limit of its own', () => {
    const { passes, output } = check({ 'assets/root-table-a1.json': incompressibleJson(61_000) })
    expect(output).toMatch(/✗ The table of roots: 6\d{4} bytes of 60000 is too much/)
    expect(passes).toBe(false)
  })

  it('has to be there once', () => {
    expect(check({ 'assets/root-table-c3.json': '{}' }).output).toContain('✗ The table of roots: several files are')
  })
})
