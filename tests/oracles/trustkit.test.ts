/** What TrustKit's model says of configurations that we do not print. */
import { describe, expect, it } from 'vitest'
import { pinOfKey } from '../support/cases.ts'
import { trustKitConfiguration, trustKitConnects, trustKitPins } from './trustkit.ts'

const [A, B, C] = [pinOfKey('A'), pinOfKey('B'), pinOfKey('C')]

const file = (entries: string) =>
  `[TrustKit initSharedInstanceWithConfiguration:@{ kTSKPinnedDomains: @{ ${entries} } }];`
const read = (entries: string) => trustKitConfiguration('objectivec', `void f(void) { ${file(entries)} }`)

const entry = (host: string, pins: readonly string[], more = '') =>
  `@"${host}": @{ ${more} kTSKPublicKeyHashes: @[ ${pins.map((pin) => `@"${pin}"`).join(', ')} ] },`

describe('TrustKit throws', () => {
  it('without a domain, without a second pin and on a pin that is none', async () => {
    expect(await read('')).toEqual({ problem: 'no pinned domain' })
    expect(await read(entry('example.com', [A, A]))).toEqual({ problem: 'too few pins for example.com' })
    expect((await read(entry('example.com', [A, 'abc']))).problem).toMatch(/^invalid pin abc/)
  })

  it('not for one pin when it does not enforce', async () => {
    expect((await read(entry('example.com', [A], 'kTSKEnforcePinning: @NO,'))).problem).toBeUndefined()
  })
})

describe('TrustKit looks a host up', () => {
  it('by its own entry, else by the longest parent with sub-domains, and takes that alone', async () => {
    const { accepted } = await read(
      [
        entry('example.com', [A, B], 'kTSKIncludeSubdomains: @YES,'),
        entry('api.example.com', [B, C], 'kTSKIncludeSubdomains: @YES,'),
        entry('one.example.com', [A, C]),
      ].join(' '),
    )
    const pins = (host: string) => [...(trustKitPins(accepted!, host) ?? ['none'])]
    expect(pins('example.com')).toEqual([A, B])
    expect(pins('x.y.example.com')).toEqual([A, B])
    expect(pins('x.y.api.example.com')).toEqual([B, C])
    expect(pins('one.example.com')).toEqual([A, C])
    expect(pins('a.one.example.com')).toEqual([A, B])
    expect(pins('notexample.com')).toEqual(['none'])
    expect(trustKitConnects(accepted!, 'one.example.com', [B, C])).toBe(true)
    expect(trustKitConnects(accepted!, 'one.example.com', [B])).toBe(false)
    expect(trustKitConnects(accepted!, 'elsewhere.org', [B])).toBe(true)
  })
})
