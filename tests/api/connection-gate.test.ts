import { expect, it } from 'vitest'
import { createConnectionGate } from '../../api/_lib/connection-gate.ts'
import type { CheckedAddress } from '../../api/_lib/guard.ts'

const STILL_WANTED = new AbortController().signal
const [ONE, OTHER] = ['192.0.2.1', '192.0.2.2'] as unknown as readonly [CheckedAddress, CheckedAddress]

/** Work that lasts until it is told to end, and what has begun of it. */
function workshop() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name)
      ends.set(name, () => resolve(name))
    })
  const end = async (name: string) => {
    ends.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { begun, work, end }
}

it('lets so many through to an address at a time, and the others in their order', async () => {
  const gate = createConnectionGate({ perAddress: 2, inAll: 10 })
  const { begun, work, end } = workshop()
  const results = ['a', 'b', 'c', 'd'].map((name) => gate(ONE, STILL_WANTED, work(name)))
  const elsewhere = gate(OTHER, STILL_WANTED, work('elsewhere'))
  expect(begun).toEqual(['a', 'b', 'elsewhere'])
  await end('b')
  expect(begun).toEqual(['a', 'b', 'elsewhere', 'c'])
  await end('a')
  for (const name of ['c', 'd', 'elsewhere']) await end(name)
  expect(await Promise.all([...results, elsewhere])).toEqual(['a', 'b', 'c', 'd', 'elsewhere'])
})

it('bounds all addresses together', async () => {
  const gate = createConnectionGate({ perAddress: 2, inAll: 1 })
  const { begun, work, end } = workshop()
  void gate(ONE, STILL_WANTED, work('a'))
  void gate(OTHER, STILL_WANTED, work('b'))
  expect(begun).toEqual(['a'])
  await end('a')
  expect(begun).toEqual(['a', 'b'])
})

it('begins nothing for those who have left the queue', async () => {
  const gate = createConnectionGate({ perAddress: 1, inAll: 10 })
  const { begun, work, end } = workshop()
  void gate(ONE, STILL_WANTED, work('a'))
  const impatient = new AbortController()
  const asked = gate(ONE, impatient.signal, work('b'))
  impatient.abort()
  expect(await asked).toBeNull()
  expect(await gate(ONE, impatient.signal, work('c'))).toBeNull()
  await end('a')
  expect(begun).toEqual(['a'])
  void gate(ONE, STILL_WANTED, work('d'))
  expect(begun).toEqual(['a', 'd'])
})

it('frees the place of work that failed', async () => {
  const gate = createConnectionGate({ perAddress: 1, inAll: 1 })
  await expect(gate(ONE, STILL_WANTED, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await gate(ONE, STILL_WANTED, () => Promise.resolve('next'))).toBe('next')
})
