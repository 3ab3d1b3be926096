import type { FaqAnswer } from './faq-answer.ts'
import { ANDROID_CONFIG, APPLE_ADVICE, OWASP_SHEET, RFC_7469 } from './sources.ts'

const PLAY_INTEGRITY = {
  title: 'Android: Play Integrity API',
  url: 'https://developer.android.com/google/play/integrity/overview',
} as const

const APP_ATTEST = {
  title: 'Apple: Establishing your app’s integrity',
  url: 'https://developer.apple.com/documentation/devicecheck/establishing-your-app-s-integrity',
} as const

const MASTG_BYPASS = {
  title: 'OWASP MASTG: Bypassing certificate pinning',
  url: 'https://mas.owasp.org/MASTG/techniques/android/MASTG-TECH-0012/',
} as const

const WULTRA = {
  title: 'Wultra: a tool that signs lists of pins',
  url: 'https://github.com/wultra/ssl-pinning-tool',
} as const

const APPROOV = {
  title: 'Approov: on its pinning configuration tool',
  url: 'https://approov.io/blog/our-pinning-configuration-tool',
} as const

export const PROTECTION_ANSWERS = [
  {
    id: 'protection-compared',
    question: 'HTTPS, static pinning or dynamic pinning: which do I need?',
    blocks: [
      {
        kind: 'table',
        caption: 'What each adds to the one before',
        head: ['About', 'HTTPS alone', 'Static pins', 'Dynamic pins'],
        rows: [
          [
            'Who can get in between',
            'any CA that the device trusts',
            'a pinned CA, or who has a pinned key',
            'the same, and who can sign the list',
          ],
          ['New key on the server', 'nothing to do', 'an app release ahead of it', 'a new list at run time'],
          ['Urgent change', 'at once', 'as fast as users update', 'as fast as apps ask for the list'],
          ['Device of an attacker', 'no help', 'no help', 'no help'],
          ['Work', 'to renew in time', 'a plan for keys and updates', 'a signed service that must not fail'],
          ['Price', 'none', 'none', 'a vendor’s, or that of own servers'],
        ],
      },
      {
        kind: 'paragraph',
        text: 'For most apps HTTPS is enough. Static pins suit a team that knows its keys a release ahead. Dynamic ones are for apps that need pins and cannot wait for an update. A list of pins can also be signed and served by yourself: then its signing key, and the copy that the app starts with, need the same care as pins.',
      },
    ],
    sources: [OWASP_SHEET, APPLE_ADVICE, APPROOV, WULTRA],
  },
  {
    id: 'attacks',
    question: 'Which attacks does pinning stop, and which not?',
    blocks: [
      {
        kind: 'table',
        caption: 'What pins do against an attack',
        head: ['Attack', 'Stopped?'],
        rows: [
          ['A CA that was installed on the phone', 'yes'],
          ['A public CA that issues wrongly or is broken into', 'yes, unless it is a CA you pin'],
          ['Rerouted or poisoned DNS, with a valid certificate', 'yes, with the same exception'],
          ['A stolen pinned key', 'no: trusted until the update'],
          ['The app changed and packed again', 'no'],
          ['Hooking, for example with Frida; a rooted device', 'no'],
          ['Stolen API keys and tokens', 'no'],
          ['Scripts that imitate the app', 'no'],
        ],
      },
      {
        kind: 'paragraph',
        text: 'Pins protect the channel between an honest app and your server. They say nothing to the server about who is calling. Obfuscation, rate limits and geographic blocks make attacks dearer and are no substitute; attestation of app and device is the other half.',
      },
      {
        kind: 'paragraph',
        text: 'And pins can do harm by themselves: a change of key, CA or algorithm that was not planned for breaks old apps.',
      },
    ],
    sources: [OWASP_SHEET, MASTG_BYPASS, ANDROID_CONFIG, APPLE_ADVICE],
  },
  {
    id: 'bypass',
    question: 'Can pinning be bypassed?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Yes, by whoever controls the device. The check runs there, and so does everything that could watch over it:',
      },
      {
        kind: 'list',
        items: [
          '**Repackaging:** unpack the app, remove or replace the pins, sign it with another key.',
          '**Hooking:** with a tool such as Frida, let the check answer “all is well” while the app runs. Ready-made scripts exist for OkHttp, TrustKit, the platform checks and Flutter.',
          '**Stacks without pins:** one library with a TLS check of its own is enough to leave a gap.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'That does not make pins useless. They protect **other people’s** devices against somebody in the network, and there the attacker controls neither app nor phone. Against the owner of the device, who wants to read or forge your API’s traffic, they are a delay. So never keep a secret in the app and rely on pins to hide it; what the server grants must be decided on the server.',
      },
    ],
    sources: [MASTG_BYPASS, OWASP_SHEET],
  },
  {
    id: 'static-or-dynamic',
    question: 'Are static pins enough, or do I need dynamic ones?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Static pins stand in the app, which is what Pinsmith writes. They need no service and cost nothing, but they change only with an update: nobody can withdraw a stolen key or add an unforeseen one on installed apps.',
      },
      {
        kind: 'paragraph',
        text: 'With dynamic pinning the app fetches a list of pins and checks its signature with a key that it carries. A new server key reaches apps within hours, without a release. What it asks for:',
      },
      {
        kind: 'list',
        items: [
          'a signing key that is kept safer than the server’s; whoever has it decides what your apps trust',
          'a service that is always there, and a rule for when it is not: use the last list, until when?',
          'protection against an old list that somebody plays back: an end date or a number that only grows',
          'a library for it. The Android file and Info.plist cannot change at run time.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'It mends the risk of a lock-out. It does not help against bypassing on the device.',
      },
    ],
    sources: [WULTRA, APPROOV, OWASP_SHEET],
  },
  {
    id: 'app-attestation',
    question: 'What is app attestation, and does it replace pins?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Pins let the app recognise the server. Attestation lets the server recognise the app: the platform, or a vendor’s service, states that a request comes from your unchanged app on a device in good order. Your backend checks the statement and decides.',
      },
      {
        kind: 'list',
        items: [
          '**Android:** Play Integrity, on devices with Google Play.',
          '**iOS:** App Attest, from iOS 14.',
          '**Vendors** combine such statements with checks of their own, often together with dynamic pins.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'It answers what pins cannot: repackaged apps, scripts, many hooked devices. It does not replace them, since somebody in the network is a different attacker. Nor is it proof: it makes abuse dearer, can be wrong in both directions, and shuts out honest people with unusual devices if you let it decide alone. Treat it as one signal among several.',
      },
    ],
    sources: [PLAY_INTEGRITY, APP_ATTEST],
  },
  {
    id: 'certificate-transparency',
    question: 'Is Certificate Transparency an alternative?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'For many apps, yes. Public CAs write what they issue into public logs and receive signed timestamps (SCTs) for it. A device that demands such timestamps refuses a certificate that was issued in secret, and you can watch the logs for your own names.',
      },
      {
        kind: 'list',
        items: [
          '**iOS** demands them of public certificates.',
          '**Android 16** (API 36) and later can: `<certificateTransparency enabled="true"/>` in the configuration file. It is on by default for apps that target API 37. Older versions pass over the element.',
          '**Private CAs** are not logged; the demand does not fit them.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'It detects a wrong certificate rather than preventing it, and asks of you that somebody reads the alerts. In return no key of yours is fixed in an app, so it cannot lock you out the way pins do. It does not help against a CA that was installed on the device.',
      },
    ],
    sources: [
      ANDROID_CONFIG,
      { title: 'Apple: Certificate Transparency policy', url: 'https://support.apple.com/103214' },
      {
        title: 'F-Droid: merge request 1577',
        url: 'https://gitlab.com/fdroid/fdroidclient/-/merge_requests/1577',
      },
    ],
  },
  {
    id: 'company-networks',
    question: 'Does a pinned app work in company networks with TLS inspection?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'No. Such a network puts its own certificate in place of your server’s, and a pin refuses exactly that. On Android and iOS this holds even where the company has installed its CA on the device; only Android’s `overridePins` exempts a CA, and that belongs into debug builds.',
      },
      {
        kind: 'paragraph',
        text: 'Decide it before the first such user writes to you:',
      },
      {
        kind: 'list',
        items: [
          '**Who runs the network** can exempt your hosts from inspection. Publish the list of hosts.',
          '**Say it in the app:** an error that names the network helps more than “no connection”.',
          '**Do not** pin the gateway’s CA, and do not offer a switch that turns pins off. Both would serve attackers as well.',
          '**Never make pins** from behind such a gateway; they would be the gateway’s.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'An app for one company’s managed devices is another matter: there the company may want its inspection, and then pins are the wrong tool.',
      },
    ],
    sources: [
      { title: 'DP-3T: issue 290', url: 'https://github.com/DP-3T/documents/issues/290' },
      ANDROID_CONFIG,
      {
        title: 'Cloudflare: TLS inspection and pinned applications',
        url: 'https://developers.cloudflare.com/cloudflare-one/policies/gateway/http-policies/tls-decryption/',
      },
    ],
  },
  {
    id: 'hpkp',
    question: 'What happened to HPKP, pinning in browsers?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'HTTP Public Key Pinning let a website send pins in a header, and browsers remembered them. The browsers that had it took it out again.',
      },
      {
        kind: 'list',
        items: [
          'The pins came over the very connection that they were to protect: the first visit had to be trusted.',
          'A wrong pin locked every visitor out until its time was over, and nobody could take it back.',
          'Whoever took over a server for an hour could send pins of his own and hold the site to ransom.',
          'Hardly any site used it, so hardly anybody was protected.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Apps differ in one point: their pins come with the app, through the store, and an update can change them. The second point remains, and it is why Android and Apple advise most apps against pinning. What HPKP left behind is the format: RFC 7469 defines the hash that every pin uses today.',
      },
    ],
    sources: [{ title: 'Can I use HPKP?', url: 'https://canhas.report/hpkp' }, RFC_7469],
  },
  {
    id: 'when-a-pin-fails',
    question: 'What should the app do when a pin fails?',
    blocks: [
      {
        kind: 'list',
        items: [
          '**Fail closed.** Send nothing, and do not try again without pins. An attacker would only have to make the first attempt fail.',
          '**Say what can be done:** “A secure connection is not possible. Try another network; if that does not help, update the app.” No technical words, and no button to go on.',
          '**Leave a way out.** The link to the store and a status page must not depend on the pinned hosts. Open them in the browser, which your pins do not concern.',
          '**Tell yourself.** Count failures by version, country and network, and send the count over a host that this pin set does not cover. Without it you hear of a broken pin from reviews.',
          '**Keep working offline** where that is safe.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Tell the two cases apart before you act: one user in one network is probably an inspecting proxy; all users at once is your own certificate.',
      },
      { kind: 'link', text: 'All users at once: the checklist', to: 'pins-broke' },
    ],
    sources: [
      OWASP_SHEET,
      {
        title: 'AFNetworking: issue 4364, on telling users',
        url: 'https://github.com/AFNetworking/AFNetworking/issues/4364',
      },
    ],
  },
] as const satisfies readonly FaqAnswer[]
