import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FAQ_ANSWERS } from '../../src/app/faq/answers.ts'
import { correctPlace, goTo, placeOf, TAB_IDS } from '../../src/app/location.ts'

describe('a place in the address', () => {
  it.each([
    ['#config', 'config'],
    ['#results', 'results'],
    ['#android', 'android'],
    ['#ios', 'ios'],
    ['#faq', 'faq'],
    ['android', 'android'],
  ])('%s is the tab %s', (hash, tab) => {
    expect(placeOf(hash)).toEqual({ tab, detail: null })
  })

  it.each(['', '#', '#/', '#nowhere', '#Android', '#android ', '#constructor', '##ios', '#%69os', '#/ios'])(
    '%j is the first tab',
    (hash) => {
      expect(placeOf(hash)).toEqual({ tab: 'config', detail: null })
    },
  )

  it('names an answer of the FAQ or an output, and nothing of another tab', () => {
    expect(placeOf('#faq/what-is-a-pin')).toEqual({ tab: 'faq', detail: 'what-is-a-pin' })
    expect(placeOf('#faq/what-is-a-pin/more')).toEqual({ tab: 'faq', detail: 'what-is-a-pin' })
    expect(placeOf('#faq/')).toEqual({ tab: 'faq', detail: null })
    expect(placeOf('#ios/curl')).toEqual({ tab: 'ios', detail: 'curl' })
    expect(placeOf('#config/curl')).toEqual({ tab: 'config', detail: null })
  })

  it('is one of the tabs whatever the address says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hash) => {
        expect(TAB_IDS).toContain(placeOf(hash).tab)
      }),
    )
  })
})

describe('going somewhere', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('takes the place of an address that is corrected, not one after it', () => {
    const replace = vi.fn<(address: string) => void>()
    vi.stubGlobal('window', { location: { replace } })
    correctPlace('ios', 'ios-trustkit')
    expect(replace.mock.calls).toEqual([['#ios/ios-trustkit']])
  })

  it('writes an address that leads there', () => {
    const location = { hash: '' }
    vi.stubGlobal('window', { location })
    for (const tab of TAB_IDS) {
      goTo(tab)
      expect(placeOf(location.hash)).toEqual({ tab, detail: null })
    }
    for (const { id } of FAQ_ANSWERS) {
      goTo('faq', id)
      expect(placeOf(location.hash)).toEqual({ tab: 'faq', detail: id })
    }
  })
})
