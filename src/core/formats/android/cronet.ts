import { EXPIRATION_OPTION } from '../expiration.ts'
import { defineFormat } from '../format.ts'
import { CRONET_ABILITIES, CRONET_FAILS_WITH, cronetSnippets, type CronetEngine } from './cronet-pins.ts'

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
  render: (plan, { expiration }, stamp) => cronetSnippets(plan, expiration, ENGINE, stamp),
})

const USAGE = `val provider = CronetProvider.getAllProviders(context)
    .first { it.isEnabled && it.name != CronetProvider.PROVIDER_NAME_FALLBACK }
val engine = provider.createBuilder()
    .also(CertificatePins::addTo)
    .build()
`

const ENGINE: CronetEngine = {
  name: 'CronetEngine',
  library: 'Cronet’s',
  imports: ['android.util.Base64', 'java.util.Date', 'org.chromium.net.CronetEngine'],
  bypass: 'enablePublicKeyPinningBypassForLocalTrustAnchors',
  end: 'Date(end)',
  usage: USAGE,
  limits:
    'Cronet’s fallback, which stands in where neither the app nor Play services bring Cronet along, ignores them, so this takes any provider but that and fails where there is no other. The Network Security Config holds for all of them.',
}
