import { stackRule } from '../stack-rule.ts'

export default stackRule(
  'ios',
  'ios-stack-coverage',
  'https://github.com/apple-oss-distributions/Security/blob/Security-61901.0.87.0.1/OSX/sec/Security/SecPolicy.c',
)
