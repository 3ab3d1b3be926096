import 'reflect-metadata'
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509'

const ALGORITHMS = {
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  rsa: { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' },
  ed25519: { name: 'Ed25519' },
}

type KeyKind = keyof typeof ALGORITHMS
const DAY = 24 * 60 * 60 * 1000

/** A certificate with its private key, as a server needs them. */
export interface Issued {
  readonly subject: string
  readonly keyKind: KeyKind
  readonly base64: string
  readonly pem: string
  readonly keyPem: string
  readonly keys: CryptoKeyPair
}

interface Wish {
  readonly subject: string
  /** Left out for a self-signed certificate. */
  readonly issuer?: Issued
  readonly hosts?: readonly string[]
  readonly expired?: boolean
  /** ECDSA with P-256 unless said. */
  readonly keyKind?: KeyKind
}

let lastSerialNumber = 0

/** One certificate with a new key: a CA unless it names hosts. */
export async function issue({ subject, issuer, hosts, expired = false, keyKind = 'ecdsa' }: Wish): Promise<Issued> {
  const keys = (await crypto.subtle.generateKey(ALGORITHMS[keyKind], true, ['sign', 'verify'])) as CryptoKeyPair
  lastSerialNumber += 1
  const today = Date.now()
  const certificate = await X509CertificateGenerator.create({
    serialNumber: lastSerialNumber.toString(16).padStart(4, '0'),
    subject: `CN=${subject}`,
    issuer: `CN=${issuer?.subject ?? subject}`,
    notBefore: new Date(today - 30 * DAY),
    notAfter: new Date(today + (expired ? -DAY : 30 * DAY)),
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: ALGORITHMS[issuer?.keyKind ?? keyKind],
    extensions: [
      new BasicConstraintsExtension(hosts === undefined, undefined, true),
      ...(hosts === undefined
        ? []
        : [new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value })))]),
    ],
  })
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  return {
    subject,
    keyKind,
    base64: Buffer.from(certificate.rawData).toString('base64'),
    pem: `${certificate.toString('pem')}\n`,
    keyPem: `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`,
    keys,
  }
}

/** Root, intermediate and leaf for `localhost` and `*.example.test`. */
export async function issueChain() {
  const root = await issue({ subject: 'Root' })
  const intermediate = await issue({ subject: 'Intermediate', issuer: root })
  const leaf = await issue({ subject: 'localhost', issuer: intermediate, hosts: ['localhost', '*.example.test'] })
  return { root, intermediate, leaf }
}
