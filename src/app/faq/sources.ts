/** What several answers cite. */

export const ANDROID_CONFIG = {
  title: 'Android: Network security configuration',
  url: 'https://developer.android.com/privacy-and-security/security-config',
} as const

export const ANDROID_ADVICE = {
  title: 'Android: Security with network protocols, on pinning',
  url: 'https://developer.android.com/privacy-and-security/security-ssl#Pinning',
} as const

export const APPLE_ADVICE = {
  title: 'Apple: Identity Pinning',
  url: 'https://developer.apple.com/news/?id=g9ejcf8y',
} as const

export const APPLE_PINNED_DOMAINS = {
  title: 'Apple: NSPinnedDomains',
  url: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
} as const

export const APPLE_LEAF_LIST = {
  title: 'Apple: NSPinnedLeafIdentities',
  url: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nspinnedleafidentities',
} as const

export const OWASP_SHEET = {
  title: 'OWASP: Pinning Cheat Sheet',
  url: 'https://cheatsheetseries.owasp.org/cheatsheets/Pinning_Cheat_Sheet.html',
} as const

export const RFC_7469 = {
  title: 'RFC 7469: Public Key Pinning Extension for HTTP',
  url: 'https://datatracker.ietf.org/doc/html/rfc7469',
} as const

export const AWS_ADVICE = {
  title: 'AWS Certificate Manager: Best practices',
  url: 'https://docs.aws.amazon.com/acm/latest/userguide/acm-bestpractices.html',
} as const

export const EXPENSIFY_SCRIPT = {
  title: 'Expensify: the script that generates its pins',
  url: 'https://github.com/Expensify/App/blob/main/scripts/generateCertificatePins.sh',
} as const

export const BARCLAYS = {
  title: 'CA/Browser Forum, November 2016: the Barclays certificate',
  url: 'https://archive.cabforum.org/pipermail/public/2016-November/008989.html',
} as const
