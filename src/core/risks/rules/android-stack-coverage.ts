import { stackRule } from '../stack-rule.ts'

export default stackRule(
  'android',
  'android-stack-coverage',
  'https://github.com/OWASP/mastg/blob/master/knowledge/android/MASVS-NETWORK/MASTG-KNOW-0015.md',
)
