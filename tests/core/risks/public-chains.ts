import type { Certificate } from '../../../src/core/certificate/certificate.ts'
import type { Chain, StoreMembership } from '../../../src/core/chain/chain.ts'
import type { PathLink, TrustPath } from '../../../src/core/chain/trust-path.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { certificate, chain, EVERYWHERE, link, type CertificateOrder } from '../../support/cases.ts'

/** A root by its true name, key and first day; the rest of it is made up. */
function publicRoot(name: string, pin: string, from: string, stores: StoreMembership = EVERYWHERE) {
  return { held: { ...certificate({ name, isCa: true, from, until: '2038-01-15' }), pin: pin as SpkiPin }, stores }
}

type PublicRoot = ReturnType<typeof publicRoot>

const NO_BROWSER = { mozilla: null, chrome: null }

/** Pins, days and stores as in the reference data of 2026-11-21. */
export const ROOTS = {
  globalSignR1: publicRoot('GlobalSign Root CA', 'K87oWBWM9UZfyddvDfoxL+8lpNyoUB2ptGtn0fv6G2Q=', '1998-09-01', {
    ...EVERYWHERE,
    ...NO_BROWSER,
    android: { first: 24, last: 36, partial: [36] },
  }),
  entrustG2: publicRoot(
    'Entrust Root Certification Authority - G2',
    'du6FkDdMcVQ3u8prumAo6t3i3G27uMP2EOhR8R0at/U=',
    '2009-07-07',
    { ...EVERYWHERE, ...NO_BROWSER, android: { first: 24, last: 36, partial: [] } },
  ),
  baltimore: publicRoot('Baltimore CyberTrust Root', 'Y9mvm0exBk1JoQ57f9Vm28jKo5lFm/woKcVxrYxu80o=', '2000-05-12', {
    ...NO_BROWSER,
    android: { first: 24, last: 36, partial: [36] },
    apple: { first: 0, last: 9 },
  }),
  hiPki: publicRoot('HiPKI Root CA - G1', 'ecqvU0fm5KlMjniphJb8dAIPgJ7eE/Ig+rYQTI3tMp8=', '2019-02-22'),
  digiCertG1: publicRoot('DigiCert Global Root CA', 'r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E=', '2006-11-10', {
    ...EVERYWHERE,
    ...NO_BROWSER,
  }),
  digiCertG2: publicRoot('DigiCert Global Root G2', 'i7WTqTvh0OioIruIfFR4kMPnBqrS2rdiVPl/s2uC/CY=', '2013-08-01'),
  userTrust: publicRoot(
    'USERTrust RSA Certification Authority',
    'x4QzPSC810K5/cMjb05Qm4k3Bw5zBn4lTdO/nEW/Td4=',
    '2010-02-01',
  ),
  goDaddyG2: publicRoot(
    'Go Daddy Root Certificate Authority - G2',
    'Ko8tivDrEjiY90yGasP6ZpBU4jwXvHqVvQI0GS3GNdA=',
    '2009-09-01',
  ),
  swissSign2022: publicRoot(
    'SwissSign RSA TLS Root CA 2022 - 1',
    '68l4rg3Z5YItaxllJZb2IMk9fK76lSGRywUKYyypAF8=',
    '2022-06-08',
  ),
  sectigoR46: publicRoot(
    'Sectigo Public Server Authentication Root R46',
    'Douxi77vs4G+Ib/BogbTFymEYq0QSFXwSgVCaZcI09Q=',
    '2021-03-22',
  ),
  sslCom2022: publicRoot('SSL.com TLS ECC Root CA 2022', 'G/ANXI8TwJTdF+AFBM8IiIUPEv0Gf6H5LA/b9guG4yE=', '2022-08-25'),
  actalis: publicRoot('Actalis Authentication Root CA', 'JdSRPPWHCXQU0p0m9sGxlCzW1k6vRdD8+BUmrbqW0yQ=', '2011-09-22'),
  isrgX1: publicRoot('ISRG Root X1', 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=', '2015-06-04'),
  gtsR4: publicRoot('GTS Root R4', 'mEflZT5enoR1FuXLgYYGqnVEoZvmf9c2bVBpiOjYQ0c=', '2016-06-22'),
} satisfies Readonly<Record<string, PublicRoot>>

const ISSUER = certificate({
  name: 'Some TLS CA',
  issuer: 'some root',
  isCa: true,
  from: '2025-01-01',
  until: '2037-12-31',
})

interface PublicChainOrder {
  readonly leaf?: Partial<CertificateOrder>
  /** Other roots that a path of the chain ends at. */
  readonly others?: readonly PublicRoot[]
  /** Where the CA between the leaf and those comes from. */
  readonly by?: PathLink['origin']
}

/** A chain that is shown up to a root, with a path to that one and to each of the others. */
export function publicChain(host: string, root: PublicRoot, order: PublicChainOrder = {}): Chain {
  const { others = [], by = 'given' } = order
  const leaf = certificate({ name: host, issuer: 'Some TLS CA', dnsNames: [host], until: '2027-03-15', ...order.leaf })
  const shown = chain([leaf, ISSUER])
  const paths = [pathTo(root, leaf, 'given'), ...others.map((other) => pathTo(other, leaf, by))]
  return {
    ...shown,
    links: [...shown.links, link('root', root.held, { origin: 'bundled-store', stores: root.stores })],
    search: { paths, isCut: false },
  }
}

function pathTo({ held, stores }: PublicRoot, leaf: Certificate, by: PathLink['origin']): TrustPath {
  return {
    links: [
      { certificate: leaf, origin: 'given' },
      { certificate: ISSUER, origin: by },
      { certificate: held, origin: 'bundled-store' },
    ],
    stores,
    faults: [],
  }
}

/** The days on which rules about days to come are asked. */
export const AUTUMN_2026 = Date.parse('2026-11-21T12:00:00Z')
export const SPRING_2027 = Date.parse('2027-03-16T12:00:00Z')
export const SPRING_2029 = Date.parse('2029-03-16T12:00:00Z')
