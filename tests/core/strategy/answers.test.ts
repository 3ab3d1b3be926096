import { expect, it } from 'vitest'
import { givenAnswers } from '../../../src/core/strategy/answers.ts'

it('what was answered is what the project keeps', () => {
  const strategy = { owner: 'own', renewal: 'own-ca', updates: 'weeks', risk: 'targeted' }
  expect(givenAnswers({ strategy })).toEqual(strategy)
  expect(givenAnswers({ strategy: { risk: 'high' } })).toEqual({ risk: 'high' })
  expect(givenAnswers({})).toEqual({})
})

it('what a project holds beside choices of the questions is no answer', () => {
  expect(
    givenAnswers({
      strategy: { owner: 'same-key', renewal: true, updates: { kind: 'none' }, __proto__: 'own', x: 'own' },
    }),
  ).toEqual({})
})
