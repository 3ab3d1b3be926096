import { CHAIN_ANSWERS } from './chain-answers.ts'
import type { FaqAnswer } from './faq-answer.ts'
import { PROTECTION_ANSWERS } from './protection-answers.ts'
import {
  ANDROID_ADVICE,
  ANDROID_CONFIG,
  APPLE_ADVICE,
  APPLE_LEAF_LIST,
  APPLE_PINNED_DOMAINS,
  AWS_ADVICE,
  BARCLAYS,
  EXPENSIFY_SCRIPT,
  OWASP_SHEET,
  RFC_7469,
} from './sources.ts'
import { STACK_ANSWERS } from './stack-answers.ts'

const answers = [
  {
    id: 'what-is-pinning',
    question: 'What is certificate pinning?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A phone trusts some 135 root authorities or more. Any of them can issue a certificate for your API, so one authority that makes a mistake or is broken into is enough to put somebody between your app and your server.',
      },
      {
        kind: 'paragraph',
        text: 'Pinning adds one condition to the normal check: the validated chain must also contain a public key that the app already knows. The normal check stays. A pin never makes an untrusted, expired or wrongly named certificate acceptable.',
      },
      {
        kind: 'paragraph',
        text: 'The price is that the app now depends on those keys. When the server can no longer show a chain with one of them, every installed copy stops connecting until it is updated.',
      },
    ],
    sources: [ANDROID_CONFIG, APPLE_ADVICE],
  },
  {
    id: 'do-i-need-it',
    question: 'Do I need certificate pinning?',
    blocks: [
      { kind: 'paragraph', text: 'Usually not. The people who publish the platforms say so themselves:' },
      {
        kind: 'list',
        items: [
          '**Android** discourages it for most apps, because a later change on the server can cut them off.',
          '**Apple** says that most apps should not pin.',
          '**OWASP** answers “should I pin?” with “probably never” in its current cheat sheet. Its mobile testing guide expects pinning for high-risk apps, and only for endpoints they control.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'It is reasonable when the app carries something worth an attack, such as payments or health records, when you control both the app and the server, when you know the keys in advance, and when you can ship an update quickly. If one of these is missing, do not pin.',
      },
    ],
    sources: [ANDROID_ADVICE, APPLE_ADVICE, OWASP_SHEET],
  },
  {
    id: 'what-is-a-pin',
    question: 'What exactly is a pin?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A pin is the SHA-256 hash of a public key, written in base64. What is hashed is the DER encoding of the certificate’s `SubjectPublicKeyInfo`: the algorithm and the key, with its own tag and length. The result has 44 characters and ends in `=`.',
      },
      {
        kind: 'code',
        text: `openssl x509 -in server.pem -pubkey -noout \\
  | openssl pkey -pubin -outform der \\
  | openssl dgst -sha256 -binary \\
  | openssl base64`,
      },
      {
        kind: 'paragraph',
        text: 'It is **not** the certificate’s SHA-256 fingerprint. That hash covers the whole certificate, is just as long and never matches. It is not hex either: Android rejects the whole file, and on iOS such a pin never matches.',
      },
      {
        kind: 'paragraph',
        text: 'Android and iOS take the base64 alone, OkHttp wants `sha256/` in front of it. Keep the `=`: Android can do without, iOS cannot.',
      },
    ],
    sources: [{ ...RFC_7469, title: 'RFC 7469, section 2.4' }, APPLE_LEAF_LIST],
  },
  {
    id: 'key-encoding',
    question: 'Why may two platforms hash one key differently?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A pin is a hash of bytes, and the same key can be written in several ways. Pinsmith hashes the bytes as they stand in the certificate. Apple does the same. Android reads the key, writes it again in its own way and hashes that.',
      },
      {
        kind: 'paragraph',
        text: 'For certificates of public CAs there is no difference, since the CA/Browser Forum prescribes the bytes. It shows where a private CA or an old tool wrote something unusual:',
      },
      {
        kind: 'list',
        items: [
          'a curve spelled out in parameters instead of its name, or a compressed point',
          'RSA without its `NULL`, or marked as RSASSA-PSS',
          'BER, or lengths and integers with needless octets',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Some platforms refuse such keys altogether. No pin is right everywhere then: have the certificate reissued, or pin a CA above it whose key is written as usual.',
      },
    ],
    sources: [
      {
        title: 'CA/Browser Forum: Baseline Requirements, section 7.1.3.1',
        url: 'https://github.com/cabforum/servercert/blob/main/docs/BR.md',
      },
      {
        title: 'Conscrypt: how Android reads the key of a certificate',
        url: 'https://github.com/google/conscrypt/blob/master/common/src/main/java/org/conscrypt/OpenSSLX509Certificate.java',
      },
    ],
  },
  {
    id: 'key-not-certificate',
    question: 'Why is the key pinned and not the certificate?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A certificate is replaced at every renewal. Its key need not be. The same key gives the same pin in the old certificate, the renewed one, a cross-signed one and in a signing request. So a renewal that keeps the key does not disturb the app, and a backup pin can be made before any certificate for that key exists.',
      },
      {
        kind: 'paragraph',
        text: 'The hash covers `SubjectPublicKeyInfo` and not the bare key bits, because that structure also names the algorithm and its parameters. The same bits cannot then be read as another kind of key.',
      },
      {
        kind: 'paragraph',
        text: 'Most renewal tools make a new key unless told otherwise. Check yours before you rely on a pin of the leaf.',
      },
    ],
    sources: [
      {
        title: 'Adam Langley: Public key pinning',
        url: 'https://www.imperialviolet.org/2011/05/04/pinning.html',
      },
      { ...RFC_7469, title: 'RFC 7469, section 2.4' },
    ],
  },
  {
    id: 'leaf-intermediate-root',
    question: 'Should I pin the leaf, the intermediate or the root?',
    blocks: [
      {
        kind: 'table',
        caption: 'What each choice gives and costs',
        head: ['Pin', 'Lets in', 'Breaks when'],
        rows: [
          ['Leaf', 'your key alone', 'the server gets a new key'],
          [
            'Public intermediate',
            'all that this CA issues from it',
            'the CA moves to another one, often without notice',
          ],
          ['Root', 'all that this CA issues for your name', 'you change the CA, or it changes its root'],
        ],
      },
      {
        kind: 'paragraph',
        text: 'The advice differs. OWASP prefers the leaf together with a backup; AWS and others say roots only. A leaf pin is the tightest and needs a team that keeps the key across renewals. A root pin lasts longest and protects least, because it does not stop a mistake of that very CA. With roots, pin all of the CA’s roots: phones of different age can end the same chain at different ones.',
      },
      {
        kind: 'paragraph',
        text: 'A public intermediate is the worst of the three. Decide by what you fear more: an attacker with a wrongly issued certificate, or your own app locked out.',
      },
    ],
    sources: [OWASP_SHEET, AWS_ADVICE],
  },
  {
    id: 'why-not-intermediate',
    question: 'Why not pin the intermediate?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Because a public CA may replace it whenever it likes, and does. It looks like a middle way between leaf and root, but you control it as little as the root and it lives as uncertainly as the leaf.',
      },
      {
        kind: 'list',
        items: [
          '**Let’s Encrypt** picks the issuer at random for each certificate, expressly to stop pinning, and may put its backup intermediates into service without warning.',
          '**Amazon** has issued from several rotating intermediates since 11 October 2022.',
          '**DigiCert** asks its customers to stop pinning.',
          'In July 2026 Expensify’s leaf and intermediate pins broke twice: Cloudflare’s edge moved from Let’s Encrypt to Google Trust Services, and CloudFront from Amazon’s intermediate M01 to M04. It went over to root pins.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'An intermediate of your own private CA is another matter, since you decide when it changes.',
      },
    ],
    sources: [
      {
        title: 'Let’s Encrypt: New intermediate certificates',
        url: 'https://letsencrypt.org/2024/03/19/new-intermediate-certificates',
      },
      { title: 'Expensify: pull request 100965', url: 'https://github.com/Expensify/App/pull/100965' },
      {
        title: 'DigiCert: What is certificate pinning?',
        url: 'https://www.digicert.com/blog/certificate-pinning-what-is-certificate-pinning',
      },
    ],
  },
  {
    id: 'backup-pin',
    question: 'What is a backup pin and how do I get one?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A backup pin belongs to a key that is **not in service**. If the pinned key is lost, stolen or replaced, you put the backup key on the server and installed apps go on working. A second hash from the same live chain is no backup for a lost CA, nor is the same pin written twice.',
      },
      {
        kind: 'paragraph',
        text: '“Make a backup key” in Config makes one in your browser: an encrypted file, its request, and a sheet on how to keep it. Or with OpenSSL:',
      },
      {
        kind: 'code',
        text: `openssl genpkey -algorithm EC \\
  -pkeyopt ec_paramgen_curve:P-256 -out backup.key
openssl req -new -key backup.key \\
  -subj /CN=api.example.com -out backup.csr`,
      },
      {
        kind: 'paragraph',
        text: 'Keep the key offline. Add `backup.csr` to the row, never `backup.key`, and tick “Pin as backup”. When the day comes, a CA certifies this key. The root of a second CA serves as well: add its certificate and pin it in Results.',
      },
      {
        kind: 'paragraph',
        text: 'On iOS a key of your own counts as a leaf pin. Beside a CA list it would be a second condition and not a second chance; see “Is one matching pin enough?”.',
      },
    ],
    sources: [
      {
        title: 'TrustKit: Getting started',
        url: 'https://github.com/datatheorem/TrustKit/blob/master/docs/getting-started.md',
      },
      { title: 'TrustKit: issue 29', url: 'https://github.com/datatheorem/TrustKit/issues/29' },
      {
        title: 'Android lint: MissingBackupPin',
        url: 'https://googlesamples.github.io/android-custom-lint-rules/checks/MissingBackupPin.md.html',
      },
    ],
  },
  {
    id: 'typed-pins',
    question: 'I only have a pin. Is it of a leaf or of a CA?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A pin does not say what it is of: it is a hash, the same 44 characters for any key. Android compares it with every certificate of the chain, so it does not ask. **iOS has one list for leaf keys and one for CA keys**, and in the wrong list a pin never matches.',
      },
      {
        kind: 'list',
        items: [
          'When a certificate of the row or a root that phones trust has the key, Pinsmith knows.',
          'Else you say it. A key that your own servers hold is a leaf key, also one that is kept in reserve.',
          'Until somebody says it, the pin stays out of the iOS output, and an alert names the host.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Better still is the certificate, the certificate request or the public key: then Pinsmith computes the pin, and can compare it with the chain.',
      },
    ],
    sources: [APPLE_PINNED_DOMAINS, APPLE_LEAF_LIST, RFC_7469],
  },
  {
    id: 'one-match',
    question: 'Is one matching pin enough?',
    blocks: [
      {
        kind: 'list',
        items: [
          '**Android, OkHttp, TrustKit:** yes. Any one pin may match any certificate of the validated chain, from the leaf to the root.',
          '**iOS:** one match in **each** list that is present. `NSPinnedLeafIdentities` is compared with the leaf alone, `NSPinnedCAIdentities` with every certificate above it. With both lists, both must match.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'So on iOS a CA pin next to a leaf pin is no safety net. It makes the rule stricter, and a new leaf key blocks the app although the CA pin still fits. For “leaf or CA” use the CA list alone, which is what Pinsmith does unless you choose otherwise.',
      },
      {
        kind: 'paragraph',
        text: 'A list that is present but holds nothing iOS can read rejects every connection. Entries that cover the same host are added together, which can also bring both lists into force.',
      },
    ],
    sources: [
      APPLE_PINNED_DOMAINS,
      APPLE_LEAF_LIST,
      {
        title: 'Android: Certificate pinning',
        url: 'https://developer.android.com/privacy-and-security/security-config#CertificatePinning',
      },
    ],
  },
  {
    id: 'subdomains',
    question: 'What does “Pin sub-domains” cover?',
    blocks: [
      {
        kind: 'table',
        caption: 'Which hosts a rule for `example.com` covers',
        head: ['Rule', 'itself', 'one label more', 'two or more'],
        rows: [
          ['Android', 'yes', 'yes', 'yes'],
          ['iOS', 'yes', 'yes', '**no**'],
          ['OkHttp `*.`', '**no**', 'yes', '**no**'],
          ['OkHttp `**.`', 'yes', 'yes', 'yes'],
        ],
      },
      {
        kind: 'paragraph',
        text: 'Android writes `includeSubdomains`, iOS `NSIncludesSubdomains`; iOS reaches exactly one label further. For `a.b.example.com` add `b.example.com` with the flag, or the host itself. OkHttp knows `**.` since 4.3; older versions accept it and match nothing.',
      },
      {
        kind: 'paragraph',
        text: 'Overlapping rules differ too. On Android the most specific entry applies alone: a separate entry for `api.example.com` takes that host out of the pins of `example.com` unless it repeats them. iOS adds up all entries that match.',
      },
    ],
    sources: [
      {
        title: 'Apple: NSIncludesSubdomains',
        url: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nsincludessubdomains',
      },
      { title: 'OkHttp: issue 8221', url: 'https://github.com/lysine-dev/okhttp/issues/8221' },
      ANDROID_CONFIG,
    ],
  },
  {
    id: 'domain-spellings',
    question: 'Which domain spellings are allowed?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A bare host name in lower case, such as `api.example.com`. Neither platform reports a wrong spelling: the entry simply never matches and the host stays **unpinned**.',
      },
      {
        kind: 'list',
        items: [
          'No scheme, path or port. A pin holds for every TLS port of the host.',
          'No wildcard. `*.example.com` is an OkHttp pattern; Android and iOS use their sub-domain flag.',
          'No dot at the front or at the end. Apple’s page says that a name ending in a dot matches a host ending in one; its published code drops the dot from the host, so such a key never matches.',
          'International names in their `xn--` form.',
          'No IP addresses if you can avoid them. Android compares them as plain text; for iOS pins they are not documented.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Android refuses the whole file when a domain occurs twice. Pinsmith cleans what you type and tells you what it changed.',
      },
    ],
    sources: [
      {
        title: 'Apple: NSExceptionDomains',
        url: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nsexceptiondomains',
      },
      ANDROID_CONFIG,
    ],
  },
  {
    id: 'expiration',
    question: 'What does Android’s expiration do?',
    blocks: [
      {
        kind: 'paragraph',
        text: '`expiration="2027-06-01"` on a `pin-set` switches its pins off from 00:00 on that day, by the device’s own clock and time zone. The day itself is no longer pinned, and the moment differs by up to 26 hours between devices.',
      },
      {
        kind: 'paragraph',
        text: 'After that, connections still need a certificate from a trusted CA, but any trusted CA will do. Nothing reports the change. Without the attribute the pins never expire.',
      },
      {
        kind: 'paragraph',
        text: 'Write the date as `yyyy-MM-dd`. A malformed date makes Android reject the file; a two-digit year is taken literally, `27` as the year 27 AD, and leaves you unpinned at once.',
      },
      {
        kind: 'paragraph',
        text: 'The iOS Info.plist and OkHttp have nothing like it. TrustKit has `TSKExpirationDate`, counted in UTC.',
      },
    ],
    sources: [
      {
        title: 'Android: pin-set',
        url: 'https://developer.android.com/privacy-and-security/security-config#pin-set',
      },
      { title: 'OkHttp: issue 3010', url: 'https://github.com/lysine-dev/okhttp/issues/3010' },
      {
        title: 'cwac-netsecurity: issue 19',
        url: 'https://github.com/commonsguy/cwac-netsecurity/issues/19',
      },
    ],
  },
  {
    id: 'should-i-set-expiration',
    question: 'Should I set an expiration?',
    blocks: [
      { kind: 'paragraph', text: 'It is a choice between two failures:' },
      {
        kind: 'list',
        items: [
          '**With a date,** old versions of the app recover by themselves, because they fall back to normal validation. But pinning is lost silently on that day, and an attacker can wait for it or set the device’s clock.',
          '**Without a date,** pinning never lapses. But a version whose pins no longer match is cut off until its user updates.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Choose the date by how long you support a version of the app, move it on with every release, and put it into a calendar. Do not let it follow the end date of the leaf certificate by accident: a public one lasts 200 days at most, and soon less. OWASP’s mobile test MASTG-TEST-0243 reports pin sets whose date has passed.',
      },
      {
        kind: 'paragraph',
        text: 'iOS does not offer the choice: its pins last until an update replaces them.',
      },
    ],
    sources: [
      { title: 'OWASP MASTG: pull request 3035', url: 'https://github.com/OWASP/mastg/pull/3035' },
      ANDROID_CONFIG,
    ],
  },
  {
    id: 'certificate-lifetimes',
    question: 'How often will certificates change?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'More often every year. The CA/Browser Forum, where browsers and public CAs agree on their rules, fixed this schedule in April 2025:',
      },
      {
        kind: 'table',
        caption: 'Limits for publicly trusted TLS certificates',
        head: ['Issued from', 'Longest validity', 'Reuse of domain validation'],
        rows: [
          ['before 15 March 2026', '398 days', '398 days'],
          ['15 March 2026', '200 days', '200 days'],
          ['15 March 2027', '100 days', '100 days'],
          ['15 March 2029', '47 days', '10 days'],
        ],
      },
      {
        kind: 'paragraph',
        text: 'Let’s Encrypt goes further: its default falls from 90 days to 64 on 10 February 2027 and to 45 on 16 February 2028.',
      },
      {
        kind: 'paragraph',
        text: 'A shorter certificate does not break a pin as long as the key stays the same. A new key at each renewal does. These limits do not bind private CAs; the platforms set their own.',
      },
    ],
    sources: [
      { title: 'CA/Browser Forum: ballot SC-081', url: 'https://github.com/cabforum/servercert/pull/553' },
      { title: 'Timeline to 47 days', url: 'https://fixmycert.com/guides/47-day-certificate-timeline' },
      {
        title: 'Let’s Encrypt: From 90 days to 45',
        url: 'https://letsencrypt.org/2025/12/02/from-90-to-45',
      },
    ],
  },
  {
    id: 'distrusted-ca',
    question: 'What if a CA is distrusted, or its root gets too old?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Then its certificates have to come from elsewhere, and a pin on the old root matches nothing any more. Who decides makes a difference:',
      },
      {
        kind: 'list',
        items: [
          '**Apple or Android:** apps are concerned. Phones that have the change refuse a chain that ends at no other root they trust.',
          '**Chrome or Mozilla:** apps go by the phone’s own list and still connect. But CAs move to roots that browsers trust, and the server’s chain moves with them.',
          '**Age:** Chrome and Mozilla remove roots whose keys are older than 15 years, in steps: the next are in April of 2027, 2028 and 2029. Few CAs publish the day of a key, so many of these dates are estimates.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Do not depend on one CA: pin a key of a second one as well, or a backup key that any CA can certify. Ship the new pin before the chain changes.',
      },
    ],
    sources: [
      {
        title: 'Gervase Markham: Don’t pin to a single CA',
        url: 'https://blog.gerv.net/2017/04/dont-pin-to-a-single-ca/',
      },
      { title: 'Mozilla: Root CA lifecycles', url: 'https://wiki.mozilla.org/CA/Root_CA_Lifecycles' },
      { title: 'Chrome Root Program policy', url: 'https://googlechrome.github.io/chromerootprogram/' },
      { title: 'Apple: Entrust and AC Camerfirma roots', url: 'https://support.apple.com/121668' },
    ],
  },
  {
    id: 'lets-encrypt',
    question: 'Can I pin with Let’s Encrypt?',
    blocks: [
      { kind: 'paragraph', text: 'Yes, in one of two ways:' },
      {
        kind: 'list',
        items: [
          '**Keep the key.** certbot makes a new key at every renewal unless you use `--reuse-key`; with your own signing request you keep it as well. Pin that key and a backup key.',
          '**Pin the roots,** all four: ISRG Root X1, ISRG Root X2, Root YE and Root YR. An ECDSA chain that ends at X1 on an older phone can end at X2 on Android 14 and later, where a pin of X1 alone fails.',
        ],
      },
      {
        kind: 'code',
        text: 'certbot renew --reuse-key',
      },
      {
        kind: 'paragraph',
        text: 'Never pin the intermediates. E5 to E9 and R10 to R14 are retired; their successors YE and YR are picked at random for each certificate. Let’s Encrypt advises against pinning intermediates and roots alike, so the first way is the one you control.',
      },
    ],
    sources: [
      { title: 'certbot: --reuse-key', url: 'https://github.com/certbot/certbot/pull/5901' },
      {
        title: 'Let’s Encrypt: Changes to issuance chains',
        url: 'https://letsencrypt.org/2024/04/12/changes-to-issuance-chains',
      },
      {
        title: 'Stack Exchange: iOS and Android pinning with Let’s Encrypt',
        url: 'https://security.stackexchange.com/questions/169913/ios-android-certificate-pinning-with-lets-encrypt',
      },
    ],
  },
  {
    id: 'cloudflare',
    question: 'Can I pin a domain behind Cloudflare?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Not with the certificates Cloudflare makes for you. Universal, Advanced and custom-hostname certificates are replaced at Cloudflare’s own times, with new keys, and may come from another CA. They are not meant to be pinned.',
      },
      {
        kind: 'paragraph',
        text: 'What can be pinned is a certificate that you upload yourself, with a key you reuse on purpose and with the user-defined bundle, so that Cloudflare does not change the chain. The renewal is then your task.',
      },
      {
        kind: 'paragraph',
        text: 'Pinning the roots of every CA that Cloudflare may use is a last resort without a promise: the list is Cloudflare’s to change. In July 2026 its edge moved Expensify from Let’s Encrypt to Google Trust Services and broke that app’s pins.',
      },
    ],
    sources: [
      {
        title: 'Cloudflare: Certificate pinning',
        url: 'https://developers.cloudflare.com/ssl/reference/certificate-pinning/',
      },
      {
        title: 'Cloudflare documentation: pull request 15242',
        url: 'https://github.com/cloudflare/cloudflare-docs/pull/15242',
      },
      EXPENSIFY_SCRIPT,
    ],
  },
  {
    id: 'aws',
    question: 'Can I pin a domain on AWS (ACM, CloudFront)?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'AWS Certificate Manager makes a new key pair at every renewal. A leaf pin of an ACM certificate therefore breaks at the first one. Amazon’s intermediates rotate as well: since 11 October 2022 certificates come from several of them.',
      },
      { kind: 'paragraph', text: 'AWS recommends not to pin ACM certificates. If you must:' },
      {
        kind: 'list',
        items: [
          'pin **all** Amazon roots, not only the one at the top of today’s chain, or',
          'import a certificate of your own into ACM and pin its key with a backup. ACM does not renew imported certificates for you.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Amazon roots let in any certificate that Amazon issues for your name. They protect you from other CAs, not from a mistake of Amazon’s.',
      },
    ],
    sources: [
      AWS_ADVICE,
      {
        title: 'AWS Certificate Manager: Certificate pinning problems',
        url: 'https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-pinning.html',
      },
      { title: 'Amazon Trust Services: Repository', url: 'https://www.amazontrust.com/repository/' },
    ],
  },
  {
    id: 'other-providers',
    question: 'What about Azure, Akamai, Google and API gateways?',
    blocks: [
      {
        kind: 'list',
        items: [
          '**Azure:** never pin `*.azurewebsites.net`; that certificate is Microsoft’s. Intermediates change regularly, and Microsoft no longer calls pinning a best practice. If you must, pin roots.',
          '**Akamai** does not support pinning any part of its chains; intermediates change without notice. It points to third-party certificates from a CA of your choice.',
          '**Google Trust Services:** chains are not static. Do not hard-code intermediates or roots. A client should accept the whole published root bundle and refresh it at least twice a year, which a pin set in a released app rarely manages.',
          '**API gateways** often obtain and renew certificates for you. Pin only when you supply the key yourself, and ask how a replacement is announced.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'The question is the same everywhere: who decides when the key changes? If it is not you, do not pin the leaf.',
      },
    ],
    sources: [
      {
        title: 'Azure App Service: Default certificate renewal',
        url: 'https://azure.github.io/AppService/2022/03/22/Default-Cert-Renew.html',
      },
      {
        title: 'Akamai: Certificate pinning',
        url: 'https://techdocs.akamai.com/cps/reference/certificate-pinning',
      },
      {
        title: 'Google Trust Services: Connecting to Google',
        url: 'https://developers.google.com/public-key-infrastructure/faq/connecting-to-google',
      },
      {
        title: 'Zuplo: Certificate pinning',
        url: 'https://zuplo.com/docs/articles/certificate-pinning.md',
      },
    ],
  },
  {
    id: 'third-party-domains',
    question: 'May I pin a domain I do not control?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'No. The owner of a payment, maps or analytics service may change key, CA or provider on any day, without telling you, and your app would stop working at that moment. Many vendors forbid or discourage pinning.',
      },
      { kind: 'paragraph', text: 'Two things help instead:' },
      {
        kind: 'list',
        items: [
          'Send the traffic through your own backend. The app pins your domain; your server talks to the third party and can be changed in minutes.',
          'Leave the connection to the normal trust check and to Certificate Transparency, which makes wrongly issued certificates visible.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Third-party hosts under your own name count too. A CDN or a status page on `help.example.com` is caught by a sub-domain rule for `example.com` although somebody else holds its key.',
      },
    ],
    sources: [
      { title: 'OWASP MASTG: pull request 3882', url: 'https://github.com/OWASP/mastg/pull/3882' },
      OWASP_SHEET,
    ],
  },
  {
    id: 'file-types',
    question: 'Which certificate files work?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'All that certificates usually come in. Files are recognised by what is in them; endings such as `.crt`, `.cer` or `.key` say little.',
      },
      {
        kind: 'list',
        items: [
          '**Certificates:** PEM in any wrapping (mail, log, JSON, YAML, a Kubernetes secret, the output of `openssl s_client -showcerts`), DER, or bare base64. One or many, in any order.',
          '**Bundles and keystores:** PKCS#7 (`.p7b`), PKCS#12 (`.p12`, `.pfx`), Java keystores (JKS, JCEKS), and zip archives of all these. A password is asked for where one is needed, and forgotten at once.',
          '**Keys without a certificate:** requests (CSR), public keys (PEM, DER, JWK, OpenSSH). Each can be a backup pin.',
          '**Ready pins:** “Add ready pins” takes them in any notation.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Not read: BKS keystores, PKCS#12 with scrypt, apps (APK, AAB, IPA), and files above 16 MB. `keytool -list -rfc` prints the certificates of any keystore as PEM. A private key is never needed: Pinsmith forgets it, and at most offers the pin of its public half.',
      },
    ],
    sources: [
      {
        title: 'cordova-plugin-advanced-http: issue 84',
        url: 'https://github.com/silkimen/cordova-plugin-advanced-http/issues/84',
      },
      {
        title: 'cordova-plugin-advanced-http: issue 38',
        url: 'https://github.com/silkimen/cordova-plugin-advanced-http/issues/38',
      },
      { title: 'Alamofire: issue 2291', url: 'https://github.com/Alamofire/Alamofire/issues/2291' },
    ],
  },
  {
    id: 'root-not-sent',
    question: 'Why does the live chain lack the root?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Because servers leave it out. TLS allows that: a device must know the root already, so sending it would prove nothing. What the server sends usually ends with an intermediate, and a tool that calls the last certificate “the root” pins the wrong key.',
      },
      {
        kind: 'paragraph',
        text: 'Pinsmith looks for the root in a store that comes with the page, checks that its key really signed the chain, adds it and shows its fingerprint so that you can compare it with the CA’s own list. If no root fits, as with a private CA, add the CA’s certificate as a file.',
      },
      {
        kind: 'paragraph',
        text: 'A root that the server does not send can be pinned all the same. Android and iOS compare pins with the chain they have built and checked, including the trust anchor at its end.',
      },
    ],
    sources: [
      { title: 'RFC 8446, section 4.4.2', url: 'https://datatracker.ietf.org/doc/html/rfc8446#section-4.4.2' },
      EXPENSIFY_SCRIPT,
    ],
  },
  {
    id: 'served-chain',
    question: 'Why does a chain work in a browser and fail on Android?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Often the server leaves out an intermediate. Desktop browsers remember those of other sites, and iOS may fetch a missing one. Android does neither and refuses the connection, before it looks at any pin.',
      },
      {
        kind: 'list',
        items: [
          '**What to send:** the server’s own certificate first, then each CA that certified the one before, without the root. Repeated, unrelated or wrongly ordered ones do less harm.',
          '**Where it hides:** in one of several addresses or key types. Results lists what each presented.',
          '**What Pinsmith can do:** fetch the missing certificate from the address in the certificate, after showing it to you. Your server still has to send it.',
          '**A private CA:** its root need not be sent either. Add it as a file, so that the chain can be checked to its end.',
        ],
      },
    ],
    sources: [
      {
        title: 'Android: Missing intermediate certificate authority',
        url: 'https://developer.android.com/privacy-and-security/security-ssl#MissingCa',
      },
      {
        title: 'Apple: SecTrustSetNetworkFetchAllowed',
        url: 'https://developer.apple.com/documentation/security/sectrustsetnetworkfetchallowed(_:_:)',
      },
      { title: 'RFC 8446, section 4.4.2', url: 'https://datatracker.ietf.org/doc/html/rfc8446#section-4.4.2' },
    ],
  },
  {
    id: 'rotate',
    question: 'How do I rotate pins without an outage?',
    blocks: [
      { kind: 'paragraph', text: 'The app moves first, the server second. Never the other way round.' },
      {
        kind: 'list',
        ordered: true,
        items: [
          'Make the next key and keep it out of service.',
          'Add its pin **beside** the pin in use, and release the app.',
          'Wait until enough users have that version: days for a team app, weeks or months for a public one. Measure it; do not guess.',
          'Switch the server to the new key. Test from a phone with the old version and one with the new.',
          'Make another backup key, add its pin, and remove the old pin in a later release.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Switch every server and every region: a certificate that differs in one place breaks only the users there. If the set already contained a backup pin, the first three steps lie behind you. That is what the backup is for.',
      },
    ],
    sources: [APPLE_ADVICE, { ...RFC_7469, title: 'RFC 7469, section 4.3, on backup pins' }, OWASP_SHEET],
  },
  {
    id: 'already-broke',
    question: 'The pins already broke. What now?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'The quickest repair is on the server. Installed apps need a chain with a key they know:',
      },
      {
        kind: 'list',
        ordered: true,
        items: [
          'Put the old key back, with its old certificate or a new one for the same key. Do not do so when that key was stolen.',
          'Or use the backup key: get a certificate for it and install it.',
          'With a CA pin, get a certificate whose chain runs through the pinned CA. Ask the CA for the old chain.',
          'Ship an update with right pins, whatever else works. It can take days or weeks to reach everyone.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'An Android pin set with an `expiration` opens by itself on that date. iOS and OkHttp wait for the update.',
      },
      {
        kind: 'paragraph',
        text: 'In November 2016 a Barclays payment app had pinned an intermediate that was replaced. Its CA issued an out-of-policy certificate on request, because an app update would have taken weeks and Black Friday was due.',
      },
      { kind: 'link', text: 'A checklist for your own hosts, step by step', to: 'pins-broke' },
    ],
    sources: [BARCLAYS, ANDROID_CONFIG],
  },
  {
    id: 'os-versions',
    question: 'Which Android and iOS versions enforce these pins?',
    blocks: [
      {
        kind: 'table',
        caption: 'Where the built-in configuration works',
        head: ['Platform', 'From', 'Below that'],
        rows: [
          ['Android `network_security_config.xml`', 'Android 7.0, API 24', 'ignored: not pinned'],
          ['iOS `NSPinnedDomains`', 'iOS 14', 'ignored: not pinned'],
          ['macOS `NSPinnedDomains`', 'macOS 11', 'ignored: not pinned'],
        ],
      },
      {
        kind: 'paragraph',
        text: 'Older versions connect as if there were no pins, so nothing breaks and nothing is protected. To cover them, use a library: OkHttp’s `CertificatePinner` works on every API level; TrustKit-Android pins by itself on API 17 to 23; TrustKit does it on iOS.',
      },
      {
        kind: 'paragraph',
        text: 'Apple’s page lists visionOS 1 as well, but neither tvOS nor watchOS. What those two do is undocumented; do not count on it.',
      },
    ],
    sources: [
      ANDROID_CONFIG,
      APPLE_PINNED_DOMAINS,
      { title: 'TrustKit-Android', url: 'https://github.com/datatheorem/TrustKit-Android' },
    ],
  },
  {
    id: 'webviews',
    question: 'Does pinning cover WebViews?',
    blocks: [
      {
        kind: 'list',
        items: [
          '**Android WebView:** yes. It asks the platform’s trust check, which applies your pins.',
          '**Chrome Custom Tabs and browsers:** no. They are other apps.',
          '**iOS web views** (`WKWebView`): unknown. It was reported as not pinned on iOS 14 to 15.4. Since iOS 16 the system has a way to apply an app’s pins in another process, but Apple does not document whether web views use it.',
          '**Safari inside an iOS app** (`SFSafariViewController`): no, by reports from iOS 14 to 15.4. It runs in another process.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'For `WKWebView` rely on neither outcome. Do not count on pins to protect what it loads, and do not assume that a wrong pin leaves it alone. If a page needs protection, fetch its data with `URLSession`. On Android remember that your pins also hold for pages on the same hosts.',
      },
    ],
    sources: [
      ANDROID_CONFIG,
      APPLE_PINNED_DOMAINS,
      {
        title: 'Marco Eidinger: Info.plist-based certificate pinning',
        url: 'https://blog.eidinger.info/infoplist-based-certificate-pinning-on-ios',
      },
    ],
  },
  {
    id: 'debug-proxies',
    question: 'How do I debug with Charles or mitmproxy?',
    blocks: [
      {
        kind: 'paragraph',
        text: '**Android:** add `debug-overrides` inside the same `network-security-config`. It works only in a debuggable build, and the CAs it names bypass the pins by default.',
      },
      {
        kind: 'code',
        text: `<debug-overrides>
    <trust-anchors>
        <certificates src="user" />
    </trust-anchors>
</debug-overrides>`,
      },
      {
        kind: 'paragraph',
        text: '**iOS:** there is no such switch. Give the debug configuration its own Info.plist without `NSPinnedDomains`, and install and trust the proxy’s CA on the device.',
      },
      {
        kind: 'paragraph',
        text: 'Never ship it. Outside `debug-overrides`, `src="user"` and `overridePins="true"` do the same to every user of the release: they trust CAs that somebody else installed, or skip the pins. And never generate pins while a proxy is on; they would be the proxy’s.',
      },
    ],
    sources: [
      {
        title: 'Android: Trust additional CAs for debugging',
        url: 'https://developer.android.com/privacy-and-security/security-config#TrustingDebugCa',
      },
      APPLE_PINNED_DOMAINS,
    ],
  },
  {
    id: 'private-ca',
    question: 'Can I pin a private CA or a self-signed certificate?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Yes, but a pin makes nothing trusted. The phone first has to trust the root, then the pins are checked.',
      },
      {
        kind: 'list',
        items: [
          '**Android:** ship the root in `res/raw` and name it under `trust-anchors` of that host; the Android tab has both. This list replaces the phone’s own, so `system` is added where the host has public chains too. `src="user"` is for managed devices: it trusts every CA that was added to them.',
          '**iOS:** have device management install the root, or install a profile and switch on full trust under Certificate Trust Settings. Apple’s limits count for private CAs too: at most 825 days, host names, and the server purpose in the certificate.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'A self-signed server certificate has no CA: on iOS its CA list never matches, and every new key needs an app update. A small CA of your own is the better start. Its root has to be a CA, valid, and in the app before the server uses it.',
      },
    ],
    sources: [
      {
        title: 'Android: Configure a custom CA',
        url: 'https://developer.android.com/privacy-and-security/security-config#CustomTrust',
      },
      {
        title: 'Apple: Trust manually installed certificate profiles',
        url: 'https://support.apple.com/102390',
      },
      {
        title: 'Apple: Requirements for trusted certificates in iOS 13',
        url: 'https://support.apple.com/103769',
      },
      APPLE_PINNED_DOMAINS,
    ],
  },
  {
    id: 'tls-inspection',
    question: 'Why does Pinsmith say that a proxy issued this chain?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Company gateways, virus scanners and debugging proxies open TLS connections to look inside. They show a certificate of their own in place of the server’s, and its issuer often carries the product’s name. Pinsmith knows some of these names; where an administrator chose another, nothing gives it away.',
      },
      {
        kind: 'paragraph',
        text: 'Pins of such a chain connect behind that product and nowhere else. Do not ship them, and never ship its root: whoever holds its key could read the app’s traffic on every phone. Instead:',
      },
      {
        kind: 'list',
        items: [
          'fetch the chain from another network, such as a phone’s own connection;',
          'or take the certificate files from whoever runs the server, and compare the pins.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Behind such a gateway a pinned app refuses to connect. That is what pinning is for; whoever runs the gateway has to exempt its hosts.',
      },
    ],
    sources: [
      {
        title: 'Chromium: names of software between browser and server',
        url: 'https://chromium.googlesource.com/chromium/src/+/refs/heads/main/components/resources/ssl/ssl_error_assistant/ssl_error_assistant.asciipb',
      },
      {
        title: 'Cloudflare: TLS inspection and pinned applications',
        url: 'https://developers.cloudflare.com/cloudflare-one/policies/gateway/http-policies/tls-decryption/',
      },
    ],
  },
  {
    id: 'testing',
    question: 'How do I test that pinning works?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A connection that works proves nothing: it works without pins too. Test all of these:',
      },
      {
        kind: 'list',
        ordered: true,
        items: [
          '**Right pin:** the app connects.',
          '**Wrong pin:** replace every pin of the host by a valid one of some other key. The connection must fail, on Android with “Pin verification failed”.',
          '**Proxy:** route the release build through an intercepting proxy. It must fail.',
          '**Backup:** put a certificate for the backup key on a test server. The app must connect.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Quit and relaunch an iOS app before each attempt. TLS sessions are reused, and a reused session does not check again.',
      },
      {
        kind: 'paragraph',
        text: 'Use a release build, on the oldest and the newest system you support: the same server can end at different roots there. Test every sub-domain the app calls.',
      },
    ],
    sources: [
      {
        title: 'react-native-ssl-public-key-pinning: issue 394',
        url: 'https://github.com/frw/react-native-ssl-public-key-pinning/issues/394',
      },
      ANDROID_CONFIG,
    ],
  },
  {
    id: 'are-pins-secret',
    question: 'Are pins secret?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'No. A pin is a hash of a public key, and your server sends that key to everyone who opens a connection. Anyone can also read the pins out of your app. You can commit them to a repository and discuss them in a ticket.',
      },
      {
        kind: 'paragraph',
        text: 'What must stay secret is the **private key** behind each pin. That holds for the backup key as well: installed apps will trust whoever has it, as soon as there is a certificate for it. Keep it offline, apart from the key in service, so that one accident does not take both.',
      },
      {
        kind: 'paragraph',
        text: 'Some teams still keep pins out of public repositories. That is a matter of taste: the pin of an unused backup key betrays nothing about the key, and whoever unpacks the app finds it.',
      },
    ],
    sources: [
      {
        title: 'Approov: react-native-cert-pinner',
        url: 'https://github.com/approov/react-native-cert-pinner',
      },
      RFC_7469,
    ],
  },
  {
    id: 'privacy',
    question: 'Do you see my certificates or keys?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'No. Files and pasted text are read in your browser, in a worker, and do not leave it.',
      },
      {
        kind: 'list',
        items: [
          '**What is sent:** a host name and port when you fetch a live chain, and the address of a missing issuer when you confirm it. Both go to this site’s own endpoint, which fetches what anyone could.',
          '**What is stored:** nothing on a server. Your browser keeps your projects: domains, choices, settings, file names and certificates.',
          '**How to remove it:** “Forget everything” in the menu beside the project’s name, or clear the data of this site. Certificates that no project uses any more go at a later visit.',
          '**Who watches:** no analytics, and no fonts or scripts from elsewhere.',
          '**Private keys and passwords:** never stored. A private key gives at most the pin of its public half.',
        ],
      },
      {
        kind: 'paragraph',
        text: "You can check this: the page’s Content-Security-Policy has `connect-src 'self'`, which forbids connections to any other site, and your browser’s network panel shows every request.",
      },
    ],
    sources: [
      {
        title: 'MDN: the connect-src directive',
        url: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/connect-src',
      },
    ],
  },
  ...CHAIN_ANSWERS,
  ...STACK_ANSWERS,
  ...PROTECTION_ANSWERS,
] as const satisfies readonly FaqAnswer[]

export type FaqAnswerId = (typeof answers)[number]['id']

export const FAQ_ANSWERS: readonly (FaqAnswer & { readonly id: FaqAnswerId })[] = answers

export interface FaqGroup {
  readonly id: string
  readonly title: string
  /** In reading order. */
  readonly answers: readonly FaqAnswerId[]
}

/** Every answer is in exactly one group. */
export const FAQ_GROUPS: readonly FaqGroup[] = [
  {
    id: 'basics',
    title: 'Basics',
    answers: [
      'what-is-pinning',
      'do-i-need-it',
      'what-is-a-pin',
      'key-not-certificate',
      'key-encoding',
      'are-pins-secret',
      'hpkp',
    ],
  },
  {
    id: 'protection',
    title: 'What pinning protects',
    answers: [
      'protection-compared',
      'attacks',
      'bypass',
      'static-or-dynamic',
      'app-attestation',
      'certificate-transparency',
      'company-networks',
    ],
  },
  {
    id: 'pins-and-chains',
    title: 'Pins and chains',
    answers: [
      'leaf-intermediate-root',
      'why-not-intermediate',
      'backup-pin',
      'typed-pins',
      'several-pins',
      'root-not-sent',
      'served-chain',
      'cross-signed-roots',
      'third-party-domains',
      'lets-encrypt',
      'cloudflare',
      'aws',
      'other-providers',
    ],
  },
  {
    id: 'platforms',
    title: 'Platforms',
    answers: [
      'one-match',
      'subdomains',
      'domain-spellings',
      'os-versions',
      'frameworks',
      'pins-from-code',
      'webviews',
      'private-ca',
      'tls-inspection',
      'debug-proxies',
      'testing',
      'error-messages',
      'when-a-pin-fails',
    ],
  },
  {
    id: 'certificate-changes',
    title: 'Certificate changes',
    answers: [
      'certificate-lifetimes',
      'distrusted-ca',
      'expiration',
      'should-i-set-expiration',
      'rotate',
      'already-broke',
    ],
  },
  { id: 'using-pinsmith', title: 'Using Pinsmith', answers: ['file-types', 'privacy'] },
]
