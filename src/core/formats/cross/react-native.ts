import { withoutRoles, type HostPolicy, type PinPlan } from '../../pins/plan-pins.ts'
import { javascriptString, slashComment } from '../escape.ts'
import { entryExpiration, EXPIRATION_OPTION, type Expiration } from '../expiration.ts'
import { defineFormat, type FormatAbilities, stampText, type ExpirationChoice, type Stamp } from '../format.ts'
import { trustKitRefuses } from '../ios/trustkit-hosts.ts'
import { pinComment } from '../pin-comment.ts'

/** Of the library on both platforms. */
const ABILITIES = {
  subdomainDepth: 'all',
  overlap: 'nearest',
  expiry: 'utc-midnight',
  // On Android a host that has ended is left out, and the pattern of its parent remains.
  endedEntries: 'leave-to-parents',
  lists: 'any',
  minimumPins: 1,
  minimumVersion: 'react-native-ssl-public-key-pinning 1.2 on React Native 0.65',
} as const satisfies FormatAbilities

/**
 * `react-native-ssl-public-key-pinning` by platforms.md C.8: OkHttp on Android, TrustKit on iOS. What either of them
 * cannot do, this output cannot.
 */
export const reactNative = defineFormat({
  id: 'react-native',
  platforms: ['android', 'ios'],
  kind: 'app',
  hasOwnRules: false,
  title: 'React Native: ssl-public-key-pinning',
  docs: 'https://github.com/frw/react-native-ssl-public-key-pinning',
  failsWith: 'TypeError: Network request failed',
  // The pins are one text for both, so TrustKit's limits are theirs.
  abilities: { ...ABILITIES, minimumPins: 2, keys: 'rebuilt', walk: 'root-first', refusesHost: trustKitRefuses },
  abilitiesOn: { android: ABILITIES },
  options: { expiration: EXPIRATION_OPTION },
  render: (plan, { expiration }, stamp) =>
    plan.policies.length === 0
      ? []
      : [
          {
            kind: 'text',
            id: 'pins',
            title: 'Pins of the app',
            path: 'src/certificate-pins.ts',
            fileName: 'certificate-pins.ts',
            language: 'typescript',
            content: pinsFile(plan, expiration, stamp),
            place:
              'Install react-native-ssl-public-key-pinning and save this in the project. Expo Go does not have the library. Without it, fetch and XMLHttpRequest already follow the Network Security Config on Android and NSPinnedDomains on iOS, from the first request on; take this output where pins have to change without a release in the stores.',
          },
          {
            kind: 'text',
            id: 'usage',
            title: 'Start of the app',
            path: 'Where the app starts, before its first request',
            fileName: null,
            language: 'typescript',
            content: `await startPinning()
`,
            place:
              'No request is pinned before this has resolved, so let the app make none. Let no request follow a failure either: on iOS a single host with fewer than two pins makes it fail, and then nothing is pinned. Requests of native libraries are not pinned by it.',
          },
        ],
})

function pinsFile({ policies }: PinPlan, choice: ExpirationChoice, stamp: Stamp): string {
  const endOf = (policy: HostPolicy) => entryExpiration(policy, policies, reactNative.abilities, choice, stamp.now)
  const ends = policies.map((policy) => ({ policy, end: endOf(policy) }))
  return [
    slashComment(stampText(stamp, policies)),
    ...(ends.some(({ end }) => end.kind === 'written') ? DATES_ON_IOS.map(slashComment) : []),
    "import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'",
    '',
    'const pinnedHosts: PinningOptions = {',
    ...ends.flatMap(({ policy, end }) => hostOptions(policy, end)),
    '}',
    '',
    '/** Nothing is pinned until it has resolved. */',
    'export async function startPinning(): Promise<void> {',
    '  await initializeSslPinning(pinnedHosts)',
    '}',
    '',
  ].join('\n')
}

/** `NSDateFormatter` without a locale (Apple QA1480). */
const DATES_ON_IOS = [
  'The pins end at the start of expirationDate in UTC; Android looks when the app starts.',
  'An iPhone with the Buddhist calendar reads 2027 as a year long past and pins nothing from the beginning.',
]

function hostOptions({ host, includeSubdomains, pins }: HostPolicy, end: Expiration): string[] {
  return [
    `  ${javascriptString(host)}: {`,
    `    includeSubdomains: ${includeSubdomains},`,
    ...expirationDate(end),
    '    publicKeyHashes: [',
    ...withoutRoles(pins).flatMap((pin) => [
      `      ${slashComment(pinComment(pin))}`,
      `      ${javascriptString(pin.pin)},`,
    ]),
    '    ],',
    '  },',
  ]
}

function expirationDate(end: Expiration): string[] {
  switch (end.kind) {
    case 'none':
      return []
    case 'written':
      return [`    expirationDate: ${javascriptString(end.date)},`]
    case 'not-written':
      return [`    ${slashComment(`No expirationDate: ${NOT_WRITTEN[end.reason]}. These pins never end.`)}`]
  }
}

const NOT_WRITTEN: Readonly<Record<Extract<Expiration, { readonly kind: 'not-written' }>['reason'], string>> = {
  past: 'somewhere on earth the chosen day has begun',
  'not-a-day': 'no calendar has the chosen day',
  'no-end': 'no certificate is known for these keys',
}
