import type { PathFault, PathSearch, TrustPath } from '../../src/core/chain/trust-path.ts'

const MARKS = { given: '', 'bundled-cross-sign': ' (cross)', 'bundled-store': ' (store)' }

/** A path in short: its certificates by name, whence they came where they were not given, and what is wrong with it. */
export function shortPath({ links, faults }: TrustPath): string {
  const path = links.map(({ certificate, origin }) => `${certificate.subject.commonName}${MARKS[origin]}`).join(' > ')
  return [path, ...faults.map(shortFault)].join(' ! ')
}

export function shortFault(fault: PathFault): string {
  const detail =
    fault.kind === 'name-not-permitted'
      ? ` ${fault.name}`
      : fault.kind === 'critical-extension-unknown'
        ? ` ${fault.extension}`
        : ''
  return `${fault.kind}${detail} at ${fault.certificate.subject.commonName}`
}

export function listPaths({ paths }: PathSearch): readonly string[] {
  return paths.map(shortPath)
}
