import { networkSecurityConfig } from '../../formats/android/network-security-config.ts'
import { expirationNotWrittenRule } from '../expiration-rules.ts'

export default expirationNotWrittenRule({
  id: 'android-expiration-not-written',
  tab: 'android',
  format: networkSecurityConfig,
  enforcer: 'Android',
  source: 'https://developer.android.com/privacy-and-security/security-config#pin-set',
  since: '2026-11-21',
  refusal: 'Android refuses the whole file for that',
})
