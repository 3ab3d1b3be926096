import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyFileNames } from '../../../src/app/backup-key/file-names.ts'
import { keepingCommands, makingCommands } from '../../../src/app/backup-key/key-commands.ts'
import { KEY_TYPES } from '../../../src/app/backup-key/key-types.ts'
import { makeBackupKey, type BackupKeyType } from '../../../src/engine/backup-key.ts'
import { inspect } from '../../../src/engine/inspect.ts'
import { valueOf } from '../../support/outcome.ts'
import { isMissing, openssl, opensslKeyPin, opensslRequest, opensslRequestPin } from '../../support/tools.ts'

const PASSPHRASE = 'correct horse battery staple'
const PATIENCE = 120_000

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pinsmith-key-commands-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As a person runs it, but that the passphrase is typed by a file. */
function runInShell(command: string, ...options: readonly string[]): string {
  writeFileSync(join(folder, 'passphrase'), PASSPHRASE)
  return execFileSync('sh', ['-c', [command, ...options].join(' ')], {
    cwd: folder,
    timeout: PATIENCE,
    stdio: 'pipe',
  }).toString()
}

const withPassphrase = (command: string) => command.replace(/(-in \S+\.key)/, '$1 -passin file:passphrase')

const text = (name: string) => readFileSync(join(folder, name), 'utf8')

describe.skipIf(isMissing(openssl))('the commands that make a key without a browser', () => {
  it.each(Object.keys(KEY_TYPES) as BackupKeyType[])(
    'give an encrypted %s key and its request',
    async (keyType) => {
      const names = ['api.example.com', '*.api.example.com', 'b.example']
      const commands = makingCommands(keyType, names)
      runInShell(commands.key, '-passout file:passphrase')
      runInShell(commands.request, '-passin file:passphrase')
      expect(text('backup.key')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/)
      const request = text('backup.csr')
      expect(opensslRequest(request, '-subject').accepted).toBe('subject=CN = api.example.com\n')
      expect(opensslRequest(request, '-text').accepted).toContain(names.map((name) => `DNS:${name}`).join(', '))
      const algorithms = { 'p-256': 'P-256', 'p-384': 'P-384' } as Readonly<Record<string, string>>
      const { keys } = valueOf(await inspect(new TextEncoder().encode(request)))
      expect(keys[0]?.publicKey?.curve ?? `rsa-${keys[0]?.publicKey?.bits}`).toBe(algorithms[keyType] ?? keyType)
    },
    PATIENCE,
  )

  it('leave the subject empty where no name fits', () => {
    const long = `${'a'.repeat(60)}.example`
    const commands = makingCommands('p-256', [long, `*.${long}`])
    runInShell(commands.key, '-passout file:passphrase')
    runInShell(commands.request, '-passin file:passphrase')
    expect(opensslRequest(text('backup.csr'), '-subject').accepted).toBe('subject=\n')
  })
})

describe.skipIf(isMissing(openssl))('the commands on the sheet', () => {
  it('give pin, fingerprint and the key itself, from the files alone', async () => {
    const names = ['api.example.com', '*.api.example.com']
    const key = valueOf(await makeBackupKey({ keyType: 'p-256', names, passphrase: PASSPHRASE }))
    const files = keyFileNames('api.example.com', key.pin)
    writeFileSync(join(folder, files.key), key.encryptedKey)
    writeFileSync(join(folder, files.request), key.request)
    const commands = keepingCommands(files, names)
    expect(runInShell(withPassphrase(commands.pinOfKey))).toBe(`${key.pin}\n`)
    expect(runInShell(commands.fingerprintOfRequest)).toContain(key.requestFingerprint)
    runInShell(commands.anotherRequest, '-passin file:passphrase')
    expect(text(files.request)).not.toBe(key.request)
    expect(opensslRequestPin(text(files.request)).accepted).toBe(key.pin)
    expect(opensslRequest(text(files.request), '-text').accepted).toContain(
      'DNS:api.example.com, DNS:*.api.example.com',
    )
    runInShell(withPassphrase(commands.keyWithoutPassphrase))
    expect(opensslKeyPin(text('server.key'), '').accepted).toBe(key.pin)
  })
})
