/** Another's validator holds the documents against the published schema. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planJson } from '../../../../src/core/formats/tools/plan-json.ts'
import { isMissing, jsonschema, jsonschemaAccepts } from '../../../support/tools.ts'
import { contentOf, renderingsOf } from '../renderings.ts'
import { wantedEntries } from '../wanted.ts'

const SCHEMA = readFileSync(join(import.meta.dirname, '../../../../public/schemas/pin-plan-1.json'), 'utf8')

interface Document {
  readonly hosts: readonly {
    readonly host: string
    readonly includeSubdomains: boolean
    readonly pins: readonly {
      readonly pin: string
      readonly role: string
      readonly inheritedFrom: string | null
      readonly standsFor: readonly Readonly<Record<string, unknown>>[]
    }[]
  }[]
}

const documents = renderingsOf(planJson).flatMap((rendering) => {
  const text = contentOf(rendering, 'plan')
  return text === null ? [] : [{ name: rendering.name, rows: rendering.planCase.rows, text }]
})

const read = (text: string) => JSON.parse(text) as Document
const documentOf = (name: string) => read(documents.find((one) => one.name === name)?.text ?? '')

it.each(documents)('$name says what is pinned for which host, and in which role', ({ rows, text }) => {
  const said = read(text).hosts.map(({ host, includeSubdomains, pins }) => {
    const of = (wanted: string) => new Set(pins.filter(({ role }) => role === wanted).map(({ pin }) => pin))
    return { host, includeSubdomains, leaf: of('leaf'), ca: of('ca'), unknown: of('unknown') }
  })
  expect(said).toEqual(wantedEntries(rows))
})

it.each(documents)('$name names certificates of its rows, with their pins and days', ({ rows, text }) => {
  const certificates = rows.flatMap(({ chains, reserve }) => [
    ...chains.flatMap(({ links }) => links.map(({ certificate }) => certificate)),
    ...reserve,
  ])
  for (const { pin, standsFor } of read(text).hosts.flatMap(({ pins }) => pins)) {
    for (const origin of standsFor.filter(({ kind }) => kind === 'certificate')) {
      const meant = certificates.find((one) => one.sha256 === origin['certificateSha256'])
      expect([meant?.pin, meant?.notBefore, meant?.notAfter]).toEqual([
        pin,
        Date.parse(`${String(origin['validFrom'])}T00:00:00Z`),
        Date.parse(`${String(origin['validUntil'])}T23:59:59Z`),
      ])
    }
  }
})

it('a pin of a parent is said to be one', () => {
  const child = documentOf('parent-and-child').hosts.find(({ host }) => host === 'api.example.com')
  expect(child?.pins.map(({ inheritedFrom }) => inheritedFrom)).toEqual([null, 'example.com', 'example.com'])
})

it('text holds nothing that hides or turns what stands around it', () => {
  for (const { text } of documents) expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u)
})

const judge = (document: unknown) => jsonschemaAccepts(SCHEMA, [JSON.stringify(document)]).problem

describe.skipIf(isMissing(jsonschema))('by the published schema', () => {
  it('every document is valid', () => {
    expect(
      jsonschemaAccepts(
        SCHEMA,
        documents.map(({ text }) => text),
      ),
    ).toEqual({ accepted: true })
  })

  it.each([
    ['another version', { version: 2 }],
    ['no hosts', { hosts: [] }],
    ['a member that this version does not have', { expires: '2027-01-01' }],
    ['a host in capitals', { hosts: [{ host: 'API.example.com', includeSubdomains: true, pins: [] }] }],
  ])('a document with %s is not', (_what, change) => {
    expect(judge({ ...documentOf('leaf-alone'), ...change })).toBeDefined()
  })

  it.each([
    ['a pin without padding', 'A'.repeat(43)],
    ['a pin of bits that no hash has', `${'A'.repeat(42)}B=`],
    ['a fingerprint for a pin', '0'.repeat(64)],
  ])('a document with %s is not', (_what, text) => {
    const document = documentOf('leaf-alone')
    const hosts = document.hosts.map((host) => ({ ...host, pins: host.pins.map((pin) => ({ ...pin, pin: text })) }))
    expect(judge({ ...document, hosts })).toBeDefined()
  })
})
