import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HostName } from '../../src/core/pins/host-rule.ts'
import { MOST_ENTRIES, readHostList, type HostListEntry } from '../../src/host/host-list.ts'

/** An entry as `line: text → outcome`. */
function shown({ line, text, outcome }: HostListEntry): string {
  switch (outcome.kind) {
    case 'host':
      return `${line}: ${text} → ${outcome.host.isWildcard ? '*.' : ''}${outcome.host.host}`
    case 'duplicate':
      return `${line}: ${text} → as in ${outcome.of.kind} ${outcome.of.number}`
    case 'refused':
      return `${line}: ${text} → refused, ${outcome.failure.kind}`
    case 'comment':
      return `${line}: ${text} → comment`
    case 'header':
      return `${line}: ${text} → header, ${[outcome.column, ...outcome.otherColumns].join(' not ')}`
  }
}

const read = (text: string, rows: readonly (string | null)[] = []) =>
  readHostList(text, rows as readonly (HostName | null)[]).map(shown)

describe('a list', () => {
  it.each<{ what: string; list: string; entries: readonly string[] }>([
    { what: 'nothing', list: '', entries: [] },
    { what: 'white space alone', list: ' \n\t\r\n  ', entries: [] },
    {
      what: 'lines, also blank ones',
      list: 'a.test\n\n b.test \nc.test',
      entries: ['1: a.test → a.test', '3: b.test → b.test', '4: c.test → c.test'],
    },
    {
      what: 'lines of other systems',
      list: 'a.test\r\nb.test\rc.test',
      entries: ['1: a.test → a.test', '2: b.test → b.test', '3: c.test → c.test'],
    },
    {
      what: 'commas, semicolons, tabs and spaces',
      list: 'a.test, b.test;c.test\td.test e.test,',
      entries: ['a', 'b', 'c', 'd', 'e'].map((name) => `1: ${name}.test → ${name}.test`),
    },
    { what: 'a byte order mark', list: '\ufeffa.test', entries: ['1: a.test → a.test'] },
    {
      what: 'URLs',
      list: 'https://A.test:8443/v1?x=1,2;y#z,https://b.test',
      entries: ['1: https://A.test:8443/v1?x=1,2;y#z → a.test', '1: https://b.test → b.test'],
    },
    {
      what: 'a host behind a path',
      list: 'a.test/v1,b.test',
      entries: ['1: a.test/v1 → a.test', '1: b.test → b.test'],
    },
    {
      what: 'numbers in a path',
      list: 'https://a.test/@52.5,13.4;z=1',
      entries: ['1: https://a.test/@52.5,13.4;z=1 → a.test'],
    },
    {
      what: 'quotes and brackets',
      list: `["a.test", 'b.test'] <https://c.test/> (d.test)`,
      entries: ['1: a.test → a.test', '1: b.test → b.test', '1: https://c.test/ → c.test', '1: d.test → d.test'],
    },
    {
      what: 'markup as it is',
      list: '<b>a.test</b>',
      entries: ['1: <b>a.test</b> → refused, bad-host-character'],
    },
    {
      what: 'bullets and list numbers',
      list: '- a.test\n* b.test\n• c.test\n 4. d.test\n5) e.test',
      entries: ['a', 'b', 'c', 'd', 'e'].map((name, index) => `${index + 1}: ${name}.test → ${name}.test`),
    },
    {
      what: 'comments',
      list: '# all of them\na.test # old\nb.test#top\n#c.test',
      entries: [
        '1: # all of them → comment',
        '2: a.test → a.test',
        '2: # old → comment',
        '3: b.test#top → b.test',
        '4: #c.test → comment',
      ],
    },
    {
      what: 'international names',
      list: 'bücher.test\nxn--bcher-kva.test',
      entries: ['1: bücher.test → xn--bcher-kva.test', '2: xn--bcher-kva.test → as in line 1'],
    },
    {
      what: 'a wildcard as its parent',
      list: '*.a.test\na.test\nb.test\n*.b.test',
      entries: [
        '1: *.a.test → *.a.test',
        '2: a.test → as in line 1',
        '3: b.test → b.test',
        '4: *.b.test → as in line 3',
      ],
    },
    {
      what: 'one host with two ports once',
      list: 'a.test:8443 A.TEST. https://a.test',
      entries: ['1: a.test:8443 → a.test', '1: A.TEST. → as in line 1', '1: https://a.test → as in line 1'],
    },
    {
      what: 'words on lines of their own',
      list: 'intranet\nlocalhost',
      entries: ['1: intranet → intranet', '2: localhost → localhost'],
    },
    {
      what: 'words among others as no hosts',
      list: 'see api.test, intranet:8443',
      entries: ['1: see → refused, word-among-others', '1: api.test → api.test', '1: intranet:8443 → intranet'],
    },
    {
      what: 'a mail address as no host',
      list: 'api.test\tann@mail.test\nhttps://u:p@b.test',
      entries: ['1: api.test → api.test', '1: ann@mail.test → refused, mail-address', '2: https://u:p@b.test → b.test'],
    },
    {
      what: 'what is wrong with each host',
      list: 'a..test\n-a.test\na_b.test\na%b.test\n192.0.2.1\n[2001:db8::1]:443',
      entries: [
        '1: a..test → refused, empty-label',
        '2: -a.test → refused, hyphen-at-label-edge',
        '3: a_b.test → a_b.test',
        '4: a%b.test → refused, bad-host-character',
        '5: 192.0.2.1 → refused, ip-address',
        '6: [2001:db8::1]:443 → refused, ip-address',
      ],
    },
    {
      what: 'a refused host twice',
      list: 'a..test\na..test',
      entries: ['1: a..test → refused, empty-label', '2: a..test → refused, empty-label'],
    },
    {
      what: 'a hosts file line by line',
      list: '127.0.0.1 localhost\n::1\tip6-localhost ip6-loopback # both\n192.0.2.1,a.test\n192.0.2.1 192.0.2.2',
      entries: [
        '1: 127.0.0.1 localhost → refused, hosts-file-line',
        '2: ::1\tip6-localhost ip6-loopback → refused, hosts-file-line',
        '2: # both → comment',
        '3: 192.0.2.1 → refused, ip-address',
        '3: a.test → a.test',
        '4: 192.0.2.1 → refused, ip-address',
        '4: 192.0.2.2 → refused, ip-address',
      ],
    },
  ])('reads $what', ({ list, entries }) => {
    expect(read(list)).toEqual(entries)
  })

  it('says which row has a host already', () => {
    expect(read('B.test\nc.test\nc.test\n*.a.test', ['a.test', null, 'b.test', 'b.test'])).toEqual([
      '1: B.test → as in row 3',
      '2: c.test → c.test',
      '3: c.test → as in line 2',
      '4: *.a.test → as in row 1',
    ])
  })
})

describe('a table with a header', () => {
  it.each<{ what: string; list: string; entries: readonly string[] }>([
    {
      what: 'CSV',
      list: 'Owner,Host name\nann,a.test\nbob,"b.test"',
      entries: ['1: Owner,Host name → header, Host name not Owner', '2: a.test → a.test', '3: b.test → b.test'],
    },
    {
      what: 'semicolons and quotes',
      list: '"fqdn";"note"\n"a.test";"one; ""two"""\nb.test;',
      entries: ['1: "fqdn";"note" → header, fqdn not note', '2: a.test → a.test', '3: b.test → b.test'],
    },
    {
      what: 'a paste from a spreadsheet',
      list: 'URL\tStage\r\nhttps://a.test/x\tlive, old\r\n\r\nb.test\ttest',
      entries: ['1: URL\tStage → header, URL not Stage', '2: https://a.test/x → a.test', '4: b.test → b.test'],
    },
    {
      what: 'line breaks inside quotes',
      list: 'note,domain\n"one\ntwo",a.test\nx,"b.test\nc.test"\ny,d.test',
      entries: [
        '1: note,domain → header, domain not note',
        '2: a.test → a.test',
        '4: b.test → b.test',
        '4: c.test → c.test',
        '6: d.test → d.test',
      ],
    },
    {
      what: 'lines before it',
      list: '\n# list\nDOMAINS|n\na.test|1',
      entries: ['2: # list → comment', '3: DOMAINS|n → header, DOMAINS not n', '4: a.test → a.test'],
    },
    {
      what: 'one column',
      list: 'hostname\na.test, b.test\nwords',
      entries: ['1: hostname → header, hostname', '2: a.test → a.test', '2: b.test → b.test', '3: words → words'],
    },
    {
      what: 'records without a host, short ones and comments',
      list: 'host,n\n,2\na.test\n# x,y\n,\nb.test,1,more',
      entries: [
        '1: host,n → header, host not n',
        '2: ,2 → refused, host-empty',
        '3: a.test → a.test',
        '4: # x,y → comment',
        '6: b.test → b.test',
      ],
    },
    {
      what: 'a quote that is never closed',
      list: 'host,n\n"a.test,1\nb.test,2',
      entries: ['1: host,n → header, host not n', '2: a.test → a.test', '3: b.test → b.test'],
    },
    {
      what: 'hosts that are refused and repeated',
      list: 'host,n\na..test,1\nb.test,2\nB.test,3',
      entries: [
        '1: host,n → header, host not n',
        '2: a..test → refused, empty-label',
        '3: b.test → b.test',
        '4: B.test → as in line 3',
      ],
    },
  ])('reads $what', ({ list, entries }) => {
    expect(read(list)).toEqual(entries)
  })

  it('needs a column of hosts, in the first line', () => {
    expect(read('a.test,Owner\nhost,ann')).toEqual([
      '1: a.test → a.test',
      '1: Owner → refused, word-among-others',
      '2: host → refused, word-among-others',
      '2: ann → refused, word-among-others',
    ])
  })
})

const hosts = (count: number) => Array.from({ length: count }, (_, index) => `h${index}.test`)

describe('the limit', () => {
  it(`is ${MOST_ENTRIES} entries; one more names it and holds all the rest`, () => {
    expect(readHostList(hosts(MOST_ENTRIES).join('\n'))).toHaveLength(MOST_ENTRIES)
    const entries = readHostList(hosts(MOST_ENTRIES + 3).join('\n'))
    expect(entries).toHaveLength(MOST_ENTRIES + 1)
    expect(entries.at(-1)).toEqual({
      line: MOST_ENTRIES + 1,
      text: 'h2000.test\nh2001.test\nh2002.test',
      outcome: { kind: 'refused', failure: { kind: 'beyond-limit', limit: MOST_ENTRIES } },
    })
  })

  it('holds within one line and within a table', () => {
    expect(readHostList(hosts(MOST_ENTRIES + 2).join(' ')).at(-1)).toMatchObject({
      line: 1,
      text: 'h2000.test h2001.test',
    })
    // The header is an entry too.
    expect(readHostList(`host,n\n${hosts(MOST_ENTRIES + 1).join(',1\n')}`).at(-1)).toMatchObject({
      line: MOST_ENTRIES + 1,
      text: 'h1999.test,1\nh2000.test',
    })
  })

  it('is reached in a moment, however long the list', () => {
    const start = performance.now()
    for (const list of [
      `a.test${' '.repeat(2e6)}`,
      'a.test,'.repeat(3e5),
      'x'.repeat(2e6),
      `host,n\n${'"a\n'.repeat(3e5)}`,
    ]) {
      expect(readHostList(list).length).toBeLessThanOrEqual(MOST_ENTRIES + 1)
    }
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

/** What may stand between entries: separators, quotes, brackets and other punctuation, and list numbers. */
const BETWEEN = /^(?:[^\p{L}\p{N}]|(?<=^|\n)\s*\d{1,4}[.)](?=\s))*$/u

/** The texts between the entries, in their order; null when an entry is not where it should be. */
function textsBetween(list: string, entries: readonly HostListEntry[]): readonly string[] | null {
  const between: string[] = []
  let rest = list
  for (const { text } of entries) {
    const position = rest.indexOf(text)
    if (position < 0) return null
    between.push(rest.slice(0, position))
    rest = rest.slice(position + text.length)
  }
  return [...between, rest]
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

describe('nothing is lost', () => {
  const token = fc.oneof(
    fc.domain(),
    fc.webUrl(),
    fc.ipV4(),
    fc.constantFrom('*.a.test', 'host', 'a..b', 'ü.test', 'x@y.test', '#note', '::1', 'a.test:99', '%', 'word'),
    fc.string({ unit: fc.constantFrom('a', 'B', '1', '.', '-', '/', ':', '#', '@', '%', 'ü', '_'), minLength: 1 }),
  )
  const separator = fc.constantFrom('\n', ',', ', ', ';', '\t', ' ', '\n\n', ' ; ', '\n# ')

  it('every text is in exactly one entry, in the order of the list', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(token, separator), { maxLength: 30 }), (parts) => {
        const list = parts.map((part) => part.join('')).join('')
        const entries = readHostList(list)
        fc.pre(entries.every(({ outcome }) => outcome.kind !== 'header' || outcome.otherColumns.length === 0))
        expect(textsBetween(list, entries)?.every((text) => BETWEEN.test(text))).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('and so it is for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (list) => {
        const entries = readHostList(list)
        fc.pre(entries.every(({ outcome }) => outcome.kind !== 'header'))
        const between = textsBetween(list.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n'), entries)
        expect(between?.every((text) => BETWEEN.test(text))).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('every record of a table is in an entry of its line', () => {
    const host = fc.oneof(fc.domain(), fc.constantFrom('', 'a..b', 'A.test'))
    const cell = fc.string({ unit: fc.constantFrom('x', ',', '"', '\n', ' ', '1'), maxLength: 6 })
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, host), { maxLength: 10 }), (records) => {
        const lines = records.map(([note, name]) => `${quoted(`n${note}`)},${quoted(name)}`)
        const [, ...entries] = readHostList(['note,host', ...lines].join('\n'))
        let line = 2
        const starts = records.map(([note]) => {
          const start = line
          line += note.split('\n').length
          return start
        })
        expect(entries.map((entry) => entry.line)).toEqual(starts)
      }),
    )
  })
})
