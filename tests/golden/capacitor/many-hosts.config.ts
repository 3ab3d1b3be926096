// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 6 certificates for api.example.com, auth.example.com and 4 more
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
        // leaf: pay.example.net, valid until 2027-03-31
        'certificates/pay_example_net_76d1c7bd4f5e.cer',
        // leaf: pay.example.net, valid until 2027-03-31
        'certificates/pay_example_net_2409d28d58e1.cer',
        // intermediate: Other Issuing CA 7, valid until 2028-12-31
        'certificates/other_issuing_ca_7_4d057113f793.cer',
        // root: Other Root X1, valid until 2040-09-17
        'certificates/other_root_x1_77f4534c0e44.cer',
      ],
    },
  },
}

export default config
