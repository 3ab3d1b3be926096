import { describe, expect, it } from 'vitest'
import { entryLeftOutText, passedOverText } from '../../src/app/config/host-list-text.ts'
import type { HostName } from '../../src/core/pins/host-rule.ts'
import { MOST_ENTRIES, readHostList } from '../../src/host/host-list.ts'

const leftOut = (list: string, rows: readonly string[] = []) =>
  readHostList(list, rows as readonly HostName[]).map(entryLeftOutText)
const passedOver = (list: string) => passedOverText(readHostList(list))

describe('why an entry is left out', () => {
  it.each([
    [
      '192.0.2.1\ta.test',
      'This gives the address 192.0.2.1 names, as a hosts file does. Paste the names without the address.',
    ],
    ['ann@mail.test', 'This is a mail address. If its host is meant, type the part behind the @.'],
    [
      '192.0.2.1',
      '192.0.2.1 is an IP address, and neither platform pins those reliably. Use the host name that the app connects to.',
    ],
  ])('%s', (list, text) => {
    expect(leftOut(list)).toEqual([text])
  })

  it('names the line or the row that has the host', () => {
    expect(leftOut('b.test\n\n*.B.test a.test', ['x.test', 'a.test'])).toEqual([
      null,
      'b.test stands in line 1 already.',
      'Domain 2 is a.test already.',
    ])
  })

  it('tells a word from a host', () => {
    expect(leftOut('see a.test')).toEqual([
      'This is one word among others. If it is a host, put it on a line of its own.',
      null,
    ])
  })

  it('names the limit', () => {
    const list = Array.from({ length: MOST_ENTRIES + 1 }, (_, index) => `h${index}.test`).join('\n')
    expect(leftOut(list).at(-1)).toBe(
      'A list is read up to 2,000 entries. This and all that follows was not read. Paste the rest as a second list.',
    )
  })
})

describe('what is passed over', () => {
  it.each([
    ['a.test', null],
    ['# one\na.test', '1 comment was passed over.'],
    ['# one\n# two', '2 comments were passed over.'],
    ['host\na.test', 'The column “host” is read.'],
    ['n,URL\n#x,y\n1,a.test', 'The column “URL” is read, not n. 1 comment was passed over.'],
    ['host,a,b,c,d,e,f\nx.test', 'The column “host” is read, not a, b, c and 3 more.'],
  ])('of %j', (list, text) => {
    expect(passedOver(list)).toBe(text)
  })

  it('shows what is hostile as text of one line', () => {
    expect(passedOver('host,a\u202eb\tc')).toMatch(/^The column “host” is read, not a[^\u202e\t]*b[^\u202e\t]*c\.$/)
  })
})
