import { describe, expect, it } from 'vitest'
import { checklistMarkdown, type ChecklistStep } from '../../../src/app/faq/incident/checklist.ts'
import { CHECKLIST_TITLE, incidentSteps } from '../../../src/app/faq/incident/incident-text.ts'
import { incidentOf } from '../../../src/core/incident/incident.ts'
import type { Instant } from '../../../src/core/instant.ts'
import { planPins } from '../../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import {
  alsoPinning,
  backupKey,
  CASE_NOW,
  exampleChain,
  pinning,
  planCase,
  PLAN_CASES,
  privateChain,
  row,
  type PlanCase,
} from '../../support/cases.ts'

function stepsOf({ rows, settings = {} }: Pick<PlanCase, 'rows' | 'settings'>, now: Instant = CASE_NOW) {
  return incidentSteps(incidentOf(planPins(rows), rows, settings, now), now)
}

const textOf = (steps: readonly ChecklistStep[], stepId: string) =>
  steps
    .filter(({ id }) => id === stepId)
    .flatMap(({ items }) => items.map(({ text }) => text.map((piece) => piece.text).join('')))
    .join('\n')

const markdownOf = (steps: readonly ChecklistStep[]) => checklistMarkdown(CHECKLIST_TITLE, steps, new Set())

/** A host whose only certificate has ended. */
const ended = (chain: typeof privateChain) => [
  row({ host: 'api.example.com', chains: [chain('api.example.com', undefined, { until: '2026-11-01' })] }),
]

describe('the checklist', () => {
  it('goes from what shipped to what to do afterwards, with or without rows', () => {
    for (const steps of [stepsOf({ rows: [] }), stepsOf(planCase('many-hosts'))]) {
      expect(steps.map(({ id }) => id)).toEqual(['find-out', 'serve', 'ask-the-ca', 'update', 'tell', 'afterwards'])
    }
  })

  it('without rows asks for the hosts and their pins', () => {
    expect(textOf(stepsOf({ rows: [] }), 'find-out')).toContain('“Add ready pins”')
  })

  it('says once what is the same for many hosts, and of each other host what is its own', () => {
    const names = Array.from({ length: 40 }, (_, index) => `h${index}.example`)
    const rows = [
      ...names.map((host) => row({ host, chains: [exampleChain(host)], choices: pinning('intermediate') })),
      row({ host: 'own.example', chains: [exampleChain('own.example')], choices: pinning('leaf') }),
      ...['none-1.example', 'none-2.example'].map((host) => row({ host, chains: [], choices: pinning('leaf') })),
    ]
    const steps = stepsOf({ rows })
    const all = steps.flatMap(({ items }) => items)
    const listed = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
    expect(textOf(steps, 'find-out')).toContain(`for ${listed} it has the pin `)
    expect(textOf(steps, 'find-out')).toContain('for own.example it has the pin ')
    expect(textOf(steps, 'find-out')).toContain('shipped for none-1.example and none-2.example in Config')
    expect(textOf(steps, 'serve')).toContain(`${listed}: serve a chain through Example TLS CA 1`)
    expect(textOf(steps, 'serve')).toContain('own.example: put the certificate own.example back')
    expect(textOf(steps, 'afterwards')).toContain(`Give ${[...names, 'own.example'].slice(0, -1).join(', ')} and own`)
    const about = (host: string) => all.filter(({ text }) => text.some((piece) => piece.text === host)).length
    expect(names.map(about)).toEqual(names.map(() => about('h0.example')))
    expect(all.length).toBeLessThan(stepsOf({ rows: rows.slice(39) }).flatMap(({ items }) => items).length + 1)
  })

  it('names the certificate to put back, until when it is valid, and where that is enough', () => {
    const text = textOf(stepsOf(planCase('leaf-alone')), 'serve')
    expect(text).toContain('put the certificate api.example.com back')
    expect(text).toContain('valid until 31 March 2027')
    expect(text).toContain('enough on Android and on iOS')
  })

  it('names a backup key as such, and a CA with the hosts that it would help', () => {
    expect(textOf(stepsOf(planCase('backup-request-and-leaf')), 'serve')).toContain(
      'take the backup, the key of a certificate request, CN=api.example.com,O=Example (EC, P-256). Have it certified',
    )
    expect(textOf(stepsOf(planCase('two-hosts-sharing-pins')), 'ask-the-ca')).toContain(
      'a chain that runs through Example TLS CA 1, for api.example.com and www.example.org.',
    )
  })

  it('asks any CA for a certificate, and one’s own where phones trust no other', () => {
    expect(textOf(stepsOf({ rows: ended((host, _root, order) => exampleChain(host, order)) }), 'serve')).toContain(
      'certified again, by any CA;',
    )
    expect(textOf(stepsOf({ rows: ended(privateChain) }), 'serve')).toContain('certified again, by your own CA;')
  })

  it('does not send anybody after what is no help: placeholders, keys that no CA certifies, roots that are over', () => {
    const odd = backupKey('CN=ed', { publicKey: { algorithm: 'Ed25519', bits: null, curve: null } })
    const dst = 'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys=' as SpkiPin
    const removed = 'K87oWBWM9UZfyddvDfoxL+8lpNyoUB2ptGtn0fv6G2Q=' as SpkiPin
    const rows = [
      row({
        host: 'api.example.com',
        keys: [odd],
        bundledRoots: new Map([
          [dst, 'DST Root CA X3'],
          [removed, 'GlobalSign Root CA'],
        ]),
        choices: alsoPinning(
          pinning(),
          [odd],
          [
            { pin: `${'A'.repeat(43)}=` as SpkiPin, role: 'leaf' },
            { pin: dst, role: 'ca' },
            { pin: removed, role: 'ca' },
          ],
        ),
      }),
    ]
    const serve = textOf(stepsOf({ rows }), 'serve')
    expect(serve).toContain(`nothing can be served for ${'A'.repeat(43)}=.`)
    expect(serve).toContain('CN=ed (Ed25519), is no help: no CA certifies a key of its kind for phones.')
    expect(serve).toContain('serve a chain through GlobalSign Root CA, of which')
    const asked = textOf(stepsOf({ rows }), 'ask-the-ca')
    expect(asked).toContain('DST Root CA X3 is no help for api.example.com. The root ended on 30 September 2021')
    expect(asked).toMatch(/Ask GlobalSign for a chain .* It is no help on Android\. An update of Android 16/)
  })

  it('says of an expiration when it opens, that it is opening, and that it has opened', () => {
    const expiring = planCase('expiration-date')
    const at = (iso: string) => textOf(stepsOf(expiring, Date.parse(iso)), 'update')
    expect(at('2026-11-21T12:00:00Z')).toContain(
      'opens on 1 February 2027, in 72 days, at 00:00 by each device’s own clock: first on 31 January 2027, 10:00 UTC, everywhere by 1 February 2027, 12:00 UTC',
    )
    expect(at('2027-02-01T00:00:00Z')).toContain('is opening now')
    expect(at('2027-02-02T00:00:00Z')).toContain('is open since 1 February 2027')
    expect(textOf(stepsOf(planCase('leaf-alone')), 'update')).toContain('never opens by itself')
  })

  it('says in every case that Info.plist and OkHttp never open by themselves', () => {
    for (const one of PLAN_CASES)
      expect(textOf(stepsOf(one), 'update')).toContain('Info.plist and in OkHttp have no end')
  })

  it.each(PLAN_CASES)('has whole sentences and an id of its own for each item: $name', (one) => {
    const items = stepsOf(one).flatMap((step) => step.items)
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    for (const { text } of items) {
      const sentence = text.map((piece) => piece.text).join('')
      expect(sentence).toMatch(/[.!]$/)
      expect(sentence).not.toMatch(/ {2}|undefined|null|\[object|: \.|, \.| \. /)
    }
  })
})

describe('as Markdown', () => {
  it('is a heading, and for each step a heading and boxes, ticked as on the page', () => {
    const steps = stepsOf(planCase('leaf-alone'))
    const [first] = steps.flatMap(({ items }) => items)
    const markdown = checklistMarkdown(CHECKLIST_TITLE, steps, new Set([first?.id ?? '']))
    expect(markdown.split('\n')[0]).toBe(`# ${CHECKLIST_TITLE}`)
    expect(markdown.match(/^## \d\. /gm)).toHaveLength(6)
    expect(markdown.match(/^- \[x\] /gm)).toHaveLength(1)
    expect(markdown.match(/^- \[[ x]\] /gm)).toHaveLength(steps.flatMap(({ items }) => items).length)
  })

  it.each(PLAN_CASES)('has hostile names in code spans alone, in which nothing is markup: $name', (one) => {
    for (const line of markdownOf(stepsOf(one)).split('\n')) {
      // Spans of one backtick: what is left are words of the page.
      const words = line.replaceAll(/`[^`]+`/g, '')
      expect(words.replace(/^(?:#+ |- \[[ x]\] )/, '')).not.toMatch(/[`<>*_[\]\\|~&]|https?:|@/)
    }
  })

  it('keeps one line for each item, whatever a name holds', () => {
    const steps = stepsOf(planCase('hostile-subjects'))
    const items = steps.flatMap(({ items: ofStep }) => ofStep)
    const lines = markdownOf(steps).split('\n')
    expect(lines.filter((line) => line.startsWith('- ['))).toHaveLength(items.length)
    expect(lines.filter((line) => !/^(?:#|- \[[ x]\] |$)/.test(line))).toEqual(steps.map(({ intro }) => intro))
  })
})
