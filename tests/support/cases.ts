/**
 * The one table of plans that golden files, risk rules and the app are tested with. Plain data, no key is ever made: the
 * same bytes come out on every machine and every day.
 */
import { createHash } from 'node:crypto'
import type { Certificate, CertificateFingerprint, DistinguishedName } from '../../src/core/certificate/certificate.ts'
import type { CertificateExtensions } from '../../src/core/certificate/certificate-extensions.ts'
import type { KeyEncodingDeviation } from '../../src/core/certificate/key-encoding.ts'
import type {
  Chain,
  ChainEnd,
  ChainLink,
  ChainRole,
  SignatureCheck,
  StoreMembership,
} from '../../src/core/chain/chain.ts'
import { NO_PATHS } from '../../src/core/chain/trust-path.ts'
import type { KeyOffer, ServedList } from '../../src/core/chain/served-list.ts'
import type { Stamp } from '../../src/core/formats/format.ts'
import type { ProjectSettings } from '../../src/core/settings/project-settings.ts'
import type { HostName, HostRule } from '../../src/core/pins/host-rule.ts'
import type { KeyWithoutCertificate } from '../../src/core/pins/key-without-certificate.ts'
import type { PinChoices, TypedPin } from '../../src/core/pins/pin-choices.ts'
import type { PlanRow } from '../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'

/** The day of every case. */
export const CASE_NOW = Date.parse('2026-11-21T12:00:00Z')
/** So old that it matters only a year after the cases. */
const ROOT_STORE_DATE = '2026-11-21'

export const CASE_STAMP: Stamp = { now: CASE_NOW, toolVersion: '1.0.0' }

/** A root that every known system lists. */
export const EVERYWHERE: StoreMembership = {
  android: { first: 24, last: 37, partial: [] },
  apple: { first: 0, last: 10 },
  mozilla: { distrustAfter: null },
  chrome: { timestampsUntil: null },
}

/** A root that is known and in no store. */
export const NOWHERE: StoreMembership = { android: null, apple: null, mozilla: null, chrome: null }

/** The pin of a key that is known by its name alone. */
export function pinOfKey(key: string): SpkiPin {
  return createHash('sha256').update(`public key ${key}`).digest('base64') as SpkiPin
}

export interface CertificateOrder {
  /** The common name; with `subject` it only tells certificates apart. */
  readonly name: string
  readonly subject?: DistinguishedName
  readonly issuer?: string
  /** Certificates with the same key have the same pin. Default: the name. */
  readonly key?: string
  readonly dnsNames?: readonly string[]
  readonly ipAddresses?: readonly string[]
  readonly isCa?: boolean
  /** `yyyy-MM-dd`; the last second of that day for `until`. Default: 2026-09-01 to 2027-03-31. */
  readonly from?: string
  readonly until?: string
  readonly keyEncoding?: readonly KeyEncodingDeviation[]
  readonly extensions?: Partial<CertificateExtensions>
}

/** Of a certificate without any. */
export const NO_EXTENSIONS: CertificateExtensions = {
  keyUsage: null,
  extendedKeyUsage: null,
  pathLength: null,
  subjectKeyIdentifier: null,
  authorityKeyIdentifier: null,
  issuerUrls: [],
  policies: [],
  mustStaple: false,
  signedCertificateTimestamps: [],
  otherNames: [],
  unreadable: [],
}

export function certificate(order: CertificateOrder): Certificate {
  const { name, key = name, issuer = name, isCa = false, from = '2026-09-01', until = '2027-03-31' } = order
  const identity = [name, key, issuer, from, until].join('\n')
  return {
    sha256: createHash('sha256').update(identity).digest('hex') as CertificateFingerprint,
    sha1: createHash('sha1').update(identity).digest('hex'),
    pin: pinOfKey(key),
    subject: order.subject ?? distinguishedName(name),
    issuer: distinguishedName(issuer),
    serialNumber: createHash('sha256').update(`serial ${identity}`).digest('hex').slice(0, 16),
    notBefore: Date.parse(`${from}T00:00:00Z`),
    notAfter: Date.parse(`${until}T23:59:59Z`),
    dnsNames: order.dnsNames ?? [],
    ipAddresses: order.ipAddresses ?? [],
    isCa,
    isSelfIssued: issuer === name,
    publicKey: { algorithm: 'EC', bits: 256, curve: 'P-256' },
    keyEncoding: order.keyEncoding ?? [],
    signatureAlgorithm: 'SHA-256 with ECDSA',
    extensions: { ...NO_EXTENSIONS, ...order.extensions },
  }
}

function distinguishedName(commonName: string): DistinguishedName {
  return { text: `CN=${commonName}`, commonName, organization: null }
}

interface LinkOrder extends Partial<Pick<ChainLink, 'origin' | 'stores'>> {
  readonly signature?: SignatureCheck | null
}

export function link(role: ChainRole, held: Certificate, order: LinkOrder = {}): ChainLink {
  const { origin = 'given', stores = null, signature = { kind: 'verified' } } = order
  return { certificate: held, role, origin, stores, signature }
}

/** The server's certificate first, then CAs; the last one is the root when it issued itself. */
export function chain(certificates: readonly Certificate[], end: ChainEnd = { kind: 'public-root' }): Chain {
  return { links: certificates.map((held) => link(roleOf(held), held)), end, search: NO_PATHS }
}

function roleOf({ isCa, isSelfIssued }: Certificate): ChainRole {
  if (!isCa) return 'leaf'
  return isSelfIssued ? 'root' : 'intermediate'
}

export function hostRule(host: string, includeSubdomains = false): HostRule {
  return { host: host as HostName, port: 443, includeSubdomains, registrableDomain: null, isPublicSuffix: false }
}

/** Whole roles, nothing switched against its role. */
export function pinning(...roles: readonly ChainRole[]): PinChoices {
  return {
    roles: {
      leaf: roles.includes('leaf'),
      intermediate: roles.includes('intermediate'),
      root: roles.includes('root'),
    },
    exceptions: new Map(),
    backupKeys: new Set(),
    typedPins: [],
  }
}

/** Choices that also pin keys without a certificate and typed pins. */
export function alsoPinning(
  choices: PinChoices,
  keys: readonly KeyWithoutCertificate[],
  typedPins: readonly TypedPin[] = [],
): PinChoices {
  return { ...choices, backupKeys: new Set(keys.map(({ pin }) => pin)), typedPins }
}

/** A key that came without a certificate; by default that of a request for a host. */
export function backupKey(name: string, order: Partial<KeyWithoutCertificate> = {}): KeyWithoutCertificate {
  return {
    pin: pinOfKey(`backup of ${name}`),
    origin: 'certificate-request',
    name,
    publicKey: { algorithm: 'EC', bits: 256, curve: 'P-256' },
    ...order,
  }
}

export interface RowOrder {
  /** null: the field is empty or its text refused. */
  readonly host: string | null
  readonly includeSubdomains?: boolean
  readonly chains?: readonly Chain[]
  readonly reserve?: readonly Certificate[]
  readonly keys?: readonly KeyWithoutCertificate[]
  readonly bundledRoots?: ReadonlyMap<SpkiPin, string>
  readonly rootStoreDate?: string | null
  readonly served?: readonly Certificate[]
  readonly servedLists?: readonly ServedList[]
  readonly choices?: PinChoices
  readonly rowId?: string
}

export function row(order: RowOrder): PlanRow {
  const { host, includeSubdomains = false, chains = [], choices = pinning('leaf') } = order
  return {
    rowId: order.rowId ?? `row of ${host ?? 'no host'}`,
    hostRule: host === null ? null : hostRule(host, includeSubdomains),
    chains,
    reserve: order.reserve ?? [],
    keys: order.keys ?? [],
    bundledRoots: order.bundledRoots ?? new Map(),
    rootStoreDate: order.rootStoreDate === undefined ? ROOT_STORE_DATE : order.rootStoreDate,
    served: new Set((order.served ?? []).map(({ sha256 }) => sha256)),
    servedLists: order.servedLists ?? [],
    choices,
  }
}

/** A list that servers presented; by default one address to every client. */
export function servedList(
  certificates: readonly Certificate[],
  presentedBy: readonly { readonly address: string; readonly offers?: readonly KeyOffer[] }[] = [
    { address: '192.0.2.1' },
  ],
): ServedList {
  return {
    fingerprints: certificates.map(({ sha256 }) => sha256),
    presentedBy: presentedBy.map(({ address, offers = ['any'] }) => ({
      address,
      offers,
      tlsVersion: 'TLSv1.3',
      alpn: 'h2',
      clientCertificateRequested: false,
    })),
  }
}

export const EXAMPLE_ROOT = certificate({
  name: 'Example Root R1',
  isCa: true,
  from: '2015-06-04',
  until: '2035-06-04',
})

export const EXAMPLE_CA = certificate({
  name: 'Example TLS CA 1',
  issuer: 'Example Root R1',
  isCa: true,
  from: '2024-03-13',
  until: '2029-03-12',
})

const OTHER_ROOT = certificate({ name: 'Other Root X1', isCa: true, from: '2020-09-04', until: '2040-09-17' })

const OTHER_CA = certificate({
  name: 'Other Issuing CA 7',
  issuer: 'Other Root X1',
  isCa: true,
  from: '2025-01-01',
  until: '2028-12-31',
})

/** A server certificate of the Example CA with its intermediate and its root. */
export function exampleChain(host: string, order: Partial<CertificateOrder> = {}): Chain {
  const leaf = certificate({ name: host, issuer: EXAMPLE_CA.subject.commonName ?? '', dnsNames: [host], ...order })
  return chain([leaf, EXAMPLE_CA, EXAMPLE_ROOT])
}

/** The same from a CA that shares nothing with the first. */
export function otherChain(host: string, order: Partial<CertificateOrder> = {}): Chain {
  const leaf = certificate({ name: host, issuer: OTHER_CA.subject.commonName ?? '', dnsNames: [host], ...order })
  return chain([leaf, OTHER_CA, OTHER_ROOT])
}

/** Everything that could end a comment, an element, a string, a line or the order of reading. */
export const HOSTILE_TEXT =
  `--><script>alert('1')</script><!-- ]]> <pin digest="SHA-256"> &amp; & "' \\ $\{x} - -- --- ---> ` +
  `\n\r\t\u0000\u0008\u001b\u007f\u0085\u2028\u202e\u2066\u200b\ufeff\ufffe\ud800 ü 証明書 🔒`

const HOSTILE_CA = certificate({
  name: `CA ${HOSTILE_TEXT}`,
  issuer: 'Example Root R1',
  isCa: true,
  until: '2029-03-12',
})

const HOSTILE_CHAIN = chain([
  certificate({ name: HOSTILE_TEXT, issuer: `CA ${HOSTILE_TEXT}`, dnsNames: ['api.example.com'] }),
  HOSTILE_CA,
  certificate({
    name: 'endless',
    isCa: true,
    until: '2035-06-04',
    subject: { text: '', commonName: 'endless -- '.repeat(400), organization: null },
  }),
])

const PRIVATE_ROOT = certificate({ name: 'Example Private Root', isCa: true, from: '2020-01-01', until: '2040-01-01' })

/** Kept for the day on which the first one is replaced. */
const SECOND_PRIVATE_ROOT = certificate({
  name: 'Example Private Root G2',
  isCa: true,
  from: '2026-01-01',
  until: '2046-01-01',
})

/** A server certificate as private CAs should issue it, below a root that no store has. */
export function privateChain(host: string, root = PRIVATE_ROOT, order: Partial<CertificateOrder> = {}): Chain {
  const leaf = certificate({
    name: host,
    issuer: root.issuer.commonName ?? '',
    dnsNames: [host],
    extensions: { extendedKeyUsage: ['TLS Web Server Authentication'] },
    ...order,
  })
  return chain([leaf, root], { kind: 'private-root' })
}

/** What an appliance on the way to the server presents. */
export function interceptedChain(host: string): Chain {
  const root = certificate({ name: 'mitmproxy', isCa: true, until: '2036-01-01' })
  return privateChain(host, root)
}

const HOSTILE_ROOT: Certificate = {
  ...certificate({ name: 'hostile root', isCa: true, until: '2036-01-01' }),
  subject: {
    text: HOSTILE_TEXT,
    commonName: `../../class "/><certificates src='user'/> ${HOSTILE_TEXT}`,
    organization: null,
  },
}

const BACKUP_REQUEST = backupKey('CN=api.example.com,O=Example')
const HOSTILE_REQUEST = backupKey(`CN=${HOSTILE_TEXT}`)

export interface PlanCase {
  /** Also the name of its golden files. */
  readonly name: string
  readonly rows: readonly PlanRow[]
  /** A case about the options of some formats is about those formats alone. */
  readonly settings?: ProjectSettings
}

const leafAndRoot = [
  row({
    host: 'api.example.com',
    includeSubdomains: true,
    chains: [exampleChain('api.example.com')],
    choices: pinning('leaf', 'root'),
  }),
]

/** Two rows of unlike certificates, so that a date computed from them shows which one counts. */
const twoEnds = [
  row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], choices: pinning('leaf', 'intermediate') }),
  row({ host: 'img.example.net', chains: [otherChain('img.example.net')], choices: pinning('intermediate', 'root') }),
]

const privateAndPublic = [
  row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], choices: pinning('root') }),
  row({
    host: 'intranet.example.com',
    includeSubdomains: true,
    chains: [privateChain('intranet.example.com')],
    choices: pinning('root'),
  }),
  row({
    host: 'wiki.intranet.example.com',
    chains: [exampleChain('wiki.intranet.example.com')],
    choices: pinning('root'),
  }),
  row({
    host: 'new.intranet.example.com',
    choices: alsoPinning(pinning(), [], [{ pin: pinOfKey('typed leaf'), role: 'leaf' }]),
  }),
  row({
    host: 'moving.example.com',
    chains: [privateChain('moving.example.com'), exampleChain('moving.example.com')],
    choices: pinning('root'),
  }),
  row({
    host: 'proxied.example.com',
    chains: [interceptedChain('proxied.example.com')],
    choices: pinning('root'),
  }),
]

const twoParents = [
  ...privateAndPublic,
  row({
    host: 'example.org',
    includeSubdomains: true,
    chains: [exampleChain('example.org')],
    choices: pinning('intermediate', 'root'),
  }),
]

/** Below a public parent, below a private one, with sub-domains, of a row, of no parent, and no host at all. */
const UNPINNED_TEXT = `Status.example.org, *.legacy.intranet.example.com
wiki.intranet.example.com; cdn.intranet.example.com elsewhere.test --><pin-set/> https://a.intranet.example.com`

export const PLAN_CASES: readonly PlanCase[] = [
  {
    name: 'leaf-alone',
    rows: [row({ host: 'api.example.com', chains: [exampleChain('api.example.com')] })],
  },
  {
    name: 'leaf-and-root',
    rows: leafAndRoot,
  },
  {
    name: 'intermediate-and-root',
    rows: [
      row({
        host: 'api.example.com',
        includeSubdomains: true,
        chains: [exampleChain('api.example.com')],
        choices: pinning('intermediate', 'root'),
      }),
    ],
  },
  {
    name: 'two-hosts-sharing-pins',
    rows: [
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com')],
        choices: pinning('intermediate', 'root'),
      }),
      row({
        host: 'www.example.org',
        includeSubdomains: true,
        chains: [exampleChain('www.example.org')],
        choices: pinning('intermediate', 'root'),
      }),
    ],
  },
  {
    name: 'parent-and-child',
    rows: [
      row({
        host: 'api.example.com',
        chains: [otherChain('api.example.com')],
        choices: pinning('root'),
      }),
      row({
        host: 'example.com',
        includeSubdomains: true,
        chains: [exampleChain('example.com')],
        choices: pinning('intermediate', 'root'),
      }),
    ],
  },
  {
    name: 'leaf-of-parent-and-ca-of-child',
    rows: [
      row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')] }),
      row({ host: 'api.example.com', chains: [otherChain('api.example.com')], choices: pinning('root') }),
    ],
  },
  {
    name: 'three-levels',
    rows: [
      row({
        host: 'example.com',
        includeSubdomains: true,
        chains: [exampleChain('example.com')],
        choices: pinning('root'),
      }),
      row({
        host: 'eu.example.com',
        includeSubdomains: true,
        chains: [otherChain('eu.example.com')],
        choices: pinning('intermediate'),
      }),
      row({
        host: 'api.eu.example.com',
        chains: [exampleChain('api.eu.example.com')],
        choices: pinning('intermediate'),
      }),
    ],
  },
  {
    name: 'same-host-twice',
    rows: [
      row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], rowId: 'first row' }),
      row({
        host: 'api.example.com',
        includeSubdomains: true,
        chains: [otherChain('api.example.com', { key: 'reserve key' })],
        choices: pinning('leaf', 'root'),
        rowId: 'second row',
      }),
    ],
  },
  {
    name: 'international-host',
    rows: [
      row({
        host: 'xn--bcher-kva.example',
        includeSubdomains: true,
        chains: [
          exampleChain('xn--bcher-kva.example', { name: 'bücher.example', dnsNames: ['xn--bcher-kva.example'] }),
        ],
        choices: pinning('leaf'),
      }),
    ],
  },
  {
    name: 'hostile-subjects',
    rows: [
      row({
        host: 'api.example.com',
        chains: [HOSTILE_CHAIN],
        choices: pinning('leaf', 'intermediate', 'root'),
      }),
    ],
  },
  {
    name: 'private-root',
    rows: [
      row({
        host: 'intranet.example.com',
        chains: [privateChain('intranet.example.com')],
        choices: pinning('root'),
      }),
    ],
  },
  {
    name: 'private-root-and-second',
    rows: [
      row({
        host: 'intranet.example.com',
        chains: [privateChain('intranet.example.com')],
        reserve: [SECOND_PRIVATE_ROOT],
        choices: { ...pinning('root'), exceptions: new Map([[SECOND_PRIVATE_ROOT.sha256, true]]) },
      }),
    ],
  },
  {
    name: 'private-and-public-hosts',
    rows: privateAndPublic,
  },
  {
    name: 'hostile-private-root',
    rows: [
      row({
        host: 'intranet.example.com',
        chains: [privateChain('intranet.example.com', HOSTILE_ROOT)],
        choices: pinning('root'),
      }),
    ],
  },
  {
    name: 'self-signed-server',
    rows: [
      row({
        host: 'device.example.com',
        chains: [
          chain([certificate({ name: 'device.example.com', dnsNames: ['device.example.com'] })], {
            kind: 'self-signed-leaf',
          }),
        ],
      }),
    ],
  },
  {
    name: 'root-from-the-store',
    rows: [
      row({
        host: 'api.example.com',
        chains: [
          {
            links: [
              ...exampleChain('api.example.com').links.slice(0, 2),
              link('root', EXAMPLE_ROOT, {
                origin: 'bundled-store',
                stores: EVERYWHERE,
              }),
            ],
            end: { kind: 'public-root' },
            search: NO_PATHS,
          },
        ],
        choices: pinning('root'),
      }),
    ],
  },
  {
    name: 'backup-leaf',
    rows: [
      row({
        host: 'api.example.com',
        chains: [
          exampleChain('api.example.com'),
          exampleChain('api.example.com', { key: 'reserve key', from: '2026-12-01', until: '2027-06-30' }),
        ],
      }),
    ],
  },
  {
    name: 'backup-request-and-leaf',
    rows: [
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com')],
        keys: [BACKUP_REQUEST],
        choices: alsoPinning(pinning('leaf'), [BACKUP_REQUEST]),
      }),
    ],
  },
  {
    name: 'backup-request-and-ca',
    rows: [
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com')],
        keys: [BACKUP_REQUEST, backupKey('not pinned')],
        choices: alsoPinning(pinning('leaf', 'root'), [BACKUP_REQUEST]),
      }),
    ],
  },
  {
    name: 'typed-pins',
    rows: [
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com')],
        bundledRoots: new Map([[OTHER_ROOT.pin, 'Other Root X1']]),
        choices: alsoPinning(
          pinning('leaf'),
          [],
          [
            { pin: pinOfKey('typed leaf'), role: 'leaf' },
            { pin: OTHER_ROOT.pin, role: 'unknown' },
            { pin: EXAMPLE_CA.pin, role: 'leaf' },
            { pin: pinOfKey('typed by somebody'), role: 'unknown' },
          ],
        ),
      }),
      row({
        host: 'unknown.example.org',
        choices: alsoPinning(pinning('leaf'), [], [{ pin: pinOfKey('typed by somebody'), role: 'unknown' }]),
      }),
    ],
  },
  {
    name: 'hostile-request',
    rows: [
      row({
        host: 'api.example.com',
        keys: [HOSTILE_REQUEST],
        bundledRoots: new Map([[OTHER_ROOT.pin, HOSTILE_TEXT]]),
        choices: alsoPinning(pinning('leaf'), [HOSTILE_REQUEST], [{ pin: OTHER_ROOT.pin, role: 'unknown' }]),
      }),
    ],
  },
  {
    name: 'renewed-with-the-same-key',
    rows: [
      row({
        host: 'api.example.com',
        chains: [
          exampleChain('api.example.com'),
          exampleChain('api.example.com', { from: '2027-03-01', until: '2027-09-30' }),
        ],
      }),
    ],
  },
  {
    name: 'one-certificate-against-its-role',
    rows: [
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com'), otherChain('api.example.com', { key: 'reserve key' })],
        choices: { ...pinning('intermediate'), exceptions: new Map([[OTHER_CA.sha256, false]]) },
      }),
    ],
  },
  {
    name: 'eleven-pins',
    rows: [
      row({
        host: 'api.example.com',
        includeSubdomains: true,
        chains: [exampleChain('api.example.com'), otherChain('api.example.com', { key: 'reserve key' })],
        keys: [BACKUP_REQUEST, backupKey('second reserve')],
        choices: alsoPinning(
          pinning('leaf', 'intermediate', 'root'),
          [BACKUP_REQUEST, backupKey('second reserve')],
          [
            { pin: pinOfKey('typed leaf'), role: 'leaf' },
            { pin: pinOfKey('typed CA'), role: 'ca' },
            { pin: pinOfKey('typed by somebody'), role: 'unknown' },
          ],
        ),
      }),
    ],
  },
  {
    name: 'rows-without-pins',
    rows: [
      row({ host: 'api.example.com', chains: [exampleChain('api.example.com')] }),
      row({ host: 'cdn.example.com' }),
      row({ host: 'www.example.com', chains: [exampleChain('www.example.com')], choices: pinning() }),
      row({ host: null, chains: [exampleChain('nowhere.example.com')] }),
    ],
  },
  {
    name: 'nothing-pinned',
    rows: [row({ host: 'api.example.com' }), row({ host: null })],
  },
  {
    name: 'many-hosts',
    rows: [
      ...['api', 'auth', 'img', 'static'].map((label) =>
        row({
          host: `${label}.example.com`,
          includeSubdomains: label === 'static',
          chains: [exampleChain(`${label}.example.com`)],
          choices: pinning('intermediate', 'root'),
        }),
      ),
      row({
        host: 'pay.example.net',
        chains: [exampleChain('pay.example.net'), otherChain('pay.example.net', { key: 'reserve key' })],
        choices: pinning('leaf'),
      }),
      row({
        host: 'partner.example.org',
        includeSubdomains: true,
        chains: [otherChain('partner.example.org')],
        choices: pinning('intermediate', 'root'),
      }),
    ],
  },
  {
    name: 'expiration-date',
    rows: twoEnds,
    settings: { 'android-network-security-config': { expiration: { kind: 'date', date: '2027-02-01' } } },
  },
  {
    name: 'expiration-computed',
    rows: twoEnds,
    settings: { 'android-network-security-config': { expiration: { kind: 'computed' } } },
  },
  {
    name: 'expiration-past',
    rows: twoEnds,
    settings: { 'android-network-security-config': { expiration: { kind: 'date', date: '2026-11-21' } } },
  },
  {
    name: 'expiration-not-a-day',
    rows: twoEnds,
    settings: { 'android-network-security-config': { expiration: { kind: 'date', date: '2027-02-30' } } },
  },
  {
    name: 'domain-configs-alone',
    rows: twoEnds,
    settings: { 'android-network-security-config': { partAlone: true } },
  },
  {
    name: 'debug-builds',
    rows: leafAndRoot,
    settings: { 'android-network-security-config': { debugUserCas: true } },
  },
  {
    name: 'debug-builds-with-both-kinds-of-ca',
    rows: leafAndRoot,
    settings: { 'android-network-security-config': { debugUserCas: true, debugProjectCa: true } },
  },
  {
    name: 'cleartext-refused',
    rows: leafAndRoot,
    settings: { 'android-network-security-config': { noCleartext: true } },
  },
  {
    name: 'certificate-transparency',
    rows: privateAndPublic,
    settings: { 'android-network-security-config': { certificateTransparency: true } },
  },
  {
    name: 'unpinned-hosts',
    rows: twoParents,
    settings: { 'android-network-security-config': { unpinned: UNPINNED_TEXT } },
  },
  {
    name: 'every-option',
    rows: twoParents,
    settings: {
      'android-network-security-config': {
        expiration: { kind: 'date', date: '2027-02-01' },
        trust: 'installed',
        unpinned: UNPINNED_TEXT,
        noCleartext: true,
        certificateTransparency: true,
        debugUserCas: true,
        debugProjectCa: true,
        partAlone: true,
      },
    },
  },
  {
    name: 'whole-file',
    rows: leafAndRoot,
    settings: { 'ios-pinned-domains': { wholeFile: true } },
  },
]

export function planCase(name: string): PlanCase {
  const found = PLAN_CASES.find((one) => one.name === name)
  if (!found) throw new Error(`No plan case is called ${name}`)
  return found
}
