import { providerOfName } from './providers.ts'

/** A service that apps call and that nobody but its owner has the keys of. */
export interface ThirdParty {
  readonly name: string
  /** The host itself, or any host below it. */
  readonly domain: string
  /** What its owner says of pinning, in our words; null where nothing is known. */
  readonly advice: string | null
  /** Where it says so, or else that the hosts are its own; OWASP’s advice where neither is cited. */
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
  {
    name: 'Plaid',
    domain: 'plaid.com',
    advice: 'Plaid says that certificate pinning should never be used with its API.',
    source: 'https://plaid.com/docs/api/',
  },
  ...['adyen.com', 'adyenpayments.com'].map((domain) => ({
    name: 'Adyen',
    domain,
    advice: 'Adyen cannot support pinning: it replaces certificates regularly, and may do so without warning.',
    source: 'https://help.adyen.com/en_SG/updates/tls-certificates-on-adyen-services',
  })),
  ...['braintreegateway.com', 'braintree-api.com', 'braintreepayments.com'].map((domain) => ({
    name: 'Braintree',
    domain,
    advice:
      'Braintree has seen it in its own SDKs: app versions whose certificates ended on 30 March 2026 lost all their traffic.',
    source: 'https://developer.paypal.com/braintree/docs/guides/credit-cards/client-side/android/v4',
  })),
  {
    name: 'Salesforce',
    domain: 'salesforce.com',
    advice:
      'Salesforce warns that users cannot log in once a pinned certificate was rotated and the app was not updated.',
    source: 'https://help.salesforce.com/s/articleView?id=xcloud.mobile_security_mam_server_cert_pin.htm&type=5',
  },
  {
    name: 'Google Analytics',
    domain: 'app-measurement.com',
    advice: 'Google says that its chains are not static and that intermediates and roots must never be hard-coded.',
    source: 'https://developers.google.com/public-key-infrastructure/faq/connecting-to-google',
  },
  ...(
    [
      [
        'Segment',
        'segment.io',
        'https://www.twilio.com/docs/segment/connections/sources/catalog/libraries/server/http-api',
      ],
      [
        'Segment',
        'segment.com',
        'https://www.twilio.com/docs/segment/connections/sources/catalog/libraries/server/http-api',
      ],
      ['Mixpanel', 'mixpanel.com', 'https://docs.mixpanel.com/reference/overview'],
      ['Amplitude', 'amplitude.com', 'https://amplitude.com/docs/apis/analytics/http-v2'],
      ['OneSignal', 'onesignal.com', 'https://documentation.onesignal.com/reference/rest-api-overview'],
      ['Branch', 'branch.io', 'https://help.branch.io/apidocs/deep-linking'],
      ['Mapbox', 'mapbox.com', 'https://docs.mapbox.com/api/'],
      [
        'Slack',
        'slack.com',
        'https://docs.slack.dev/changelog/2020-11-no-more-tokens-in-querystrings-for-newly-created-apps',
      ],
    ] as const
  ).map(([name, domain, source]) => ({ name, domain, advice: null, source })),
  ...(
    [
      ['Zapier', 'zapier.com'],
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
