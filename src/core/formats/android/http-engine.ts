import { EXPIRATION_OPTION } from '../expiration.ts'
import { defineFormat } from '../format.ts'
import { CRONET_ABILITIES, CRONET_FAILS_WITH, cronetPinsFile } from './cronet-pins.ts'
import { PINS_PLACE } from './okhttp-pins.ts'

/** The Cronet that Android itself has since API 34, by platforms.md C.13. */
export const httpEngine = defineFormat({
  id: 'android-http-engine',
  platforms: ['android'],
  kind: 'app',
  hasOwnRules: false,
  title: 'HttpEngine',
  docs: 'https://developer.android.com/reference/android/net/http/HttpEngine.Builder',
  failsWith: CRONET_FAILS_WITH,
  abilities: { ...CRONET_ABILITIES, minimumVersion: 'Android 14 (API 34)' },
  options: { expiration: EXPIRATION_OPTION },
  render: (plan, { expiration }, stamp) =>
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
            content: cronetPinsFile(plan, expiration, BUILDER, stamp),
            place: `${PINS_PLACE} Pinsmith’s own tests compile it without Android’s library: try it with a wrong pin before you ship it.`,
          },
          {
            kind: 'text',
            id: 'usage',
            title: 'Engine with these pins',
            path: 'Where the app builds its HttpEngine',
            fileName: null,
            language: 'kotlin',
            content: USAGE,
            place:
              'Add the pins to every HttpEngine of the app, and add no pins for these hosts elsewhere. What the app uses on older phones needs pins of its own; the Network Security Config holds on both.',
          },
        ],
})

const BUILDER = {
  imports: ['android.net.http.HttpEngine', 'android.util.Base64', 'java.time.Instant'],
  type: 'HttpEngine.Builder',
  bypass: 'setEnablePublicKeyPinningBypassForLocalTrustAnchors',
  end: 'Instant.ofEpochMilli(end)',
} as const

const USAGE = `val engine = HttpEngine.Builder(context)
    .also(CertificatePins::addTo)
    .build()
`
