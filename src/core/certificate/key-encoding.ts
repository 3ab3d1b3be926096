/**
 * Where a SubjectPublicKeyInfo differs from the one form that every platform writes: DER, the algorithm identifier as
 * the CA/Browser Forum Baseline Requirements §7.1.3.1 print it byte for byte, a point that is not compressed. A
 * platform that hashes what it encodes again gets another hash for the same key.
 */
export type KeyEncodingDeviation =
  | 'non-minimal-length'
  | 'indefinite-length'
  | 'constructed-bit-string'
  | 'unused-bits'
  | 'padded-integer'
  | 'algorithm-parameters'
  | 'rsa-pss'
  | 'explicit-curve'
  | 'compressed-point'
  /** Not what the algorithm's standard prescribes in some other way: something missing, or something too much. */
  | 'structure'

/** What is unusual, as part of a sentence. */
export const DEVIATION_TEXTS: Readonly<Record<KeyEncodingDeviation, string>> = {
  'non-minimal-length': 'a length takes more octets than it needs',
  'indefinite-length': 'a length is indefinite (BER)',
  'constructed-bit-string': 'the bit string is built of pieces (BER)',
  'unused-bits': 'the bit string has unused bits',
  'padded-integer': 'an integer is padded',
  'algorithm-parameters': 'the parameters are not those of its algorithm',
  'rsa-pss': 'it is marked as RSASSA-PSS instead of plain RSA',
  'explicit-curve': 'the curve is spelled out instead of named',
  'compressed-point': 'the point on the curve is not in its uncompressed form',
  structure: 'the structure is not that of its algorithm',
}
