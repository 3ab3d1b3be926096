import { describe, expect, it } from 'vitest'
import { namesOfRow, readRequestNames } from '../../../src/app/backup-key/request-names.ts'
import type { Row } from '../../../src/app/row.ts'
import { cleanHost } from '../../../src/host/clean-host.ts'

const row = (hostText: string, includeSubdomains: boolean, isPublicSuffix = false) =>
  ({ host: cleanHost(hostText), includeSubdomains, suffix: { registrableDomain: null, isPublicSuffix } }) as Row

describe('the names of a row', () => {
  it('are its host, and a wildcard where sub-domains are pinned', () => {
    expect(namesOfRow(row('api.example.com', false))).toEqual(['api.example.com'])
    expect(namesOfRow(row('api.example.com', true))).toEqual(['api.example.com', '*.api.example.com'])
    expect(namesOfRow(row('https://Bücher.example:8443/x', true))).toEqual([
      'xn--bcher-kva.example',
      '*.xn--bcher-kva.example',
    ])
  })

  it('are none without a domain, and none of a whole public suffix', () => {
    expect(namesOfRow(row('', true))).toEqual([])
    expect(namesOfRow(row('a..b', true))).toEqual([])
    expect(namesOfRow(row('co.uk', true, true))).toEqual([])
  })
})

describe('names that were typed', () => {
  it('stand on lines or between commas, and count once', () => {
    const { names, refused } = readRequestNames('api.example.com\n*.API.example.com, b.example;c.example\n\tb.example.')
    expect(names).toEqual(['api.example.com', '*.api.example.com', 'b.example', 'c.example'])
    expect(refused).toEqual([])
  })

  it('become A-labels, without scheme, port and path', () => {
    expect(readRequestNames('https://münchen.example:443/a?b *.例え.example').names).toEqual([
      'xn--mnchen-3ya.example',
      '*.xn--r8jz45g.example',
    ])
  })

  it.each(['a..b', '192.0.2.1', 'a.*.example', '-a.example', '"/CN=x"', `${'a'.repeat(64)}.example`])(
    'are refused when they cannot be in a certificate: %s',
    (text) => {
      const { names, refused } = readRequestNames(`good.example ${text}`)
      expect(names).toEqual(['good.example'])
      expect(refused).toMatchObject([{ text }])
    },
  )

  it('may be missing', () => {
    expect(readRequestNames(' ,\n; ')).toEqual({ names: [], refused: [] })
  })
})
