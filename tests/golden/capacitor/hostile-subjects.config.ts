// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 certificates for api.example.com
import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  plugins: {
    CapacitorHttp: {
      enabled: true,
    },
    SSLPinning: {
      certs: [
        // leaf: --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / ${x}…, valid until 2027-03-31
        'certificates/script_alert_1_script_pin_digest_sha_256_1f6117428746.cer',
        // intermediate: CA --><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' / $…, valid until 2029-03-12
        'certificates/ca_script_alert_1_script_pin_digest_sha_015d472dc3e8.cer',
        // root: endless -- endless -- endless -- endless -- endless -- endless -- endless -- en…, valid until 2035-06-04
        'certificates/endless_endless_endless_endless_endless_eb2277e52ae5.cer',
      ],
    },
  },
}

export default config
