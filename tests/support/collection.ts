import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CertificateFingerprint } from '../../src/core/certificate/certificate.ts'
import type { StoreMembership } from '../../src/core/chain/chain.ts'
import { encodeHex } from '../../src/core/pins/encoding.ts'
import type { BundledCertificate, BundledRoots } from '../../src/engine/bundled-roots.ts'
import { cutCertificate } from '../../src/engine/der.ts'
import { valueOf } from './outcome.ts'

interface Der {
  readonly der: Uint8Array
}

/** A collection of the test's own in the place of the bundled one. */
export function collectionOf(
  roots: readonly (readonly [Der, StoreMembership])[],
  crossSigns: readonly Der[] = [],
): BundledRoots {
  const listed = roots.map(([{ der }, stores]) => bundled(der, stores))
  const crossSigned = crossSigns.map(({ der }) => bundled(der, null))
  return {
    date: '2026-11-21',
    storesOf: (fingerprint) => listed.find(({ sha256 }) => sha256 === fingerprint)?.stores ?? null,
    rootsNamed: (subject) => named(listed, subject),
    crossSignsNamed: (subject) => named(crossSigned, subject),
    identify: () => new Map(),
  }
}

function named(certificates: readonly BundledCertificate[], subject: string) {
  return Promise.resolve(certificates.filter(({ der }) => encodeHex(valueOf(cutCertificate(der)).subject) === subject))
}

function bundled(der: Uint8Array, stores: StoreMembership | null): BundledCertificate {
  return { sha256: createHash('sha256').update(der).digest('hex') as CertificateFingerprint, der, stores }
}

/** Every root of the bundled collection, read from its file. */
export function bundledRootFiles(): readonly { readonly sha256: CertificateFingerprint; readonly der: Uint8Array }[] {
  const file = new URL('../../src/engine/roots/bundled-roots.json', import.meta.url)
  const { roots } = JSON.parse(readFileSync(file, 'utf8')) as { readonly roots: { sha256: string; der: string }[] }
  return roots.map(({ sha256, der }) => ({
    sha256: sha256 as CertificateFingerprint,
    der: new Uint8Array(Buffer.from(der, 'base64')),
  }))
}
