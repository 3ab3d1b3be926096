// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for example.com, eu.example.com and 1 more
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'example.com': {
    includeSubdomains: true,
    publicKeyHashes: [
      // root: Example Root R1, valid until 2035-06-04
      'VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=',
    ],
  },
  'eu.example.com': {
    includeSubdomains: true,
    publicKeyHashes: [
      // intermediate: Other Issuing CA 7, valid until 2028-12-31
      'RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=',
      // root (pin of example.com, whose sub-domains include this host): Example Root R1, valid until 2035-06-04
      'VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=',
    ],
  },
  'api.eu.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // intermediate: Example TLS CA 1, valid until 2029-03-12
      '60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=',
      // intermediate (pin of eu.example.com, whose sub-domains include this host): Other Issuing CA 7, valid until 2028-12-31
      'RK5DOAc3y66WBWQJufMC1Rc3FZZa0nyQg3WGm3zuZ9k=',
      // root (pin of example.com, whose sub-domains include this host): Example Root R1, valid until 2035-06-04
      'VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
