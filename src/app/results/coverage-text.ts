import { certificateName, validityAt, type Certificate } from '../../core/certificate/certificate.ts'
import { singleLine } from '../../core/single-line.ts'
import { isoDay, type Instant } from '../../core/instant.ts'
import { refusalClause } from '../../core/risks/refusal-clause.ts'
import {
  anchorOf,
  endsAtExpiredAnchor,
  type DeviceVerdict,
  type DevicePath,
  type PathDoubt,
} from '../../core/trust/device-paths.ts'
import type { Device } from '../../core/trust/devices.ts'
import { rangeLabel, type DeviceOutcome, type DeviceRange } from '../../core/trust/ranges.ts'

// Every sentence about what devices make of a chain and of its pins, in one place.

/** Whether a device trusts a chain, and why, in whole sentences. */
export function verdictText(verdict: DeviceVerdict, device: Device, now: Instant): string {
  const { label } = device
  switch (verdict.kind) {
    case 'trusted':
      return [
        `${label} trusts this chain and ends at ${rootsText(verdict.paths)}.`,
        ...expiredAnchorText(verdict.paths, device, now),
        ...updatableText(device),
      ].join(' ')
    case 'uncertain':
      return [
        `Nobody can say whether ${label} trusts this chain: ${sentenceOf(verdict.doubts.map(doubtClause))}`,
        ...updatableText(device),
      ].join(' ')
    case 'not-trusted':
      return [
        `${label} does not trust this chain: ${sentenceOf(verdict.refusals.map(refusalClause))}`,
        ...(verdict.refusals.some(({ kind }) => kind === 'not-given')
          ? ['Android fetches no certificate; a phone that met it on an earlier connection may have kept it.']
          : []),
        ...updatableText(device),
      ].join(' ')
    case 'private-root':
      return `${label} does not trust this chain by itself: it ends at a private root, which must be installed or shipped with the app.`
    case 'unknown':
      return verdict.reason === 'no-path'
        ? `Nobody can say whether ${label} trusts this chain: no path to a root is known. Add the missing certificates.`
        : `Nobody can say whether ${label} trusts this chain: there are more paths than Pinsmith follows.`
  }
}

/** One sentence for each platform: `With these pins, Android 7.1–13 connects, Android 14+ is refused. iOS 14–26 connects.` */
export function outcomeText(ranges: readonly DeviceRange<DeviceOutcome>[]): string {
  const platforms = [...new Set(ranges.map(({ platform }) => platform))]
  const sentences = platforms.map((platform) =>
    ranges
      .filter((range) => range.platform === platform)
      .map((range) => `${rangeLabel(range)} ${OUTCOMES[range.result]}`)
      .join(', '),
  )
  return `With these pins, ${sentences.join('. ')}.`
}

/**
 * In place of that sentence where no store has the root: the outputs decide then who trusts it, not the stores.
 *
 * @param leaves of the chains in service
 */
export function privateRootText(leaves: readonly Certificate[], now: Instant): string {
  const connects = 'connects where the phone is made to trust it, as the Android and iOS tabs ask, and a pin matches.'
  return leaves.some((leaf) => validityAt(leaf, now) === 'valid')
    ? `No phone has this root by itself. The app ${connects}`
    : `No phone has this root by itself, and the server needs a certificate that is valid today. With one, the app ${connects}`
}

const OUTCOMES: Readonly<Record<DeviceOutcome, string>> = {
  connects: 'connects',
  depends: 'may refuse the connection',
  refused: 'refuses the connection',
  'not-trusted': 'does not trust the chain at all',
  unknown: 'may or may not connect',
}

function doubtClause(doubt: PathDoubt): string {
  switch (doubt.kind) {
    case 'some-releases':
      return `only some of its releases have ${nameOf(doubt.anchor)}`
    case 'signature-not-checked':
      return `the signature on ${nameOf(doubt.certificate)} could not be checked here`
    case 'elliptic-curve':
      return `it can use elliptic-curve keys on P-256 alone, and ${nameOf(doubt.certificate)} has one on another curve`
    case 'needs-fetch':
      return `it needs ${nameOf(doubt.certificate)} from elsewhere, since the server does not send it`
    case 'timestamp-unknown':
      return `the root is trusted only for certificates logged up to ${isoDay(doubt.until)}, and this one has no timestamp`
  }
}

function rootsText(paths: readonly DevicePath[]): string {
  const sure = paths.filter(({ doubts }) => doubts.length === 0)
  const roots = new Set((sure.length > 0 ? sure : paths).flatMap(({ path }) => anchorOf(path) ?? []).map(nameOf))
  return [...roots].join(' or ')
}

function expiredAnchorText(paths: readonly DevicePath[], { platform }: Device, now: Instant): readonly string[] {
  const isExpired = platform === 'android' && paths.some(({ path }) => endsAtExpiredAnchor(path, now))
  return isExpired ? ['That root has expired, which Android does not mind.'] : []
}

function updatableText(device: Device): readonly string[] {
  return device.platform === 'android' && device.isStoreUpdatable
    ? ['Its root store comes through Google Play and may be newer than the release.']
    : []
}

function sentenceOf(clauses: readonly string[]): string {
  return `${[...new Set(clauses)].join('; ')}.`
}

function nameOf(certificate: Certificate): string {
  return singleLine(certificateName(certificate))
}
