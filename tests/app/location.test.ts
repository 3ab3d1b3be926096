import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FAQ_ANSWERS } from '../../src/app/faq/answers.ts'
import { goTo, placeOf, TAB_IDS } from '../../src/app/location.ts'

describe('a place in the address', () => {
  it.each([
    ['#config', 'config'],
    ['#results', 'results'],
    ['#android', 'android'],
    ['#ios', 'ios'],
    ['#faq', 'faq'],
    ['android', 'android'],
  ])('%s is the tab %s', (hash, tab) => {
    expect(placeOf(hash)).toEqual({ tab, answer: null })
  })

  it.each(['', '#', '#/', '#nowhere', '#Android', '#android ', '#constructor', '##ios', '#%69os', '#/ios'])(
    '%j is the first tab',
    (hash) => {
      expect(placeOf(hash)).toEqual({ tab: 'config', answer: null })
    },
  )

  it('names an answer of the FAQ, and of no other tab', () => {
    expect(placeOf('#faq/what-is-a-pin')).toEqual({ tab: 'faq', answer: 'what-is-a-pin' })
    expect(placeOf('#faq/what-is-a-pin/more')).toEqual({ tab: 'faq', answer: 'what-is-a-pin' })
    expect(placeOf('#faq/')).toEqual({ tab: 'faq', answer: null })
    expect(placeOf('#ios/what-is-a-pin')).toEqual({ tab: 'ios', answer: null })
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

  it('writes an address that leads there', () => {
    const location = { hash: '' }
    vi.stubGlobal('window', { location })
    for (const tab of TAB_IDS) {
      goTo(tab)
      expect(placeOf(location.hash)).toEqual({ tab, answer: null })
    }
    for (const { id } of FAQ_ANSWERS) {
      goTo('faq', id)
      expect(placeOf(location.hash)).toEqual({ tab: 'faq', answer: id })
    }
  })
})
