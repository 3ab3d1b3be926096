import type { SpkiPin } from './spki-pin.ts'

/** A public document that prints a pin for people to replace. */
export interface SampleDocument {
  readonly title: string
  readonly url: string
}

export interface SamplePin {
  readonly document: SampleDocument
  /** The key of a root that platforms trust: somebody may well mean it. Names as in their root stores. */
  readonly publicRoot: string | null
}

const ANDROID: SampleDocument = {
  title: 'Android: Network security configuration',
  url: 'https://developer.android.com/privacy-and-security/security-config#CertificatePinning',
}

const APPLE: SampleDocument = {
  title: 'Apple: NSPinnedDomains in the tests of the Security framework',
  url: 'https://github.com/apple-oss-distributions/Security/tree/main/OSX/shared_regressions/si-20-sectrust-policies-data',
}

const RFC_7469: SampleDocument = {
  title: 'RFC 7469: Public Key Pinning Extension for HTTP',
  url: 'https://www.rfc-editor.org/rfc/rfc7469#section-2.1.5',
}

const OKHTTP: SampleDocument = {
  title: 'OkHttp: CertificatePinner',
  url: 'https://square.github.io/okhttp/3.x/okhttp/okhttp3/CertificatePinner.html',
}

const TRUSTKIT: SampleDocument = { title: 'TrustKit: README', url: 'https://github.com/datatheorem/TrustKit#readme' }

const TRUSTKIT_ANDROID: SampleDocument = {
  title: 'TrustKit Android: README',
  url: 'https://github.com/datatheorem/TrustKit-Android#readme',
}

const REACT_NATIVE: SampleDocument = {
  title: 'react-native-ssl-public-key-pinning: README',
  url: 'https://github.com/frw/react-native-ssl-public-key-pinning#readme',
}

/** Read on 2026-11-21, the roots in the bundled root stores of that day. */
const SAMPLES: readonly (readonly [pin: string, document: SampleDocument, publicRoot: string | null])[] = [
  ['7HIpactkIAq2Y49orFOOQKurWxmmSFZhBCoQYcRhJ3Y=', ANDROID, null],
  ['fwza0LRMXouZHRC8Ei+4PyuldPDcf3UKgO/04cDM1oE=', ANDROID, null],
  ['r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E=', APPLE, 'DigiCert Global Root CA'],
  ['i9HalScvf6T/skE3/A7QOq5n5cTYs8UHNOEFCnkguSI=', APPLE, null],
  ['d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=', RFC_7469, null],
  ['E9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g=', RFC_7469, null],
  ['LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=', RFC_7469, null],
  ['afwiKY3RxoMmLkuRW1l7QsPZTJPwDS2pdDROQjXw8ig=', OKHTTP, null],
  ['klO23nT2ehFDXCfx3eHTDRESMz3asj1muO+4aIdjiuY=', OKHTTP, null],
  ['grX4Ta9HpZx6tSHkmCrvpApTQGo67CYDnvprLg5yRME=', OKHTTP, 'COMODO RSA Certification Authority'],
  ['lCppFqbkrlJ3EcVFAkeip0+44VaoJUymbnOaEUk7tEU=', OKHTTP, 'AddTrust External CA Root'],
  ['HXXQgxueCIU5TTLHob/bPbwcKOKw6DkfsTWYHbxbqTY=', TRUSTKIT, 'thawte Primary Root CA'],
  ['0SDf3cRToyZJaMsoS17oF72VMavLxj/N7WBNasNuiR8=', TRUSTKIT, null],
  ['TQEtdMbmwFgYUifM4LDF+xgEtd0z69mPGmkp014d6ZY=', TRUSTKIT, null],
  ['rFjc3wG7lTZe43zeYTvPq8k4xdDEutCmIhI5dn4oCeE=', TRUSTKIT, null],
  [
    'JbQbUG5JMJUoI6brnx0x3vZF6jilxsapbXGVfjhN8Fg=',
    TRUSTKIT,
    'VeriSign Class 3 Public Primary Certification Authority - G5',
  ],
  ['WoiWRyIOVNa9ihaBciRSC7XHjliYS9VwUGOIud4PB18=', TRUSTKIT, 'DigiCert High Assurance EV Root CA'],
  ['k3XnEYQCK79AtL9GYnT/nyhsabas03V+bhRQYHQbpXU=', TRUSTKIT_ANDROID, null],
  ['2kOi4HdYYsvTR1sTIR7RHwlf2SescTrpza9ZrWy7poQ=', TRUSTKIT_ANDROID, null],
  ['CLOmM1/OXvSPjw5UOYbAf9GKOxImEp9hhku9W90fHMk=', REACT_NATIVE, 'GlobalSign'],
  ['hxqRlPTu1bMS/0DITB1SSu0vd4u/8l8TjPgfaAp63Gc=', REACT_NATIVE, 'GTS Root R1'],
  ['Vfd95BwDeSQo+NUYxVEEIlvkOlWY2SalKK1lPhzOx78=', REACT_NATIVE, 'GTS Root R2'],
  ['QXnt2YHvdHR3tJYmQIr0Paosp6t/nggsEGD4QJZ3Q0g=', REACT_NATIVE, 'GTS Root R3'],
  ['mEflZT5enoR1FuXLgYYGqnVEoZvmf9c2bVBpiOjYQ0c=', REACT_NATIVE, 'GTS Root R4'],
]

/** Pins that people copy out of documents together with the lines around them. */
export const SAMPLE_PINS: ReadonlyMap<SpkiPin, SamplePin> = new Map(
  SAMPLES.map(([pin, document, publicRoot]) => [pin as SpkiPin, { document, publicRoot }]),
)
