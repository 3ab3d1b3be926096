/**
 * TrustKit-Android as a model: what it makes of the platform's file below Android 7.0, where it pins by itself. Written
 * from the platform reference (C.4) and version 1.1.5 of its parser, and without a look at the generator.
 */
import type { Judgement } from '../support/tools.ts'
import { childElements, ownText, parseStrictXml } from './strict-xml.ts'
import type { Element } from '@xmldom/xmldom'

export interface TrustKitPolicy {
  readonly host: string
  readonly includeSubdomains: boolean
  readonly enforcesPinning: boolean
  readonly reportsToVendor: boolean
  readonly expiration: string | null
  readonly pins: ReadonlySet<string>
}

/** The policies of the file; a problem where TrustKit throws when it starts. Nested entries are none of ours. */
export function trustKitPolicies(xml: string): Judgement<readonly TrustKitPolicy[]> {
  const { root, problem } = parseStrictXml(xml)
  if (problem !== undefined) return { problem }
  const policies: TrustKitPolicy[] = []
  for (const config of children(root, 'domain-config')) {
    const { accepted, problem: refusal } = policyOf(config)
    if (refusal !== undefined) return { problem: refusal }
    policies.push(accepted)
  }
  const twice = policies.find(({ host }, index) => policies.findIndex((one) => one.host === host) < index)
  return twice ? { problem: `${twice.host} twice` } : { accepted: policies }
}

function policyOf(config: Element): Judgement<TrustKitPolicy> {
  // Each child takes the place of the one before.
  const last = (name: string) => children(config, name).at(-1)
  const [domain, pinSet, own] = [last('domain'), last('pin-set'), last('trustkit-config')]
  const host = domain ? ownText(domain) : ''
  // `DomainValidator`: labels of letters, digits and hyphens, two or more, and a top-level domain of 2016.
  if (!/^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*$/i.test(host)) return { problem: `no domain: ${host}` }
  const elements = pinSet ? children(pinSet, 'pin') : []
  if (elements.some((pin) => pin.getAttribute('digest') !== 'SHA-256')) return { problem: 'digest' }
  const pins = new Set(elements.map(ownText))
  const enforcesPinning = own?.getAttribute('enforcePinning')?.toLowerCase() === 'true'
  if (enforcesPinning && pins.size < 2) return { problem: `too few pins for ${host}` }
  return {
    accepted: {
      host,
      includeSubdomains: domain?.getAttribute('includeSubdomains')?.toLowerCase() === 'true',
      enforcesPinning,
      reportsToVendor: own?.getAttribute('disableDefaultReportUri')?.toLowerCase() !== 'true',
      expiration: pinSet?.getAttribute('expiration') || null,
      pins,
    },
  }
}

function children(parent: Element, name: string): Element[] {
  return childElements(parent).filter(({ localName }) => localName === name)
}

/** The pins that a connection through TrustKit has to meet; null when it is not pinned, or only reported. */
export function trustKitAndroidPins(policies: readonly TrustKitPolicy[], host: string): ReadonlySet<string> | null {
  const candidates = policies.filter(
    (policy) => policy.host === host || (policy.includeSubdomains && host.endsWith(`.${policy.host}`)),
  )
  const longest = Math.max(...candidates.map((policy) => policy.host.length))
  const policy = candidates.find((one) => one.host.length === longest)
  return policy?.enforcesPinning ? policy.pins : null
}
