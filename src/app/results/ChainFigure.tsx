import { certificateName } from '../../core/certificate/certificate.ts'
import { singleLine } from '../../core/single-line.ts'
import type { Chain, ChainLink } from '../../core/chain/chain.ts'
import type { Instant } from '../../core/instant.ts'
import { isPinned } from '../../core/pins/pin-choices.ts'
import { CopyButton } from '../shared/CopyButton.tsx'
import type { Row } from '../row.ts'
import { useApp } from '../store-context.tsx'
import { CandidateRoots } from './CandidateRoots.tsx'
import { CertificateDetails } from './CertificateDetails.tsx'
import styles from './ChainFigure.module.css'
import { FoldedList } from './FoldedList.tsx'
import { publicKeyText } from '../key-names.ts'
import { endText, originText, signatureText, storesText, validityText } from './link-texts.ts'
import { MissingIssuer } from './MissingIssuer.tsx'
import { PinProof } from './PinProof.tsx'
import { ValidityBar } from './ValidityBar.tsx'

/** One chain as a picture: leaf first, each certificate signed by the next. */
export function ChainFigure({ row, chain, now }: { readonly row: Row; readonly chain: Chain; readonly now: Instant }) {
  const last = chain.links.at(-1)
  const hasRootStores = row.reading.status === 'done' && row.reading.report.rootStoreDate !== null
  return (
    <figure className={styles.figure} tabIndex={-1}>
      <ol className={styles.links} aria-label="Chain, leaf to root">
        {chain.links.map((link) => (
          <LinkCard key={link.certificate.sha256} row={row} link={link} now={now} />
        ))}
      </ol>
      <figcaption className={styles.end}>{endText(chain.end, hasRootStores)}</figcaption>
      {chain.end.kind === 'issuer-missing' && last ? (
        <>
          <MissingIssuer key={last.certificate.sha256} row={row} certificate={last.certificate} />
          <CandidateRoots row={row} certificate={last.certificate} />
        </>
      ) : null}
    </figure>
  )
}

function LinkCard({ row, link, now }: { readonly row: Row; readonly link: ChainLink; readonly now: Instant }) {
  const pinCertificate = useApp((state) => state.pinCertificate)
  const { certificate, role } = link
  const name = singleLine(certificateName(certificate))
  const pinned = isPinned(row.choices, link)
  return (
    <li className={`${styles.link} ${pinned ? styles.pinned : ''}`}>
      <div className={styles.heading}>
        <h4>
          <span className={styles.role}>{role}</span> {name}
        </h4>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={pinned}
            onChange={(event) => pinCertificate(row.id, link, event.target.checked)}
          />
          Pin this certificate<span className="visually-hidden">: {name}</span>
        </label>
      </div>
      <div className={styles.pin}>
        <code>{certificate.pin}</code>
        <CopyButton text={certificate.pin} what={`the pin of ${name}`} />
      </div>
      <dl className={styles.facts}>
        <Fact term="Issuer" text={singleLine(certificate.issuer.text) || 'empty'} />
        {role === 'leaf' ? <HostNames names={[...certificate.dnsNames, ...certificate.ipAddresses]} /> : null}
        <Fact term="Key" text={publicKeyText(certificate.publicKey)} />
        <Fact term="Signature" text={signatureText(link.signature, certificate.signatureAlgorithm)} />
        <Fact term="Source" text={originText(row, link)} />
        {link.stores ? <Fact term="Root stores" text={storesText(link.stores)} /> : null}
        <div>
          <dt>Validity</dt>
          <dd>
            {validityText(certificate, now)}
            <ValidityBar certificate={certificate} now={now} />
          </dd>
        </div>
      </dl>
      <CertificateDetails certificate={certificate} />
      <PinProof row={row} link={link} />
    </li>
  )
}

function Fact({ term, text }: { readonly term: string; readonly text: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  )
}

function HostNames({ names }: { readonly names: readonly string[] }) {
  return (
    <div>
      <dt>Valid for</dt>
      <dd>{names.length > 0 ? <FoldedList items={names} layout="text" /> : 'no host at all'}</dd>
    </div>
  )
}
