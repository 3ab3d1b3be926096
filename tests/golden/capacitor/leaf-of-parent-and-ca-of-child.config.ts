// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 certificates for example.com and api.example.com
import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  plugins: {
    CapacitorHttp: {
      enabled: true,
    },
    SSLPinning: {
      certs: [
        // leaf: example.com, valid until 2027-03-31
        'certificates/example_com_fa345ded72a4.cer',
        // root: Other Root X1, valid until 2040-09-17
        'certificates/other_root_x1_77f4534c0e44.cer',
      ],
    },
  },
}

export default config
