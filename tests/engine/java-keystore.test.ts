import { readFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readJavaKeystore } from '../../src/engine/java-keystore.ts'
import { failureOf, valueOf } from '../support/outcome.ts'
import { sharedData } from '../support/shared-data.ts'
import { isMissing, keytool, openssl } from '../support/tools.ts'
import {
  fingerprint,
  fingerprints,
  makeContainerFiles,
  processorTime,
  repeated,
  type ContainerFiles,
} from './container-files.ts'
import { ascii, encodeCertificate, join } from './encode-der.ts'
import { SHARED } from './labelled-files.ts'

const byText = (a = '', b = '') => a.localeCompare(b)

const damaged = (reason: string) => ({ kind: 'damaged', reason })
const privateKey = { kind: 'private-key', pkcs8: null }
const other = { kind: 'other', format: 'unknown' }

const secretKey = (alias: string) => ['-genseckey', '-alias', alias, '-keyalg', 'AES', '-keysize', '256']

describe.skipIf(isMissing(openssl, keytool))('what keytool writes', () => {
  let files: ContainerFiles
  beforeAll(() => {
    files = makeContainerFiles()
  })
  afterAll(() => files.remove())

  it.each(['JKS', 'JCEKS'] as const)('%s: a key with its chain, and a trusted certificate', (type) => {
    const contents = valueOf(readJavaKeystore(files.keystore(type)))
    const [leaf, issuer] = [files.leaf, files.issuer].map(fingerprint)
    // The JDK keeps entries in a hash table, so the order of the two is its own.
    expect(fingerprints(contents).toSorted(byText)).toEqual([leaf, issuer, issuer].toSorted(byText))
    expect(contents).toHaveLength(4)
    const key = contents.findIndex(({ kind }) => kind === 'private-key')
    expect(contents[key]).toEqual(privateKey)
    expect(fingerprints(contents.slice(key + 1, key + 3))).toEqual([leaf, issuer])
  })

  it('JCEKS: secret keys do not hide what is behind them', () => {
    const store = files.keystore('JCEKS', ['one', 'two', 'three', 'four'].map(secretKey))
    const contents = valueOf(readJavaKeystore(store))
    const [leaf, issuer] = [files.leaf, files.issuer].map(fingerprint)
    expect(fingerprints(contents).toSorted(byText)).toEqual([leaf, issuer, issuer].toSorted(byText))
    expect(contents.filter(({ kind }) => kind === 'other')).toEqual([other, other, other, other])
    expect(contents).toHaveLength(8)
  })

  it.each(['JKS', 'JCEKS'] as const)(
    '%s: cut off anywhere it gives what was before, and any change is answered',
    (type) => {
      for (const store of [files.keystore(type, type === 'JKS' ? [] : [secretKey('one')])]) {
        const all = fingerprints(valueOf(readJavaKeystore(store)))
        for (let length = 0; length < store.length; length += 1) {
          const result = readJavaKeystore(store.subarray(0, length))
          const contents = result.ok ? result.value : [damaged('truncated')]
          const found = result.ok ? fingerprints(result.value) : []
          expect(found).toEqual(all.slice(0, found.length))
          // Where a secret key ends only Java knows, and behind a cut in the last entry there is nothing to miss.
          expect([damaged('truncated'), type === 'JCEKS' && other]).toContainEqual(contents.at(-1))
          const changed = store.slice()
          changed[length] = (changed[length] ?? 0) ^ 0xff
          expect(readJavaKeystore(changed)).toHaveProperty('ok')
        }
      }
    },
  )
})

describe.skipIf(isMissing(sharedData))('the labelled file', () => {
  it('gives the certificates that keytool lists', () => {
    const { files } = JSON.parse(readFileSync(joinPath(SHARED, 'index.json'), 'utf8')) as {
      readonly files: readonly { file: string; expect: { certs: { sha256: string }[] } }[]
    }
    const label = files.find(({ file }) => file === 'synthetic/truststore.jks')?.expect.certs ?? []
    const store = new Uint8Array(readFileSync(joinPath(SHARED, 'synthetic/truststore.jks')))
    const found = fingerprints(valueOf(readJavaKeystore(store)))
    expect(found.toSorted(byText)).toEqual(label.map(({ sha256 }) => sha256).toSorted(byText))
    expect(found).toHaveLength(2)
  })
})

const leaf = encodeCertificate()
const number = (bytes: number, value: number) => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return new Uint8Array(buffer)
}
const text = (value: string) => join(number(2, value.length), ascii(value))
const block = (bytes: Uint8Array) => join(number(4, bytes.length), bytes)
const header = (version: number, count: number, magic = 0xfeedfeed) =>
  join(number(4, magic), number(4, version), number(4, count))
const start = (tag: number, alias = 'alias') => join(number(4, tag), text(alias), number(2, 0), number(6, 1.79e12))
const DIGEST = new Uint8Array(20)

describe('what the format allows', () => {
  it('version 1, where a certificate has no type', () => {
    const entries = [start(1), block(leaf), number(4, 1), block(leaf), start(2), block(leaf)]
    expect(valueOf(readJavaKeystore(join(header(1, 2), ...entries, DIGEST)))).toEqual([
      privateKey,
      { kind: 'certificate', bytes: leaf },
      { kind: 'certificate', bytes: leaf },
    ])
  })

  it('a certificate of another type', () => {
    const store = join(header(2, 1), start(2), text('PGP'), block(leaf), DIGEST)
    expect(valueOf(readJavaKeystore(store))).toEqual([other])
  })

  it('no entries at all', () => {
    expect(valueOf(readJavaKeystore(join(header(2, 0), DIGEST)))).toEqual([])
  })

  it('an entry of an unknown kind ends it', () => {
    const store = join(header(2, 3), start(2), text('X.509'), block(leaf), start(9), DIGEST)
    expect(valueOf(readJavaKeystore(store))).toEqual([
      { kind: 'certificate', bytes: leaf },
      damaged('container-damaged'),
    ])
  })

  it('counts that promise more than there is', () => {
    const store = join(header(2, 0xffffffff), start(1), block(leaf), number(4, 0xffffffff))
    expect(valueOf(readJavaKeystore(store))).toEqual([privateKey, damaged('truncated')])
  })

  it('another version, another magic and nothing', () => {
    for (const bytes of [join(header(3, 0), DIGEST), join(header(2, 0, 0xfeedface), DIGEST), new Uint8Array()]) {
      expect(failureOf(readJavaKeystore(bytes))).toEqual({ kind: 'container-damaged' })
    }
  })
})

describe('what is made to cost', () => {
  const SIZE = 15 * 1024 * 1024
  const filled = (piece: Uint8Array) => repeated(piece, SIZE)

  it.each(
    Object.entries({
      'empty certificates': filled(join(start(2, ''), text('X.509'), number(4, 0))),
      'empty chains': filled(join(start(1, ''), number(4, 0), number(4, 0))),
      'a secret key without end': join(start(3), new Uint8Array(SIZE)),
      'almost entries': join(start(3), filled(number(4, 1))),
      'secret keys': filled(join(start(3, ''), number(4, 0xaced0005))),
      'long aliases': filled(join(start(2, 'x'.repeat(0xffff)), text('X.509'), number(4, 0))),
    }),
  )('%s', async (name, entries) => {
    const store = join(header(2, 0xffffffff, 0xcececece), entries)
    const read = () => expect(readJavaKeystore(store)).toHaveProperty('ok')
    expect(await processorTime(name, read)).toBeLessThan(3000)
  })
})
