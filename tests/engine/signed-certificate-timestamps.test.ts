import { expect, it } from 'vitest'
import { readTimestampList } from '../../src/engine/signed-certificate-timestamps.ts'
import { join } from './encode-der.ts'

// Whole lists of real certificates are held against OpenSSL in certificate-extensions.test.ts.

const LOG_ID = new Uint8Array(32).fill(0xab)
/** RFC 6962 §3.2: version, log id, timestamp, no extensions, ECDSA with SHA-256 and a signature of one octet. */
const V1 = join(Uint8Array.of(0), LOG_ID, new Uint8Array(8), Uint8Array.of(0, 0, 4, 3, 0, 1, 0xff))

const prefixed = (bytes: Uint8Array) => join(Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes)
const list = (...timestamps: readonly Uint8Array[]) => prefixed(join(...timestamps.map(prefixed)))

it('reads every log id in the order of the list', () => {
  const other = V1.with(1, 0xcd)
  expect(readTimestampList(list(V1, other))).toEqual([{ logId: 'ab'.repeat(32) }, { logId: `cd${'ab'.repeat(31)}` }])
})

it('counts a timestamp of a version that it does not know', () => {
  expect(readTimestampList(list(Uint8Array.of(1, 2, 3), V1))).toEqual([{ logId: null }, { logId: 'ab'.repeat(32) }])
})

it('reads a list without a timestamp', () => {
  expect(readTimestampList(list())).toEqual([])
})

it.for([
  ['nothing', new Uint8Array()],
  ['one octet', Uint8Array.of(0)],
  ['a list that is cut off', list(V1).subarray(0, -1)],
  ['a list with more behind it', join(list(V1), Uint8Array.of(0))],
  ['a length without its second octet', prefixed(join(prefixed(V1), Uint8Array.of(0)))],
  ['a timestamp that leaves the list', prefixed(Uint8Array.of(0, 9, 1))],
  ['an empty timestamp', list(new Uint8Array())],
  ['a timestamp without a signature', list(V1.subarray(0, -8))],
] as const)('refuses %s', ([, bytes]) => {
  expect(readTimestampList(bytes)).toBeNull()
})
