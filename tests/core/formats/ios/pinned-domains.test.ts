/** Apple's host matching and pin check, and three readers of property lists, over everything that we print for them. */
import { describe, expect, it } from 'vitest'
import { identityLists, hasBothKinds, type IosLists } from '../../../../src/core/formats/ios/identity-lists.ts'
import { isText } from '../../../../src/core/formats/format.ts'
import { pinnedDomains } from '../../../../src/core/formats/ios/pinned-domains.ts'
import type { PinRole } from '../../../../src/core/pins/pin-choices.ts'
import { planPins, type HostPolicy } from '../../../../src/core/pins/plan-pins.ts'
import { evaluate, parsePlist, pinRequirements, type PlistDict, type PlistValue } from '../../../oracles/ios-ats.ts'
import { CASE_STAMP, pinOfKey, PLAN_CASES, planCase } from '../../../support/cases.ts'
import { isMissing, plparse, plparseAccepts, python, xmllint, xmllintAccepts } from '../../../support/tools.ts'
import { renderingsOf } from '../renderings.ts'
import { hostsAround, wantedIosEntries, wantedOnIos } from '../wanted.ts'

/** What someone does who follows the sentence beside the snippet. */
function inEmptyPlist(part: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
<key>CFBundleName</key>
<string>App</string>
${part}</dict>
</plist>
`
}

const renderings = renderingsOf(pinnedDomains)
const plists = renderings.flatMap(({ name, planCase: { rows }, settings, snippets }) =>
  snippets.filter(isText).map(({ id, content }) => ({
    name,
    rows,
    lists: pinnedDomains.valuesOf(settings).lists,
    xml: id === 'part' ? inEmptyPlist(content) : content,
  })),
)

/** Each one starts a Python. */
const judgements = new Map<string, ReturnType<typeof parsePlist>>()

function judge(xml: string) {
  const known = judgements.get(xml) ?? parsePlist(xml)
  judgements.set(xml, known)
  return known
}

function read(xml: string): PlistValue {
  const { accepted, problem } = judge(xml)
  if (problem !== undefined) throw new Error(problem)
  return accepted
}

function dictAt(value: PlistValue | undefined, ...keys: readonly string[]): PlistDict {
  if (typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array || isArray(value)) {
    throw new TypeError('not a dict')
  }
  const [key, ...rest] = keys
  return key === undefined ? value : dictAt(value[key], ...rest)
}

function isArray(value: PlistValue | undefined): value is readonly PlistValue[] {
  return Array.isArray(value)
}

const entriesOf = (plist: PlistValue) =>
  Object.entries(dictAt(plist, 'NSAppTransportSecurity', 'NSPinnedDomains')).map(
    ([host, entry]) => [host, dictAt(entry)] as const,
  )

const LISTS = ['NSPinnedLeafIdentities', 'NSPinnedCAIdentities']
const STRANGER = pinOfKey('stranger')

it('every case but one has something to pin', () => {
  expect(renderings.filter(({ snippets }) => snippets.length === 0).map(({ name }) => name)).toEqual(['nothing-pinned'])
})

it('the whole file is printed by itself, the part without a document around it', () => {
  const contents = renderings.flatMap(({ snippets }) =>
    snippets.filter(isText).map(({ id, content }) => [id, content] as const),
  )
  expect(new Set(contents.map(([id]) => id))).toEqual(new Set(['part', 'whole-file']))
  for (const [id, content] of contents) {
    expect(content.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist ')).toBe(id === 'whole-file')
    expect(content).toMatch(/[^\n]\n$/)
  }
})

describe.skipIf(isMissing(python)).each(plists)('iOS, given $name', ({ rows, lists, xml }) => {
  it('reads a property list without a key that stands twice', () => {
    expect(judge(xml).problem).toBeUndefined()
  })

  it('finds a boolean and one or two filled lists of dicts for every host, and nothing else', () => {
    const entries = entriesOf(read(xml))
    expect(entries.map(([host]) => host)).toEqual(wantedIosEntries(rows).map(({ host }) => host))
    for (const [, entry] of entries) {
      const { NSIncludesSubdomains: flag, ...rest } = entry
      expect(typeof flag).toBe('boolean')
      expect(Object.keys(rest).length).toBeGreaterThan(0)
      for (const [key, list] of Object.entries(rest)) {
        expect(LISTS).toContain(key)
        if (!isArray(list)) throw new TypeError(`${key} is no array`)
        expect(list.length).toBeGreaterThan(0)
        for (const item of list) {
          expect(item).toEqual({ 'SPKI-SHA256-BASE64': expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as unknown })
        }
        expect(new Set(list.map((item) => JSON.stringify(item))).size).toBe(list.length)
      }
    }
  })

  it('asks for exactly the wanted pins for every host, at every depth', () => {
    const plist = read(xml)
    const asked = hostsAround(rows).map((host) => [host, pinRequirements(plist, host)])
    expect(asked).toEqual(hostsAround(rows).map((host) => [host, wantedOnIos(rows, host, lists)]))
  })

  it('connects by the lists that are meant, and never for a stranger', () => {
    const plist = read(xml)
    for (const { host, leaf, ca } of aloneOf(rows)) {
      const someLeaf = [...leaf][0] ?? STRANGER
      const someCa = [...ca][0] ?? STRANGER
      const connects = (...pins: readonly string[]) => evaluate(plist, host, pins).connects
      const hasBoth = leaf.size > 0 && ca.size > 0
      expect(connects(STRANGER, STRANGER, STRANGER)).toBe(false)
      expect(connects(someLeaf, STRANGER, someCa)).toBe(true)
      expect(connects(STRANGER, STRANGER, someCa)).toBe(hasBoth ? lists === 'ca' : ca.size > 0)
      expect(connects(someLeaf, STRANGER, STRANGER)).toBe(hasBoth ? lists === 'leaf' : leaf.size > 0)
    }
  })
})

/** The entries that no other one is merged with. */
function aloneOf(rows: Parameters<typeof wantedIosEntries>[0]) {
  const entries = wantedIosEntries(rows)
  return entries.filter(
    ({ host }) => !entries.some((other) => other.includeSubdomains && host.endsWith(`.${other.host}`)),
  )
}

describe.skipIf(isMissing(plparse))('GNUstep', () => {
  it.each(plists)('reads $name', ({ xml }) => {
    expect(plparseAccepts(xml)).toEqual({ accepted: true })
  })
})

describe.skipIf(isMissing(xmllint))('xmllint', () => {
  it.each(plists)('accepts $name', ({ xml }) => {
    expect(xmllintAccepts(xml)).toEqual({ accepted: true })
  })
})

const printed = (settings: Readonly<Record<string, string>>) => {
  const snippet = pinnedDomains.render(planPins(planCase('leaf-and-root').rows), settings, CASE_STAMP).find(isText)
  return read(inEmptyPlist(snippet?.content ?? ''))
}

const listsIn = (plist: PlistValue) =>
  Object.keys(dictAt(plist, 'NSAppTransportSecurity', 'NSPinnedDomains', 'api.example.com')).filter((key) =>
    LISTS.includes(key),
  )

const passes = (plist: PlistValue, chains: readonly (readonly string[])[]) =>
  chains.map((pins) => evaluate(plist, 'api.example.com', pins).connects)

describe.skipIf(isMissing(python))('a host with leaf and CA pins', () => {
  const leaf = pinOfKey('api.example.com')
  const root = pinOfKey('Example Root R1')
  const CHAINS = [
    [leaf, STRANGER, root],
    [STRANGER, STRANGER, root],
    [leaf, STRANGER, STRANGER],
    [root, STRANGER, leaf],
  ]

  it('has the CA list alone when nobody chose', () => {
    expect(listsIn(printed({}))).toEqual(['NSPinnedCAIdentities'])
    expect(passes(printed({}), CHAINS)).toEqual([true, true, false, false])
  })

  it('may have the leaf list alone', () => {
    expect(listsIn(printed({ lists: 'leaf' }))).toEqual(['NSPinnedLeafIdentities'])
    expect(passes(printed({ lists: 'leaf' }), CHAINS)).toEqual([true, false, true, false])
  })

  it('may have both, and then both must match', () => {
    expect(listsIn(printed({ lists: 'both' }))).toEqual(LISTS)
    expect(passes(printed({ lists: 'both' }), CHAINS)).toEqual([true, false, false, false])
  })

  it('is pinned one label below and no deeper', () => {
    const wrong = [STRANGER, STRANGER]
    const reached = ['api.example.com', 'a.api.example.com', 'b.a.api.example.com', 'example.com'].map(
      (host) => evaluate(printed({}), host, wrong).pinned,
    )
    expect(reached).toEqual([true, true, false, false])
  })
})

describe.skipIf(isMissing(python))('a parent with a leaf and a child with a CA', () => {
  it('are merged by iOS into both lists, although each entry has one', () => {
    const snippet = pinnedDomains
      .render(planPins(planCase('leaf-of-parent-and-ca-of-child').rows), { lists: 'ca' }, CASE_STAMP)
      .find(isText)
    const plist = read(inEmptyPlist(snippet?.content ?? ''))
    const [leaf, ca] = [pinOfKey('example.com'), pinOfKey('Other Root X1')]
    expect(entriesOf(plist).map(([host, entry]) => [host, LISTS.filter((key) => key in entry)])).toEqual([
      ['example.com', ['NSPinnedLeafIdentities']],
      ['api.example.com', ['NSPinnedCAIdentities']],
    ])
    expect(evaluate(plist, 'api.example.com', [STRANGER, ca]).connects).toBe(false)
    expect(evaluate(plist, 'api.example.com', [leaf, STRANGER]).connects).toBe(false)
    expect(evaluate(plist, 'api.example.com', [leaf, ca]).connects).toBe(true)
  })
})

const policyWith = (...pins: readonly (readonly [key: string, role: PinRole])[]): HostPolicy => {
  const [model] = planPins(planCase('leaf-alone').rows).policies
  const [pin] = model?.pins ?? []
  if (!model || !pin) throw new Error('no policy')
  const { origins, inheritedFrom } = pin
  return { ...model, pins: pins.map(([key, role]) => ({ pin: pinOfKey(key), role, origins, inheritedFrom })) }
}

const split = (policy: HostPolicy, choice: IosLists) => {
  const { leaf, ca, leftOut } = identityLists(policy, choice)
  return { leaf, ca, leftOut: leftOut.map(({ pin }) => pin) }
}

const print = (...policies: readonly HostPolicy[]) =>
  pinnedDomains
    .render({ policies, leftOut: [] }, {}, CASE_STAMP)
    .filter(isText)
    .map(({ content }) => content)

describe('the lists of a policy', () => {
  const CHOICES: readonly IosLists[] = ['ca', 'leaf', 'both']
  const [L, C, U] = [pinOfKey('L'), pinOfKey('C'), pinOfKey('U')]

  it.each(CHOICES)('are the one kind that there is, whatever was chosen: %s', (choice) => {
    expect(split(policyWith(['L', 'leaf']), choice)).toEqual({ leaf: [L], ca: [], leftOut: [] })
    expect(split(policyWith(['C', 'ca']), choice)).toEqual({ leaf: [], ca: [C], leftOut: [] })
  })

  it('leave out the kind that was not chosen', () => {
    const policy = policyWith(['L', 'leaf'], ['C', 'ca'])
    expect(split(policy, 'ca')).toEqual({ leaf: [], ca: [C], leftOut: [L] })
    expect(split(policy, 'leaf')).toEqual({ leaf: [L], ca: [], leftOut: [C] })
    expect(split(policy, 'both')).toEqual({ leaf: [L], ca: [C], leftOut: [] })
  })

  it.each(CHOICES)('never have a pin that nobody said is a leaf or a CA: %s', (choice) => {
    expect(split(policyWith(['U', 'unknown']), choice)).toEqual({ leaf: [], ca: [], leftOut: [U] })
    expect(split(policyWith(['U', 'unknown'], ['C', 'ca']), choice)).toEqual({ leaf: [], ca: [C], leftOut: [U] })
  })

  it('leave a host with unknown pins alone out of the file: an entry without lists pins nothing', () => {
    const known = policyWith(['C', 'ca'])
    const unknown = { ...policyWith(['U', 'unknown']), host: 'unknown.example' as typeof known.host }
    expect(print(known, unknown)).toEqual(print(known))
    expect(print(unknown)).toEqual([])
  })

  it('are a question only when both kinds are there', () => {
    expect(hasBothKinds(policyWith(['L', 'leaf'], ['C', 'ca']))).toBe(true)
    expect(hasBothKinds(policyWith(['L', 'leaf'], ['U', 'unknown']))).toBe(false)
    expect(hasBothKinds(policyWith(['C', 'ca'], ['D', 'ca']))).toBe(false)
  })
})

it('no case asks iOS for what it cannot do: nothing expires', () => {
  for (const { rows } of PLAN_CASES) {
    const snippets = pinnedDomains.render(planPins(rows), { expiration: { kind: 'computed' } }, CASE_STAMP)
    for (const { content } of snippets.filter(isText)) {
      expect(content).not.toMatch(/expiration/i)
    }
  }
})
