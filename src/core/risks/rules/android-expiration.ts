import { networkSecurityConfig } from '../../formats/android/network-security-config.ts'
import { expirationRule } from '../expiration-rules.ts'

export default expirationRule({
  id: 'android-expiration',
  tab: 'android',
  format: networkSecurityConfig,
  enforcer: 'Android',
  source: 'https://developer.android.com/privacy-and-security/security-config#pin-set',
  since: '2026-11-21',
  remark: 'OWASP’s mobile tests count a day that has passed as a finding.',
})
