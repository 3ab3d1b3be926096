import { defineFormat } from '../format.ts'
import { kotlinPinsFile } from './kotlin-pins-file.ts'
import { OKHTTP, OKHTTP_ABILITIES, PINS_PLACE } from './okhttp-pins.ts'

/** OkHttp's own pinning in Kotlin, by platforms.md C.1. */
export const okhttpKotlin = defineFormat({
  id: 'android-okhttp-kotlin',
  platforms: ['android'],
  kind: 'app',
  hasOwnRules: false,
  title: 'OkHttp and Retrofit: Kotlin',
  docs: OKHTTP.docs,
  failsWith: OKHTTP.failsWith,
  abilities: { ...OKHTTP_ABILITIES, minimumVersion: OKHTTP.minimumVersion },
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
            content: kotlinPinsFile(plan, OKHTTP.minimumVersion, stamp),
            place: PINS_PLACE,
          },
          {
            kind: 'text',
            id: 'usage',
            title: 'Client with these pins',
            path: OKHTTP.clientPath,
            fileName: null,
            language: 'kotlin',
            content: USAGE,
            place: OKHTTP.clientPlace,
          },
        ],
})

const USAGE = `val client = OkHttpClient.Builder()
    .certificatePinner(CertificatePins.pinner)
    .build()
`
