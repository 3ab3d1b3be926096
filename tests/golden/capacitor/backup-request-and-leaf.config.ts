// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for api.example.com
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
      ],
    },
  },
}

export default config
