/** What readers that are not ours find in the printed texts of any output: one shape for all of them. */
import type { FormatId } from '../../src/core/formats/registry.ts'
import { CASE_NOW } from '../support/cases.ts'
import { enforcedPins, parseNetworkSecurityConfig } from './android-nsc.ts'
import { csharpPinnedHosts, csharpPins } from './csharp-pins.ts'
import { pinsByCronet, readCronetPins } from './cronet.ts'
import { matchingPins, readPins, type SourceLanguage } from './okhttp.ts'
import { swiftPinnedHosts, swiftPins } from './swift-pins.ts'
import { trustKitAndroidPins, trustKitPolicies } from './trustkit-android.ts'
import { trustKitConfiguration, trustKitPins } from './trustkit.ts'

/** What a text asks for a host. */
export type Found =
  | 'not-pinned'
  | 'refused'
  | { readonly any: ReadonlySet<string> }
  | { readonly leaf: ReadonlySet<string> | null; readonly ca: ReadonlySet<string> | null }
  /** One of either: a leaf's key at the leaf, or a CA's above it. */
  | { readonly either: { readonly leaf: ReadonlySet<string>; readonly ca: ReadonlySet<string> } }

export type Ask = (host: string) => Found

export const anyOf = (pins: ReadonlySet<string> | null): Found => (pins ? { any: pins } : 'not-pinned')

/** Of each output that enforces something: its text → what it does with a host. */
export const READERS: Readonly<Partial<Record<FormatId, (text: string) => Ask | Promise<Ask>>>> = {
  'android-network-security-config': (text) => {
    const { accepted } = parseNetworkSecurityConfig(text)
    if (!accepted) throw new Error('Android refuses the file')
    return (host) => anyOf(enforcedPins(accepted, host, { now: CASE_NOW, utcOffsetMinutes: 0 }))
  },
  'android-okhttp-java': (text) => okHttp(text, 'java'),
  'android-okhttp-kotlin': (text) => okHttp(text, 'kotlin'),
  'android-ktor-okhttp': (text) => okHttp(text, 'kotlin'),
  'ios-ktor-darwin': (text) => {
    const code = text.replaceAll(/^ *\/\/.*$/gm, '')
    const calls = code.matchAll(/pin\(\s*"([^"]+)",\s*(true|false),([^)]*)\)/g)
    const hosts = new Map(
      Array.from(calls, ([, host = '', included, list = '']) => [
        host,
        pinnedHost(included, list.matchAll(/"sha256\/([^"]+)"/g)),
      ]),
    )
    return (host) => anyOf(swiftPins(hosts, host))
  },
  'dotnet-maui': (text) => csharp(text),
  unity: (text) => csharp(text),
  'react-native': (text) => {
    const code = text.replaceAll(/^ *\/\/.*$/gm, '')
    const entries = code.matchAll(/'([^']+)': \{\s*includeSubdomains: (true|false),\s*publicKeyHashes: \[([^\]]*)\]/g)
    const hosts = new Map(
      Array.from(entries, ([, host = '', included, list = '']) => [
        host,
        pinnedHost(included, list.matchAll(/'([^']+)'/g)),
      ]),
    )
    const isRefused = [...hosts].some(([host, { pins }]) => hasNoRegistry(host) || pins.size < 2)
    return (host) => (isRefused ? 'refused' : anyOf(swiftPins(hosts, host)))
  },
  'android-cronet': (text) => cronet(text),
  'android-http-engine': (text) => cronet(text),
  'android-trustkit': (text) => {
    const { accepted } = trustKitPolicies(text)
    if (!accepted || accepted.some((policy) => hasNoRegistry(policy.host))) return () => 'refused'
    return (host) => anyOf(trustKitAndroidPins(accepted, host))
  },
  'ios-trustkit': async (text) => {
    const { accepted, problem } = await trustKitConfiguration('swift', text)
    if (problem !== undefined || [...accepted.keys()].some(hasNoRegistry)) return () => 'refused'
    return (host) => anyOf(trustKitPins(accepted, host))
  },
  'ios-urlsession': async (text) => {
    const hosts = await swiftPinnedHosts(text, 'pinnedHosts')
    return (host) => anyOf(swiftPins(hosts, host))
  },
  'ios-alamofire': async (text) => {
    const evaluators = await swiftPinnedHosts(text, 'evaluators')
    return (host) => anyOf(evaluators.get(host)?.pins ?? null)
  },
  curl: (text) => {
    const commands = [...text.matchAll(/--pinnedpubkey '?([^' ]+)'? https:\/\/(\S+)\/$/gm)]
    return (host) => {
      const pins = commands.find(([, , asked]) => asked === host)?.[1]?.split(';')
      return pins ? { leaf: new Set(pins.map((pin) => pin.replace('sha256//', ''))), ca: null } : 'not-pinned'
    }
  },
  'dane-tlsa': (text) => {
    const records = [...text.matchAll(/^_443\._tcp\.(\S+)\.\s.*TLSA\s+([23]) 1 1 ([\da-f]{64})$/gim)]
    return (host) => {
      const own = records.filter(([, owner]) => owner === host)
      const pinsWith = (usage: '2' | '3') =>
        new Set(
          own.flatMap(([, , used, hex = '']) => (used === usage ? [Buffer.from(hex, 'hex').toString('base64')] : [])),
        )
      return own.length > 0 ? { either: { leaf: pinsWith('3'), ca: pinsWith('2') } } : 'not-pinned'
    }
  },
}

function pinnedHost(included: string | undefined, pins: Iterable<RegExpExecArray>) {
  return { includesSubdomains: included === 'true', pins: new Set(Array.from(pins, ([, pin = '']) => pin)) }
}

async function csharp(text: string): Promise<Ask> {
  const pinned = await csharpPinnedHosts(text)
  return (host) => {
    const leaf = csharpPins(pinned, host)
    return leaf ? { leaf, ca: null } : 'not-pinned'
  }
}

async function cronet(text: string): Promise<Ask> {
  const entries = await readCronetPins(text)
  return (host) => anyOf(pinsByCronet(entries, host, CASE_NOW))
}

/** Of the hosts in these tests; both kinds of TrustKit throw for a host without a registry's suffix (platforms.md C.3). */
function hasNoRegistry(host: string): boolean {
  return !host.includes('.') || host.endsWith('.example')
}

function okHttp(text: string, language: SourceLanguage): Ask {
  const { accepted } = readPins(text, language)
  if (!accepted) throw new Error('OkHttp refuses the pins')
  return (host) => anyOf(matchingPins(accepted, host))
}

/** Whether a chain of pins, leaf first, passes. */
export function meets(found: Found, chainPins: readonly string[]): boolean {
  if (found === 'not-pinned') return true
  if (found === 'refused') return false
  if ('any' in found) return chainPins.some((pin) => found.any.has(pin))
  const [leaf = '', ...above] = chainPins
  if ('either' in found) return found.either.leaf.has(leaf) || above.some((pin) => found.either.ca.has(pin))
  return (found.leaf?.has(leaf) ?? true) && (found.ca === null || above.some((pin) => found.ca?.has(pin)))
}
