// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'api.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // root: Example Root R1, valid until 2035-06-04
      'VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
