import type { RiskRule } from './risk-rule.ts'
import androidExpirationNotWritten from './rules/android-expiration-not-written.ts'
import certificateValidity from './rules/certificate-validity.ts'
import hostNotCovered from './rules/host-not-covered.ts'
import iosLeafAndCa from './rules/ios-leaf-and-ca.ts'
import iosNoBackupPin from './rules/ios-no-backup-pin.ts'
import iosRefusesOwnChain from './rules/ios-refuses-own-chain.ts'
import iosSubdomainDepth from './rules/ios-subdomain-depth.ts'
import noBackupPin from './rules/no-backup-pin.ts'
import overlappingRows from './rules/overlapping-rows.ts'
import rowWithoutPins from './rules/row-without-pins.ts'
import signatureDoesNotVerify from './rules/signature-does-not-verify.ts'
import staticPinning from './rules/static-pinning.ts'

/** Every rule; findings are sorted afterwards, so the order here means nothing. */
export const RISK_RULES: readonly RiskRule[] = [
  androidExpirationNotWritten,
  certificateValidity,
  hostNotCovered,
  iosLeafAndCa,
  iosNoBackupPin,
  iosRefusesOwnChain,
  iosSubdomainDepth,
  noBackupPin,
  overlappingRows,
  rowWithoutPins,
  signatureDoesNotVerify,
  staticPinning,
]
