import { describe, expect, it } from 'vitest'
import { SAMPLE_PINS } from '../../../src/core/pins/sample-pins.ts'
import { readSharedData, sharedData } from '../../support/shared-data.ts'
import { isMissing } from '../../support/tools.ts'

const samples = [...SAMPLE_PINS]

describe('the pins that documents print', () => {
  it.each(samples)('%s is a pin, from a document over https', (pin, { document }) => {
    expect(Buffer.from(pin, 'base64').toString('base64')).toBe(pin)
    expect(Buffer.from(pin, 'base64')).toHaveLength(32)
    expect(new URL(document.url).protocol).toBe('https:')
  })

  it.skipIf(isMissing(sharedData))('are those of public roots where the root stores have them, by their names', () => {
    const { roots } = JSON.parse(readSharedData('root-stores.json')) as { roots: { spki: string; name: string }[] }
    const names = new Map(roots.map(({ spki, name }) => [spki, name]))
    expect(samples.map(([pin, { publicRoot }]) => [pin, publicRoot])).toEqual(
      samples.map(([pin]) => [pin, names.get(pin) ?? null]),
    )
  })
})
