import { certificateName, type Certificate, type CertificateFingerprint } from '../../certificate/certificate.ts'
import type { Chain } from '../../chain/chain.ts'
import { interceptionsOf } from '../../chain/interception.ts'
import { serverLeaf } from '../../chain/server-chains.ts'
import { MILLISECONDS_PER_DAY } from '../../instant.ts'
import { defineRule } from '../risk-rule.ts'
import { listed, shownName } from '../../wording/wording.ts'

interface Facts {
  readonly certificate: CertificateFingerprint
  readonly name: string
  readonly faults: readonly string[]
}

/** Apple's limits for every TLS server certificate, whoever issued it; the last two for those issued from then on. */
const SMALLEST_RSA_KEY = 2048
const ISSUED_FROM = Date.UTC(2019, 6, 1)
const LONGEST_DAYS = 825

export default defineRule<Facts>({
  id: 'ios-private-certificate',
  tab: 'ios',
  severity: 'blocker',
  title: ({ name }) => `iOS refuses the certificate ${name}, trusted root or not`,
  why: ({ faults }) =>
    `Since iOS 13 Apple asks the same of private CAs as of public ones, and ${listed(faults)}. Have the certificate issued anew; with the same key its leaf pin stays.`,
  faq: 'private-ca',
  isOfEveryOutput: true,
  source: 'https://support.apple.com/103769',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ chains }) => chains.some(isPrivate)),
  check: ({ rows }) =>
    rows.flatMap(({ rowId, chains }) =>
      chains.filter(isPrivate).flatMap(({ links }) =>
        links.flatMap(({ certificate, role }) => {
          if (role === 'root') return []
          const { sha256, signatureAlgorithm } = certificate
          const name = shownName(certificateName(certificate))
          const found = (fault: string) => ({ rowIds: [rowId], facts: { certificate: sha256, name, faults: [fault] } })
          const weak = { ...found(`it is signed with ${signatureAlgorithm}`), cause: forgedSignature(sha256) }
          return [
            ...keyFaults(certificate).map(found),
            ...(/^(?:SHA-1|MD5) /.test(signatureAlgorithm) ? [weak] : []),
            ...(role === 'leaf' ? leafFaults(certificate).map(found) : []),
          ]
        }),
      ),
    ),
  together: {
    same: ({ certificate }) => certificate,
    join: (first, next) => ({ ...first, faults: [...new Set([...first.faults, ...next.faults])] }),
  },
})

function forgedSignature(of: CertificateFingerprint) {
  return { kind: 'forged-signature', of } as const
}

/** Public CAs keep to these rules, and to stricter ones; what an intercepting product issued is not the server's. */
function isPrivate(chain: Chain): boolean {
  const { end } = chain
  const hasOwnEnd = end.kind === 'private-root' || end.kind === 'self-signed-leaf'
  return hasOwnEnd && serverLeaf(chain) !== null && interceptionsOf(chain).length === 0
}

function keyFaults({ publicKey }: Certificate): string[] {
  const { algorithm, bits } = publicKey
  return algorithm === 'RSA' && bits !== null && bits < SMALLEST_RSA_KEY ? [`its RSA key has only ${bits} bits`] : []
}

function leafFaults({ notBefore, notAfter, dnsNames, ipAddresses, extensions }: Certificate): string[] {
  const days = Math.ceil((notAfter - notBefore) / MILLISECONDS_PER_DAY)
  const { extendedKeyUsage, unreadable } = extensions
  const isForServers = extendedKeyUsage?.some((usage) => usage === SERVER_USAGE) ?? unreadable.length > 0
  return [
    ...(dnsNames.length + ipAddresses.length === 0 ? ['it names no host in its subject alternative names'] : []),
    ...(notBefore >= ISSUED_FROM && days > LONGEST_DAYS
      ? [`it is valid for ${days} days, more than ${LONGEST_DAYS}`]
      : []),
    ...(notBefore >= ISSUED_FROM && !isForServers ? ['its extended key usage does not name servers'] : []),
  ]
}

const SERVER_USAGE = 'TLS Web Server Authentication'
