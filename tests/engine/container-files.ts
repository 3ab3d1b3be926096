import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Content } from '../../src/engine/content.ts'

export type ContainerFiles = ReturnType<typeof makeContainerFiles>

/** How many certificates `many.pem` holds. */
const MANY = 300

/** Certificates and keys that OpenSSL made, in a folder of its own, and containers that the tools make of them. */
export function makeContainerFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-containers-'))
  const run = (command: string, args: readonly string[]) =>
    new Uint8Array(execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }))
  const openssl = (args: readonly string[]) => run('openssl', args)
  const ecKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30']

  openssl(['req', '-x509', ...ecKey, '-keyout', 'issuer-key.pem', '-out', 'issuer.pem', '-subj', '/CN=Issuer'])
  openssl(['req', ...ecKey, '-keyout', 'key.pem', '-out', 'leaf.csr', '-subj', '/CN=leaf.example'])
  const issued = ['-CA', 'issuer.pem', '-CAkey', 'issuer-key.pem', '-days', '20']
  openssl(['x509', '-req', '-in', 'leaf.csr', ...issued, '-out', 'leaf.pem'])

  return {
    leaf: openssl(['x509', '-in', 'leaf.pem', '-outform', 'der']),
    issuer: openssl(['x509', '-in', 'issuer.pem', '-outform', 'der']),
    /** PKCS#8 of the leaf's key. */
    key: openssl(['pkcs8', '-topk8', '-nocrypt', '-in', 'key.pem', '-outform', 'der']),
    exportPkcs12: (args: readonly string[], password: string) =>
      openssl(['pkcs12', '-export', ...args, '-passout', `pass:${password}`]),
    /** A PKCS#12 of many certificates, each the leaf once more. */
    exportMany: (password: string) => {
      execFileSync('sh', ['-c', `for i in $(seq ${MANY}); do cat leaf.pem; done > many.pem`], { cwd: folder })
      return openssl(['pkcs12', '-export', '-nokeys', '-in', 'many.pem', '-passout', `pass:${password}`])
    },
    many: MANY,
    /**
     * A store with the leaf, its key and its chain under "server", the issuer as trusted under "authority", and what
     * keytool itself adds with `more`, one command each; the password is "changeit".
     */
    keystore: (type: 'PKCS12' | 'JKS' | 'JCEKS', more: readonly (readonly string[])[] = []) => {
      const name = `store.${type}`
      rmSync(join(folder, name), { force: true })
      openssl(
        ['pkcs12', '-export', '-in', 'leaf.pem', '-inkey', 'key.pem', '-certfile', 'issuer.pem'].concat([
          '-name',
          'server',
          '-out',
          'source.p12',
          '-passout',
          'pass:changeit',
        ]),
      )
      const store = ['-keystore', name, '-storetype', type, '-storepass', 'changeit', '-noprompt']
      const source = ['-srckeystore', 'source.p12', '-srcstoretype', 'PKCS12', '-srcstorepass', 'changeit']
      const target = ['-destkeystore', name, '-deststoretype', type, '-deststorepass', 'changeit', '-noprompt']
      run('keytool', ['-importkeystore', ...source, ...target])
      for (const command of more) run('keytool', [...command, ...store])
      run('keytool', ['-importcert', '-alias', 'authority', '-file', 'issuer.pem', ...store])
      return new Uint8Array(readFileSync(join(folder, name)))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** SHA-256 of every certificate, in order. */
export function fingerprints(contents: readonly Content[]): readonly string[] {
  return contents.flatMap((content) => (content.kind === 'certificate' ? [fingerprint(content.bytes)] : []))
}

export function fingerprint(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}

/** The piece over and over, cut off at the length. */
export function repeated(piece: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  bytes.set(piece.subarray(0, length))
  for (let filled = piece.length; filled < length; filled *= 2) bytes.copyWithin(filled, 0, filled)
  return bytes
}

/** Milliseconds of the processor, so that what else the machine does is not counted. */
export async function processorTime(name: string, run: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(start)
  const time = (user + system) / 1000
  if (process.env['TIMES']) process.stdout.write(`${name}: ${time.toFixed(0)} ms\n`)
  return time
}
