import type { ProjectSettings } from '../settings/project-settings.ts'

/** What the adviser asks, in this order. The first choice of each is the plainest case. */
export const QUESTIONS = [
  {
    id: 'owner',
    text: 'Who owns the server?',
    choices: [
      { value: 'own', label: 'We do', meaning: 'We decide about its keys, its CA and its certificates.' },
      { value: 'other', label: 'Somebody else', meaning: 'A partner, a vendor or a public service.' },
    ],
  },
  {
    id: 'renewal',
    text: 'Who renews the certificate, and how?',
    choices: [
      { value: 'same-key', label: 'We do, and keep the key', meaning: 'Our own request, or certbot with --reuse-key.' },
      {
        value: 'new-key',
        label: 'We do, with a new key',
        meaning: 'An ACME client as it comes, or a CA that makes keys.',
      },
      { value: 'provider', label: 'A CDN or cloud provider', meaning: 'It picks key, CA and day.' },
      { value: 'own-ca', label: 'Our own CA', meaning: 'No public CA is involved, and no phone has its root.' },
    ],
  },
  {
    id: 'updates',
    text: 'How fast do users have a new version?',
    choices: [
      { value: 'days', label: 'Within days', meaning: 'Or the app can make its users update.' },
      { value: 'weeks', label: 'Within weeks', meaning: 'Most of them, and we can wait for the others.' },
      { value: 'months', label: 'Within months, or never', meaning: 'Built-in, unattended or rarely used devices.' },
    ],
  },
  {
    id: 'risk',
    text: 'What is at risk?',
    choices: [
      { value: 'ordinary', label: 'What most apps have', meaning: 'Accounts and content.' },
      { value: 'high', label: 'Money, health or the like', meaning: 'Or a rule asks for pinning.' },
      {
        value: 'targeted',
        label: 'The same, against a mighty attacker',
        meaning: 'Somebody who could get a certificate for our name out of a public CA.',
      },
    ],
  },
] as const

export type QuestionId = (typeof QUESTIONS)[number]['id']

type ChoicesOf<Id extends QuestionId> = Extract<(typeof QUESTIONS)[number], { readonly id: Id }>['choices'][number]

export type Answers = { readonly [Id in QuestionId]: ChoicesOf<Id>['value'] }

/** What was answered so far; what is no choice of its question counts as unanswered. */
export function givenAnswers({ strategy = {} }: ProjectSettings): Partial<Answers> {
  return Object.fromEntries(
    QUESTIONS.flatMap(({ id, choices }) =>
      choices.filter(({ value }) => value === strategy[id]).map(({ value }) => [id, value]),
    ),
  )
}

/** Every set of answers that agrees with what was answered so far. */
export function completions(given: Partial<Answers>): readonly Answers[] {
  return QUESTIONS.reduce<readonly Partial<Answers>[]>(
    (sets, { id, choices }) =>
      sets.flatMap((set) =>
        set[id] === undefined ? choices.map(({ value }) => Object.assign({}, set, { [id]: value })) : [set],
      ),
    [given],
  ) as readonly Answers[]
}
