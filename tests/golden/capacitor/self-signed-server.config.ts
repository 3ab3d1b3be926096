// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 certificate for device.example.com
import type { CapacitorConfig } from '@capacitor/cli'

const config: CapacitorConfig = {
  plugins: {
    CapacitorHttp: {
      enabled: true,
    },
    SSLPinning: {
      certs: [
        // leaf: device.example.com, valid until 2027-03-31
        'certificates/device_example_com_fe44710a766d.cer',
      ],
    },
  },
}

export default config
