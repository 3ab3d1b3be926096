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
        // root: Example Root R1, valid until 2035-06-04
        'certificates/example_root_r1_c075daaea368.cer',
      ],
    },
  },
}

export default config
