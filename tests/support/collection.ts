import { createHash } from 'node:crypto'
import type { CertificateFingerprint } from '../../src/core/certificate/certificate.ts'
import type { StoreMembership } from '../../src/core/chain/chain.ts'
import { encodeHex } from '../../src/core/pins/encoding.ts'
import type { BundledCertificate, BundledRoots } from '../../src/engine/bundled-roots.ts'
import { cutCertificate } from '../../src/engine/der.ts'
import { readRootFile } from './in-process-engine.ts'
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
    isUnavailable: () => false,
    identify: () => new Map(),
    candidates: () => [],
  }
}

function named(certificates: readonly BundledCertificate[], subject: string): Promise<readonly BundledCertificate[]> {
  return Promise.resolve(certificates.filter(({ der }) => encodeHex(valueOf(cutCertificate(der)).subject) === subject))
}

function bundled(der: Uint8Array, stores: StoreMembership | null): BundledCertificate {
  return { sha256: createHash('sha256').update(der).digest('hex') as CertificateFingerprint, der, stores }
}

interface BundledFile {
  readonly sha256: CertificateFingerprint
  readonly der: Uint8Array
}

/** Every root of the bundled collection, read from its files by hand. */
export function bundledRootFiles(): readonly BundledFile[] {
  return bundledFiles().roots
}

/** The same for its cross-certificates. */
export function bundledCrossSignFiles(): readonly BundledFile[] {
  return bundledFiles().crossSigns
}

function bundledFiles() {
  const { roots, crossSigns } = readRootFile('root-table.json') as {
    readonly roots: readonly (readonly string[])[]
    readonly crossSigns: readonly (readonly string[])[]
  }
  const ders = readRootFile('root-certificates.json') as readonly string[]
  const file = (fingerprint: string | undefined, position: number): BundledFile => ({
    sha256: Buffer.from(fingerprint ?? '', 'base64').toString('hex') as CertificateFingerprint,
    der: new Uint8Array(Buffer.from(ders[position] ?? '', 'hex')),
  })
  return {
    roots: roots.map(([, , fingerprint], index) => file(fingerprint, index)),
    crossSigns: crossSigns.map(([fingerprint], index) => file(fingerprint, roots.length + index)),
  }
}
