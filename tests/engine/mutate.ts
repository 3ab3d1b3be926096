import { encode, encodeCertificate, encodeIndefinite, join, utf8Name } from './encode-der.ts'
import { keystoreOf, pemOf, pkcs12Of, pkcs7Of, zipOf, type MutationSeed } from './mutation-seeds.ts'

/** An input made of seeds, and how, so that it can be made again. */
export interface MutatedInput {
  readonly bytes: Uint8Array
  readonly password: string | null
  readonly recipe: string
}

type Chance = (below: number) => number

/** mulberry32: the same numbers for the same start, everywhere. */
export function chanceFrom(start: number): Chance {
  let state = start >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** Repeating and nesting would otherwise make some inputs large; large ones have tests of their own. */
const LARGEST = 128 * 1024

/** One slow seed in so many that are drawn. */
const SLOW_SHARE = 40

/** @param number of the input: the same one is always made of the same run's start */
export function mutatedInput(seeds: readonly MutationSeed[], start: number, number: number): MutatedInput {
  const chance = chanceFrom(Math.imul(start, 0x9e3779b1) ^ Math.imul(number, 0x85ebca6b))
  const seed = drawSeed(seeds, chance)
  let { bytes } = seed
  const steps: string[] = [seed.name]
  for (let left = 1 + chance(3); left > 0; left -= 1) {
    const [name, mutate] = pick(MUTATIONS, chance)
    const mutated = mutate(bytes, chance, seeds)
    if (mutated.bytes.length > LARGEST) continue
    bytes = mutated.bytes
    steps.push(`${name} ${mutated.detail}`)
  }
  const password = chance(8) === 0 ? 'another password' : seed.password
  return { bytes, password, recipe: [...steps, password === null ? 'no password' : `"${password}"`].join(' → ') }
}

function pick<T>(list: readonly T[], chance: Chance): T {
  return list[chance(list.length)] as T
}

function drawSeed(seeds: readonly MutationSeed[], chance: Chance): MutationSeed {
  for (;;) {
    const seed = pick(seeds, chance)
    if (!seed.isSlow || chance(SLOW_SHARE) === 0) return seed
  }
}

interface Mutated {
  readonly bytes: Uint8Array
  readonly detail: string
}
type Mutation = (bytes: Uint8Array, chance: Chance, seeds: readonly MutationSeed[]) => Mutated

const MUTATIONS: readonly (readonly [string, Mutation])[] = [
  ['truncate to', truncate],
  ['flip', flip],
  ['flip', flip],
  ['splice', splice],
  ['nest in', nest],
  ['nest in', nest],
  ['blow up length at', blowUpLength],
  ['repeat', repeat],
]

function truncate(bytes: Uint8Array, chance: Chance): Mutated {
  const length = chance(bytes.length + 1)
  return { bytes: bytes.slice(0, length), detail: `${length}` }
}

function flip(bytes: Uint8Array, chance: Chance): Mutated {
  const flipped = bytes.slice()
  const places = Array.from(
    { length: 1 + chance(4) },
    () => [chance(Math.max(bytes.length, 1)), 1 + chance(255)] as const,
  )
  for (const [place, mask] of places) flipped[place] = (flipped[place] ?? 0) ^ mask
  return { bytes: flipped, detail: places.map(([place, mask]) => `${place}^${mask.toString(16)}`).join(',') }
}

/** The beginning of one and the end of another, or a piece of another in the middle. */
function splice(bytes: Uint8Array, chance: Chance, seeds: readonly MutationSeed[]): Mutated {
  const other = drawSeed(seeds, chance)
  const at = chance(bytes.length + 1)
  const from = chance(other.bytes.length + 1)
  const until = chance(2) === 0 ? other.bytes.length : from + chance(other.bytes.length - from + 1)
  const rest = until === other.bytes.length ? new Uint8Array() : bytes.subarray(at)
  const spliced = join(bytes.subarray(0, at), other.bytes.subarray(from, until), rest)
  return { bytes: spliced, detail: `at ${at} with ${from}–${until} of ${other.name}` }
}

const text = (content: string) => new TextEncoder().encode(content)
const LABELS = [
  'CERTIFICATE',
  'TRUSTED CERTIFICATE',
  'PKCS7',
  'PKCS12',
  'CERTIFICATE REQUEST',
  'PUBLIC KEY',
  'PRIVATE KEY',
  'X',
]

const CONTAINERS: Readonly<Record<string, (bytes: Uint8Array, chance: Chance) => Uint8Array>> = {
  'PKCS#7': (bytes) => pkcs7Of([bytes]),
  'PKCS#7 in BER': (bytes) => pkcs7Of([bytes], encodeIndefinite),
  'PKCS#12': (bytes) => pkcs12Of([bytes]),
  JKS: (bytes) => keystoreOf([bytes], { magic: 'feedfeed', version: 2 }),
  JCEKS: (bytes) => keystoreOf([bytes], { magic: 'cececece', version: 2 }),
  'an octet string': (bytes) => encode(0x04, bytes),
  'a sequence': (bytes) => encode(0x30, bytes),
  'a sequence in BER': (bytes) => encodeIndefinite(0x30, bytes),
  'a name': (bytes) => encodeCertificate({ subject: encode(0x30, bytes) }),
  'a common name': (bytes) => encodeCertificate({ subject: utf8Name(Buffer.from(bytes).toString('latin1')) }),
  'the key of a certificate': (bytes) => encodeCertificate({ key: bytes }),
  PEM: (bytes, chance) => text(pemOf(pick(LABELS, chance), bytes)),
  'base64 of PEM': (bytes, chance) => text(btoa(pemOf(pick(LABELS, chance), bytes))),
  'percent signs': (bytes) => text(`-----BEGIN%20X-----${encodeURIComponent(Buffer.from(bytes).toString('latin1'))}`),
  'a JSON string': (bytes) => text(JSON.stringify({ keys: [Buffer.from(bytes).toString('latin1')] })),
  'an OpenSSH line': (bytes) => text(`ssh-rsa AAAA${Buffer.from(bytes).toString('base64')} comment`),
  'a zip': (bytes) => zipOf({ 'a.bin': bytes }),
  'a zip, twice': (bytes) => zipOf({ 'a.bin': bytes, 'b/a.bin': bytes }),
}

function nest(bytes: Uint8Array, chance: Chance): Mutated {
  const [name, wrap] = pick(Object.entries(CONTAINERS), chance)
  return { bytes: wrap(bytes, chance), detail: name }
}

const LENGTHS = [
  '80',
  '81ff',
  '82ffff',
  '837fffff',
  '847fffffff',
  '84ffffffff',
  '847ffffff0',
  '88ffffffffffffffff',
  'ff',
]

function blowUpLength(bytes: Uint8Array, chance: Chance): Mutated {
  const places = [...bytes.subarray(0, 4096).keys()].filter((place) => (bytes[place] ?? 0) >= 0x80)
  const at = places.length > 0 ? pick(places, chance) : chance(bytes.length + 1)
  const length = pick(LENGTHS, chance)
  const octets = new Uint8Array(Buffer.from(length, 'hex'))
  const blownUp = join(bytes.subarray(0, at), octets, bytes.subarray(at + octets.length))
  return { bytes: blownUp, detail: `${at}: ${length}` }
}

function repeat(bytes: Uint8Array, chance: Chance): Mutated {
  const from = chance(bytes.length + 1)
  const piece = bytes.subarray(from, from + 1 + chance(200))
  const times = 1 + chance(60)
  const pieces = Array.from({ length: times }, () => piece)
  const repeated = join(bytes.subarray(0, from), ...pieces, bytes.subarray(from))
  return { bytes: repeated, detail: `${piece.length} from ${from}, ${times} times` }
}
