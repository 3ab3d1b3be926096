// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 certificates for intranet.example.com
import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  plugins: {
    CapacitorHttp: {
      enabled: true,
    },
    SSLPinning: {
      certs: [
        // root: Example Private Root, valid until 2040-01-01
        'certificates/example_private_root_809682eae885.cer',
        // root: Example Private Root G2, valid until 2046-01-01
        'certificates/example_private_root_g2_527aae76c15c.cer',
      ],
    },
  },
}

export default config
