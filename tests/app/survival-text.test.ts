import { describe, expect, it } from 'vitest'
import { cellText, columnText, eventText, thiefText } from '../../src/app/results/survival/survival-text.ts'
import type { OutputSettings } from '../../src/core/formats/registry.ts'
import { planPins, type PlanRow } from '../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'
import type { SurvivalEvent } from '../../src/core/survival/events.ts'
import { APP_FORMATS, survivalTable } from '../../src/core/survival/survival-table.ts'
import { alsoPinning, CASE_NOW, HOSTILE_TEXT, pinning, PLAN_CASES, pinOfKey } from '../support/cases.ts'

const rowsOf = (name: string): readonly PlanRow[] => PLAN_CASES.find((one) => one.name === name)?.rows ?? []

function tableOf(name: string, settings: OutputSettings = {}) {
  return tableOfRows(rowsOf(name), settings)
}

function tableOfRows(rows: readonly PlanRow[], settings: OutputSettings = {}) {
  const table = survivalTable({
    rowId: rows[0]?.rowId ?? '',
    rows,
    plan: planPins(rows),
    settings,
    formats: APP_FORMATS,
    now: CASE_NOW,
  })
  if (!table) throw new Error('no table')
  const at = (event: SurvivalEvent, output: string) => {
    const index = table.columns.findIndex((column) => columnText(column) === output)
    const [cell, column] = [table.rows.find((row) => row.event === event)?.cells[index], table.columns[index]]
    if (!cell || !column) throw new Error(`no cell of ${event} for ${output}`)
    return { cell, text: cellText(cell, column) }
  }
  return { table, at }
}

describe('a cell tells', () => {
  it('which pins save it, by their names, and the chain that they stand in', () => {
    expect(tableOf('leaf-and-root').at('new-key', 'Android').text).toEqual({
      sentence: 'A pinned key is in the chain.',
      parts: [
        {
          lead: 'Connects',
          because: null,
          saving: [{ name: 'Example Root R1', pin: `${pinOfKey('Example Root R1').slice(0, 12)}…` }],
          chain: 'a new key ← Example TLS CA 1 ← Example Root R1',
        },
      ],
    })
  })

  it('that nothing saves it', () => {
    const { sentence, parts } = tableOf('leaf-alone').at('new-key', 'iOS').text
    expect(sentence).toBe('The pins do not match, so installed apps stop connecting until they are updated.')
    expect(parts).toMatchObject([{ lead: 'Blocked', saving: [] }])
  })

  it('that the phone does not trust where the chain ends, although a pin matches', () => {
    const own = tableOf('private-root-and-second')
    expect(own.at('new-root', 'Android').text.sentence).toBe('A pinned key is in the chain.')
    const { sentence, parts } = own.at('new-root', 'iOS').text
    expect(sentence).toBe(
      'A pinned key is in the chain, and it depends on whether the phone trusts the root that the chain ends at.',
    )
    expect(parts).toMatchObject([
      { lead: 'Not known', because: 'No phone ships with this root. The app connects where it has been installed.' },
    ])
  })

  it('that the configuration trusts other roots alone', () => {
    const row = { ...rowsOf('private-root')[0], choices: pinning('leaf') } as PlanRow
    const { sentence, parts } = tableOfRows([row]).at('new-ca', 'Android').text
    expect(sentence).toBe('A pinned key is in the chain, yet the phone does not trust the root that the chain ends at.')
    expect(parts[0]).toMatchObject({ lead: 'Blocked', saving: [{}] })
    expect(parts[0]?.because).toContain('names the only roots that count')
  })

  it('that a pinned CA is over', () => {
    const pin = 'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys=' as SpkiPin
    const row = {
      ...rowsOf('leaf-alone')[0],
      bundledRoots: new Map([[pin, 'DST Root CA X3']]),
      choices: alsoPinning(pinning('root'), [], [{ pin, role: 'ca' }]),
    } as PlanRow
    const { parts } = tableOfRows([row]).at('new-ca', 'Android').text
    expect(parts[0]?.because).toMatch(/^The root ended on 30 September 2021/)
  })

  it('what it depends on', () => {
    const { sentence, parts } = tableOf('leaf-and-root').at('other-key-type', 'Android').text
    expect(sentence).toBe('It depends on which key the chain then has.')
    expect(parts.map(({ lead }) => lead)).toEqual(['Connects', 'Blocked with a CA key that is not pinned'])
  })

  it('why an output lets everything pass, or nothing', () => {
    const settings = PLAN_CASES.find(({ name }) => name === 'expiration-date')?.settings
    expect(tableOf('expiration-date', settings).at('new-ca', 'Android from 2027-02-01').text.sentence).toContain(
      'From 00:00 of 2027-02-01 on, by the device’s own clock, no pin is checked.',
    )
    expect(tableOf('leaf-alone').at('same-key', 'TrustKit').text).toEqual({
      sentence: 'TrustKit needs 2 different pins for each host. With fewer the app does not start.',
      parts: [],
    })
  })

  it('names of certificates in one line, without what turns or hides text', () => {
    const texts = tableOf('hostile-subjects')
      .table.rows.flatMap(({ cells }) => cells)
      .flatMap((cell, index) => {
        const column = tableOf('hostile-subjects').table.columns[index % APP_FORMATS.length]
        return column ? cellText(cell, column).parts.map(({ chain }) => chain) : []
      })
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) {
      expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u)
      expect(text).not.toContain(HOSTILE_TEXT)
    }
  })
})

describe('the thief of the key', () => {
  it.each([
    ['leaf-alone', 'Android', /^Until an update takes the stolen key’s pin out of the app/],
    ['private-root', 'Android', /the pin is of the CA, and no update shuts him out/],
    ['leaf-alone', 'TrustKit', /^The thief’s server is refused too/],
  ])('of %s, for %s', (name, output, expected) => {
    expect(thiefText(tableOf(name).at('same-key', output).cell)).toMatch(expected)
  })
})

function keyTypeLabel(keyTypes: readonly string[]): string {
  return eventText('other-key-type', { keyTypes, hasBackupKey: false }).label
}

describe('an event', () => {
  it('of another key type says from which to which, when that is known', () => {
    expect([['RSA'], ['EC'], ['EC', 'RSA'], ['Ed25519']].map(keyTypeLabel)).toEqual([
      'RSA to ECDSA',
      'ECDSA to RSA',
      'Other key type',
      'Other key type',
    ])
  })

  it('of a planned switch says when there is no key to switch to', () => {
    const [without, having] = [false, true].map((hasBackupKey) =>
      eventText('backup-key', { keyTypes: [], hasBackupKey }),
    )
    expect(without?.meaning).toContain('No backup key is pinned')
    expect(having?.meaning).toContain('the pinned key in reserve')
  })
})
