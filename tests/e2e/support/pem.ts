import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import { opensslPin } from '../../support/tools.ts'

export const FIXTURES = join(import.meta.dirname, '../../fixtures/certificates')

export function fixture(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8')
}

/** The certificates of a PEM text, each as PEM. */
export function splitPem(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
}

/** What OpenSSL computes as the pin of a certificate. */
export function pinByOpenssl(pem: string): string {
  const { accepted, problem } = opensslPin(pem)
  if (accepted === undefined) throw new Error(problem)
  return accepted
}

/** A root by its common name, from the list that Node ships: not from Pinsmith's own store. */
export function rootOfNode(commonName: string): string {
  const root = rootCertificates.find((pem) => new X509Certificate(pem).subject.split('\n').includes(`CN=${commonName}`))
  if (!root) throw new Error(`Node has no root ${commonName}`)
  return root
}
