// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for xn--bcher-kva.example
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'xn--bcher-kva.example': {
    includeSubdomains: true,
    publicKeyHashes: [
      // leaf: bücher.example, valid until 2027-03-31
      'AkWKA0DRokPEgQaPrxehEreVe5oV66+flHMahGZ+/8o=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
