import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answersToPatterns, compileJava, okhttp3, okhttp4 } from '../support/okhttp/judge.ts'
import { isMissing } from '../support/tools.ts'
import { addPin, connects, matchingPins, readPins, readStrings, type OkHttpPin } from './okhttp.ts'

const HASH = 'i9HalScvf6T/skE3/A7QOq5n5cTYs8UHNOEFCnkguSI='
const OTHER = '5kJvNEMw0KjrCAu7eXY5HZdvyCS13BbA0VJG1RSP91w='

const HOSTS = ['example.com', 'api.example.com', 'eu.api.example.com', 'notexample.com', 'com', 'xn--bcher-kva.example']

const PATTERNS = [
  ...HOSTS,
  ...HOSTS.flatMap((host) => [`*.${host}`, `**.${host}`]),
  'API.Example.COM',
  '**.EXAMPLE.com',
  'bücher.example',
  '**.bücher.example',
  'example.com.',
  '**.example.com.',
  '*',
  '**',
  '*.',
  '**.',
  '***.example.com',
  'a*.example.com',
  'api.*.com',
  '*.*.example.com',
  '*example.com',
  'https://example.com',
  'example.com:8443',
  'example.com/',
  'a b.example.com',
  '',
  `${'a'.repeat(64)}.com`,
  `**.${'a.'.repeat(125)}`.slice(0, 253),
  `${'a.'.repeat(125)}com`,
]

const PINS = [
  `sha256/${HASH}`,
  `sha256/${HASH.replace('=', '')}`,
  `sha256/${HASH.replaceAll('/', '_')}`,
  'sha256/AAAA',
  HASH,
  `SHA256/${HASH}`,
  `sha512/${HASH}`,
  'sha256/not base64!',
]

/** A pattern with each host, and a pin with one host. */
const QUESTIONS = [
  ...PATTERNS.flatMap((pattern) => HOSTS.map((host) => [pattern, `sha256/${HASH}`, host] as const)),
  ...PINS.map((pin) => ['example.com', pin, 'example.com'] as const),
]

function modelAnswer([pattern, pin, host]: (typeof QUESTIONS)[number]): string {
  const { accepted, problem } = addPin(pattern, pin)
  if (problem !== undefined) return 'refused'
  return [...(matchingPins([accepted], host) ?? [])].map((hash) => `sha256/${hash}`).join(' ')
}

/** Without a client: the judge alone. */
function askOkHttp(library: typeof okhttp3, questions: typeof QUESTIONS) {
  const { accepted: compiled, problem } = compileJava([], library)
  if (problem !== undefined) throw new Error(problem)
  try {
    return answersToPatterns(compiled, library, questions).accepted
  } finally {
    rmSync(compiled.folder, { recursive: true, force: true })
  }
}

describe('OkHttp itself', { timeout: 60_000 }, () => {
  it.skipIf(isMissing(okhttp4))('4.3 or later answers as the model does', () => {
    const answers = askOkHttp(okhttp4, QUESTIONS)
    expect(QUESTIONS.map((question, index) => [question, answers?.[index]])).toEqual(
      QUESTIONS.map((question) => [question, modelAnswer(question)]),
    )
  })

  it.skipIf(isMissing(okhttp3))('3.x accepts a pattern for every depth and matches nothing with it', () => {
    const questions = HOSTS.map((host) => [`**.example.com`, `sha256/${HASH}`, host] as const)
    expect(askOkHttp(okhttp3, questions)).toEqual(HOSTS.map(() => ''))
    const pin: OkHttpPin = { pattern: '**.example.com', hash: HASH }
    expect(HOSTS.map((host) => matchingPins([pin], host, '3.x'))).toEqual(HOSTS.map(() => null))
  })
})

describe('the pins that apply to a host', () => {
  const pins: readonly OkHttpPin[] = [
    { pattern: '**.example.com', hash: HASH },
    { pattern: 'api.example.com', hash: OTHER },
  ]

  it('are those of all patterns that match, and any one is enough', () => {
    expect(matchingPins(pins, 'api.example.com')).toEqual(new Set([HASH, OTHER]))
    expect(connects(pins, 'api.example.com', ['another', OTHER])).toBe(true)
    expect(connects(pins, 'www.example.com', [OTHER])).toBe(false)
  })

  it('are none where no pattern matches: every chain passes', () => {
    expect(matchingPins(pins, 'example.org')).toBeNull()
    expect(connects(pins, 'example.org', [])).toBe(true)
  })
})

describe('reading a source', () => {
  it('finds the calls of add in both languages, without their comments', () => {
    const java = `builder.add( /* "x" */ "**.example.com", // "y"\n "sha256/${HASH}", "sha256/${OTHER}");`
    const expected = [HASH, OTHER].map((hash) => ({ pattern: '**.example.com', hash }))
    expect(readPins(java, 'java').accepted).toEqual(expected)
    expect(readPins(java.replace(';', ''), 'kotlin').accepted).toEqual(expected)
  })

  it.each([
    ['a comment that a Unicode escape ends', String.raw`// \u000a "x"`],
    ['one with several u', String.raw`// \uuu000a "x"`],
    ['one after an even number of backslashes', String.raw`// \\\u000a "x"`],
  ])('of Java ends %s', (_what, source) => {
    expect(readStrings(source, 'java').accepted).toEqual(['x'])
    expect(readStrings(source, 'kotlin').accepted).toEqual([])
  })

  it.each([
    ['java', String.raw`// \u00`],
    ['java', String.raw`"a\"`],
    ['java', `"a\n"`],
    ['kotlin', '"${x}"'],
    ['kotlin', '"$x"'],
    ['kotlin', '"a'],
  ] as const)('of %s refuses %j', (language, source) => {
    expect(readStrings(source, language).problem).toBeDefined()
  })
})
