import type { RiskRule } from './risk-rule.ts'
import android7EllipticCurves from './rules/android-7-elliptic-curves.ts'
import androidExpirationNotWritten from './rules/android-expiration-not-written.ts'
import androidInterceptorNotTrusted from './rules/android-interceptor-not-trusted.ts'
import androidPrivateRoot from './rules/android-private-root.ts'
import androidRefusesOwnChain from './rules/android-refuses-own-chain.ts'
import certificateLifetime from './rules/certificate-lifetime.ts'
import androidSelfSignedAnchor from './rules/android-self-signed-anchor.ts'
import certificateValidity from './rules/certificate-validity.ts'
import chainWithoutPin from './rules/chain-without-pin.ts'
import chainNotTrustedOnDevices from './rules/chain-not-trusted-on-devices.ts'
import differingServedKeys from './rules/differing-served-keys.ts'
import distrustedRoot from './rules/distrusted-root.ts'
import hostNotCovered from './rules/host-not-covered.ts'
import interceptionLikeIssuer from './rules/interception-like-issuer.ts'
import iosBackupLeftOut from './rules/ios-backup-left-out.ts'
import iosLeafAndCa from './rules/ios-leaf-and-ca.ts'
import iosNoBackupPin from './rules/ios-no-backup-pin.ts'
import iosPinsExcludedHosts from './rules/ios-pins-excluded-hosts.ts'
import iosPrivateCertificate from './rules/ios-private-certificate.ts'
import iosPrivateRoot from './rules/ios-private-root.ts'
import iosRefusesOwnChain from './rules/ios-refuses-own-chain.ts'
import iosSubdomainDepth from './rules/ios-subdomain-depth.ts'
import iosTypedPinRole from './rules/ios-typed-pin-role.ts'
import iosUnknownPinLeftOut from './rules/ios-unknown-pin-left-out.ts'
import keyEncoding from './rules/key-encoding.ts'
import missingIntermediate from './rules/missing-intermediate.ts'
import noBackupPin from './rules/no-backup-pin.ts'
import oneCaFamily from './rules/one-ca-family.ts'
import overlappingRows from './rules/overlapping-rows.ts'
import pinsWithoutChain from './rules/pins-without-chain.ts'
import androidStackCoverage from './rules/android-stack-coverage.ts'
import iosStackCoverage from './rules/ios-stack-coverage.ts'
import rootPinMissesDevices from './rules/root-pin-misses-devices.ts'
import retiredIssuer from './rules/retired-issuer.ts'
import rootPhaseOut from './rules/root-phase-out.ts'
import rootDataOld from './rules/root-data-old.ts'
import privateRootUnfit from './rules/private-root-unfit.ts'
import rowWithoutPins from './rules/row-without-pins.ts'
import signatureDoesNotVerify from './rules/signature-does-not-verify.ts'
import staticPinning from './rules/static-pinning.ts'
import untidyServedList from './rules/untidy-served-list.ts'
import androidExpiration from './rules/android-expiration.ts'
import androidIosParity from './rules/android-ios-parity.ts'
import androidReach from './rules/android-reach.ts'
import automatedIssuerLeaf from './rules/automated-issuer-leaf.ts'
import backupInChain from './rules/backup-in-chain.ts'
import certificateEndsBeforeRelease from './rules/certificate-ends-before-release.ts'
import certificateEndsSoon from './rules/certificate-ends-soon.ts'
import iosReach from './rules/ios-reach.ts'
import providerLeaf from './rules/provider-leaf.ts'
import publicIntermediatePinned from './rules/public-intermediate-pinned.ts'
import publicRootPinned from './rules/public-root-pinned.ts'
import samplePin from './rules/sample-pin.ts'
import sha1Signature from './rules/sha1-signature.ts'
import thirdPartyHost from './rules/third-party-host.ts'
import unsuitableKey from './rules/unsuitable-key.ts'
import uselessPins from './rules/useless-pins.ts'

/** Every rule; findings are sorted afterwards, so the order here means nothing. */
export const RISK_RULES: readonly RiskRule[] = [
  android7EllipticCurves,
  androidExpirationNotWritten,
  androidInterceptorNotTrusted,
  androidPrivateRoot,
  androidRefusesOwnChain,
  certificateLifetime,
  androidSelfSignedAnchor,
  certificateValidity,
  chainNotTrustedOnDevices,
  chainWithoutPin,
  differingServedKeys,
  distrustedRoot,
  hostNotCovered,
  interceptionLikeIssuer,
  iosBackupLeftOut,
  iosLeafAndCa,
  iosNoBackupPin,
  iosPrivateCertificate,
  iosPrivateRoot,
  iosRefusesOwnChain,
  iosPinsExcludedHosts,
  iosSubdomainDepth,
  iosTypedPinRole,
  iosUnknownPinLeftOut,
  keyEncoding,
  missingIntermediate,
  noBackupPin,
  oneCaFamily,
  overlappingRows,
  pinsWithoutChain,
  rootPinMissesDevices,
  retiredIssuer,
  rootPhaseOut,
  rootDataOld,
  privateRootUnfit,
  rowWithoutPins,
  signatureDoesNotVerify,
  staticPinning,
  untidyServedList,
  androidExpiration,
  androidIosParity,
  androidReach,
  androidStackCoverage,
  automatedIssuerLeaf,
  backupInChain,
  certificateEndsBeforeRelease,
  certificateEndsSoon,
  iosReach,
  iosStackCoverage,
  providerLeaf,
  publicIntermediatePinned,
  publicRootPinned,
  samplePin,
  sha1Signature,
  thirdPartyHost,
  unsuitableKey,
  uselessPins,
]
