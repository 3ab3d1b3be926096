// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for intranet.example.com
import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  plugins: {
    CapacitorHttp: {
      enabled: true,
    },
    SSLPinning: {
      certs: [
        // root: ../../class "/><certificates src='user'/> --><script>alert('1')</script><!-- ]]…, valid until 2036-01-01
        'certificates/class_certificates_src_user_script_alert_01fa7c663de9.cer',
      ],
    },
  },
}

export default config
