// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for intranet.example.com
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'intranet.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // root: Example Private Root, valid until 2040-01-01
      'e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=',
      // root: Example Private Root G2, valid until 2046-01-01
      'aoMgi2vyGa7URRkoUWVexk0TqgjRcl9zHeHFB0CHTkA=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
