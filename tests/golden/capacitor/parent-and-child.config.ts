// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 certificates for api.example.com and example.com
import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  plugins: {
    CapacitorHttp: {
      enabled: true,
    },
    SSLPinning: {
      certs: [
        // root: Other Root X1, valid until 2040-09-17
        'certificates/other_root_x1_77f4534c0e44.cer',
        // intermediate: Example TLS CA 1, valid until 2029-03-12
        'certificates/example_tls_ca_1_4456984f3f0f.cer',
        // root: Example Root R1, valid until 2035-06-04
        'certificates/example_root_r1_c075daaea368.cer',
      ],
    },
  },
}

export default config
