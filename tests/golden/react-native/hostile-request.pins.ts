// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 keys for api.example.com
import { initializeSslPinning, type PinningOptions } from 'react-native-ssl-public-key-pinning'

const pinnedHosts: PinningOptions = {
  'api.example.com': {
    includeSubdomains: false,
    publicKeyHashes: [
      // backup key: certificate request CN=--><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / $…
      'gptR5xQh7yb53UcgCknaBH22hAF1Y9JQSDxzZMXfMLo=',
      // typed in: CA pin, the key of --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / ${x}…
      'Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=',
    ],
  },
}

/** Nothing is pinned until it has resolved. */
export async function startPinning(): Promise<void> {
  await initializeSslPinning(pinnedHosts)
}
