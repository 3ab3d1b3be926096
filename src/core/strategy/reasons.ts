/** A fact behind an advice, in our words, with who says so. */
export interface Reason {
  readonly text: string
  readonly source: { readonly title: string; readonly url: string }
}

const OWASP = {
  title: 'OWASP Pinning Cheat Sheet',
  url: 'https://cheatsheetseries.owasp.org/cheatsheets/Pinning_Cheat_Sheet.html',
}
const APPLE = { title: 'Apple: Identity Pinning', url: 'https://developer.apple.com/news/?id=g9ejcf8y' }
const ANDROID = {
  title: 'Android: Security with network protocols',
  url: 'https://developer.android.com/privacy-and-security/security-ssl#Pinning',
}
const ANDROID_CONFIG = {
  title: 'Android: Network security configuration',
  url: 'https://developer.android.com/privacy-and-security/security-config',
}
const AWS = {
  title: 'AWS: Best practices of Certificate Manager',
  url: 'https://docs.aws.amazon.com/acm/latest/userguide/acm-bestpractices.html',
}

/** By name, so that rules of the adviser read as sentences. */
export const REASONS = {
  notYours: {
    text: 'The owner may change key, CA or provider on any day without telling you, and your app would stop working at that moment. Never pin a host that you do not control.',
    source: OWASP,
  },
  throughYourBackend: {
    text: 'Where it matters, send the traffic through a server of your own: the app pins that one, and your server can be changed in minutes.',
    source: { title: 'OWASP MASTG: pull request 3882', url: 'https://github.com/OWASP/mastg/pull/3882' },
  },
  usuallyNot: {
    text: 'Most apps should not pin, say Android and Apple: a later change on the server can cut them off, and the phone’s own check does for what most apps carry.',
    source: ANDROID,
  },
  providerDecides: {
    text: 'Whoever picks key, CA and day can change all of them without notice, so nobody can know in advance which key the server will have.',
    source: {
      title: 'Cloudflare: Certificate pinning',
      url: 'https://developers.cloudflare.com/ssl/reference/certificate-pinning/',
    },
  },
  providersSay: {
    text: 'Cloudflare and Akamai do not support pinning of the certificates that they manage, and AWS advises against it, since every renewal there has a new key.',
    source: AWS,
  },
  ownCertificateThere: {
    text: 'If you have to pin, bring a certificate of your own to the provider, renew it with the same key, and answer again.',
    source: {
      title: 'Cloudflare: Certificate pinning',
      url: 'https://developers.cloudflare.com/ssl/reference/certificate-pinning/',
    },
  },
  noWayBack: {
    text: 'A wrong or outdated pin is mended by an app update alone. Where that takes months, an accident with a key locks those users out for months. Do not pin what you cannot update.',
    source: OWASP,
  },
  worthIt: {
    text: 'You own both ends and can ship an update, and what is at risk is worth an attack: that is where pinning is sensible.',
    source: OWASP,
  },
  tightest: {
    text: 'The key stays across renewals, so its pin does too, and a certificate that any CA issues to somebody else does not pass.',
    source: {
      title: 'Adam Langley: Public key pinning',
      url: 'https://www.imperialviolet.org/2011/05/04/pinning.html',
    },
  },
  rootsLetTheCaIn: {
    text: 'The pin of a public root lets in whatever that CA issues for your name, by mistake or under pressure. Against such an attacker only a key of your own helps.',
    source: OWASP,
  },
  keepTheKey: {
    text: 'Change how you renew first: certbot makes a new key each time unless it is told --reuse-key, and a pinned leaf would break at the first renewal.',
    source: { title: 'Certbot: pull request 5901', url: 'https://github.com/certbot/certbot/pull/5901' },
  },
  backupKey: {
    text: 'Pin a second key that is not in service and is kept offline. Without it the app has no way out when the first one is lost or stolen.',
    source: {
      title: 'TrustKit: Getting started',
      url: 'https://github.com/datatheorem/TrustKit/blob/master/docs/getting-started.md',
    },
  },
  updateFirst: {
    text: 'Ship the next pin weeks before the server changes, and take the old one out later.',
    source: APPLE,
  },
  newKeysBreakLeaves: {
    text: 'Each renewal has a new key, so a leaf pin would break at the next one. Roots last longest.',
    source: AWS,
  },
  neverTheIntermediate: {
    text: 'Never pin a public intermediate: Let’s Encrypt issues from a changing pool, partly to discourage that, and DigiCert, Amazon and Cloudflare changes have broken apps.',
    source: {
      title: 'Let’s Encrypt: New intermediate certificates',
      url: 'https://letsencrypt.org/2024/03/19/new-intermediate-certificates',
    },
  },
  everyRoot: {
    text: 'Pin every root of your CA: phones of different age end the same chain at different ones, and Android tries no other path when a pin does not match.',
    source: AWS,
  },
  secondCa: {
    text: 'Pin the roots of a second CA that you can get certificates from at once, so that you can leave the first one.',
    source: {
      title: 'Gervase Markham: Don’t pin to a single CA',
      url: 'https://blog.gerv.net/2017/04/dont-pin-to-a-single-ca/',
    },
  },
  rootsAreWide: {
    text: 'Know the price: any certificate that one of these CAs issues for your name passes, and CAs such as Let’s Encrypt and Google advise against pinning their roots.',
    source: {
      title: 'Google: Connecting to Google',
      url: 'https://developers.google.com/public-key-infrastructure/faq/connecting-to-google',
    },
  },
  ownCaIsClosed: {
    text: 'Nobody but you issues below this root, so its pin is as tight as one of your own key, and leaves may change as often as you like.',
    source: OWASP,
  },
  ownCaOnAndroid: {
    text: 'On Android ship the root with the app: the Android tab has it as a trust anchor of these hosts.',
    source: ANDROID_CONFIG,
  },
  ownCaOnIos: {
    text: 'On iOS a pin makes nothing trusted. The root has to be installed on each device, by device management or by its user.',
    source: { title: 'Apple: Trust manually installed certificate profiles', url: 'https://support.apple.com/102390' },
  },
  secondOwnRoot: {
    text: 'Make a second root now, keep its key offline and pin it too: a new root needs an app update before the server uses it.',
    source: ANDROID_CONFIG,
  },
  transparencyOnIos: {
    text: 'iOS demands Certificate Transparency by itself: a certificate of a public CA that is in no public log is refused.',
    source: { title: 'Apple: Certificate Transparency policy', url: 'https://support.apple.com/103214' },
  },
  transparencyOnAndroid: {
    text: 'Android 16 and newer do so when the network security configuration asks for it; older versions skip the element. A wrongly issued certificate is then seen, and nobody is locked out by a new key.',
    source: ANDROID_CONFIG,
  },
} as const satisfies Readonly<Record<string, Reason>>
