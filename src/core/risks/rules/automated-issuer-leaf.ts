import { validityAt, type Certificate } from '../../certificate/certificate.ts'
import { isoDay, type Instant } from '../../instant.ts'
import type { PlanRow } from '../../pins/plan-pins.ts'
import { recognise } from '../../trust/recognise.ts'
import { pinnedLeaves } from '../pinned-leaves.ts'
import { lifetimeInDays } from '../policy.ts'
import { defineRule } from '../risk-rule.ts'
import { haveRoots } from '../role-choice.ts'
import { dayInWords } from '../../wording/wording.ts'

const CERTBOT = 'https://github.com/certbot/certbot/blob/main/certbot/docs/cli-help.txt'

interface Facts {
  readonly host: string
  readonly ca: string
  /** For how many days the certificate was issued, where that tells that it came by ACME; null where all do. */
  readonly lifetime: number | null
  readonly ends: string
  /** A pinned root lets both platforms connect with a new leaf key. */
  readonly isCarried: boolean
}

interface AcmeCa {
  /** The family of its roots. */
  readonly family: string
  /** Its name, and what its issuers have as organisation; null where it is the family itself. */
  readonly brand: { readonly name: string; readonly organizations: readonly string[] } | null
  /** It also issues in other ways, and then for longer: only what is short-lived is taken for ACME’s. */
  readonly isAlsoByHand: boolean
  readonly source: string
}

/** CAs whose certificates come by the protocol ACME, and clients of it make a new key at each renewal if not told otherwise. */
const ACME_CAS: readonly AcmeCa[] = [
  { family: 'lets-encrypt', brand: null, isAlsoByHand: false, source: CERTBOT },
  { family: 'google', brand: null, isAlsoByHand: false, source: CERTBOT },
  {
    family: 'sectigo',
    brand: { name: 'ZeroSSL', organizations: ['ZeroSSL', 'ZeroSSL GmbH'] },
    isAlsoByHand: true,
    source: 'https://github.com/zerossl/zerossl-bot/issues/41',
  },
  {
    family: 'ssl-com',
    brand: null,
    isAlsoByHand: true,
    source: 'https://www.ssl.com/guide/ssl-tls-certificate-issuance-and-revocation-with-acme/',
  },
  {
    family: 'actalis',
    brand: null,
    isAlsoByHand: true,
    source: 'https://guide.actalis.com/ssl-certificate/acme.aspx',
  },
]

/** Automated certificates are for 90 days or less; who renews by hand takes as long as he is given. */
const LONGEST_AUTOMATED = 100

export default defineRule<Facts>({
  id: 'automated-issuer-leaf',
  tab: 'results',
  severity: ({ isCarried }) => (isCarried ? 'note' : 'warning'),
  title: ({ host }) => `The next renewal may change the key of ${host}`,
  why: ({ host, ca, lifetime, ends, isCarried }) =>
    `${lifetime === null ? `${ca} issues by ACME` : `${ca} issues by ACME as well, which a certificate for ${lifetime} days most likely came by`}, and most clients of it make a new key at every renewal; certbot keeps it only with --reuse-key. The certificate of ${host} ends on ${dayInWords(ends)} and is renewed before. ${
      isCarried
        ? 'Then the leaf pin matches nothing, and the pinned root carries the connection.'
        : 'Then the leaf pin matches nothing. Have the client reuse the key, or issue from a key that you keep, and pin a backup.'
    }`,
  fixes: ({ isCarried }, rowIds, { rows }) =>
    isCarried || !haveRoots(rows, rowIds)
      ? []
      : [
          {
            label: 'Pin the root instead of the leaf',
            change: { kind: 'choose-roles', rowIds, roles: { leaf: false, root: true } },
          },
        ],
  faq: 'lets-encrypt',
  source: CERTBOT,
  since: '2026-11-21',
  applies: ({ plan, rows, now }) => plan.policies.length > 0 && rows.some((row) => leavesOf(row, now).length > 0),
  check: (context) =>
    pinnedLeaves(context, (row) => leavesOf(row, context.now)).map(({ rowId, host, isCarried, leaf, name, ca }) => ({
      rowIds: [rowId],
      source: ca.source,
      facts: {
        host,
        ca: name,
        lifetime: ca.isAlsoByHand ? lifetimeInDays(leaf) : null,
        ends: isoDay(leaf.notAfter),
        isCarried,
      },
    })),
})

/** Leaves in use of such a CA; whether a provider holds the key is told by another rule. */
function leavesOf({ chains, hostRule }: PlanRow, now: Instant) {
  return chains.flatMap((chain) => {
    const [leaf] = chain.links
    const { family, provider } = recognise(chain, hostRule?.host ?? null)
    if (!leaf || !family || provider || validityAt(leaf.certificate, now) === 'expired') return []
    const { certificate } = leaf
    const ca = ACME_CAS.find((one) => one.family === family.family.id && isIssuedBy(certificate, one))
    return ca ? [{ chain, leaf: certificate, ca, name: ca.brand?.name ?? family.family.name }] : []
  })
}

function isIssuedBy(leaf: Certificate, { brand, isAlsoByHand }: AcmeCa): boolean {
  const isOfBrand = brand === null || brand.organizations.includes(leaf.issuer.organization ?? '')
  return isOfBrand && (!isAlsoByHand || lifetimeInDays(leaf) <= LONGEST_AUTOMATED)
}
