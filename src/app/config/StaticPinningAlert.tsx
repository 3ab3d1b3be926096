import styles from './StaticPinningAlert.module.css'

/** Stands below the rows whatever they hold: the risk that every static pin carries. */
export function StaticPinningAlert() {
  return (
    <section className={styles.alert} aria-labelledby="static-pinning-alert">
      <h2 id="static-pinning-alert" className={styles.title}>
        Static Certificate Pinning Alert
      </h2>
      <p>
        Pins are part of the app. When the backend can no longer present any pinned key, every installed app stops
        connecting until its user updates. Before you ship:
      </p>
      <ul>
        <li>Know who renews the certificate, when, and whether the key stays the same.</li>
        <li>
          Pin a <a href="#faq/backup-pin">backup key</a> that is not in service.
        </li>
        <li>
          Ship the next pin <a href="#faq/rotate">before the server changes</a>.
        </li>
        <li>Never pin a host that you do not control.</li>
      </ul>
    </section>
  )
}
