import type { Certificate, DistinguishedName } from '../certificate/certificate.ts'
import type { Chain } from './chain.ts'

/** A product that puts a certificate of its own in the place of a server's, and how it names the CA that issues it. */
interface InterceptionName {
  readonly product: string
  /** Both, where both are there, match the whole of the text. */
  readonly commonName?: RegExp
  readonly organization?: RegExp
  readonly source: string
}

/** Chromium's list of software that browsers meet between them and a server; read on 2026-11-21. */
const CHROMIUM =
  'https://chromium.googlesource.com/chromium/src/+/refs/heads/main/components/resources/ssl/ssl_error_assistant/ssl_error_assistant.asciipb'

/** The names of Norton's CA, as a certificate in the wild has them; Avast and AVG are the same maker's and differ in theirs. */
const WEB_SHIELD = 'https://github.com/matlab/matlab-mcp-server/issues/100'

/**
 * Debugging proxies by their own documents, then appliances, gateways and virus scanners. Where whoever runs a product
 * names its CA, as with Palo Alto Networks, there is no name to look for.
 */
export const INTERCEPTION_NAMES: readonly InterceptionName[] = [
  {
    product: 'mitmproxy',
    commonName: /^mitmproxy$/,
    source: 'https://docs.mitmproxy.org/stable/concepts/certificates/',
  },
  {
    product: 'Charles',
    commonName: /^Charles Proxy CA \(.*\)$/,
    source: 'https://www.charlesproxy.com/documentation/using-charles/ssl-certificates/',
  },
  {
    product: 'Fiddler',
    commonName: /^(?:DO_NOT_TRUST_FiddlerRoot|Fiddler Root Certificate Authority)$/,
    source: 'https://docs.telerik.com/fiddler/configure-fiddler/tasks/trustfiddlerrootcert',
  },
  {
    product: 'Proxyman',
    commonName: /^Proxyman CA \(.*\)$/,
    source: 'https://docs.proxyman.com/basic-features/ssl-proxying',
  },
  {
    product: 'Burp Suite',
    commonName: /^PortSwigger CA$/,
    source: 'https://portswigger.net/burp/documentation/desktop/external-browser-config/certificate',
  },
  {
    product: 'ZAP',
    commonName: /^(?:OWASP Zed Attack Proxy|ZAP) Root CA$/,
    source: 'https://www.zaproxy.org/docs/desktop/addons/network/options/servercertificates/',
  },
  {
    product: 'HTTP Toolkit',
    commonName: /^HTTP Toolkit CA(?: - DO NOT TRUST)?$/,
    source: 'https://github.com/httptoolkit/httptoolkit-server',
  },
  {
    product: 'Avast',
    commonName: /^avast! Web\/Mail Shield Root$/,
    organization: /^avast! Web\/Mail Shield$/,
    source: CHROMIUM,
  },
  { product: 'Avast', organization: /^Avast Web\/Mail Shield$/, source: WEB_SHIELD },
  { product: 'AVG', organization: /^AVG Web\/Mail Shield$/, source: WEB_SHIELD },
  { product: 'Norton', organization: /^Norton Web\/Mail Shield$/, source: WEB_SHIELD },
  {
    product: 'AdGuard',
    commonName: /^Ad[Gg]uard Personal CA$/,
    source: 'https://github.com/AdguardTeam/KnowledgeBase',
  },
  {
    product: 'Bitdefender',
    commonName: /^Bitdefender Personal CA\.Net-Defender$/,
    organization: /^Bitdefender$/,
    source: CHROMIUM,
  },
  {
    product: 'Cisco Umbrella',
    commonName: /^Cisco Umbrella (?:Root CA|Primary SubCA)$/,
    organization: /^Cisco$/,
    source: CHROMIUM,
  },
  {
    product: 'Cloudflare Gateway',
    commonName: /^Gateway CA - Cloudflare Managed G\d+(?: .*)?$/,
    source:
      'https://developers.cloudflare.com/cloudflare-one/team-and-resources/devices/user-side-certificates/manual-deployment/',
  },
  {
    product: 'ContentKeeper',
    commonName: /^ContentKeeper Appliance CA \(\d+\)$/,
    organization: /^ContentKeeper Technologies$/,
    source: CHROMIUM,
  },
  { product: 'Cyberoam', organization: /^Cyberoam Certificate Authority$/, source: CHROMIUM },
  {
    product: 'ESET',
    commonName: /^ESET SSL Filter CA$/,
    source: 'https://github.com/the-last-byte/ESET-NPM-Breakage-Fix',
  },
  {
    product: 'Forcepoint',
    commonName: /^Forcepoint Cloud CA$/,
    organization: /^Forcepoint LLC$/,
    source: CHROMIUM,
  },
  { product: 'Fortinet', organization: /^Fortinet(?: Ltd\.)?$/, source: CHROMIUM },
  {
    product: 'Kaspersky',
    commonName: /^Kaspersky Anti-Virus Personal Root Certificate$/,
    source: CHROMIUM,
  },
  {
    product: 'Kaspersky',
    commonName: /^Kaspersky Web Anti-Virus Certification Authority$/,
    source: 'https://github.com/keybase/client/issues/7228',
  },
  { product: 'McAfee Web Gateway', commonName: /^McAfee Web Gateway$/, source: CHROMIUM },
  {
    product: 'NetSpark',
    commonName: /^www\.netspark\.com$/,
    organization: /^NetSpark$/,
    source: CHROMIUM,
  },
  {
    product: 'Netskope',
    commonName: /^(?:ca\.[a-z\d.-]+\.goskope\.com|(?:[a-z\d.-]+\.)?caadmin\.netskope\.com)$/,
    source: 'https://github.com/ns-toconnor/ssl-configure-script',
  },
  { product: 'Smoothwall', commonName: /^Smoothwall-default-root-certificate-authority$/, source: CHROMIUM },
  { product: 'SonicWall', organization: /^HTTPS Management Certificate for SonicWALL$/, source: CHROMIUM },
  {
    product: 'Sophos',
    commonName: /^(?:Sophos SSL CA_[A-Z\d-]+|Sophos_CA_[A-Z\d]+|sophosutm Proxy CA|Sophos Web Appliance)$/,
    source: CHROMIUM,
  },
  { product: 'Symantec Blue Coat', organization: /^Blue Coat.*$/, source: CHROMIUM },
  { product: 'Trend Micro InterScan', commonName: /^IWSS\.TREND$/, source: CHROMIUM },
  { product: 'Zscaler', organization: /^Zscaler Inc\.$/, source: CHROMIUM },
]

/** A certificate of a chain that an intercepting product seems to have issued. */
export interface Interception {
  readonly product: string
  readonly certificate: Certificate
}

/**
 * The certificates of a chain whose issuers are named as intercepting products name theirs. None below a root that phones
 * ship with: no such product stands there, whatever its maker's own servers are called.
 */
export function interceptionsOf({ links, end }: Chain): readonly Interception[] {
  if (end.kind !== 'private-root' && end.kind !== 'issuer-missing') return []
  return links.flatMap(({ certificate }) => {
    const product = interceptorNamed(certificate.issuer)
    return product === null ? [] : [{ product, certificate }]
  })
}

/** The product that names its CA so; null for any other name, and whoever changed the name is not found. */
export function interceptorNamed({ commonName, organization }: DistinguishedName): string | null {
  const found = INTERCEPTION_NAMES.find(
    (name) =>
      (name.commonName === undefined || name.commonName.test(commonName ?? '')) &&
      (name.organization === undefined || name.organization.test(organization ?? '')),
  )
  return found?.product ?? null
}
