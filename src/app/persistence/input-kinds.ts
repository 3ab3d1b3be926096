import type { DamageReason, InputFormat } from '../../engine/inspection.ts'

// All of them at run time, apart from their sentences, which the first load does not need.

const INPUT_FORMATS: Readonly<Record<InputFormat, true>> = {
  pem: true,
  der: true,
  pkcs7: true,
  pkcs12: true,
  'java-keystore': true,
  'certificate-request': true,
  'public-key': true,
  'private-key': true,
  crl: true,
  zip: true,
  apk: true,
  aab: true,
  ipa: true,
  html: true,
  unknown: true,
}

/** Whether a stored value is a format. */
export function isInputFormat(value: unknown): value is InputFormat {
  return typeof value === 'string' && Object.hasOwn(INPUT_FORMATS, value)
}

const DAMAGE_REASONS: Readonly<Record<DamageReason, true>> = {
  'no-end-line': true,
  'not-base64': true,
  'empty-block': true,
  truncated: true,
  'not-a-certificate': true,
  'not-decodable': true,
  'compression-not-supported': true,
  'container-damaged': true,
  'password-needed': true,
  'wrong-password': true,
  'too-many-iterations': true,
  'encryption-not-supported': true,
  'no-web-crypto': true,
}

/** Whether a stored value is a reason. */
export function isDamageReason(value: unknown): value is DamageReason {
  return typeof value === 'string' && Object.hasOwn(DAMAGE_REASONS, value)
}
