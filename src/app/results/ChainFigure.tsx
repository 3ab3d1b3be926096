import { certificateName, validityAt, type Certificate } from '../../core/certificate/certificate.ts'
import type { Chain, ChainEnd, ChainLink, SignatureCheck, StoreMembership } from '../../core/chain/chain.ts'
import { isoDay, MILLISECONDS_PER_DAY, type Instant } from '../../core/instant.ts'
import { isPinned } from '../../core/pins/pin-choices.ts'
import { pinCommand } from '../openssl-commands.ts'
import { CopyButton } from '../shared/CopyButton.tsx'
import type { Row } from '../row.ts'
import { useApp } from '../store-context.tsx'
import styles from './ChainFigure.module.css'

/** One chain as a picture: leaf first, each certificate signed by the next. */
export function ChainFigure({ row, chain, now }: { readonly row: Row; readonly chain: Chain; readonly now: Instant }) {
  return (
    <figure className={styles.figure}>
      <ol className={styles.links} aria-label="Chain, leaf to root">
        {chain.links.map((link) => (
          <LinkCard key={link.certificate.sha256} row={row} link={link} now={now} />
        ))}
      </ol>
      <figcaption className={styles.end}>{endText(chain.end)}</figcaption>
    </figure>
  )
}

function LinkCard({ row, link, now }: { readonly row: Row; readonly link: ChainLink; readonly now: Instant }) {
  const pinCertificate = useApp((state) => state.pinCertificate)
  const { certificate, role } = link
  const name = certificateName(certificate)
  const command = pinCommand(`${role}.pem`)
  return (
    <li className={`${styles.link} ${isPinned(row.choices, link) ? styles.pinned : ''}`}>
      <div className={styles.heading}>
        <h4>
          <span className={styles.role}>{role}</span> {name}
        </h4>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={isPinned(row.choices, link)}
            onChange={(event) => pinCertificate(row.id, link, event.target.checked)}
          />
          Pin this certificate <span className="visually-hidden">: {name}</span>
        </label>
      </div>
      <div className={styles.pin}>
        <code>{certificate.pin}</code>
        <CopyButton text={certificate.pin} what={`the pin of ${name}`} />
      </div>
      <dl className={styles.facts}>
        <Fact term="Subject" text={certificate.subject.text || 'empty'} />
        <Fact term="Issuer" text={certificate.issuer.text || 'empty'} />
        <Fact term="Key" text={keyText(certificate)} />
        <Fact term="Validity" text={validityText(certificate, now)} />
        <Fact term="Source" text={originText(link)} />
        <Fact term="Signature" text={signatureText(link.signature)} />
      </dl>
      <details>
        <summary>Reproduce this pin with OpenSSL</summary>
        <p>Save the certificate as {role}.pem, then run:</p>
        <code className={styles.command}>{command}</code>
        <CopyButton text={command} what="the openssl command" />
      </details>
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

function keyText({ publicKey: { algorithm, bits, curve }, signatureAlgorithm }: Certificate): string {
  const size = curve ?? (bits === null ? null : `${bits} bit`)
  return `${size === null ? algorithm : `${algorithm}, ${size}`}; signed with ${signatureAlgorithm}`
}

function validityText(certificate: Certificate, now: Instant): string {
  const period = `${isoDay(certificate.notBefore)} to ${isoDay(certificate.notAfter)}`
  const days = Math.floor((certificate.notAfter - now) / MILLISECONDS_PER_DAY)
  switch (validityAt(certificate, now)) {
    case 'valid':
      return `${period}, ${days} day${days === 1 ? '' : 's'} left`
    case 'expired':
      return `${period}, expired`
    case 'not-yet-valid':
      return `${period}, not yet valid`
  }
}

function originText({ origin, stores }: ChainLink): string {
  const from = origin === 'given' ? 'given' : 'from the bundled store, since it was not given'
  return stores ? `${from}; ${storesText(stores)}` : from
}

function storesText({ android, apple, mozilla, chrome }: StoreMembership): string {
  const names = [
    ...(android ? [`Android API ${android.first} to ${android.last}`] : []),
    ...(apple ? ['Apple'] : []),
    ...(mozilla ? ['Mozilla'] : []),
    ...(chrome ? ['Chrome'] : []),
  ]
  return names.length > 0 ? `in the root stores of ${names.join(', ')}` : 'in no platform’s root store yet'
}

function signatureText(signature: SignatureCheck | null): string {
  if (signature === null) return 'not checked: the issuer is not here'
  switch (signature.kind) {
    case 'verified':
      return 'verified'
    case 'does-not-verify':
      return 'does not verify'
    case 'not-checked':
      return signature.reason === 'algorithm'
        ? 'cannot be checked here: this browser does not know the algorithm'
        : 'cannot be checked here: the page is not served over https or localhost'
  }
}

function endText(end: ChainEnd): string {
  switch (end.kind) {
    case 'public-root':
      return 'Ends at a root of the bundled root store.'
    case 'private-root':
      return 'Ends at a private root: phones trust it only where it was installed or shipped with the app.'
    case 'self-signed-leaf':
      return 'The certificate signed itself; there is no CA, and no phone trusts it by default.'
    case 'issuer-missing':
      return `Incomplete: the issuer ${end.issuer.text} is missing. Add its certificate.`
  }
}
