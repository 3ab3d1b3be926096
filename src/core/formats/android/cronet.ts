import { EXPIRATION_OPTION } from '../expiration.ts'
import { defineFormat } from '../format.ts'
import { CRONET_ABILITIES, CRONET_FAILS_WITH, cronetPinsFile } from './cronet-pins.ts'
import { PINS_PLACE } from './okhttp-pins.ts'

/** Cronet's own pins, by platforms.md C.13. */
export const cronet = defineFormat({
  id: 'android-cronet',
  platforms: ['android'],
  kind: 'app',
  hasOwnRules: false,
  title: 'Cronet',
  docs: 'https://developer.android.com/develop/connectivity/cronet/reference/org/chromium/net/CronetEngine.Builder',
  failsWith: CRONET_FAILS_WITH,
  abilities: { ...CRONET_ABILITIES, minimumVersion: null },
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
            place: `${PINS_PLACE} Pinsmith’s own tests compile it without Cronet’s library: try it with a wrong pin before you ship it.`,
          },
          {
            kind: 'text',
            id: 'usage',
            title: 'Engine with these pins',
            path: 'Where the app builds its CronetEngine',
            fileName: null,
            language: 'kotlin',
            content: USAGE,
            place:
              'Add the pins to every CronetEngine of the app, and add no pins for these hosts elsewhere. Cronet’s fallback, which stands in where neither the app nor Play services bring Cronet along, ignores them, so this takes any provider but that and fails where there is no other. The Network Security Config holds for all of them.',
          },
        ],
})

const BUILDER = {
  imports: ['android.util.Base64', 'java.util.Date', 'org.chromium.net.CronetEngine'],
  type: 'CronetEngine.Builder',
  bypass: 'enablePublicKeyPinningBypassForLocalTrustAnchors',
  end: 'Date(end)',
} as const

const USAGE = `val provider = CronetProvider.getAllProviders(context)
    .first { it.isEnabled && it.name != CronetProvider.PROVIDER_NAME_FALLBACK }
val engine = provider.createBuilder()
    .also(CertificatePins::addTo)
    .build()
`
