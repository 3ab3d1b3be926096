import type { ChainLink } from '../../core/chain/chain.ts'
import { encodePem } from '../../core/pins/encoding.ts'
import { pemFileName, pinCommand } from '../openssl-commands.ts'
import { derOf, type Row } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { downloadFile } from '../shared/clipboard.ts'
import { CopyButton } from '../shared/CopyButton.tsx'
import styles from './PinProof.module.css'

/** How to get the same pin without Pinsmith: the certificate as a file, and the command that hashes its key. */
export function PinProof({ row, link: { certificate, role } }: { readonly row: Row; readonly link: ChainLink }) {
  const der = derOf(row, certificate.sha256)
  if (!der) return null
  const fileName = pemFileName(role, certificate.sha256)
  const command = pinCommand(fileName)
  return (
    <details>
      <summary>Reproduce this pin with OpenSSL</summary>
      <div className={styles.steps}>
        <p>
          Download the certificate, then run this command where the file is.{' '}
          {certificate.keyEncoding.length === 0
            ? 'It prints the pin.'
            : 'It writes the key anew before hashing it, and this key is encoded in an unusual way: it may print another pin.'}
        </p>
        <code className={styles.command}>{command}</code>
        <div className={styles.actions}>
          <Button
            onClick={() => {
              downloadFile(fileName, encodePem(der))
              announce(`Downloaded ${fileName}`)
            }}
          >
            Download {fileName}
          </Button>
          <CopyButton text={command} what="the openssl command" />
        </div>
      </div>
    </details>
  )
}
