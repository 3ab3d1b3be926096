import { EXPIRATION_OPTION } from '../expiration.ts'
import { defineFormat } from '../format.ts'
import { CRONET_ABILITIES, CRONET_FAILS_WITH, cronetSnippets, type CronetEngine } from './cronet-pins.ts'

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
  render: (plan, { expiration }, stamp) => cronetSnippets(plan, expiration, ENGINE, stamp),
})

const USAGE = `val engine = HttpEngine.Builder(context)
    .also(CertificatePins::addTo)
    .build()
`

const ENGINE: CronetEngine = {
  name: 'HttpEngine',
  library: 'Android’s',
  imports: ['android.net.http.HttpEngine', 'android.util.Base64', 'java.time.Instant'],
  bypass: 'setEnablePublicKeyPinningBypassForLocalTrustAnchors',
  end: 'Instant.ofEpochMilli(end)',
  usage: USAGE,
  limits: 'What the app uses on older phones needs pins of its own; the Network Security Config holds on both.',
}
