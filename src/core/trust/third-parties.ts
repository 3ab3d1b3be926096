import { providerOfName } from './providers.ts'

/** A service that apps call and that nobody but its owner has the keys of. */
export interface ThirdParty {
  readonly name: string
  /** The host itself, or any host below it. */
  readonly domain: string
  /** What its owner says of pinning, in our words; null where nothing is known. */
  readonly advice: string | null
  readonly source: string
}

/** OWASP, on what is true of all of them: whoever does not control both ends should not pin. */
const OWASP = 'https://cheatsheetseries.owasp.org/cheatsheets/Pinning_Cheat_Sheet.html'

/** Read on 2026-11-21. */
const SERVICES: readonly ThirdParty[] = [
  {
    name: 'Stripe',
    domain: 'stripe.com',
    advice: 'Stripe recommends against pinning, and announces a change of its roots seven days ahead.',
    source: 'https://docs.stripe.com/tls-certificates',
  },
  {
    name: 'Razorpay',
    domain: 'razorpay.com',
    advice: 'Razorpay says why its certificate should not be pinned, and renews it on days of its own choice.',
    source: 'https://razorpay.com/docs/security/whitelists/guidelines-ssl-cert-rotation',
  },
  {
    name: 'BILL',
    domain: 'bill.com',
    advice: 'BILL renews its certificates every 90 days and highly recommends not to pin them.',
    source: 'https://developer.bill.com/changelog/2024-08-01-api-certificates',
  },
  {
    name: 'PayPal',
    domain: 'paypal.com',
    advice: 'PayPal has moved its endpoints to the roots of another CA before.',
    source: 'https://www.paypal-notice.com/en/Migration-to-DigiCert-Root-Certificates/',
  },
  {
    name: 'Okta',
    domain: 'okta.com',
    advice: 'Okta calls pinning a legacy technique that often does more harm than good.',
    source: 'https://support.okta.com/help/s/article/understanding-certificate-pinning',
  },
  {
    name: 'Auth0',
    domain: 'auth0.com',
    advice: 'Auth0 has added CAs before, and asks to make sure that no application pins its certificates.',
    source: 'https://community.auth0.com/t/introduction-of-additional-certificate-authorities/92641',
  },
  {
    name: 'Twilio',
    domain: 'twilio.com',
    advice: 'Twilio shows a new certificate a month ahead, on another port, to whoever looks for it.',
    source:
      'https://support.twilio.com/hc/en-us/articles/226478767-Monitoring-Updates-to-Twilio-REST-API-SSL-Certificates',
  },
  {
    name: 'Twilio',
    domain: 'twil.io',
    advice: 'Twilio calls pinning risky and error prone, and does not announce renewals here.',
    source:
      'https://support.twilio.com/hc/en-us/articles/4407287194139-Monitoring-Updates-to-Twilio-Functions-Security-Certificates',
  },
  {
    name: 'Telesign',
    domain: 'telesign.com',
    advice: 'Telesign recommends to avoid pinning its certificates, which it renews by itself.',
    source:
      'https://developer.telesign.com/enterprise/changelog/tls-certificate-lifecycle-change-and-certificate-pinning-guidance',
  },
  {
    name: 'Sentry',
    domain: 'sentry.io',
    advice: 'Sentry names its CAs and announces on a status page when they change.',
    source: 'https://docs.sentry.io/product/security/ssl/',
  },
  ...(
    [
      ['Meta', 'facebook.com'],
      ['Meta', 'instagram.com'],
      ['Meta', 'whatsapp.com'],
      ['Apple', 'apple.com'],
      ['Apple', 'icloud.com'],
      ['Microsoft', 'microsoft.com'],
      ['Microsoft', 'microsoftonline.com'],
      ['X', 'twitter.com'],
      ['X', 'x.com'],
      ['GitHub', 'github.com'],
      ['OpenAI', 'openai.com'],
    ] as const
  ).map(([name, domain]) => ({ name, domain, advice: null, source: OWASP })),
]

/** Whose keys a host has by its name alone, where that is a well-known service or provider. */
export function thirdPartyOf(host: string): ThirdParty | null {
  const service = SERVICES.find(({ domain }) => host === domain || host.endsWith(`.${domain}`))
  if (service) return service
  const provider = providerOfName(host)
  if (!provider) return null
  const domain = provider.domains.find((one) => host === one || host.endsWith(`.${one}`)) ?? host
  const { advice } = provider
  return { name: provider.name, domain, advice: advice?.text ?? null, source: advice?.source ?? OWASP }
}
