import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namedHosts, readNamedHosts } from '../../../src/core/formats/named-hosts.ts'
import { cleanHost } from '../../../src/host/clean-host.ts'
import { runs } from '../../support/runs.ts'

const hosts = (text: string) =>
  namedHosts(text).map(({ host, includeSubdomains }) => (includeSubdomains ? `*.${host}` : host))

describe('a list of hosts', () => {
  it('is apart at white space, commas and semicolons, and names each host once', () => {
    expect(hosts(' a.example,b.example;\n\tc.example  A.Example ')).toEqual(['a.example', 'b.example', 'c.example'])
  })

  it('takes a wildcard for the host and its sub-domains, wherever the host stands', () => {
    expect(hosts('a.example *.b.example *.a.example b.example')).toEqual(['*.a.example', '*.b.example'])
  })

  it.each([
    'https://a.example',
    'a.example:8443',
    'a.example/path',
    'a.example.',
    '.a.example',
    'a..example',
    '-a.example',
    'a-.example',
    '_.example',
    'bücher.example',
    '10.0.0.1',
    'a.0x7f',
    '[::1]',
    '*',
    '*.',
    '**.example',
    'a.*.example',
    '"/><pin-set/>',
    `${'a'.repeat(64)}.example`,
    `${'a'.repeat(60)}.`.repeat(5) + 'example',
  ])('does not read %s, and says which word that is', (word) => {
    expect(readNamedHosts(`a.example ${word}`).map(({ text, named }) => [text, named !== null])).toEqual([
      ['a.example', true],
      [word, false],
    ])
  })

  it('has only hosts that a row would have, in the same spelling', () => {
    const word = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'B', '7', '-', '_', '.', '*', 'ü', '0x', '\u3002', '%'), maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.domain(),
      fc.ipV4(),
    )
    fc.assert(
      fc.property(word, (text) => {
        for (const { text: read, named } of readNamedHosts(text)) {
          // Whether an A-label stands for anything is not looked at: a host that there is not matches nothing.
          if (!named || /(?:^|\.)xn--/.test(named.host)) continue
          const cleaned = cleanHost(read)
          expect([read, cleaned.ok && cleaned.value.host]).toEqual([read, named.host])
          expect(cleaned.ok && cleaned.value.isWildcard).toBe(named.includeSubdomains)
        }
      }),
      runs(2000),
    )
  })
})
