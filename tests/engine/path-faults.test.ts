// tsyringe, which @peculiar/x509 is built on, throws at import unless this polyfill was loaded before it.
import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type JsonGeneralName,
} from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import { buildChains } from '../../src/engine/build-chains.ts'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { verifySignature } from '../../src/engine/signatures.ts'
import { EVERYWHERE } from '../support/cases.ts'
import { collectionOf } from '../support/collection.ts'
import {
  issueCertificate,
  signAgain,
  TEST_NOW,
  type CertificateOrder,
  type IssuedCertificate,
} from '../support/issue-chain.ts'
import { shortFault } from '../support/list-paths.ts'
import { isMissing, openssl, opensslVerify } from '../support/tools.ts'
import { ascii, encode, join, utf8Name } from './encode-der.ts'

const SERVER = '1.3.6.1.5.5.7.3.1'
const CLIENT = '1.3.6.1.5.5.7.3.2'
const ANY = '2.5.29.37.0'
const UNKNOWN = '1.3.6.1.4.1.55555.1'

const constraints = (isCa: boolean, pathLength?: number) => new BasicConstraintsExtension(isCa, pathLength, true)
const usage = (flags: KeyUsageFlags) => new KeyUsagesExtension(flags, true)
const purposes = (...identifiers: readonly string[]) => new ExtendedKeyUsageExtension([...identifiers], false)
const unknown = (isCritical: boolean) => new Extension(UNKNOWN, isCritical, Uint8Array.of(0x05, 0x00))
const raw = (type: string, value: Uint8Array, isCritical = true) => new Extension(type, isCritical, value.slice())
const alternativeNames = (...all: readonly JsonGeneralName[]) => new SubjectAlternativeNameExtension([...all])

const dns = (name: string) => encode(0x82, ascii(name))
const email = (name: string) => encode(0x81, ascii(name))
const uri = (name: string) => encode(0x86, ascii(name))
const ip = (...octets: readonly number[]) => encode(0x87, Uint8Array.from(octets))
const directory = (name: Uint8Array) => encode(0xa4, name)
const printable = (commonName: string) =>
  encode(0x30, encode(0x31, encode(0x30, Uint8Array.of(6, 3, 0x55, 4, 3), encode(0x13, ascii(commonName)))))

interface Names {
  readonly permitted?: readonly Uint8Array[]
  readonly excluded?: readonly Uint8Array[]
  /** Behind each base. */
  readonly depth?: Uint8Array
  readonly isCritical?: boolean
}

function names({ permitted = [], excluded = [], depth = new Uint8Array(), isCritical = true }: Names): Extension {
  const list = (tag: number, bases: readonly Uint8Array[]) =>
    bases.length === 0 ? new Uint8Array() : encode(tag, ...bases.map((base) => encode(0x30, base, depth)))
  return raw('2.5.29.30', encode(0x30, list(0xa0, permitted), list(0xa1, excluded)), isCritical)
}

type Order = Partial<CertificateOrder>

/** A path of a root, CAs and a leaf, each with what the case says of it. */
interface Case {
  readonly root?: Order
  /** From the root down; default: one without anything special. */
  readonly authorities?: readonly Order[]
  readonly leaf?: Order
  readonly faults: readonly string[]
  /** Why `openssl verify -purpose sslserver` decides otherwise. */
  readonly opensslDiffers?: string
}

/** With basic constraints of its own in the place of the usual ones. */
const ca = (...extensions: readonly Extension[]): Order => ({ isCa: null, extensions })
const below = (extension: Extension): readonly Order[] => [{ extensions: [extension] }]
const hosts = (...dnsNames: readonly string[]): Order => ({ dnsNames })
const address = (...ipAddresses: readonly string[]): Order => ({ ipAddresses })
const refused = (name: string) => [`name-not-permitted ${name} at CA 0`]

const CASES: Readonly<Record<string, Case>> = {
  'nothing special': { faults: [] },
  'a leaf that is a CA': { leaf: { isCa: true }, faults: [] },

  'an issuer that is no CA': { authorities: [{ isCa: false }], faults: ['may-not-sign at CA 0'] },
  'an issuer without basic constraints': { authorities: [{ isCa: null }], faults: ['may-not-sign at CA 0'] },
  'an issuer whose key may not certify': {
    authorities: [{ extensions: [usage(KeyUsageFlags.digitalSignature | KeyUsageFlags.cRLSign)] }],
    faults: ['may-not-sign at CA 0'],
  },
  'an issuer whose key may certify': { authorities: [{ extensions: [usage(KeyUsageFlags.keyCertSign)] }], faults: [] },
  'an issuer that says so by its key usage alone': {
    authorities: [{ isCa: null, extensions: [usage(KeyUsageFlags.keyCertSign)] }],
    faults: ['may-not-sign at CA 0'],
  },
  'a root that says so by its key usage alone': {
    root: { isCa: null, extensions: [usage(KeyUsageFlags.keyCertSign)] },
    faults: [],
  },
  'a root of version 3 without any': { root: { isCa: null }, faults: ['may-not-sign at Root'] },
  'a root that is no CA': { root: { isCa: false }, faults: ['may-not-sign at Root'] },

  'a path length that suffices': {
    root: ca(constraints(true, 2)),
    authorities: [ca(constraints(true, 1)), ca(constraints(true, 0))],
    faults: [],
  },
  'a path length of the root that does not': {
    root: ca(constraints(true, 0)),
    authorities: [{}],
    faults: ['path-too-long at Root'],
  },
  'a path length of a CA that does not': {
    authorities: [ca(constraints(true, 0)), {}],
    faults: ['path-too-long at CA 0'],
  },
  'a path length that a CA of the same name does not use up': {
    root: ca(constraints(true, 0)),
    authorities: [{ subject: 'Root', keyName: 'new key of the root' }],
    faults: [],
  },

  'a leaf for servers': { leaf: { extensions: [purposes(CLIENT, SERVER)] }, faults: [] },
  'a leaf for clients': { leaf: { extensions: [purposes(CLIENT)] }, faults: ['not-for-servers at leaf.example'] },
  'a leaf for anything': {
    leaf: { extensions: [purposes(ANY)] },
    faults: [],
    opensslDiffers: 'OpenSSL does not take anyExtendedKeyUsage for servers; Android and Apple do',
  },
  'a CA for clients': {
    authorities: [{ extensions: [purposes(CLIENT)] }],
    faults: ['not-for-servers at CA 0'],
  },
  'a CA for servers': { authorities: [{ extensions: [purposes(SERVER)] }], faults: [] },
  'a root for clients': {
    root: { extensions: [purposes(CLIENT)] },
    faults: [],
    opensslDiffers: 'OpenSSL asks the root as well; whoever trusts it for servers has decided',
  },

  'an extension nobody knows': { leaf: { extensions: [unknown(false)] }, faults: [] },
  'a critical one on the leaf': {
    leaf: { extensions: [unknown(true)] },
    faults: [`critical-extension-unknown ${UNKNOWN} at leaf.example`],
  },
  'a critical one on a CA': {
    authorities: [{ extensions: [unknown(true)] }],
    faults: [`critical-extension-unknown ${UNKNOWN} at CA 0`],
  },
  'a critical one on the root': {
    root: { extensions: [unknown(true)] },
    faults: [`critical-extension-unknown ${UNKNOWN} at Root`],
  },
  'critical policies and their constraints': {
    authorities: [
      {
        extensions: [
          raw('2.5.29.32', encode(0x30, encode(0x30, Uint8Array.of(6, 4, 0x55, 0x1d, 0x20, 0)))),
          raw('2.5.29.36', encode(0x30, encode(0x80, Uint8Array.of(0)))),
          raw('2.5.29.54', Uint8Array.of(2, 1, 0)),
        ],
      },
    ],
    faults: [],
  },
  'a critical subject key identifier': {
    leaf: { keyIdentifiers: false, extensions: [raw('2.5.29.14', encode(0x04, Uint8Array.of(1, 2, 3)))] },
    faults: ['critical-extension-unknown 2.5.29.14 at leaf.example'],
  },
  'the purposes twice': {
    leaf: { extensions: [purposes(SERVER), purposes(SERVER)] },
    faults: ['critical-extension-unknown 2.5.29.37 at leaf.example'],
  },
  'purposes that cannot be read': {
    leaf: { extensions: [raw('2.5.29.37', Uint8Array.of(0x30, 0x05), false)] },
    faults: ['critical-extension-unknown extended key usage at leaf.example'],
  },

  'a permitted domain itself': {
    authorities: below(names({ permitted: [dns('example.com')] })),
    leaf: hosts('example.com', 'a.example.com', 'A.B.EXAMPLE.com', '*.example.com'),
    faults: [],
  },
  'a domain that only ends like it': {
    authorities: below(names({ permitted: [dns('example.com')] })),
    leaf: hosts('a.example.com', 'notexample.com'),
    faults: refused('notexample.com'),
  },
  'a permitted domain with a dot in front, below it': {
    authorities: below(names({ permitted: [dns('.example.com')] })),
    leaf: hosts('a.example.com'),
    faults: [],
  },
  'a permitted domain with a dot in front, itself': {
    authorities: below(names({ permitted: [dns('.example.com')] })),
    leaf: hosts('example.com'),
    faults: refused('example.com'),
  },
  'an empty permitted domain': {
    authorities: below(names({ permitted: [dns('')] })),
    leaf: hosts('a.example'),
    faults: [],
  },
  'an empty excluded domain': {
    authorities: below(names({ excluded: [dns('')] })),
    leaf: hosts('a.example'),
    faults: refused('a.example'),
  },
  'one of two permitted domains': {
    authorities: below(names({ permitted: [dns('example.com'), dns('example.org')] })),
    leaf: hosts('www.example.org'),
    faults: [],
  },
  'an excluded domain within a permitted one': {
    authorities: below(names({ permitted: [dns('example.com')], excluded: [dns('bad.example.com')] })),
    leaf: hosts('www.bad.example.com'),
    faults: refused('www.bad.example.com'),
  },
  'a wildcard over an excluded domain': {
    authorities: below(names({ excluded: [dns('bad.example.com')] })),
    leaf: hosts('*.example.com'),
    faults: [],
  },
  'constraints that are not critical': {
    authorities: below(names({ permitted: [dns('example.com')], isCritical: false })),
    leaf: hosts('other.example'),
    faults: refused('other.example'),
  },
  'constraints of the root': {
    root: { extensions: [names({ permitted: [dns('example.com')] })] },
    leaf: hosts('other.example'),
    faults: ['name-not-permitted other.example at Root'],
  },
  'constraints of two CAs that share nothing': {
    authorities: [
      { extensions: [names({ permitted: [dns('example.com')] })] },
      { extensions: [names({ permitted: [dns('example.org')] })] },
    ],
    leaf: hosts('www.example.com'),
    faults: ['name-not-permitted www.example.com at CA 1'],
  },
  'constraints of the leaf': {
    leaf: { dnsNames: ['a.example'], extensions: [names({ permitted: [dns('example.com')] })] },
    faults: [],
  },
  'a common name': {
    authorities: below(names({ permitted: [dns('example.com')] })),
    faults: [],
    opensslDiffers: 'OpenSSL takes the common name for a host where there are no DNS names; phones do not',
  },

  'a permitted address': {
    authorities: below(names({ permitted: [ip(10, 1, 0, 0, 255, 255, 0, 0)] })),
    leaf: address('10.1.2.3'),
    faults: [],
  },
  'an address beside it': {
    authorities: below(names({ permitted: [ip(10, 1, 0, 0, 255, 255, 0, 0)] })),
    leaf: address('10.2.2.3'),
    faults: refused('10.2.2.3'),
  },
  'an excluded address': {
    authorities: below(names({ excluded: [ip(10, 0, 0, 0, 255, 0, 0, 0)] })),
    leaf: address('192.0.2.1', '10.2.2.3'),
    faults: refused('10.2.2.3'),
  },
  'an address of version 6 where one of version 4 is permitted': {
    authorities: below(names({ permitted: [ip(10, 0, 0, 0, 255, 0, 0, 0)] })),
    leaf: address('2001:db8::1'),
    faults: refused('2001:db8::1'),
  },
  'a permitted address of version 6': {
    authorities: below(
      names({
        permitted: [
          ip(0x20, 0x01, 0x0d, 0xb8, ...Array<number>(12).fill(0), 255, 255, 255, 255, ...Array<number>(12).fill(0)),
        ],
      }),
    ),
    leaf: address('2001:db8::1'),
    faults: [],
  },
  'an address where only domains are constrained': {
    authorities: below(names({ permitted: [dns('example.com')] })),
    leaf: { ipAddresses: ['10.2.2.3'], dnsNames: ['example.com'] },
    faults: [],
  },
  'a mask of the wrong length': {
    authorities: below(names({ permitted: [ip(10, 0, 0, 0)] })),
    leaf: address('10.0.0.1'),
    faults: ['critical-extension-unknown name constraints at CA 0'],
  },

  'a permitted directory': {
    authorities: below(names({ permitted: [directory(utf8Name('leaf.example'))] })),
    faults: [],
  },
  'a permitted directory in other letters and another kind of string': {
    authorities: below(names({ permitted: [directory(printable(' LEAF.example'))] })),
    faults: [],
  },
  'another directory': {
    authorities: below(names({ permitted: [directory(utf8Name('other.example'))] })),
    faults: refused('DirName:CN=leaf.example'),
  },
  'an excluded directory': {
    authorities: below(names({ excluded: [directory(utf8Name('leaf.example'))] })),
    faults: refused('DirName:CN=leaf.example'),
  },
  'a directory that a CA in between is not in': {
    authorities: [{ extensions: [names({ permitted: [directory(utf8Name('leaf.example'))] })] }, {}],
    faults: refused('DirName:CN=CA 1'),
  },
  'a directory that a CA of the same name need not be in': {
    authorities: [
      { extensions: [names({ permitted: [directory(utf8Name('leaf.example'))] })] },
      { subject: 'CA 0', keyName: 'new key of CA 0' },
    ],
    faults: [],
  },

  'a mailbox of the permitted host': {
    authorities: below(names({ permitted: [email('example.com')] })),
    leaf: { extensions: [alternativeNames({ type: 'email', value: 'Me@EXAMPLE.com' })] },
    faults: [],
  },
  'a mailbox below the permitted host': {
    authorities: below(names({ permitted: [email('example.com')] })),
    leaf: { extensions: [alternativeNames({ type: 'email', value: 'me@mail.example.com' })] },
    faults: refused('email:me@mail.example.com'),
  },
  'a mailbox that is not the permitted one': {
    authorities: below(names({ permitted: [email('you@example.com')] })),
    leaf: { extensions: [alternativeNames({ type: 'email', value: 'me@example.com' })] },
    faults: refused('email:me@example.com'),
  },
  'a URI below the permitted host': {
    authorities: below(names({ permitted: [uri('.example.com')] })),
    leaf: { extensions: [alternativeNames({ type: 'url', value: 'https://www.example.com:8443/' })] },
    faults: [],
  },
  'a URI of another host': {
    authorities: below(names({ permitted: [uri('example.com')] })),
    leaf: { extensions: [alternativeNames({ type: 'url', value: 'https://www.example.com/' })] },
    faults: refused('URI:https://www.example.com/'),
  },
  'a URI without a host': {
    authorities: below(names({ permitted: [uri('example.com')] })),
    leaf: { extensions: [alternativeNames({ type: 'url', value: 'urn:example' })] },
    faults: ['critical-extension-unknown name constraints at CA 0'],
  },
  'a kind of name that nobody compares': {
    authorities: below(names({ permitted: [encode(0x88, Uint8Array.of(0x2a, 3))] })),
    leaf: { extensions: [alternativeNames({ type: 'id', value: '1.2.3.4' })] },
    faults: ['critical-extension-unknown name constraints at CA 0'],
  },
  'such a constraint without such a name': {
    authorities: below(names({ permitted: [encode(0x88, Uint8Array.of(0x2a, 3))] })),
    leaf: hosts('a.example'),
    faults: [],
  },
  'a depth of its own': {
    authorities: below(names({ permitted: [dns('example.com')], depth: encode(0x80, Uint8Array.of(1)) })),
    leaf: hosts('www.example.com'),
    faults: ['critical-extension-unknown name constraints at CA 0'],
  },
  'constraints that cannot be read': {
    authorities: below(raw('2.5.29.30', join(Uint8Array.of(0x30, 0x03), ascii('abc')))),
    leaf: hosts('www.example.com'),
    faults: ['critical-extension-unknown name constraints at CA 0'],
  },
}

async function issuePath({ root: ofRoot, authorities = [{}], leaf: ofLeaf }: Case) {
  const root = await issueCertificate({ subject: 'Root', isCa: true, ...ofRoot })
  const issued: IssuedCertificate[] = []
  for (const [index, order] of authorities.entries()) {
    const issuer = issued.at(-1) ?? root
    issued.push(await issueCertificate({ subject: `CA ${index}`, isCa: true, issuer, ...order }))
  }
  const leaf = await issueCertificate({ subject: 'leaf.example', issuer: issued.at(-1) ?? root, ...ofLeaf })
  return { root, authorities: issued, leaf }
}

async function pathsOf(given: readonly IssuedCertificate[], roots: readonly IssuedCertificate[] = []) {
  const tools = { describe: describeCertificate, verify: verifySignature }
  const collection = collectionOf(roots.map((root) => [root, EVERYWHERE]))
  const ders = given.map(({ der }) => der)
  return (await buildChains(ders, TEST_NOW, { ...tools, roots: collection })).chains[0]?.search.paths ?? []
}

const noOpenssl = isMissing(openssl)

describe('a path with', () => {
  it.for(Object.entries(CASES))('%s', async ([, order]) => {
    const { root, authorities, leaf } = await issuePath(order)
    const paths = await pathsOf([leaf, ...authorities, root])
    expect(paths.map(({ faults }) => faults.map(shortFault))).toEqual([order.faults])
    if (noOpenssl) return
    const { accepted } = opensslVerify(
      leaf.pem,
      authorities.map(({ pem }) => pem),
      root.pem,
    )
    const isSound = order.faults.length === 0
    expect(accepted === true).toBe(order.opensslDiffers === undefined ? isSound : !isSound)
  })
})

/** Without the version in front and the extensions at the end. */
const withoutExtensions = (issued: IssuedCertificate, signer: IssuedCertificate) =>
  signAgain(issued, signer, (fields) => fields.slice(1, -1))

describe('version 1, which has no extensions', () => {
  it('is allowed for a root', async () => {
    const { root, leaf } = await issuePath({ authorities: [], faults: [] })
    const old = await withoutExtensions(root, root)
    expect((await pathsOf([leaf, old])).map(({ faults }) => faults)).toEqual([[]])
    if (noOpenssl) return
    expect(opensslVerify(leaf.pem, [], old.pem).accepted).toBe(true)
  })

  it('is not allowed for a CA below it', async () => {
    const { root, authorities, leaf } = await issuePath({ faults: [] })
    const [authority] = authorities
    if (!authority) throw new Error('There is no CA')
    const old = await withoutExtensions(authority, root)
    const paths = await pathsOf([leaf, old, root])
    expect(paths.map(({ faults }) => faults.map(shortFault))).toEqual([['may-not-sign at CA 0']])
    if (noOpenssl) return
    expect(opensslVerify(leaf.pem, [old.pem], root.pem).accepted).toBeUndefined()
  })
})

describe('a bundled root', () => {
  it('may sign, whatever its version and its basic constraints say', async () => {
    for (const isCa of [null, false]) {
      const { root, authorities, leaf } = await issuePath({ root: { isCa }, faults: [] })
      const [path] = await pathsOf([leaf, ...authorities], [root])
      expect(path?.faults).toEqual([])
    }
  })
})

describe('a CA without a leaf', () => {
  it('counts as a CA itself, and is not asked what servers are asked', async () => {
    const root = await issueCertificate({ subject: 'Root', ...ca(constraints(true, 0)) })
    const lowest = await issueCertificate({ subject: 'Lowest', isCa: true, issuer: root })
    const paths = await pathsOf([lowest, root])
    expect(paths.map(({ faults }) => faults.map(shortFault))).toEqual([['path-too-long at Root']])
  })
})

const many = (count: number) => Array.from({ length: count }, (_, index) => `h${index}.example.com`)

async function faultsOfMany(bases: number, hostCount: number) {
  const { root, authorities, leaf } = await issuePath({
    authorities: below(names({ permitted: many(bases).map(dns) })),
    leaf: hosts(...many(hostCount)),
    faults: [],
  })
  const [path] = await pathsOf([leaf, ...authorities, root])
  return path?.faults.map(shortFault)
}

describe('name constraints', () => {
  it('of hundreds of thousands of comparisons are answered, those of millions are not', async () => {
    expect(await faultsOfMany(500, 500)).toEqual([])
    expect(await faultsOfMany(2000, 2000)).toEqual(['critical-extension-unknown name constraints at CA 0'])
  })
})
