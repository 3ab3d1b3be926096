// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'api.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // intermediate: Example TLS CA 1, valid until 2029-03-12
      '60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
