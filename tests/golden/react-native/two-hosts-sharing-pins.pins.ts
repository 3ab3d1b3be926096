// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com and www.example.org
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'api.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // intermediate: Example TLS CA 1, valid until 2029-03-12
      '60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=',
      // root: Example Root R1, valid until 2035-06-04
      'VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=',
    ],
  },
  'www.example.org': {
    includeSubdomains: true,
    publicKeyHashes: [
      // intermediate: Example TLS CA 1, valid until 2029-03-12
      '60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=',
      // root: Example Root R1, valid until 2035-06-04
      'VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
