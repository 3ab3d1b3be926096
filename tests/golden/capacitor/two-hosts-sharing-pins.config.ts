// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 2 certificates for api.example.com and www.example.org
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
        // root: Example Root R1, valid until 2035-06-04
        'certificates/example_root_r1_c075daaea368.cer',
      ],
    },
  },
}

export default config
