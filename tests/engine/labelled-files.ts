import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file and what OpenSSL found in it; the format of ../shared/data/README.md, "certs/index.json". */
export interface LabelledFile {
  readonly file: string
  readonly what: string
  readonly format: string
  readonly bytes: Uint8Array
  /** `ok`: exactly these certificates; `error`: a clear failure; `lenient`: either. */
  readonly outcome: 'ok' | 'error' | 'lenient'
  readonly certificates: readonly LabelledCertificate[]
  /** Whether `certificates` is in the order of the file. */
  readonly isOrdered: boolean
  /** Of requests and public keys. */
  readonly keyPins: readonly string[]
  readonly password: string | null
}

export interface LabelledCertificate {
  readonly sha256: string
  readonly pin: string
  readonly role: string | null
  readonly subject: string
  readonly issuer: string
  readonly serial: string
  readonly notBefore: string
  readonly notAfter: string
  readonly key: { readonly alg: string; readonly bits?: number; readonly curve?: string }
  readonly san?: readonly string[]
}

interface IndexEntry extends Pick<LabelledFile, 'file' | 'what' | 'format'> {
  readonly password?: string
  readonly expect: {
    readonly outcome: LabelledFile['outcome']
    readonly order?: 'any'
    readonly certs?: readonly LabelledCertificate[]
    readonly csrs?: readonly { readonly pin: string }[]
    readonly publicKeys?: readonly { readonly pin: string }[]
  }
}

export const FIXTURES = join(import.meta.dirname, '../fixtures/certificates')
export const SHARED = join(import.meta.dirname, '../../../shared/data/certs')

export function labelledFiles(folder: string): readonly LabelledFile[] {
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    readonly files: readonly IndexEntry[]
  }
  return index.files.map(({ file, what, format, password, expect }) => ({
    file,
    what,
    format,
    bytes: readBytes(join(folder, file)),
    outcome: expect.outcome,
    certificates: expect.certs ?? [],
    isOrdered: expect.order !== 'any',
    keyPins: [...(expect.csrs ?? []), ...(expect.publicKeys ?? [])].map(({ pin }) => pin),
    password: password ?? null,
  }))
}

export function fixture(name: string): Uint8Array {
  return readBytes(join(FIXTURES, name))
}

function readBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path))
}
