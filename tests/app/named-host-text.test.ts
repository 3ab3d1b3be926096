import { describe, expect, it } from 'vitest'
import { namedHostRemarks } from '../../src/app/shared/named-host-text.ts'
import { UNPINNED_OPTION } from '../../src/core/formats/android/unpinned-hosts.ts'
import { readNamedHosts } from '../../src/core/formats/named-hosts.ts'
import { planPins } from '../../src/core/pins/plan-pins.ts'
import { exampleChain, HOSTILE_TEXT, row } from '../support/cases.ts'

const plan = planPins([
  row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')] }),
  row({ host: 'api.example.com', chains: [exampleChain('api.example.com')] }),
])

const remarks = (text: string) => namedHostRemarks(readNamedHosts(text), UNPINNED_OPTION, plan)

describe('what is said about a list of hosts', () => {
  it('is nothing where every host counts', () => {
    expect(remarks('')).toEqual([])
    expect(remarks('status.example.com\n*.legacy.example.com')).toEqual([])
  })

  it('is that a row counts more, and that nothing pins a host anyway', () => {
    expect(remarks('api.example.com other.test')).toEqual([
      'api.example.com has a row of its own, and that counts: it stays pinned. Erase the row if it must not be.',
      'other.test lies below no host that is pinned with its sub-domains: nothing pins it anyway.',
    ])
  })

  it.each([
    ['https://a.example.com/x', '“https://a.example.com/x” is not read. Write it as a.example.com.'],
    ['a.example.com:8443', '“a.example.com:8443” is not read. Write it as a.example.com.'],
    ['*.bücher.example', '“*.bücher.example” is not read. Write it as *.xn--bcher-kva.example.'],
    ['a..example.com', '“a..example.com” is not read. A part between two dots is empty.'],
    ['10.0.0.1', '“10.0.0.1” is not read. 10.0.0.1 is an IP address, and neither platform pins those reliably.'],
  ])('is how %s should be written, or what is wrong with it', (text, remark) => {
    expect(remarks(text)).toEqual([remark])
  })

  it('stands once for each word, on one line, whatever the word is', () => {
    expect(remarks('a..b a..b')).toHaveLength(1)
    for (const remark of remarks(HOSTILE_TEXT)) expect(remark).toMatch(/^[^\p{Cc}\p{Cf}\u2028]+$/u)
  })
})
