import { PrintSheet } from '../shared/PrintSheet.tsx'
import styles from './BackupKeySheet.module.css'
import { keepingCommands } from './key-commands.ts'
import type { MadeBackupKey } from './made-backup-key.ts'
import { KEY_TYPES } from './key-types.ts'

/** What is printed while the key is on screen, in the place of the page: how to keep the key and how to use it. */
export function BackupKeySheet({ made }: { readonly made: MadeBackupKey }) {
  const { files, names, keyType, pin, requestFingerprint, day } = made
  const commands = keepingCommands(files, names)
  return (
    <PrintSheet title={`Backup key for ${names[0]}`}>
      <dl className={styles.facts}>
        <dt>Made</dt>
        <dd>{day}, with Pinsmith</dd>
        <dt>Names in the request</dt>
        <dd>{names.join(', ')}</dd>
        <dt>Kind of key</dt>
        <dd>{KEY_TYPES[keyType].name}</dd>
        <dt>Key file</dt>
        <dd>
          <code>{files.key}</code> (PKCS#8, encrypted with AES-256 under the passphrase)
        </dd>
        <dt>Request file</dt>
        <dd>
          <code>{files.request}</code>
        </dd>
        <dt>Pin in the app</dt>
        <dd>
          <code>{pin}</code>
        </dd>
        <dt>SHA-256 of the request</dt>
        <dd>
          <code>{requestFingerprint.match(/.{8}/g)?.join(' ')}</code>
        </dd>
      </dl>

      <h2>Keep it</h2>
      <ol className={styles.steps}>
        <li>
          Copy both files to two media that are connected to nothing, such as USB sticks, and lock them away with this
          sheet in two places. Neither is where the key in service is.
        </li>
        <li>
          Keep the passphrase apart from them, in a password manager or a sealed envelope. Never write it on this sheet.
          Without it the key is lost.
        </li>
        <li>Then delete the files from the computer that made them, from its downloads, bin and cloud folders too.</li>
        <li>
          Once a year, and when a holder leaves, see that the key still opens. This asks for the passphrase and prints
          the pin: <code className={styles.command}>{commands.pinOfKey}</code>
        </li>
      </ol>
      <dl className={styles.blanks}>
        <dt>First place</dt>
        <dd />
        <dt>Second place</dt>
        <dd />
        <dt>Who holds it</dt>
        <dd />
        <dt>Who has the passphrase</dt>
        <dd />
        <dt>Checked on, by</dt>
        <dd />
      </dl>

      <h2>Use it</h2>
      <p>On the day the key in service is lost, stolen or has to go:</p>
      <ol className={styles.steps}>
        <li>
          See that the request is the right one: <code className={styles.command}>{commands.fingerprintOfRequest}</code>
          Should it be lost, the key makes another: <code className={styles.command}>{commands.anotherRequest}</code>
        </li>
        <li>
          Send the request file to a CA that your users’ phones trust, as for any certificate. The key file stays with
          you. Where the app pins CAs on iOS, the CA has to be one of them.
        </li>
        <li>
          Install the certificate with the key. For a server that cannot ask for the passphrase, run this on the server,
          and let nobody else read the result: <code className={styles.command}>{commands.keyWithoutPassphrase}</code>
        </li>
        <li>The key is in service now and no backup any more. Make another, and ship its pin with the next release.</li>
      </ol>
      <p>
        May somebody else have seen the key and the passphrase? Take its pin out of the app with the next release, and
        make another backup key.
      </p>
    </PrintSheet>
  )
}
