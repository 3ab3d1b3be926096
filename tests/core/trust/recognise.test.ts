import { describe, expect, it } from 'vitest'
import type { DistinguishedName } from '../../../src/core/certificate/certificate.ts'
import type { Chain, ChainEnd, ChainLink } from '../../../src/core/chain/chain.ts'
import { NO_PATHS, type TrustPath } from '../../../src/core/chain/trust-path.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { CA_FAMILIES } from '../../../src/core/trust/ca-families.ts'
import { endsBeside, placeOnPaths, recognise } from '../../../src/core/trust/recognise.ts'
import { inspect } from '../../../src/engine/inspect.ts'
import { FIXTURES, labelledFiles, SHARED, type LabelledFile } from '../../engine/labelled-files.ts'
import { certificate, EVERYWHERE, NO_EXTENSIONS } from '../../support/cases.ts'
import { createInProcessEngine } from '../../support/in-process-engine.ts'
import { valueOf } from '../../support/outcome.ts'
import { sharedData } from '../../support/shared-data.ts'
import { isMissing } from '../../support/tools.ts'

/**
 * By the start of a captured file's name: the family as `openssl x509 -issuer` of the leaf tells it, with what it was
 * told by, and the provider.
 */
const CAPTURED: readonly (readonly [start: string, family: string | null, provider: string | null])[] = [
  // O=DigiCert Inc, the last of them as CN=GeoTrust TLS RSA CA G1
  ['chains/amazon.com-', 'digicert by issuer', null],
  // O=Apple Inc., under DigiCert High Assurance EV Root CA
  ['chains/apple.com-', 'digicert by chain', null],
  // O=Cloudflare, Inc., under Baltimore CyberTrust Root, which is of no family
  ['chains/cloudflare.com-2023', null, 'cloudflare in issuer'],
  // O=Google Trust Services
  ['chains/cloudflare.com-', 'google by issuer', 'cloudflare in certificate'],
  // O=GlobalSign nv-sa
  ['chains/docs.python.org-', 'globalsign by issuer', null],
  ['chains-composed/docs.python.org-', 'globalsign by issuer', null],
  // O=Let's Encrypt
  ['chains/stackoverflow.com-', 'lets-encrypt by issuer', null],
  ['chains-composed/stackoverflow.com-', 'lets-encrypt by issuer', null],
]

const engine = createInProcessEngine()

async function readChains(bytes: Uint8Array): Promise<readonly Chain[]> {
  const ders = valueOf(await inspect(bytes)).certificates.map(({ der }) => der)
  return valueOf(await engine.buildChains(ders, Date.parse('2026-06-01'))).chains
}

function testCaptured(files: readonly LabelledFile[]) {
  const captured = files
    // The repository has its copies in one folder.
    .map(({ file, bytes }) => ({ file: file.replace('--', '/'), bytes }))
    .filter(({ file }) => /^chains(?:-composed)?\//.test(file))

  it('are there', () => expect(captured.length).toBeGreaterThan(0))

  it.each(captured)('are recognised in $file', async ({ file, bytes }) => {
    const [, family, provider] = CAPTURED.find(([start]) => file.startsWith(start)) ?? []
    const [chain] = await readChains(bytes)
    if (!chain) throw new Error(`${file} has no chain`)
    const found = recognise(chain, null)
    expect(found.family && `${found.family.family.id} by ${found.family.by}`).toBe(family)
    expect(found.provider && `${found.provider.provider.id} in ${found.provider.sign.in}`).toBe(provider)
    expect(found.family?.isVerified ?? null).toBe(family === null ? null : true)
  })
}

describe('the captured chains of the repository', () => {
  testCaptured(labelledFiles(FIXTURES))
})

describe.skipIf(isMissing(sharedData))('the captured chains of the reference data', () => {
  testCaptured(sharedData.missing === null ? labelledFiles(SHARED) : [])
})

const familyOf = (id: string) => {
  const family = CA_FAMILIES.find((one) => one.id === id)
  if (!family) throw new Error(`There is no family ${id}`)
  return family
}
const LETS_ENCRYPT = familyOf('lets-encrypt')
const [X1 = '' as SpkiPin, X2 = '' as SpkiPin] = LETS_ENCRYPT.roots.map(({ pin }) => pin)

function named(organization: string, commonName = 'CA 1'): DistinguishedName {
  return { text: `CN=${commonName},O=${organization}`, commonName, organization }
}

interface ChainOrder {
  readonly issuer?: DistinguishedName
  readonly dnsNames?: readonly string[]
  readonly policy?: string
  readonly end?: ChainEnd
  readonly paths?: readonly TrustPath[]
}

const LEAF = certificate({ name: 'leaf', dnsNames: ['www.example.com'] })

/** A leaf alone; its issuer is missing unless `end` says otherwise. */
function leafAlone({ issuer = named('Example'), dnsNames = [], policy, end, paths = [] }: ChainOrder): Chain {
  const policies = policy === undefined ? [] : [{ identifier: policy, validation: null }]
  const link: ChainLink = {
    certificate: { ...LEAF, issuer, dnsNames, extensions: { ...NO_EXTENSIONS, policies } },
    role: 'leaf',
    origin: 'given',
    stores: null,
    signature: null,
  }
  return {
    links: [link],
    end: end ?? { kind: 'issuer-missing', issuer },
    search: paths.length > 0 ? { paths, isCut: false } : NO_PATHS,
  }
}

/** A path from the leaf to the last of these keys. */
function path(keys: readonly SpkiPin[], changes: Partial<TrustPath> = {}): TrustPath {
  const above = keys.map((pin, index) => ({ ...certificate({ name: `CA ${index} ${pin}`, isCa: true }), pin }))
  const links = [LEAF, ...above].map((one) => ({ certificate: one, origin: 'given' as const }))
  return { links, stores: EVERYWHERE, faults: [], ...changes }
}

describe('a family', () => {
  it('that only the leaf names is what it says, not what is verified', () => {
    const { family } = recognise(leafAlone({ issuer: named("Let's Encrypt", 'YE1') }), null)
    expect(family).toMatchObject({ family: { id: 'lets-encrypt' }, by: 'issuer', isVerified: false })
  })

  it.each<ChainEnd>([{ kind: 'private-root' }, { kind: 'self-signed-leaf' }])(
    'is not believed of a chain that ends at a CA of somebody’s own: $kind',
    (end) => {
      const chain = leafAlone({ issuer: named("Let's Encrypt"), dnsNames: ['x.cloudfront.net'], end })
      expect(recognise(chain, 'api.example.com')).toEqual({ family: null, provider: null })
    },
  )

  it('is the one of the roots where a brand issues under another’s', () => {
    const sectigo = familyOf('sectigo')
      .roots.slice(0, 1)
      .map(({ pin }) => pin)
    const { family } = recognise(leafAlone({ issuer: named('Entrust, Inc.'), paths: [path(sectigo)] }), null)
    expect(family).toMatchObject({ family: { id: 'sectigo' }, by: 'chain', isVerified: true })
  })

  it('is told from a policy, by whole arcs, where nothing else tells', () => {
    const { family } = recognise(leafAlone({ policy: '2.16.840.1.114412.2.1' }), null)
    expect(family).toMatchObject({ family: { id: 'digicert' }, by: 'policy' })
    expect(recognise(leafAlone({ policy: '2.16.840.1.1144120.2' }), null).family).toBeNull()
  })

  it('is not told from a chain of CAs alone', () => {
    const chain = leafAlone({ issuer: named('Amazon') })
    const links = chain.links.map((link): ChainLink => ({ ...link, role: 'intermediate' }))
    expect(recognise({ ...chain, links }, 'x.cloudfront.net')).toEqual({ family: null, provider: null })
  })
})

function providerOf(order: ChainOrder, host: string | null): string | null {
  const { provider } = recognise(leafAlone(order), host)
  return provider && `${provider.provider.id}: ${provider.sign.in} ${provider.sign.name}`
}

describe('a provider', () => {
  it.each([
    ['d111111abcdef8.cloudfront.net', 'aws'],
    ['shop.azurewebsites.net', 'azure-app-service'],
    ['shop.azurefd.net', 'azure'],
    ['shop.firebaseapp.com', 'google'],
    ['shop.netlify.app', 'netlify'],
    ['shop.vercel.app', 'vercel'],
    ['shop.github.io', 'github-pages'],
    ['shop.herokuapp.com', 'heroku'],
    ['shop.akamaized.net', 'akamai'],
    ['shop.global.ssl.fastly.net', 'fastly'],
    ['shop.workers.dev', 'cloudflare'],
  ])('is told from the host %s', (host, id) => {
    expect(providerOf({}, host)).toBe(`${id}: host ${host}`)
  })

  it.each([
    ['Amazon', 'Amazon RSA 2048 M04', 'aws'],
    ['Microsoft Corporation', 'Microsoft Azure RSA TLS Issuing CA 03', 'azure'],
    ['CLOUDFLARE, INC.', 'Cloudflare TLS Issuing ECC CA 3', 'cloudflare'],
    ['Certainly', 'Certainly Intermediate R1', 'fastly'],
  ])('is told from the issuer %s, %s', (organization, commonName, id) => {
    expect(providerOf({ issuer: named(organization, commonName) }, 'api.example.com')).toBe(
      `${id}: issuer ${commonName}`,
    )
  })

  it('is told from a name in the certificate', () => {
    const dnsNames = ['api.example.com', 'sni.cloudflaressl.com']
    expect(providerOf({ dnsNames }, 'api.example.com')).toBe('cloudflare: certificate sni.cloudflaressl.com')
  })

  it.each(['notgithub.io', 'github.io.example.com', 'example.com'])('is not told from %s', (host) => {
    expect(providerOf({ dnsNames: [host, `*.${host}`] }, host)).toBeNull()
  })

  it('is not told from a CA that issues for everybody', () => {
    expect(providerOf({ issuer: named('Microsoft Corporation', 'Microsoft RSA TLS CA 01') }, null)).toBeNull()
    expect(providerOf({ issuer: named('Google Trust Services', 'WE1') }, null)).toBeNull()
  })
})

describe('the roots of a family on the paths of a chain', () => {
  const STRANGER = 'stranger' as SpkiPin

  it('end one, are within one, or are on none', () => {
    const chain = leafAlone({ paths: [path([X2]), path([X2, X1])] })
    expect(LETS_ENCRYPT.roots.map(({ pin }) => placeOnPaths(chain, pin))).toEqual(['end', 'end', 'none', 'none'])
    expect(placeOnPaths(leafAlone({ paths: [path([X2, X1])] }), X2)).toBe('within')
    expect(endsBeside(chain, LETS_ENCRYPT)).toEqual([])
  })

  it('miss a path that ends elsewhere', () => {
    const chain = leafAlone({ paths: [path([X1]), path([STRANGER])] })
    expect(endsBeside(chain, LETS_ENCRYPT).map(({ pin }) => pin)).toEqual([STRANGER])
  })

  it('count no path with a fault, and none to a root that no platform lists', () => {
    const faults = [{ kind: 'may-not-sign' as const, certificate: LEAF }]
    const chain = leafAlone({ paths: [path([X1], { faults }), path([X1], { stores: null })] })
    expect(placeOnPaths(chain, X1)).toBe('none')
    expect(endsBeside(chain, LETS_ENCRYPT)).toEqual([])
  })
})
