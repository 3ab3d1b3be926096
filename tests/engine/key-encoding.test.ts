import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { KeyEncodingDeviation } from '../../src/core/certificate/key-encoding.ts'
import { certificateParts } from '../../src/engine/certificate-parts.ts'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { findKeyEncodingDeviations } from '../../src/engine/key-encoding.ts'
import { bundledRootFiles } from '../support/collection.ts'
import { issueCertificate } from '../support/issue-chain.ts'
import { valueOf } from '../support/outcome.ts'
import { isMissing, openssl, opensslCertificate } from '../support/tools.ts'
import { encode, encodeCertificate, encodeIndefinite, encodeLong, join, P256_KEY } from './encode-der.ts'
import { fixture } from './labelled-files.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const oid = (content: string) => encode(0x06, hex(content))
const NULL = hex('0500')
const RSA = oid('2a864886f70d010101')
const RSA_PSS = oid('2a864886f70d01010a')
const EC = oid('2a8648ce3d0201')
const P256 = oid('2a8648ce3d030107')
const DSA = oid('2a8648ce380401')
const ED25519 = oid('2b6570')
const ML_DSA_65 = oid('608648016503040312')

const POINT = P256_KEY.subarray(-65)
const MODULUS = join(hex('00c1'), new Uint8Array(254).fill(0xa5), hex('01'))
const EXPONENT = hex('010001')

const integer = (content: Uint8Array) => encode(0x02, content)
const bitString = (content: Uint8Array) => encode(0x03, hex('00'), content)
const spki = (algorithm: readonly Uint8Array[], key: Uint8Array) =>
  encode(0x30, encode(0x30, ...algorithm), bitString(key))
const rsaKey = encode(0x30, integer(MODULUS), integer(EXPONENT))

/** X9.62 §C.2: version, field, curve, base point, order, cofactor; of P-256. */
const explicitP256 = encode(
  0x30,
  integer(hex('01')),
  encode(0x30, oid('2a8648ce3d0101'), integer(join(hex('00ffffffff00000001'), new Uint8Array(24).fill(0xff)))),
  encode(0x30, encode(0x04, new Uint8Array(32)), encode(0x04, new Uint8Array(32))),
  encode(0x04, POINT),
  integer(join(hex('00ffffffff'), new Uint8Array(28).fill(0x11))),
  integer(hex('01')),
)

const CANONICAL: readonly (readonly [string, Uint8Array])[] = [
  ['RSA', spki([RSA, NULL], rsaKey)],
  ['P-256', P256_KEY],
  ['an unknown curve', spki([EC, oid('2b81040063')], POINT)],
  ['DSA', spki([DSA, encode(0x30, integer(MODULUS), integer(EXPONENT), integer(EXPONENT))], integer(MODULUS))],
  ['DSA that inherits its parameters', spki([DSA], integer(MODULUS))],
  ['Ed25519', spki([ED25519], new Uint8Array(32))],
  ['ML-DSA-65', spki([ML_DSA_65], new Uint8Array(1952))],
  ['an unknown algorithm', spki([oid('2a03')], new Uint8Array(9))],
  ['an unknown algorithm with parameters', spki([oid('2a03'), encode(0x30, NULL)], hex('010203'))],
]

const DEVIATING: readonly (readonly [string, Uint8Array, readonly KeyEncodingDeviation[]])[] = [
  ['a longer length outside', encodeLong(0x30, 2, P256_KEY.subarray(2)), ['non-minimal-length']],
  [
    'a longer length of the algorithm',
    encode(0x30, encodeLong(0x30, 1, EC, P256), bitString(POINT)),
    ['non-minimal-length'],
  ],
  [
    'a longer length of the bit string',
    encode(0x30, encode(0x30, EC, P256), encodeLong(0x03, 3, hex('00'), POINT)),
    ['non-minimal-length'],
  ],
  [
    'a longer length within the key',
    spki([RSA, NULL], encode(0x30, integer(MODULUS), encodeLong(0x02, 1, EXPONENT))),
    ['non-minimal-length'],
  ],
  ['an indefinite length outside', encodeIndefinite(0x30, P256_KEY.subarray(2)), ['indefinite-length']],
  [
    'an indefinite length of the algorithm',
    encode(0x30, encodeIndefinite(0x30, EC, P256), bitString(POINT)),
    ['indefinite-length'],
  ],
  [
    'an indefinite length within the key',
    spki([RSA, NULL], encodeIndefinite(0x30, integer(MODULUS), integer(EXPONENT))),
    ['indefinite-length'],
  ],
  [
    'a bit string of pieces',
    encode(0x30, encode(0x30, EC, P256), encode(0x23, bitString(POINT.subarray(0, 30)), bitString(POINT.subarray(30)))),
    ['constructed-bit-string'],
  ],
  [
    'a bit string of pieces without a length',
    encode(0x30, encode(0x30, EC, P256), encodeIndefinite(0x23, bitString(POINT))),
    ['indefinite-length', 'constructed-bit-string'],
  ],
  ['unused bits', encode(0x30, encode(0x30, EC, P256), encode(0x03, hex('03'), POINT)), ['unused-bits']],
  [
    'a padded modulus',
    spki([RSA, NULL], encode(0x30, integer(join(hex('00'), MODULUS)), integer(EXPONENT))),
    ['padded-integer'],
  ],
  [
    'a padded negative integer',
    spki([RSA, NULL], encode(0x30, integer(hex('ffff')), integer(EXPONENT))),
    ['padded-integer'],
  ],
  ['RSA without NULL', spki([RSA], rsaKey), ['algorithm-parameters']],
  ['RSA with another NULL', spki([RSA, hex('050100')], rsaKey), ['algorithm-parameters']],
  ['RSA with parameters of its own', spki([RSA, encode(0x30)], rsaKey), ['algorithm-parameters']],
  ['Ed25519 with NULL', spki([ED25519, NULL], new Uint8Array(32)), ['algorithm-parameters']],
  ['ML-DSA with NULL', spki([ML_DSA_65, NULL], new Uint8Array(1952)), ['algorithm-parameters']],
  ['an inherited curve', spki([EC, NULL], POINT), ['algorithm-parameters']],
  ['RSA-PSS', spki([RSA_PSS], rsaKey), ['rsa-pss']],
  ['RSA-PSS with parameters', spki([RSA_PSS, encode(0x30, encode(0xa0, integer(hex('01'))))], rsaKey), ['rsa-pss']],
  ['an explicit curve', spki([EC, explicitP256], POINT), ['explicit-curve']],
  ['a compressed point', spki([EC, P256], POINT.subarray(0, 33).with(0, 0x02)), ['compressed-point']],
  ['a hybrid point', spki([EC, P256], POINT.with(0, 0x06)), ['compressed-point']],
  ['something behind the key', encode(0x30, encode(0x30, EC, P256), bitString(POINT), NULL), ['structure']],
  ['something behind the parameters', spki([EC, P256, NULL], POINT), ['structure']],
  ['something behind the integers', spki([RSA, NULL], join(rsaKey, NULL)), ['structure']],
  ['an RSA key of one integer', spki([RSA, NULL], encode(0x30, integer(MODULUS))), ['structure']],
  ['an RSA key that is none', spki([RSA, NULL], hex('ffff')), ['structure']],
  ['a DSA key that is none', spki([DSA], NULL), ['structure']],
  [
    'several at once',
    spki([EC, explicitP256], POINT.subarray(0, 33).with(0, 0x03)),
    ['explicit-curve', 'compressed-point'],
  ],
]

describe('a key', () => {
  it.for(CANONICAL)('that is %s deviates in nothing', ([, key]) => {
    expect(findKeyEncodingDeviations(key)).toEqual([])
  })

  it.for(DEVIATING)('with %s deviates', ([, key, deviations]) => {
    expect(findKeyEncodingDeviations(key)).toEqual(deviations)
  })

  it.for([...CANONICAL, ...DEVIATING])('with %s is pinned over its own bytes', async ([, key]) => {
    const { certificates } = valueOf(await inspect(encodeCertificate({ key })))
    expect(certificates.map(({ pin }) => pin)).toEqual([createHash('sha256').update(key).digest('base64')])
  })

  it.for([...CANONICAL, ...DEVIATING.filter(([name]) => !name.startsWith('a bit string of pieces'))])(
    'with %s is described',
    async ([, key]) => {
      const { keyEncoding } = valueOf(await describeCertificate(encodeCertificate({ key })))
      expect(keyEncoding).toEqual(findKeyEncodingDeviations(key))
    },
  )

  it('may be any bytes', () => {
    const nested = Array.from({ length: 20_000 }).reduce<Uint8Array>((inner) => encode(0x30, inner), NULL)
    const inputs = [
      hex(''),
      hex('30'),
      hex('3000'),
      hex('30023000'),
      hex('1f1f1f'),
      encode(0x30, encode(0x30, ED25519), encode(0x03)),
      encode(0x30, nested, bitString(POINT)),
    ]
    for (const input of inputs) expect(findKeyEncodingDeviations(input)).toContain('structure')
  })
})

function deviationsOf(certificate: Uint8Array) {
  return findKeyEncodingDeviations(valueOf(certificateParts(certificate)).subjectPublicKeyInfo)
}

describe('certificates that others made', () => {
  it.for(['P-256', 'P-384', 'P-521', 'RSA', 'Ed25519'] as const)('deviate in nothing with %s', async (key) => {
    expect(deviationsOf((await issueCertificate({ subject: 'encoded', key })).der)).toEqual([])
  })

  it('and all bundled roots deviate in nothing', async () => {
    const roots = bundledRootFiles()
    expect(roots.length).toBeGreaterThan(100)
    for (const { der } of roots) expect(deviationsOf(der)).toEqual([])
  })

  it('say so when their curve is explicit', async () => {
    expect(deviationsOf(derOf(Buffer.from(fixture('odd--ec-explicit-curve-ca.pem')).toString()))).toEqual([
      'explicit-curve',
    ])
  })
})

describe.skipIf(isMissing(openssl))('certificates that OpenSSL made', () => {
  it.for([
    ['ed448', [], []],
    ['ec', ['-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'], []],
    ['ec', ['-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:explicit'], ['explicit-curve']],
    ['rsa-pss', ['-pkeyopt', 'rsa_keygen_bits:2048'], ['rsa-pss']],
  ] as const)('%s %j', async ([algorithm, options, deviations]) => {
    const { accepted, problem } = opensslCertificate(algorithm, ...options)
    expect(problem).toBeUndefined()
    expect(deviationsOf(derOf(accepted ?? ''))).toEqual(deviations)
  })
})

/** The first certificate of a PEM text. */
function derOf(pem: string): Uint8Array {
  const [, base64 = ''] = /-----BEGIN CERTIFICATE-----([^-]*)-----END/.exec(pem) ?? []
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
