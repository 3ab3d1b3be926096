import { shortfallsOf, type Shortfall } from '../formats/shortfalls.ts'
import type { FormatAbilities, Platform } from '../formats/format.ts'
import type { Output } from '../formats/registry.ts'
import type { Fix } from './plan-change.ts'
import type { Finding, RiskContext } from './risk-rule.ts'
import { shortfallFixes } from './shortfall-fixes.ts'
import { listed, PLATFORM_NAMES } from '../wording/wording.ts'

type ShortfallText = Pick<Finding, 'severity' | 'title' | 'why' | 'faq'>

/** What an output cannot say of the plan, as findings beside it in the tab of a platform. */
export function shortfallFindings(
  format: Output['format'],
  { plan, rows, settings }: RiskContext,
  platform: Platform,
): readonly Finding[] {
  return shortfallsOf(format, plan, settings, rows)
    .filter((shortfall) => !('platforms' in shortfall) || shortfall.platforms.includes(platform))
    .map((shortfall) => shortfallFinding(shortfall, format, platform, shortfallFixes(shortfall, plan, rows)))
}

function shortfallFinding(
  shortfall: Shortfall,
  { id, title, docs, abilities }: Output['format'],
  tab: Platform,
  fixes: readonly Fix[],
): Finding {
  return {
    id: `${id} ${shortfall.kind}`,
    ruleId: shortfall.kind,
    tab,
    rowIds: [],
    source: docs,
    isOfEveryOutput: false,
    fixes,
    ...shortfallText(shortfall, title, abilities),
  }
}

/** What a library that puts a key's header together again cannot match. */
const OTHER_KEYS =
  'other keys than RSA with 2048, 3072 or 4096 bits and the exponent 65537, P-256 and P-384, or of keys in an unusual encoding'

/** @param title of the output */
function shortfallText(shortfall: Shortfall, title: string, { scope }: FormatAbilities): ShortfallText {
  const hosts = listed(shortfall.hosts)
  switch (shortfall.kind) {
    case 'subdomains':
      return {
        severity: 'warning',
        title: `${title} does not reach all sub-domains`,
        why:
          shortfall.depth === 'none'
            ? `Sub-domains of ${hosts} are to be pinned, and this output pins the hosts alone: connections to sub-domains are not pinned. Add a row for each of them.`
            : `Sub-domains of ${hosts} are to be pinned, and this output reaches one label below: deeper ones are not pinned. Add a row for their parent.`,
        faq: 'subdomains',
      }
    case 'own-pins-reach-below':
      return {
        severity: 'note',
        title: `${title} takes more pins below a host`,
        why: `Sub-domains of ${hosts} have the pins of a parent alone. This output goes by the nearest name that it has pins for, so there the pins of ${hosts} pass as well.`,
        faq: 'subdomains',
      }
    case 'too-few-pins':
      return {
        severity: 'blocker',
        title: `${title} needs ${shortfall.minimum} pins for each host`,
        why: `${hosts} ${shortfall.hosts.length === 1 ? 'has' : 'have'} fewer. The library refuses such a configuration when the app starts. Add a backup pin.`,
        faq: 'backup-pin',
      }
    case 'refused-hosts':
      return {
        severity: 'blocker',
        title: `${title} refuses some hosts`,
        why: `The library has rules of its own for names, such as which endings or characters they may have, and does not take ${hosts}, or not with sub-domains. It throws when the app starts as soon as such a host is in its configuration. Use another output for it.`,
        faq: 'domain-spellings',
      }
    case 'keys-that-never-match':
      return {
        severity: 'warning',
        title: `${title} can never match some pins`,
        why: `Some pins of ${hosts} are of ${OTHER_KEYS}. This output never finds those: they are no backup here.`,
        faq: 'backup-pin',
      }
    case 'no-key-that-matches':
      return {
        severity: 'blocker',
        title: `${title} would never connect`,
        why: `All pins of ${hosts} are of ${OTHER_KEYS}. This output never finds those, so every connection would be refused.`,
        faq: 'backup-pin',
      }
    case 'stops-before-pinned-key':
      return {
        severity: 'blocker',
        title: `${title} refuses a chain before it comes to a pin`,
        why: `On iPhones the library goes through a chain from the root down and gives up at the first key other than RSA with 2048, 3072 or 4096 bits, P-256 and P-384. Above the pinned key of ${hosts} stands such a key, so every connection is refused, whatever is pinned below. Use another output for it.`,
        faq: 'key-encoding',
      }
    case 'no-leaf-pin':
      return {
        severity: 'warning',
        title: `${title} looks at the leaf alone`,
        why: `No leaf of ${hosts} is pinned, so this output has nothing for it: it is not pinned there. Pin a leaf key, or use an output that looks at the whole chain.`,
        faq: 'leaf-intermediate-root',
      }
    case 'ca-pins-left-out':
      return {
        severity: 'note',
        title: `${title} leaves CA pins out`,
        why: `This output looks at the leaf alone, so the CA pins of ${hosts} are not in it. A new leaf key needs an update of whatever uses it first.`,
        faq: 'leaf-intermediate-root',
      }
    case 'unknown-pins-left-out':
      return {
        severity: 'warning',
        title: `${title} needs to know what a pin stands for`,
        why: `Of some pins of ${hosts} nobody said whether they are a leaf’s or a CA’s, and this output tells the two apart: those pins are not in it. Say in Config which they are.`,
        faq: 'leaf-intermediate-root',
      }
    case 'no-certificate':
      return {
        severity: 'note',
        title: `${title}: not every pin has one`,
        why: `Some pins of ${hosts} are of keys that no certificate is there for, in reserve or typed in: this output has nothing of them.`,
        faq: 'backup-pin',
      }
    case 'without-any-certificate':
      return {
        severity: 'blocker',
        title: `${title} has nothing for some hosts`,
        why:
          scope === 'all-hosts'
            ? `No pin of ${hosts} has a certificate, and this output trusts the certificates of the other hosts alone: every request to it would be refused. Add its certificate, or leave the host to another output.`
            : `No pin of ${hosts} has a certificate, so this output has no entry for it: it is not pinned there. Add its certificate, or leave the host to another output.`,
        faq: 'backup-pin',
      }
    case 'not-enforced':
      return {
        severity: 'warning',
        title: `${title} – nothing is pinned on ${listed(shortfall.platforms.map((platform) => PLATFORM_NAMES[platform]))}`,
        why: `The code connects to ${hosts} without pins of its own there, since the platform’s configuration does it without code: take that output in this tab.`,
        faq: 'frameworks',
      }
    case 'pins-excluded-hosts':
      return {
        severity: 'warning',
        title: `${title} pins hosts that are to stay unpinned`,
        why: `An option of the Network Security Config leaves ${hosts} out of the pins of a parent. This output cannot say that: there the parent’s pins hold. Give such a host a row and pins of its own, or do without sub-domains.`,
        faq: 'subdomains',
      }
    case 'shared-by-all-hosts':
      return {
        severity: 'warning',
        title: `${title} does not tell hosts apart`,
        why: `What is pinned for one of ${hosts} is accepted for all of them. A certificate that stands in for the least of these hosts gets through to the others.`,
        faq: 'leaf-intermediate-root',
      }
    case 'validation-replaced':
      return {
        severity: 'warning',
        title: `${title} takes the place of the platform’s checks`,
        why: `Nobody checks the chain of ${hosts}, the name in the certificate or whether it was revoked: the leaf’s key and the days of its certificate decide alone. Take it only where no other output reaches.`,
        faq: 'leaf-intermediate-root',
      }
    case 'private-root-not-trusted':
      return {
        severity: 'warning',
        title: `${title} makes no private root trusted`,
        why: `${shortfall.hosts.length === 1 ? `The chain of ${hosts} ends` : `The chains of ${hosts} end`} at a root that no store has. Pins only tighten a check that has to succeed first: what uses this output has to be given the root by other means, such as the Network Security Config on Android or a profile on iOS.`,
        faq: 'private-ca',
      }
    case 'no-expiration':
      return {
        severity: 'note',
        title: `${title} sets no expiration`,
        why: `On Android the pins of ${hosts} end on a day. Here they are enforced until the app is updated.`,
        faq: 'expiration',
      }
  }
}
