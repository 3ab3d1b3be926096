import { defineFormat } from '../format.ts'
import { kotlinPinsFile } from './kotlin-pins-file.ts'
import { OKHTTP, OKHTTP_ABILITIES, PINS_PLACE } from './okhttp-pins.ts'

/** The first that comes with an OkHttp that knows `**.`: 4.6. */
const MINIMUM_VERSION = 'Ktor 1.4'

/** OkHttp's own pinning below Ktor, by platforms.md C.1 and C.2. */
export const ktorOkhttp = defineFormat({
  id: 'android-ktor-okhttp',
  platforms: ['android'],
  kind: 'app',
  hasOwnRules: false,
  title: 'Ktor with the OkHttp engine',
  docs: 'https://ktor.io/docs/client-engines.html#okhttp',
  failsWith: OKHTTP.failsWith,
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
            place: `${PINS_PLACE} In a multiplatform project it belongs to androidMain: commonMain does not know OkHttp.`,
          },
          {
            kind: 'text',
            id: 'usage',
            title: 'Client with these pins',
            path: 'Where the app builds its HttpClient',
            fileName: null,
            language: 'kotlin',
            content: USAGE,
            place:
              'Add the pins to every HttpClient of the app, and name the OkHttp engine: one without them, or with another engine, does not have these pins.',
          },
        ],
})

const USAGE = `val client = HttpClient(OkHttp) {
    engine {
        config {
            certificatePinner(CertificatePins.pinner)
        }
    }
}
`
