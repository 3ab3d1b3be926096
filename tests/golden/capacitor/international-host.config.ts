// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for xn--bcher-kva.example
import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  plugins: {
    CapacitorHttp: {
      enabled: true,
    },
    SSLPinning: {
      certs: [
        // leaf: bücher.example, valid until 2027-03-31
        'certificates/bucher_example_289f8fa0ba07.cer',
      ],
    },
  },
}

export default config
