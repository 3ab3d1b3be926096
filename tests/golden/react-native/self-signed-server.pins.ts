// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for device.example.com
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'device.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // leaf: device.example.com, valid until 2027-03-31
      'BS27BkaH50ylRBOjcE25TjwkWgNgVNTLnP9EqY8nFrY=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
