// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for api.example.com and example.com
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'api.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // root: Other Root X1, valid until 2040-09-17
      'Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=',
      // intermediate (pin of example.com, whose sub-domains include this host): Example TLS CA 1, valid until 2029-03-12
      '60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=',
      // root (pin of example.com, whose sub-domains include this host): Example Root R1, valid until 2035-06-04
      'VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=',
    ],
  },
  'example.com': {
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
