// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for example.com and api.example.com
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'example.com': {
    includeSubdomains: true,
    publicKeyHashes: [
      // leaf: example.com, valid until 2027-03-31
      'f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA=',
    ],
  },
  'api.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // root: Other Root X1, valid until 2040-09-17
      'Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=',
      // leaf (pin of example.com, whose sub-domains include this host): example.com, valid until 2027-03-31
      'f7zmTuuV++dTbGyB0OiPwdZn+z2sqDQdVtpqbZG3/ZA=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
