/** Writes DER, and BER where a test needs it, independently of every library under test. */
export function encode(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = join(...contents)
  return join(Uint8Array.of(tag), encodeLength(content.length), content)
}

/** The same value with a length of more octets than necessary (allowed in BER only, X.690 §8.1.3.5 note 2). */
export function encodeLong(tag: number, octets: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = join(...contents)
  const length = Array.from({ length: octets }, (_, index) => (content.length / 256 ** (octets - 1 - index)) & 0xff)
  return join(Uint8Array.of(tag, 0x80 + octets, ...length), content)
}

/** The same value with an indefinite length (X.690 §8.1.3.6). */
export function encodeIndefinite(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  return join(Uint8Array.of(tag, 0x80), ...contents, Uint8Array.of(0, 0))
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.of(0x80 + octets.length, ...octets)
}

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const OID_CN = hex('0603550403')
const RSA_WITH_SHA256 = encode(0x30, hex('06092a864886f70d01010b'), hex('0500'))

/** P-256, with the base point as the key: sound, and of no use. */
export const P256_KEY = hex(
  '3059301306072a8648ce3d020106082a8648ce3d03010703420004' +
    '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
    '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
)

export interface Fields {
  readonly subject?: Uint8Array
  readonly issuer?: Uint8Array
  readonly key?: Uint8Array
  readonly notAfter?: string
  readonly serialNumber?: Uint8Array
  /** Default SHA-256 with RSA. */
  readonly signatureAlgorithm?: Uint8Array
  readonly extensions?: readonly Uint8Array[]
  /** How the outer and the tbsCertificate sequences are written; default DER. */
  readonly sequence?: typeof encode
  readonly trailing?: Uint8Array
}

export function utf8Name(commonName: string): Uint8Array {
  return encode(0x30, encode(0x31, encode(0x30, OID_CN, encode(0x0c, new TextEncoder().encode(commonName)))))
}

/** A certificate of version 1, or 3 when it has extensions, whose signature is no signature. */
export function encodeCertificate(fields: Fields = {}): Uint8Array {
  const { sequence = encode, extensions = [], signatureAlgorithm = RSA_WITH_SHA256 } = fields
  const tbsCertificate = sequence(
    0x30,
    ...(extensions.length > 0 ? [encode(0xa0, hex('020102'))] : []),
    encode(0x02, fields.serialNumber ?? hex('01')),
    signatureAlgorithm,
    fields.issuer ?? utf8Name('Issuer'),
    encode(0x30, encode(0x17, ascii('260101000000Z')), encode(0x17, ascii(fields.notAfter ?? '270101000000Z'))),
    fields.subject ?? utf8Name('Subject'),
    fields.key ?? P256_KEY,
    ...(extensions.length > 0 ? [encode(0xa3, encode(0x30, ...extensions))] : []),
  )
  return join(sequence(0x30, tbsCertificate, signatureAlgorithm, hex('0303000102')), fields.trailing ?? hex(''))
}

export function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}
