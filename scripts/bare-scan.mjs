/**
 * The least that gives pins, as a worker, for `bench.mjs` to compare with: steps over the fields of each certificate to
 * its SubjectPublicKeyInfo (RFC 5280 §4.1) and hashes that. Certificates are sound DER here.
 */
import { sha256 } from '@noble/hashes/sha2.js'

/** Of signature, issuer, validity and subject, which stand between the serial number and the key. */
const FIELDS_BEFORE_KEY = 4

addEventListener('message', ({ data }) => {
  const started = performance.now()
  const pins = data.map((/** @type {Uint8Array} */ der) => btoa(String.fromCharCode(...sha256(keyOf(der)))))
  postMessage({ pins, time: performance.now() - started })
})

/** @param {Uint8Array} der */
function keyOf(der) {
  const { contentStart: inCertificate } = header(der, 0)
  let position = header(der, inCertificate).contentStart
  if (der[position] === 0xa0) position = header(der, position).end
  // The serial number.
  position = header(der, position).end
  for (let field = 0; field < FIELDS_BEFORE_KEY; field += 1) position = header(der, position).end
  return der.subarray(position, header(der, position).end)
}

/**
 * @param {Uint8Array} der
 * @param {number} start
 */
function header(der, start) {
  const first = der[start + 1] ?? 0
  if (first < 0x80) return { contentStart: start + 2, end: start + 2 + first }
  let length = 0
  for (let octet = 0; octet < (first & 0x7f); octet += 1) length = length * 256 + (der[start + 2 + octet] ?? 0)
  const contentStart = start + 2 + (first & 0x7f)
  return { contentStart, end: contentStart + length }
}
