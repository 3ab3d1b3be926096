import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../../src/core/formats/registry.ts'
import { outputsFor, STACKS } from '../../../src/core/stacks/stacks.ts'

const coverages = STACKS.flatMap(({ id, coverage }) =>
  (['android', 'ios'] as const).flatMap((platform) => {
    const own = coverage[platform]
    return own ? [{ id, platform, ...own }] : []
  }),
)

describe('a stack', () => {
  it('has an id of its own and is on one platform at least', () => {
    expect(new Set(STACKS.map(({ id }) => id)).size).toBe(STACKS.length)
    for (const { coverage } of STACKS) expect(coverage.android ?? coverage.ios).not.toBeNull()
  })

  it.each(coverages)('$id leads on $platform to outputs of that platform, with a source', (own) => {
    for (const output of own.outputs) {
      expect(FORMATS.find(({ id }) => id === output)?.platforms).toContain(own.platform)
    }
    expect(new URL(own.source).protocol).toBe('https:')
  })

  it.each(coverages.filter(({ verdict }) => verdict !== 'unknown'))(
    '$id has an output on $platform when one is said to cover it, and none when none does',
    ({ verdict, outputs }) => {
      expect(outputs.length > 0).toBe(verdict === 'covered' || verdict === 'own-output')
    },
  )
})

/** platforms.md A.10 and B.4. Cordova’s plugin calls `TrustManagerFactory.init` with its own `AndroidCAStore`. */
it.each([
  ['flutter', 'own-output', 'covered'],
  ['ktor-cio', 'breaks', 'not-covered'],
  ['web-view', 'covered', 'unknown'],
  ['browser', 'not-covered', 'not-covered'],
  ['react-native', 'covered', 'covered'],
  ['native-code', 'own-output', 'own-output'],
  ['own-trust', 'not-covered', 'not-covered'],
  ['okhttp', 'covered', undefined],
  ['capacitor', 'covered', 'unknown'],
  ['cordova', 'own-output', 'covered'],
])('%s is %s on Android and %s on iOS', (id, android, ios) => {
  const { coverage } = STACKS.find((stack) => stack.id === id) ?? {}
  expect([coverage?.android?.verdict, coverage?.ios?.verdict]).toEqual([android, ios])
})

it('what bypasses Android’s own configuration is not sent to it', () => {
  const sent = STACKS.filter(({ coverage }) => coverage.android?.verdict === 'own-output')
  expect(outputsFor(sent, 'android')).not.toContain('android-network-security-config')
})

it('every output that goes into an app is for some stack', () => {
  const reached = new Set((['android', 'ios'] as const).flatMap((platform) => outputsFor(STACKS, platform)))
  expect(FORMATS.filter(({ kind, id }) => kind === 'app' && !reached.has(id)).map(({ id }) => id)).toEqual([])
})
