import type { PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../../../src/core/pins/spki-pin.ts'
import { issueCertificate, type IssuedCertificate } from '../../../support/issue-chain.ts'
import { certificate, chain, row } from '../../../support/cases.ts'
import { opensslPin } from '../../../support/tools.ts'

export const HOST = 'api.example.com'

/** Another key for the same host. */
export function strangerLeaf(issuer: IssuedCertificate): Promise<IssuedCertificate> {
  return issueCertificate({ subject: HOST, keyName: 'stranger', dnsNames: [HOST], issuer })
}

/** A row of the plan with chains of real certificates, whose pins are what OpenSSL computes. */
export function rowOf(
  choices: PlanRow['choices'],
  chains: readonly (readonly IssuedCertificate[])[],
  names: (position: number) => string = (position) => `certificate ${position}`,
): PlanRow {
  const built = chains.map((issued, index) =>
    chain(
      issued.map((one, position) => ({
        ...certificate({
          name: names(position),
          key: `${index} ${position}`,
          issuer: position === issued.length - 1 ? names(position) : names(position + 1),
          isCa: position > 0,
        }),
        pin: pinByOpenssl(one),
      })),
    ),
  )
  return row({ host: HOST, chains: built, choices })
}

function pinByOpenssl({ pem }: IssuedCertificate): SpkiPin {
  const { accepted, problem } = opensslPin(pem)
  if (problem !== undefined) throw new Error(problem)
  return accepted as SpkiPin
}
