// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 certificates for api.example.com, intranet.example.com and 4 more
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
        // root: Example Private Root, valid until 2040-01-01
        'certificates/example_private_root_809682eae885.cer',
        // root: mitmproxy, valid until 2036-01-01
        'certificates/mitmproxy_a5b9d2b24e44.cer',
      ],
    },
  },
}

export default config
