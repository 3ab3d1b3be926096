import type { DistinguishedName } from '../certificate/certificate.ts'
import type { PinningAdvice } from './pinning-advice.ts'

/** Who terminates TLS in front of a server or in its place. */
export interface Provider {
  readonly id: string
  readonly name: string
  /** Domains that are the provider's own, so that a host or a certificate's name below one is a sign of it. */
  readonly domains: readonly string[]
  /** The names under which CAs issue for the provider alone; what is given matches the whole of the text. */
  readonly issuers: readonly {
    readonly commonName?: RegExp
    readonly organization: RegExp
    readonly source: string
  }[]
  readonly advice: PinningAdvice | null
}

const READ = '2026-11-21'

/** A pattern is no proof: a certificate of the customer's own shows none of these, nor does a front in a front. */
export const PROVIDERS: readonly Provider[] = [
  {
    id: 'cloudflare',
    name: 'Cloudflare',
    domains: [
      'cloudflare.com',
      'cloudflaressl.com',
      'workers.dev',
      'pages.dev',
      'trycloudflare.com',
      'cloudflareaccess.com',
    ],
    issuers: [
      {
        organization: /^cloudflare, inc\.$/i,
        source: 'https://developers.cloudflare.com/ssl/reference/certificate-authorities/',
      },
    ],
    advice: {
      text: 'Cloudflare rotates the certificates at its edge and does not support pinning them. An app that must pin needs a certificate that is uploaded, served with a user-defined bundle and renewed with the same key.',
      source: 'https://developers.cloudflare.com/ssl/reference/certificate-pinning/',
      read: READ,
    },
  },
  {
    id: 'aws',
    name: 'Amazon Web Services',
    domains: [
      'cloudfront.net',
      'amazonaws.com',
      'awsapprunner.com',
      'amplifyapp.com',
      'elasticbeanstalk.com',
      'awsglobalaccelerator.com',
      'on.aws',
    ],
    issuers: [
      {
        organization: /^Amazon$/,
        source: 'https://aws.amazon.com/blogs/security/amazon-introduces-dynamic-intermediate-certificate-authorities/',
      },
    ],
    advice: {
      text: 'AWS Certificate Manager makes a new key at every renewal, so AWS recommends not to pin its certificates. An app that must pin should pin all Amazon roots, or an imported certificate.',
      source: 'https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-pinning.html',
      read: READ,
    },
  },
  {
    id: 'azure-app-service',
    name: 'Azure App Service',
    domains: ['azurewebsites.net'],
    issuers: [],
    advice: {
      text: 'App Service may rotate the certificate of *.azurewebsites.net at any time, and apps should never pin it. What has to stay needs a domain and a certificate of your own.',
      source: 'https://azure.github.io/AppService/2022/03/22/Default-Cert-Renew.html',
      read: READ,
    },
  },
  {
    id: 'azure',
    name: 'Microsoft Azure',
    domains: [
      'azurestaticapps.net',
      'azurecontainerapps.io',
      'azure-api.net',
      'azureedge.net',
      'azurefd.net',
      'core.windows.net',
      'database.windows.net',
      'servicebus.windows.net',
      'vault.azure.net',
    ],
    issuers: [
      {
        commonName: /^Microsoft Azure .*TLS Issuing CA \d+$/,
        organization: /^Microsoft Corporation$/,
        source: 'https://learn.microsoft.com/azure/security/fundamentals/azure-ca-details',
      },
    ],
    advice: {
      text: 'Azure changes its intermediates regularly and no longer counts pinning among good practice; an app that must pin should pin roots.',
      source:
        'https://techcommunity.microsoft.com/blog/azurestorageblog/azure-storage-tls-changes-intermediate-certificate-renewals/3929149',
      read: READ,
    },
  },
  {
    id: 'akamai',
    name: 'Akamai',
    domains: ['akamai.net', 'akamaized.net', 'akamaihd.net', 'akamaiedge.net', 'edgekey.net', 'edgesuite.net'],
    issuers: [],
    advice: {
      text: 'Akamai does not support pinning any part of its chains: intermediates change without notice. An app that depends on the chain needs a third-party certificate in Akamai’s provisioning system, from a CA of your choice.',
      source: 'https://techdocs.akamai.com/cps/reference/certificate-pinning',
      read: READ,
    },
  },
  {
    id: 'fastly',
    name: 'Fastly',
    domains: ['fastly.net', 'fastlylb.net', 'edgecompute.app'],
    issuers: [{ organization: /^Certainly$/, source: 'https://docs.fastly.com/products/tls-service-options' }],
    advice: {
      text: 'Fastly advises to avoid pinning wherever possible. The certificates that it manages come from Certainly, Let’s Encrypt or GlobalSign.',
      source: 'https://www.fastly.com/blog/5-best-practices-for-your-tls-configuration',
      read: READ,
    },
  },
  {
    id: 'google',
    name: 'Google or Firebase hosting',
    domains: [
      'web.app',
      'firebaseapp.com',
      'firebaseio.com',
      'run.app',
      'appspot.com',
      'cloudfunctions.net',
      'googleapis.com',
      'google.com',
    ],
    issuers: [],
    advice: {
      text: 'Google says that its chains are not static, that RSA and ECDSA are both possible, and that intermediates and roots must never be hard-coded: accept every CA of its published list and renew that list twice a year.',
      source: 'https://developers.google.com/public-key-infrastructure/faq/connecting-to-google',
      read: READ,
    },
  },
  {
    id: 'heroku',
    name: 'Heroku',
    domains: ['herokuapp.com', 'herokussl.com', 'herokudns.com'],
    issuers: [],
    advice: {
      text: 'No advice on pinning is known. Heroku’s automated certificates come from Let’s Encrypt and are renewed a month before they end, so what Let’s Encrypt says applies.',
      source: 'https://devcenter.heroku.com/articles/automated-certificate-management',
      read: READ,
    },
  },
  {
    id: 'netlify',
    name: 'Netlify',
    domains: ['netlify.app', 'netlify.com'],
    issuers: [],
    advice: {
      text: 'No advice on pinning is known. Netlify’s automatic certificates come from Let’s Encrypt, so what Let’s Encrypt says applies.',
      source: 'https://answers.netlify.com/t/support-guide-ssl-tls-certificate-provisioning/1300',
      read: READ,
    },
  },
  {
    id: 'vercel',
    name: 'Vercel',
    domains: ['vercel.app', 'now.sh', 'vercel.com'],
    issuers: [],
    advice: {
      text: 'No advice on pinning is known. Vercel’s automatic certificates come from Let’s Encrypt, so what Let’s Encrypt says applies.',
      source: 'https://vercel.com/blog/automatic-ssl-with-vercel-lets-encrypt',
      read: READ,
    },
  },
  { id: 'github-pages', name: 'GitHub Pages', domains: ['github.io'], issuers: [], advice: null },
]

/** The provider that CAs issue for alone under such a name. */
export function providerOfIssuer({ commonName, organization }: DistinguishedName): Provider | null {
  return (
    PROVIDERS.find(({ issuers }) =>
      issuers.some(
        (issuer) =>
          issuer.organization.test(organization ?? '') &&
          (issuer.commonName === undefined || issuer.commonName.test(commonName ?? '')),
      ),
    ) ?? null
  )
}

/** @param name a host or a name of a certificate, in lower case, possibly `*.…` */
export function providerOfName(name: string): Provider | null {
  return (
    PROVIDERS.find(({ domains }) => domains.some((domain) => name === domain || name.endsWith(`.${domain}`))) ?? null
  )
}
