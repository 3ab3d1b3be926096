import { defineFormat } from '../format.ts'
import { kotlinPinsFile } from './kotlin-pins-file.ts'
import { OKHTTP_ABILITIES } from './okhttp-pins.ts'

const MINIMUM_VERSION = 'OkHttp 4.3'

/** OkHttp's own pinning in Kotlin, by platforms.md C.1. */
export const okhttpKotlin = defineFormat({
  id: 'android-okhttp-kotlin',
  platforms: ['android'],
  kind: 'app',
  hasOwnRules: false,
  title: 'OkHttp and Retrofit: Kotlin',
  docs: 'https://lysine.dev/okhttp/features/https/',
  abilities: { ...OKHTTP_ABILITIES, minimumVersion: MINIMUM_VERSION },
  options: {},
  render: (plan, _values, stamp) =>
    plan.policies.length === 0
      ? []
      : [
          {
            kind: 'text',
            id: 'pins',
            title: 'Pins of the app',
            path: 'app/src/main/java/com/example/app/CertificatePins.kt',
            fileName: 'CertificatePins.kt',
            language: 'kotlin',
            content: kotlinPinsFile(plan, MINIMUM_VERSION, stamp),
            place: 'Save it in a package of the app, and write that package in place of com.example.app.',
          },
          {
            kind: 'text',
            id: 'usage',
            title: 'Client with these pins',
            path: 'Where the app builds its OkHttpClient',
            fileName: null,
            language: 'kotlin',
            content: USAGE,
            place:
              'Add the pins to every OkHttpClient of the app: one without them is not pinned. Retrofit has them from the client that it is given.',
          },
        ],
})

const USAGE = `val client = OkHttpClient.Builder()
    .certificatePinner(CertificatePins.pinner)
    .build()
`
