import type { FaqAnswer } from './faq-answer.ts'
import { ANDROID_CONFIG, APPLE_PINNED_DOMAINS, RFC_7469 } from './sources.ts'

export const CHAIN_ANSWERS = [
  {
    id: 'cross-signed-roots',
    question: 'What is a cross-signed root, and why has it two end dates?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A new root is in no old phone. So an older CA certifies its key too, and the new root becomes an intermediate of the old one. One key then has several certificates, with different issuers and end dates.',
      },
      {
        kind: 'list',
        items: [
          '**One key, one pin.** All its certificates have the same pin, so pinning the root covers each of them.',
          '**Several paths.** One device ends at the new root, another goes on to the old one. With only the upper root pinned, a device that stops below it matches nothing.',
          '**Several dates.** When a cross-certificate ends, devices that needed it lose the path. Let’s Encrypt’s, for old Android versions, ended in 2024.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Android takes the first valid path and does not try another when no pin matches. iOS goes on until a path has a pinned CA. Results shows every path of each system.',
      },
    ],
    sources: [
      {
        title: 'Let’s Encrypt: Chains of trust',
        url: 'https://letsencrypt.org/certificates/',
      },
      {
        title: 'Let’s Encrypt: DST Root CA X3 expiration',
        url: 'https://letsencrypt.org/docs/dst-root-ca-x3-expiration-september-2021/',
      },
      { title: 'OkHttp: pull request 6447', url: 'https://github.com/lysine-dev/okhttp/pull/6447' },
      {
        title: 'Conscrypt: how Android builds a path',
        url: 'https://github.com/google/conscrypt/blob/master/common/src/main/java/org/conscrypt/TrustManagerImpl.java',
      },
    ],
  },
  {
    id: 'several-pins',
    question: 'Why are there several pins for one domain?',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Two reasons: the pins that you want, and the certificates that the domain really has.',
      },
      {
        kind: 'list',
        items: [
          '**A backup.** A pin set should always hold a key that is not in service.',
          '**Servers and regions.** Behind one name may stand several machines, data centres or CDNs, each with a key of its own. From your desk you see one of them.',
          '**Two key types.** A server may hold an RSA and an ECDSA certificate and show whichever the client prefers. Both need a pin, or one that both chains share.',
          '**A change under way.** The old and the next key stand side by side until the last server has switched.',
        ],
      },
      {
        kind: 'paragraph',
        text: 'Fetch the live chain to see what each address presents, for both key types. That is what one place of the internet sees at one moment: ask whoever runs the servers for the rest.',
      },
    ],
    sources: [{ ...RFC_7469, title: 'RFC 7469, section 4.3, on backup pins' }, ANDROID_CONFIG, APPLE_PINNED_DOMAINS],
  },
] as const satisfies readonly FaqAnswer[]
