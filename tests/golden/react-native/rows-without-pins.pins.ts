// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'api.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // leaf: api.example.com, valid until 2027-03-31
      'veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
