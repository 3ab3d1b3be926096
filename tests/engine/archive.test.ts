import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { MAX_ARCHIVE_FILES, MAX_UNPACKED_BYTES, readArchive } from '../../src/engine/archive.ts'
import { failed } from '../../src/core/result.ts'
import { failureOf, valueOf } from '../support/outcome.ts'
import { isMissing, python } from '../support/tools.ts'
import { processorTime, repeated } from './container-files.ts'
import { ascii, join } from './encode-der.ts'

/** Runs Python with `z`, a writable ZipFile, and `zipfile`, and gives the archive. */
function pythonZip(script: string, args = ''): Uint8Array {
  const folder = mkdtempSync(joinPath(tmpdir(), 'pinsmith-zip-'))
  const opening = `import zipfile, io, os\nwith zipfile.ZipFile('a.zip', 'w'${args}) as z:\n`
  const body = script
    .split('\n')
    .map((line) => `  ${line}\n`)
    .join('')
  try {
    execFileSync('python3', ['-S', '-E', '-c', opening + body], { cwd: folder })
    return new Uint8Array(readFileSync(joinPath(folder, 'a.zip')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function filesOf(bytes: Uint8Array): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    valueOf(await readArchive(bytes)).map(({ name, content }) => [
      name,
      content.ok ? Buffer.from(content.value).toString('latin1') : `! ${content.failure}`,
    ]),
  )
}

const DEFLATED = ', zipfile.ZIP_DEFLATED'

describe.skipIf(isMissing(python))('what Python writes', () => {
  it.each(['', DEFLATED])('stored or deflated%s', async (args) => {
    const zip = pythonZip(`z.writestr('a.pem', 'text ' * 9999)\nz.writestr('sub/b.der', bytes(range(256)))`, args)
    expect(await filesOf(zip)).toEqual({
      'a.pem': 'text '.repeat(9999),
      'sub/b.der': Buffer.from(Array.from({ length: 256 }, (_, octet) => octet)).toString('latin1'),
    })
  })

  it('data descriptors: the sizes stand behind the data', async () => {
    const script = `
class Pipe(io.RawIOBase):
  def writable(self): return True
  def write(self, b): out.extend(b); return len(b)
out = bytearray()
p = zipfile.ZipFile(Pipe(), 'w', zipfile.ZIP_DEFLATED)
p.writestr('a.pem', 'streamed ' * 99); p.close()
z._piped = bytes(out)`
    const folder = mkdtempSync(joinPath(tmpdir(), 'pinsmith-zip-'))
    const source = `import zipfile, io, types\nz = types.SimpleNamespace()\n${script}\nopen('a.zip', 'wb').write(z._piped)`
    execFileSync('python3', ['-S', '-E', '-c', source], { cwd: folder })
    const zip = new Uint8Array(readFileSync(joinPath(folder, 'a.zip')))
    rmSync(folder, { recursive: true, force: true })
    expect((zip[6] ?? 0) & 8).toBe(8)
    expect(await filesOf(zip)).toEqual({ 'a.pem': 'streamed '.repeat(99) })
  })

  it('folders and what macOS adds are left out', async () => {
    const names = ['d/', 'd/a.pem', 'd/.DS_Store', '.DS_Store', '__MACOSX/d/._a.pem']
    const zip = pythonZip(names.map((name) => `z.writestr('${name}', '')`).join('\n'))
    expect(await filesOf(zip)).toEqual({ 'd/a.pem': '' })
  })

  it('names outside ASCII, a comment and a program in front', async () => {
    const zip = pythonZip(`z.writestr('zertifikat-ü-世界.pem', 'x')\nz.comment = b'PK' * 99`)
    expect(await filesOf(join(ascii('#!/bin/sh\n'), zip))).toEqual({ 'zertifikat-ü-世界.pem': 'x' })
  })

  it('an archive in the archive stays a file', async () => {
    const script = `b = io.BytesIO()\ni = zipfile.ZipFile(b, 'w')\ni.writestr('a', 'x')\ni.close()\nz.writestr('i.zip', b.getvalue())`
    expect(Object.entries(await filesOf(pythonZip(script))).map(([name, text]) => [name, text.slice(0, 2)])).toEqual([
      ['i.zip', 'PK'],
    ])
  })

  it('numbers in the form of Zip64, as zip writes them for what is piped into it', async () => {
    const zip = pythonZip(`zipfile.ZIP64_LIMIT = 0\nz.writestr('a', 'x' * 99)\nz.writestr('b', 'y')`)
    expect(await filesOf(zip)).toEqual({ a: 'x'.repeat(99), b: 'y' })
  })

  it('a compression that is not deflate', async () => {
    const script = `z.writestr('a', 'x' * 99, zipfile.ZIP_LZMA)\nz.writestr('b', 'y')`
    expect(await filesOf(pythonZip(script))).toEqual({ a: '! compression-not-supported', b: 'y' })
  })

  it('a large file that is no bomb', async () => {
    const zip = pythonZip(`z.writestr('a', 'certificate ' * 2_000_000)`, DEFLATED)
    expect((await filesOf(zip))['a']?.length).toBe(24_000_000)
  })

  it('bombs: one large file, and many that are large together', async () => {
    const limits = { kind: 'unpacks-too-large', bytes: MAX_UNPACKED_BYTES, files: MAX_ARCHIVE_FILES }
    for (const script of [
      `z.writestr('a', bytes(${MAX_UNPACKED_BYTES + 1}))`,
      `for i in range(9): z.writestr(str(i), bytes(4_000_000))`,
      `for i in range(${MAX_ARCHIVE_FILES + 1}): z.writestr(str(i), '')`,
    ]) {
      expect(failureOf(await readArchive(pythonZip(script, DEFLATED)))).toEqual(limits)
    }
    expect(
      valueOf(await readArchive(pythonZip(`for i in range(${MAX_ARCHIVE_FILES}): z.writestr(str(i), '')`))),
    ).toHaveLength(1000)
  })

  it('any change and any cut is answered, and no wrong byte comes out', async () => {
    const zip = pythonZip(
      `z.writestr('a.pem', 'abcdefgh' * 20)\nz.writestr('b.pem', 'stored', zipfile.ZIP_STORED)`,
      DEFLATED,
    )
    const sound = new Set(['abcdefgh'.repeat(20), 'stored'])
    for (let at = 0; at < zip.length; at += 1) {
      expect(failureOf(await readArchive(zip.subarray(0, at)))).toEqual({ kind: 'container-damaged' })
      for (const value of [0x00, 0x01, 0x80, 0xff]) {
        const changed = zip.slice()
        changed[at] = value
        const result = await readArchive(changed)
        const contents = result.ok ? result.value.flatMap(({ content }) => (content.ok ? [content.value] : [])) : []
        for (const content of contents) expect(sound).toContain(Buffer.from(content).toString())
      }
    }
  })
})

interface Entry {
  readonly name: string
  readonly data?: Uint8Array
  readonly method?: number
  readonly flags?: number
  readonly size?: number
  readonly crc?: number
  /** Position of the data of another entry, instead of data of its own. */
  readonly at?: number
}

/** An archive in which every number may be a lie. */
function zipOf(entries: readonly Entry[]): Uint8Array {
  const locals: Uint8Array[] = []
  const centrals: Uint8Array[] = []
  let position = 0
  for (const {
    name,
    data = new Uint8Array(),
    method = 0,
    flags = 0,
    size = data.length,
    crc = crc32(data),
    at,
  } of entries) {
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc, 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(name.length, 22)
    const local = join(ascii('PK\x03\x04'), common, ascii(name), data)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at ?? position, 10)
    centrals.push(join(ascii('PK\x01\x02\x14\x00'), common, tail, ascii(name)))
    if (at !== undefined) continue
    locals.push(local)
    position += local.length
  }
  const directory = new Uint8Array(Buffer.concat(centrals))
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length % 65536, 4)
  end.writeUInt16LE(entries.length % 65536, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(position, 12)
  return join(Buffer.concat(locals), directory, ascii('PK\x05\x06'), end)
}

const deflated = (name: string, plain: Uint8Array, more: Partial<Entry> = {}): Entry => ({
  name,
  data: new Uint8Array(deflateRawSync(plain)),
  method: 8,
  size: plain.length,
  crc: crc32(plain),
  ...more,
})

describe('what the format allows', () => {
  it.each([
    ['apk', ['AndroidManifest.xml']],
    ['apk', ['res/x', 'classes.dex', 'resources.arsc']],
    ['aab', ['BundleConfig.pb']],
    ['aab', ['base/manifest/AndroidManifest.xml', 'AndroidManifest.xml']],
    ['ipa', ['Payload/', 'Payload/Example.app/Info.plist']],
    [null, ['docs/AndroidManifest.xml', 'classes.dex', 'Payload/readme.txt', 'x/Payload/A.app/b']],
  ])('%s: %j', async (format, names) => {
    const result = await readArchive(zipOf(names.map((name) => ({ name }))))
    expect(result.ok ? null : result.failure).toEqual(format && { kind: 'app-package', format })
  })

  it('an app of more files than the limit is still an app', async () => {
    const names = [...Array.from({ length: 2000 }, (_, index) => `res/${index}`), 'AndroidManifest.xml']
    expect(failureOf(await readArchive(zipOf(names.map((name) => ({ name })))))).toEqual({
      kind: 'app-package',
      format: 'apk',
    })
  })

  it('an encrypted file beside another', async () => {
    const zip = zipOf([
      { name: 'a', data: ascii('x'), flags: 1 },
      { name: 'b', data: ascii('y') },
    ])
    expect(await filesOf(zip)).toEqual({ a: '! encryption-not-supported', b: 'y' })
  })

  it('a checksum or a size that does not match', async () => {
    const text = ascii('certificate')
    const zip = zipOf([
      { name: 'a', data: text, crc: 1 },
      { name: 'b', data: text, size: 5 },
      deflated('c', text, { size: 1_000_000_000 }),
      deflated('d', text, { crc: 7 }),
      deflated('e', text, { data: ascii('no deflate stream') }),
      deflated('f', text, { data: new Uint8Array() }),
      deflated('g', text),
    ])
    const files = await filesOf(zip)
    expect(Object.values(files)).toEqual([...Array.from({ length: 6 }, () => '! container-damaged'), 'certificate'])
  })

  it('an archive without files', async () => {
    expect(valueOf(await readArchive(zipOf([])))).toEqual([])
  })

  it('what is no archive', async () => {
    for (const bytes of [new Uint8Array(), ascii('PK\x03\x04'), ascii('text'.repeat(99)), new Uint8Array(99)]) {
      expect(failureOf(await readArchive(bytes))).toEqual({ kind: 'container-damaged' })
    }
  })
})

/** The outcome, and whether it came in time. */
async function limited(name: string, bytes: Uint8Array) {
  let result: unknown
  const read = async () => {
    result = await readArchive(bytes)
  }
  const time = await processorTime(name, read)
  return { result, isQuick: time < 3000 }
}

describe('what is made to cost', () => {
  const MEGABYTE = 1024 * 1024
  const limits = { kind: 'unpacks-too-large', bytes: MAX_UNPACKED_BYTES, files: MAX_ARCHIVE_FILES }
  const tooLarge = { result: failed(limits), isQuick: true }
  it('a file that claims to be small', async () => {
    const bomb = deflated('a', new Uint8Array(200 * MEGABYTE), { size: 10 })
    expect(await limited('lie', zipOf([bomb]))).toEqual(tooLarge)
  })

  it('files that share their data', async () => {
    const bomb = deflated('a', new Uint8Array(MEGABYTE))
    const shared = Array.from({ length: 900 }, (_, index) => ({ ...bomb, name: String(index), at: 0 }))
    expect(await limited('overlap', zipOf([bomb, ...shared]))).toEqual(tooLarge)
  })

  it('nothing but tiny entries', async () => {
    const entries = Array.from({ length: 190_000 }, () => ({ name: 'a', at: 0 }))
    expect(await limited('entries', zipOf([{ name: 'a' }, ...entries]))).toEqual(tooLarge)
  })

  it.each(
    Object.entries({
      'empty stored blocks': repeated(ascii('\x00\x00\x00\xff\xff'), 15 * MEGABYTE),
      'empty fixed blocks': repeated(ascii('\x02\x08\x20\x80\x00'), 15 * MEGABYTE),
      'stored blocks': repeated(join(ascii('\x00\xff\xff\x00\x00'), new Uint8Array(65535)), 15 * MEGABYTE),
      'code tables': repeated(new Uint8Array(deflateRawSync(ascii(''), { level: 9 })), 15 * MEGABYTE),
      noise: repeated(
        Uint8Array.from({ length: 65_537 }, (_, at) => (at * at * 2_654_435_761) >>> 24),
        15 * MEGABYTE,
      ),
    }),
  )('%s', async (name, data) => {
    expect(await limited(name, zipOf([{ name: 'a', data, method: 8 }]))).toMatchObject({ isQuick: true })
    expect(await limited(`${name}, end records`, join(data, repeated(ascii('PK\x05\x06'), MEGABYTE)))).toMatchObject({
      isQuick: true,
    })
  })
})
