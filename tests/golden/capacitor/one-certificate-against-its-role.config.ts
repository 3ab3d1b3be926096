// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for api.example.com
import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  plugins: {
    CapacitorHttp: {
      enabled: true,
    },
    SSLPinning: {
      certs: [
        // intermediate: Example TLS CA 1, valid until 2029-03-12
        'certificates/example_tls_ca_1_4456984f3f0f.cer',
      ],
    },
  },
}

export default config
