import { defineFormat } from '../format.ts'
import { kotlinPinsFile } from './kotlin-pins-file.ts'
import { OKHTTP, OKHTTP_ABILITIES, okhttpSnippets } from './okhttp-pins.ts'

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
    okhttpSnippets(plan, {
      language: 'kotlin',
      fileName: 'CertificatePins.kt',
      pins: kotlinPinsFile(plan, OKHTTP.minimumVersion, stamp),
      usage: USAGE,
    }),
})

const USAGE = `val client = OkHttpClient.Builder()
    .certificatePinner(CertificatePins.pinner)
    .build()
`
