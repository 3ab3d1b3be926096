import type { Certificate, CertificateFingerprint } from '../certificate/certificate.ts'
import type { SpkiPin } from './spki-pin.ts'

// Written by scripts/build-wrong-certificate.mjs, which keeps the private key nowhere.

const NAME = {
  text: String.raw`CN=WRONG ON PURPOSE\, never ship this`,
  commonName: 'WRONG ON PURPOSE, never ship this',
  organization: null,
}

/** Stands in the place of right certificates in a negative test: a CA that no server's chain ends at. */
export const WRONG_CERTIFICATE: Certificate = {
  sha256: 'fbc3ea5e3a7ddfced1d927ad412b77ceff73d261bf292239406e1b4051787c81' as CertificateFingerprint,
  sha1: '87a40dd31abb139d519f0ac124652ff5bd48c439',
  pin: 'pxgwa2NlXYcbspQRsVicEovjLsYUUZWqqX8Wj8b/A3Q=' as SpkiPin,
  subject: NAME,
  issuer: NAME,
  serialNumber: '01',
  notBefore: 1577836800000,
  notAfter: 2524607999000,
  dnsNames: [],
  ipAddresses: [],
  isCa: true,
  isSelfIssued: true,
  publicKey: { algorithm: 'EC', bits: 256, curve: 'P-256' },
  keyEncoding: [],
  signatureAlgorithm: 'SHA-256 with ECDSA',
  extensions: {
    keyUsage: ['Certificate Sign'],
    extendedKeyUsage: null,
    pathLength: null,
    subjectKeyIdentifier: '62a9f4f2f3a7370e69f2ab0c7a8af57d017b5402',
    authorityKeyIdentifier: null,
    issuerUrls: [],
    policies: [],
    mustStaple: false,
    signedCertificateTimestamps: [],
    otherNames: [],
    unreadable: [],
  },
}

/** Its DER as base64. */
export const WRONG_CERTIFICATE_BASE64 =
  'MIIBijCCAS+gAwIBAgIBATAKBggqhkjOPQQDAjAsMSowKAYDVQQDEyFXUk9ORyBPTiBQVVJQT1NFLCBuZXZlciBzaGlwIHRoaXMwHhcNMjAwMTAxMDAwMDAwWhcNNDkxMjMxMjM1OTU5WjAsMSowKAYDVQQDEyFXUk9ORyBPTiBQVVJQT1NFLCBuZXZlciBzaGlwIHRoaXMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARDfcdotrhSWHnetJc0DjQqXPq7hTcMOGYD67+Zn8RfzdtX8PpvHab3tsj0l0BOsrfQNZHi/Pape30FrYiN/5vWo0IwQDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwICBDAdBgNVHQ4EFgQUYqn08vOnNw5p8qsMeor1fQF7VAIwCgYIKoZIzj0EAwIDSQAwRgIhAPDLnOhs7uwF+pIcTNC3t5a+0OxgWvF21as9bKCb4UlfAiEAiI7Bp0yUJOGm450dtomac8wWXN/R562bnK8UA1ihRHI='
