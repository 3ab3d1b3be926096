import { describe, expect, it } from 'vitest'
import type { PinRole } from '../../../../src/core/pins/pin-choices.ts'
import type { SpkiPin } from '../../../../src/core/pins/spki-pin.ts'
import rule from '../../../../src/core/risks/rules/ios-typed-pin-role.ts'
import { alsoPinning, EXAMPLE_CA, EXAMPLE_ROOT, exampleChain, pinning, pinOfKey, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'
const typing = (...pins: readonly (readonly [SpkiPin, PinRole])[]) =>
  alsoPinning(
    pinning('leaf'),
    [],
    pins.map(([pin, role]) => ({ pin, role })),
  )
const rowOf = (...pins: readonly (readonly [SpkiPin, PinRole])[]) =>
  row({ host: HOST, chains: [exampleChain(HOST)], choices: typing(...pins) })

describe('a typed pin with the wrong role', () => {
  it('is a note where the row has the certificate, which the outputs go by', () => {
    const finding = findingOf(rule, contextOf([rowOf([EXAMPLE_CA.pin, 'leaf'])]))
    expect(finding).toMatchObject({
      severity: 'note',
      tab: 'ios',
      title: 'The pin typed as leaf pin for api.example.com is that of Example TLS CA 1',
      why: expect.stringMatching(/stands in the CA list today\. .* in the leaf list of iOS, where/) as unknown,
      fixes: [
        {
          label: 'It is a CA pin',
          change: { kind: 'tell-typed-pins', rowIds: [`row of ${HOST}`], role: 'ca', pins: [EXAMPLE_CA.pin] },
        },
      ],
    })
  })

  it('is found the other way round', () => {
    expect(findingOf(rule, contextOf([rowOf([pinOfKey(HOST), 'ca'])]))).toMatchObject({
      title: 'The pin typed as CA pin for api.example.com is that of api.example.com',
      fixes: [{ label: 'It is a leaf pin', change: { role: 'leaf', pins: [pinOfKey(HOST)] } }],
    })
  })

  it('is a warning where another row alone has the certificate: then what was said is printed', () => {
    const other = row({ host: 'www.example.com', choices: typing([EXAMPLE_ROOT.pin, 'leaf']) })
    expect(findingOf(rule, contextOf([rowOf(), other]))).toMatchObject({
      severity: 'warning',
      title: 'The pin typed as leaf pin for www.example.com is that of Example Root R1',
      why: expect.stringContaining('Nothing in this row says so') as unknown,
      rowIds: ['row of www.example.com'],
    })
  })

  it('is told once for several pins', () => {
    const finding = findingOf(rule, contextOf([rowOf([EXAMPLE_CA.pin, 'leaf'], [EXAMPLE_ROOT.pin, 'leaf'])]))
    expect(finding.title).toBe(
      '2 pins typed as leaf pins for api.example.com are those of Example TLS CA 1 and Example Root R1',
    )
    expect(finding.fixes[0]?.label).toBe('They are CA pins')
  })
})

it.each([
  ['the role is right', rowOf([EXAMPLE_CA.pin, 'ca'], [pinOfKey(HOST), 'leaf'])],
  ['nobody knows the key', rowOf([pinOfKey('next'), 'leaf'])],
])('nothing is told where %s', (_what, one) => {
  expect(findingsOf(rule, contextOf([one]))).toEqual([])
})

it('does not apply without typed pins that somebody said anything of', () => {
  expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
  expect(findingsOf(rule, contextOf([rowOf([EXAMPLE_CA.pin, 'unknown'])]))).toBe('does not apply')
})
