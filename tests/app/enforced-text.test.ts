import { describe, expect, it } from 'vitest'
import { enforcedSentences } from '../../src/app/shared/enforced-text.ts'
import { FORMATS, type FormatId, type OutputSettings } from '../../src/core/formats/registry.ts'
import { planPins, type PlanRow } from '../../src/core/pins/plan-pins.ts'
import { exampleChain, PLAN_CASES, planCase, row } from '../support/cases.ts'
import { wantedEntries, wantedOnAndroid } from '../core/formats/wanted.ts'

function sentencesOf(id: FormatId, rows: readonly PlanRow[], settings: OutputSettings = {}) {
  const format = FORMATS.find((one) => one.id === id)
  if (!format) throw new Error(`no output ${id}`)
  return enforcedSentences(format, planPins(rows), settings, rows)
}

const ofCase = (id: FormatId, name: string) => sentencesOf(id, planCase(name).rows, planCase(name).settings)

describe('what an output enforces', () => {
  it.each([
    [
      'android-network-security-config',
      'leaf-alone',
      ['Connects to api.example.com when the pinned key is in the chain.'],
    ],
    [
      'curl',
      'backup-leaf',
      ['Connects to api.example.com when the leaf has one of the 2 pinned leaf keys, whatever the CA.'],
    ],
    [
      'ios-pinned-domains',
      'intermediate-and-root',
      [
        'Connects to api.example.com with sub-domains one label below when one of the 2 pinned CA keys is in the chain above the leaf.',
      ],
    ],
    [
      'android-okhttp-kotlin',
      'two-hosts-sharing-pins',
      [
        'Connects to api.example.com when one of the 2 pinned keys is in the chain.',
        'Connects to www.example.org with sub-domains of every depth when one of the 2 pinned keys is in the chain.',
      ],
    ],
    [
      'ios-alamofire',
      'two-hosts-sharing-pins',
      ['Connects to api.example.com and www.example.org when one of the 2 pinned keys is in the chain.'],
    ],
    [
      'cordova',
      'two-hosts-sharing-pins',
      ['Connects to any host when the chain is from one of the 2 pinned certificates.'],
    ],
    ['ios-trustkit', 'leaf-alone', ['Throws when the app starts, because of api.example.com.']],
    [
      'unity',
      'many-hosts',
      [
        'Does not pin api.example.com, auth.example.com, img.example.com and 2 more.',
        'Connects to pay.example.net when the leaf has one of the 2 pinned leaf keys, whatever the CA.',
      ],
    ],
    ['json', 'leaf-alone', []],
  ] as const)('%s, %s', (id, name, sentences) => {
    expect(ofCase(id, name)).toEqual(sentences)
  })

  it('follows the settings of the output', () => {
    const { rows } = planCase('backup-request-and-ca')
    expect(sentencesOf('ios-pinned-domains', rows, { 'ios-pinned-domains': { lists: 'both' } })).toEqual([
      'Connects to api.example.com when the leaf has one of the 2 pinned leaf keys and the pinned CA key is above it.',
    ])
  })

  it.each(PLAN_CASES.filter(({ settings }) => !settings))(
    'counts what Android enforces for every host: $name',
    ({ rows }) => {
      const sentences = sentencesOf('android-network-security-config', rows).join('\n')
      for (const { host } of wantedEntries(rows).slice(0, 3)) {
        const keys = wantedOnAndroid(rows, host)?.size ?? 0
        const said = sentences
          .split('\n')
          .find((one) => new RegExp(`(?:^| )${host.replaceAll('.', '\\.')}(?=[ ,])`).test(one))
        expect([host, said]).toEqual([
          host,
          expect.stringContaining(keys === 1 ? 'the pinned key is' : `one of the ${keys} pinned keys`),
        ])
      }
    },
  )

  it('has a sentence for every output but those that enforce nothing', () => {
    for (const { id, abilities } of FORMATS) {
      expect([id, ofCase(id, 'many-hosts').length > 0]).toEqual([id, abilities.lists !== 'none'])
    }
  })

  it('names as many hosts as it looks at, and sends to the host tester for the others', () => {
    const rows = Array.from({ length: 130 }, (_, index) =>
      row({ host: `h${index}.example.com`, chains: [exampleChain(`h${index}.example.com`)] }),
    )
    const sentences = sentencesOf('android-network-security-config', rows)
    expect(sentences).toHaveLength(101)
    expect(sentences.at(-1)).toBe('For the other 30 hosts, ask the host tester in Results.')
  })
})
