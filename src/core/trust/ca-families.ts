import type { SpkiPin } from '../pins/spki-pin.ts'
import type { PinningAdvice } from './pinning-advice.ts'

/** A root that may end a path of a CA family. Several certificates may share its key, and with it the pin. */
export interface FamilyRoot {
  readonly name: string
  readonly pin: SpkiPin
}

/** Everything that one CA operator issues server certificates under, whatever the brand: DigiCert is GeoTrust as well. */
export interface CaFamily {
  readonly id: string
  readonly name: string
  /** The operator's organisations as its CA certificates have them, the whole of the text. */
  readonly organizations: readonly string[]
  /** Arcs of object identifiers under which the operator names its certificate policies. */
  readonly policies: readonly string[]
  /**
   * Roots for server certificates that the newest Android, Apple, Mozilla or Chrome lists, and those on their way there;
   * empty when none of them takes newly issued certificates any more.
   */
  readonly roots: readonly FamilyRoot[]
  /** Issues no new public server certificates from roots of its own, so it is no backup. */
  readonly isClosed: boolean
  /** Null: none is known to be published. */
  readonly advice: PinningAdvice | null
}

function root(name: string, pin: string): FamilyRoot {
  return { name, pin: pin as SpkiPin }
}

/**
 * The larger CAs of the web. Roots are those of the platforms' root stores of 2026-11-21, left out: roots for e-mail,
 * clients, time stamps and code, and those that no current list has. Buypass is closed since Chrome refuses what it
 * issues after 2025-10-31 (`root_store.textproto`, version 36), Entrust by its own page.
 */
export const CA_FAMILIES: readonly CaFamily[] = [
  {
    id: 'lets-encrypt',
    name: 'Let’s Encrypt',
    organizations: ["Let's Encrypt", 'ISRG', 'Internet Security Research Group'],
    policies: [],
    roots: [
      root('ISRG Root X1', 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M='),
      root('ISRG Root X2', 'diGVwiVYbubAI3RW4hB9xU8e/CH2GnkuvVFZE8zmgzI='),
      root('Root YE', 'sCkq5UWXjg+7mKu9lMhhYF5bGLsy7VI/UNW3tccdR7w='),
      root('Root YR', 'fk6IOKit1ild5647BH06ujSIq5XbCgqlbYl6ANhhi88='),
    ],
    isClosed: false,
    advice: {
      text: 'Let’s Encrypt recommends against pinning or hard-coding its intermediates or roots. Intermediates change often, and any active one may issue the next certificate.',
      source: 'https://letsencrypt.org/2024/04/12/changes-to-issuance-chains',
      read: '2026-11-21',
    },
  },
  {
    id: 'google',
    name: 'Google Trust Services',
    organizations: ['Google Trust Services', 'Google Trust Services LLC'],
    policies: [],
    roots: [
      root('GTS Root R1', 'hxqRlPTu1bMS/0DITB1SSu0vd4u/8l8TjPgfaAp63Gc='),
      root('GTS Root R2', 'Vfd95BwDeSQo+NUYxVEEIlvkOlWY2SalKK1lPhzOx78='),
      root('GTS Root R3', 'QXnt2YHvdHR3tJYmQIr0Paosp6t/nggsEGD4QJZ3Q0g='),
      root('GTS Root R4', 'mEflZT5enoR1FuXLgYYGqnVEoZvmf9c2bVBpiOjYQ0c='),
      root('GlobalSign ECC Root CA - R4', 'CLOmM1/OXvSPjw5UOYbAf9GKOxImEp9hhku9W90fHMk='),
    ],
    isClosed: false,
    advice: {
      text: 'Google says that its chains are not static and that intermediates and roots must never be hard-coded. Clients should accept every CA of its published list, for RSA and ECDSA, and renew that list at least twice a year.',
      source: 'https://developers.google.com/public-key-infrastructure/faq/connecting-to-google',
      read: '2026-11-21',
    },
  },
  {
    id: 'amazon',
    name: 'Amazon Trust Services',
    organizations: ['Amazon'],
    policies: [],
    roots: [
      root('Amazon Root CA 1', '++MBgDH5WGvL9Bcn5Be30cRcL0f5O+NyoXuWtQdX1aI='),
      root('Amazon Root CA 2', 'f0KW/FtqTjs108NpYj42SrGvOB2PpxIVM8nWxjPqJGE='),
      root('Amazon Root CA 3', 'NqvDJlas/GRcYbcWE8S/IceH9cq77kg0jVhZeAPXq8k='),
      root('Amazon Root CA 4', '9+ze1cZgR9KO1kZrVDxA4HQ6voHRCSVNz4RdTCx4U8U='),
      root('Starfield Services Root Certificate Authority - G2', 'KwccWaCgrnaw6tsrrSO61FgLacNgG2MMLq8GE6+oP5I='),
    ],
    isClosed: false,
    advice: {
      text: 'Amazon recommends not to pin a certificate of AWS Certificate Manager, since every renewal makes a new key; an app that must pin should pin all Amazon roots.',
      source: 'https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-pinning.html',
      read: '2026-11-21',
    },
  },
  {
    id: 'digicert',
    name: 'DigiCert',
    organizations: ['DigiCert Inc', 'DigiCert, Inc.'],
    policies: ['2.16.840.1.114412'],
    roots: [
      root('DigiCert Assured ID Root CA', 'I/Lt/z7ekCWanjD0Cvj5EqXls2lOaThEA0H2Bg4BT/o='),
      root('DigiCert Assured ID Root G2', '8ca6Zwz8iOTfUpc8rkIPCgid1HQUT+WAbEIAZOFZEik='),
      root('DigiCert Assured ID Root G3', 'Fe7TOVlLME+M+Ee0dzcdjW/sYfTbKwGvWJ58U7Ncrkw='),
      root('DigiCert Global Root CA', 'r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E='),
      root('DigiCert Global Root G2', 'i7WTqTvh0OioIruIfFR4kMPnBqrS2rdiVPl/s2uC/CY='),
      root('DigiCert Global Root G3', 'uUwZgwDOxcBXrQcntwu+kYFpkiVkOaezL0WYEZ3anJc='),
      root('DigiCert High Assurance EV Root CA', 'WoiWRyIOVNa9ihaBciRSC7XHjliYS9VwUGOIud4PB18='),
      root('DigiCert TLS ECC P384 Root G5', 'oC+voZLIy4HLE0FVT5wFtxzKKokLDRKY1oNkfJYe+98='),
      root('DigiCert TLS RSA4096 Root G5', 'ape1HIIZ6T5d7GS61YBs3rD4NVvkfnVwELcCRW4Bqv0='),
      root('DigiCert Trusted Root G4', 'Wd8xe/qfTwq3ylFNd3IpaqLHZbh2ZNCLluVzmeNkcpw='),
    ],
    isClosed: false,
    advice: {
      text: 'DigiCert asks its customers to stop pinning: an app that pins goes on refusing certificates that replace the pinned ones.',
      source: 'https://www.digicert.com/blog/certificate-pinning-what-is-certificate-pinning',
      read: '2026-11-21',
    },
  },
  {
    id: 'sectigo',
    name: 'Sectigo',
    organizations: ['Sectigo Limited', 'COMODO CA Limited', 'Comodo CA Limited', 'The USERTRUST Network'],
    policies: [],
    roots: [
      root('AAA Certificate Services', 'vRU+17BDT2iGsXvOi76E7TQMcTLXAqj0+jGPdW7L1vM='),
      root('COMODO Certification Authority', 'AG1751Vd2CAmRCxPGieoDomhmJy4ezREjtIZTBgZbV4='),
      root('COMODO ECC Certification Authority', '58qRu/uxh4gFezqAcERupSkRYBlBAvfcw7mEjGPLnNU='),
      root('COMODO RSA Certification Authority', 'grX4Ta9HpZx6tSHkmCrvpApTQGo67CYDnvprLg5yRME='),
      root('Sectigo Public Server Authentication Root E46', 'sLVjNUaFYfW7n6EtgBeEpjOlcnBdNPMrZDRF36iwBdE='),
      root('Sectigo Public Server Authentication Root R46', 'Douxi77vs4G+Ib/BogbTFymEYq0QSFXwSgVCaZcI09Q='),
      root('USERTrust ECC Certification Authority', 'ICGRfpgmOUXIWcQ/HXPLQTkFPEFPoDyjvH7ohhQpjzs='),
      root('USERTrust RSA Certification Authority', 'x4QzPSC810K5/cMjb05Qm4k3Bw5zBn4lTdO/nEW/Td4='),
    ],
    isClosed: false,
    advice: {
      text: 'Sectigo tells its customers to discontinue pinning. Since 2025 it issues from the roots Sectigo Public Server Authentication Root R46 and E46.',
      source: 'https://www.sectigo.com/knowledge-base/detail/Sectigo-Public-Root-CAs-Migration',
      read: '2026-11-21',
    },
  },
  {
    id: 'globalsign',
    name: 'GlobalSign',
    organizations: ['GlobalSign nv-sa', 'GlobalSign'],
    policies: ['1.3.6.1.4.1.4146'],
    roots: [
      root('GlobalSign Root CA - R3', 'cGuxAXyFXFkWm61cF4HPWX8S0srS9j0aSqN0k4AP+4A='),
      root('GlobalSign ECC Root CA - R5', 'fg6tdrtoGdwvVFEahDVPboswe53YIFjqbABPAdndpd8='),
      root('GlobalSign Root CA - R6', 'aCdH+LpiG4fN07wpXtXKvOciocDANj0daLOJKNJ4fx4='),
      root('GlobalSign Root CA', 'K87oWBWM9UZfyddvDfoxL+8lpNyoUB2ptGtn0fv6G2Q='),
      root('GlobalSign Root E46', '4EoCLOMvTM8sf2BGKHuCijKpCfXnUUR/g/0scfb9gXM='),
      root('GlobalSign Root R46', 'rn+WLLnmp9v3uDP7GPqbcaiRdd+UnCMrap73yz3yu/w='),
    ],
    isClosed: false,
    advice: null,
  },
  {
    id: 'microsoft',
    name: 'Microsoft',
    organizations: ['Microsoft Corporation'],
    policies: [],
    roots: [
      root('Microsoft ECC Root Certificate Authority 2017', 'NfU84SZGEeAzQP434ex9TMmGxWE9ynD9BKpEVF8tryg='),
      root('Microsoft RSA Root Certificate Authority 2017', 'svcpi1K/LDysTd/nLeTWgqxYlXWVmC8rYjAa9ZfGmcU='),
    ],
    isClosed: false,
    advice: {
      text: 'Microsoft no longer counts pinning among good practice for Azure, where intermediates change regularly; an app that must pin should pin roots.',
      source:
        'https://techcommunity.microsoft.com/blog/azurestorageblog/azure-storage-tls-changes-intermediate-certificate-renewals/3929149',
      read: '2026-11-21',
    },
  },
  {
    id: 'entrust',
    name: 'Entrust',
    organizations: ['Entrust, Inc.', 'Entrust.net'],
    policies: [],
    roots: [],
    isClosed: true,
    advice: {
      text: 'Entrust no longer issues public server certificates from its own roots: Chrome and Mozilla refuse those that are newer than November 2024, and its customers get certificates of Sectigo or SSL.com. Pin the roots of whoever issues the next one.',
      source: 'https://www.entrust.com/tls-certificate-information-center',
      read: '2026-11-21',
    },
  },
  {
    id: 'godaddy',
    name: 'GoDaddy and Starfield',
    organizations: ['GoDaddy.com, Inc.', 'The Go Daddy Group, Inc.', 'Starfield Technologies, Inc.'],
    policies: ['2.16.840.1.114413', '2.16.840.1.114414'],
    roots: [
      root('Go Daddy Class 2 Certification Authority', 'VjLZe/p3W/PJnd6lL8JVNBCGQBZynFLdZSTIqcO0SJ8='),
      root('Go Daddy Root Certificate Authority - G2', 'Ko8tivDrEjiY90yGasP6ZpBU4jwXvHqVvQI0GS3GNdA='),
      root('Starfield Class 2 Certification Authority', 'FfFKxFycfaIz00eRZOgTf+Ne4POK6FgYPwhBDqgqxLQ='),
      root('Starfield Root Certificate Authority - G2', 'gI1os/q0iEpflxrOfRBVDXqVoWN3Tz7Dav/7IT++THQ='),
    ],
    isClosed: false,
    advice: null,
  },
  {
    id: 'certum',
    name: 'Certum',
    organizations: ['Asseco Data Systems S.A.', 'Unizeto Technologies S.A.', 'Unizeto Sp. z o.o.'],
    policies: [],
    roots: [
      root('Certum CA', 'lzasOyXRbEWkVBipZFeBVkgKjMQ0VB3cXdWSMyKYaN4='),
      root('Certum EC-384 CA', '3ntpMunERYLODeB6vat+6pDHXW0qBzMd9XvVy4hVPRM='),
      root('Certum Trusted Network CA', 'qiYwp7YXsE0KKUureoyqpQFubb5gSDeoOoVxn6tmfrU='),
      root('Certum Trusted Network CA 2', 'aztX6eyI0bs9AWN/8zx2mLPJdYJV6fAeqRePPn87K1I='),
      root('Certum Trusted Root CA', 'aB3EgsKWyEAsbrsg5oMJo7yEZSOuNLmEqE7ml6MxLbc='),
    ],
    isClosed: false,
    advice: null,
  },
  {
    id: 'ssl-com',
    name: 'SSL.com',
    organizations: ['SSL Corporation'],
    policies: [],
    roots: [
      root('SSL.com EV Root Certification Authority ECC', 'NIdnza073SiyuN1TUa7DDGjOxc1p0nbfOCfbxPWAZGQ='),
      root('SSL.com EV Root Certification Authority RSA R2', 'fNZ8JI9p2D/C+bsB3LH3rWejY9BGBDeW0JhMOiMfa7A='),
      root('SSL.com Root Certification Authority ECC', 'oyD01TTXvpfBro3QSZc1vIlcMjrdLTiL/M9mLCPX+Zo='),
      root('SSL.com Root Certification Authority RSA', '0cRTd+vc1hjNFlHcLgLCHXUeWqn80bNDH/bs9qMTSPo='),
      root('SSL.com TLS ECC Root CA 2022', 'G/ANXI8TwJTdF+AFBM8IiIUPEv0Gf6H5LA/b9guG4yE='),
      root('SSL.com TLS RSA Root CA 2022', 'K89VOmb1cJAN3TK6bf4ezAbJGC1mLcG2Dh97dnwr3VQ='),
    ],
    isClosed: false,
    advice: null,
  },
  {
    id: 'buypass',
    name: 'Buypass',
    organizations: ['Buypass AS-983163327'],
    policies: [],
    roots: [
      root('Buypass Class 2 Root CA', 'WVWuKRV0qTE0LPdFDhZlLt4eD7MJfhVx36wRyRVgFWQ='),
      root('Buypass Class 3 Root CA', 'sD2HsFbQjMnU5nXvGcqDq1NTIWioJYWYvnLm2Fx918E='),
    ],
    isClosed: true,
    advice: null,
  },
  {
    id: 'identrust',
    name: 'IdenTrust',
    organizations: ['IdenTrust'],
    policies: [],
    roots: [
      root('IdenTrust Commercial Root CA 1', 'B+hU8mp8vTiZJ6oEG/7xts0h3RQ4GK2UfcZVqeWH/og='),
      root('IdenTrust Public Sector Root CA 1', 'WN1h/rNup9JYckNxcJFJyxITN4ZMrLLQmZrSBznQZHc='),
    ],
    isClosed: false,
    advice: null,
  },
  {
    id: 'harica',
    name: 'HARICA',
    organizations: [
      'Hellenic Academic and Research Institutions CA',
      'Hellenic Academic and Research Institutions Cert. Authority',
    ],
    policies: [],
    roots: [
      root('HARICA TLS ECC Root CA 2021', '/HhDAOyN9NPRutdjg1GCkY1Sqf8COL32laHNm9uYMhw='),
      root('HARICA TLS RSA Root CA 2021', 'aTyaprJFs7AmFjd1CGPq22wkihblLW9LyQyGu/MtcEI='),
      root(
        'Hellenic Academic and Research Institutions ECC RootCA 2015',
        'u1IIbQY56NszJ3Wsj06ENdks6wD04k8o/A6r4kB3LoA=',
      ),
      root('Hellenic Academic and Research Institutions RootCA 2015', 'UMyGupbbMmPHmkPq0HVT2fVmWeaQfnLYwCZjehzchdw='),
    ],
    isClosed: false,
    advice: {
      text: 'HARICA warns its subscribers that it may have to revoke a certificate within 24 hours to five days, and that they must be able to replace it as quickly; the warning is filed under certificate pinning.',
      source: 'https://news.harica.gr/tags/certificate-pinning',
      read: '2026-11-21',
    },
  },
  {
    id: 'swisssign',
    name: 'SwissSign',
    organizations: ['SwissSign AG'],
    policies: [],
    roots: [
      root('SwissSign Gold CA - G2', 'QPz8KIddzL/ry99s10MzEtpjxO/PO9extQXCICCuAnQ='),
      root('SwissSign RSA TLS Root CA 2022 - 1', '68l4rg3Z5YItaxllJZb2IMk9fK76lSGRywUKYyypAF8='),
      root('SwissSign Silver CA - G2', 'kxgib4yDr+R/X0fCT1nOEtuoxzsYG+5rLqH0Cga8GGk='),
    ],
    isClosed: false,
    advice: null,
  },
  {
    id: 'd-trust',
    name: 'D-Trust',
    organizations: ['D-Trust GmbH'],
    policies: [],
    roots: [
      root('D-TRUST BR Root CA 1 2020', 'YD928oyf66g+x1HttmyNdSPqQP5J/nRCdin1Dau89Vo='),
      root('D-TRUST BR Root CA 2 2023', 'rHb2OkbnYbWswyWXBckgy38FY9JI2NGA+TSvaAmaFfk='),
      root('D-TRUST EV Root CA 1 2020', 'nTfkqYnqs4gtEWBS/ItYRGcCy1k3JuRgTDeVlAxxA+I='),
      root('D-TRUST EV Root CA 2 2023', '51PN2fE0E8fKnNqCli+MDOXtE9FlcxKVSvUmfrLLfHk='),
      root('D-TRUST Root Class 3 CA 2 2009', '7KDxgUAs56hlKzG00DbfJH46MLf0GlDZHsT5CwBrQ6E='),
      root('D-TRUST Root Class 3 CA 2 EV 2009', '/zQvtsTIvTCkcG9zSJU58Z5uSMwF9GJUZU9mENvFQOk='),
    ],
    isClosed: false,
    advice: null,
  },
  {
    id: 'actalis',
    name: 'Actalis',
    organizations: ['Actalis S.p.A./03358520967', 'Actalis S.p.A.'],
    policies: [],
    roots: [root('Actalis Authentication Root CA', 'JdSRPPWHCXQU0p0m9sGxlCzW1k6vRdD8+BUmrbqW0yQ=')],
    isClosed: false,
    advice: null,
  },
  {
    id: 'telekom',
    name: 'Deutsche Telekom Security',
    organizations: [
      'Deutsche Telekom Security GmbH',
      'T-Systems Enterprise Services GmbH',
      'T-Systems International GmbH',
      'Deutsche Telekom AG',
    ],
    policies: [],
    roots: [
      root('T-TeleSec GlobalRoot Class 2', 'YQbA46CimYMYdRJ719PMGFmAPVEcrBHrbghA3RZvwQ4='),
      root('T-TeleSec GlobalRoot Class 3', 'jXZ3ZLPL2giSnQcqIqVh9NzdG8V9PL3clIxH0rR/kSI='),
      root('Telekom Security TLS ECC Root 2020', '6rDeWkZBkBCwGy1VVT/BEaqCtD2Tle3+rqqMduatGZU='),
      root('Telekom Security TLS RSA Root 2023', 'DgXpuyOGnraJ3FaDnc7EdaOudfprULxaSXg2DL5nMyM='),
    ],
    isClosed: false,
    advice: null,
  },
  {
    id: 'certainly',
    name: 'Certainly',
    organizations: ['Certainly'],
    policies: [],
    roots: [
      root('Certainly Root E1', 'HvZGJdqi5dQz10Sa4xogDRAl4AEqj+z6cJMvi1mbdd0='),
      root('Certainly Root R1', 'P5Pz/PedIl0hPu9qSj9Yhc+E/j16ejwRVTUXaIwOIQA='),
    ],
    isClosed: false,
    advice: {
      text: 'Certainly is the CA of Fastly, which advises to avoid pinning wherever possible.',
      source: 'https://www.fastly.com/blog/5-best-practices-for-your-tls-configuration',
      read: '2026-11-21',
    },
  },
]
