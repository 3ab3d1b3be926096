import { expect, it } from 'vitest'
import { readTimestampList } from '../../src/engine/signed-certificate-timestamps.ts'
import { join } from './encode-der.ts'

// Whole lists of real certificates are held against OpenSSL in certificate-extensions.test.ts.

const LOG_ID = new Uint8Array(32).fill(0xab)
/** RFC 6962 §3.2: version, log id, timestamp, no extensions, ECDSA with SHA-256 and a signature of one octet. */
const v1 = (time: Uint8Array) => join(Uint8Array.of(0), LOG_ID, time, Uint8Array.of(0, 0, 4, 3, 0, 1, 0xff))
/** 0x0193875a8100 milliseconds, which Python's `datetime` calls 2024-12-02 12:31:15.712. */
const V1 = v1(Uint8Array.of(0, 0, 0x01, 0x93, 0x87, 0x5a, 0x81, 0x00))

const prefixed = (bytes: Uint8Array) => join(Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes)
const list = (...timestamps: readonly Uint8Array[]) => prefixed(join(...timestamps.map(prefixed)))

it('reads every log id in the order of the list', () => {
  const other = V1.with(1, 0xcd)
  expect(readTimestampList(list(V1, other))?.map(({ logId }) => logId)).toEqual([
    'ab'.repeat(32),
    `cd${'ab'.repeat(31)}`,
  ])
})

it('counts a timestamp of a version that it does not know', () => {
  const times = readTimestampList(list(Uint8Array.of(1, 2, 3), V1))
  expect(times?.map(({ logId }) => logId)).toEqual([null, 'ab'.repeat(32)])
  expect(times?.[0]?.timestamp).toBeNull()
})

it('reads the time to the millisecond', () => {
  expect(readTimestampList(list(V1))?.[0]?.timestamp).toBe(Date.parse('2024-12-02T12:31:15.712Z'))
  expect(readTimestampList(list(v1(new Uint8Array(8))))?.[0]?.timestamp).toBe(0)
})

it('knows no time beyond the last day that has a date', () => {
  const last = Uint8Array.of(0x00, 0x1e, 0xb2, 0x08, 0xc2, 0xdc, 0x00, 0x00)
  const times = readTimestampList(list(v1(last), v1(last.with(7, 1)), v1(new Uint8Array(8).fill(0xff))))
  expect(times?.map(({ timestamp }) => timestamp)).toEqual([8.64e15, null, null])
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
