import { commonNameOf, KEY_FILE_ITERATIONS } from '../../core/pins/backup-key.ts'
import type { BackupKeyType } from '../../engine/backup-key.ts'
import type { KeyFileNames } from './file-names.ts'

const GENERATION: Readonly<Record<BackupKeyType, string>> = {
  'p-256': '-algorithm EC -pkeyopt ec_paramgen_curve:P-256',
  'p-384': '-algorithm EC -pkeyopt ec_paramgen_curve:P-384',
  'rsa-2048': '-algorithm RSA -pkeyopt rsa_keygen_bits:2048',
  'rsa-3072': '-algorithm RSA -pkeyopt rsa_keygen_bits:3072',
  'rsa-4096': '-algorithm RSA -pkeyopt rsa_keygen_bits:4096',
}

/** What a browser without WebCrypto leaves to OpenSSL: the same key, file and request. */
export function makingCommands(keyType: BackupKeyType, names: readonly string[]) {
  return {
    /** Asks for the passphrase; the key is never in a file without it. */
    key: `openssl genpkey ${GENERATION[keyType]} | openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter ${KEY_FILE_ITERATIONS} -out backup.key`,
    request: requestCommand({ key: 'backup.key', request: 'backup.csr' }, names),
  }
}

/** What the holder of the files does with them, years later and without Pinsmith. */
export function keepingCommands({ key, request }: KeyFileNames, names: readonly string[]) {
  return {
    /** Prints the pin, once the passphrase has opened the key. */
    pinOfKey: `openssl pkey -in ${key} -pubout -outform der | openssl dgst -sha256 -binary | openssl base64`,
    fingerprintOfRequest: `openssl req -in ${request} -outform der | openssl dgst -sha256`,
    /** For one that was lost, or for other names. */
    anotherRequest: requestCommand({ key, request }, names),
    /** For a server that cannot ask for a passphrase. */
    keyWithoutPassphrase: `openssl pkey -in ${key} -out server.key`,
  }
}

/** In single quotes, which a wildcard needs: they mean the same in a shell and in PowerShell. */
function requestCommand({ key, request }: KeyFileNames, names: readonly string[]): string {
  const commonName = commonNameOf(names)
  const subject = commonName === undefined ? '/' : `/CN=${commonName}`
  const alternatives = names.map((name) => `DNS:${name}`).join(',')
  return `openssl req -new -key ${key} -subj '${subject}' -addext 'subjectAltName=${alternatives}' -out ${request}`
}
