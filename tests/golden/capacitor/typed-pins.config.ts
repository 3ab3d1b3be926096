// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 certificates for api.example.com
import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  plugins: {
    CapacitorHttp: {
      enabled: true,
    },
    SSLPinning: {
      certs: [
        // leaf: api.example.com, valid until 2027-03-31
        'certificates/api_example_com_e3fff42703c0.cer',
        // intermediate: Example TLS CA 1, valid until 2029-03-12
        'certificates/example_tls_ca_1_4456984f3f0f.cer',
      ],
    },
  },
}

export default config
