// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 certificates for api.example.com
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
        // leaf: api.example.com, valid until 2027-03-31
        'certificates/api_example_com_29d9955bf1f5.cer',
        // root: Other Root X1, valid until 2040-09-17
        'certificates/other_root_x1_77f4534c0e44.cer',
      ],
    },
  },
}

export default config
