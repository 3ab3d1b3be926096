// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 certificates for example.com, eu.example.com and 1 more
import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  plugins: {
    CapacitorHttp: {
      enabled: true,
    },
    SSLPinning: {
      certs: [
        // root: Example Root R1, valid until 2035-06-04
        'certificates/example_root_r1_c075daaea368.cer',
        // intermediate: Other Issuing CA 7, valid until 2028-12-31
        'certificates/other_issuing_ca_7_4d057113f793.cer',
        // intermediate: Example TLS CA 1, valid until 2029-03-12
        'certificates/example_tls_ca_1_4456984f3f0f.cer',
      ],
    },
  },
}

export default config
