import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Answers, QuestionId } from '../../../core/strategy/answers.ts'

interface GivenAnswers {
  readonly given: Partial<Answers>
  readonly answer: <Id extends QuestionId>(question: Id, value: Answers[Id]) => void
}

/** For as long as the page is open. */
const givenAnswers = createStore<GivenAnswers>()((setState) => ({
  given: {},
  answer: (question, value) => setState(({ given }) => ({ given: { ...given, [question]: value } })),
}))

export function useGivenAnswers(): GivenAnswers {
  return useStore(givenAnswers)
}
