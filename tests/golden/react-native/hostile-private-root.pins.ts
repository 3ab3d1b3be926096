// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for intranet.example.com
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'intranet.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // root: ../../class "/><certificates src='user'/> --><script>alert('1')</script><!-- ]]…, valid until 2036-01-01
      '3Ywm88DNUIC740X1D+VFoZPP7/nVBsVGAlqRoyowj0k=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
