import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SecureVersion } from 'node:tls'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pemFileName, pinCommand, SHELLS, showCertificatesCommand } from '../../src/app/openssl-commands.ts'
import { cleanHost } from '../../src/host/clean-host.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { issueChain as issueServerChain } from '../api/support/certificates.ts'
import { serveTls } from '../api/support/servers.ts'
import { fixture } from '../engine/labelled-files.ts'
import { issueCertificate, type KeyKind } from '../support/issue-chain.ts'
import { valueOf } from '../support/outcome.ts'
import { isMissing, openssl } from '../support/tools.ts'

const FINGERPRINT = 'ab'.repeat(32) as Parameters<typeof pemFileName>[1]
const hostOf = (text: string) => valueOf(cleanHost(text)).host

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pinsmith-commands-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shell = (script: string) => execFileSync('sh', ['-c', script], { cwd: folder, timeout: 20_000 }).toString()

describe.skipIf(isMissing(openssl))('the command for a pin prints the pin', () => {
  const fileName = pemFileName('leaf', FINGERPRINT)

  it.each(['badssl--self-signed.pem', 'odd--all-supported-names.pem', 'odd--version-1.pem'])('of %s', async (name) => {
    const bytes = fixture(name)
    writeFileSync(join(folder, fileName), bytes)
    const pin = valueOf(await inspect(bytes)).certificates[0]?.pin
    expect(shell(pinCommand(fileName))).toBe(`${pin}\n`)
  })

  it.each<KeyKind>(['P-256', 'P-521', 'RSA', 'RSA-PSS', 'Ed25519'])('of a certificate with a %s key', async (key) => {
    const { pem, der } = await issueCertificate({ subject: 'command.test', key })
    writeFileSync(join(folder, fileName), pem)
    const pin = valueOf(await inspect(der)).certificates[0]?.pin
    expect(shell(pinCommand(fileName))).toBe(`${pin}\n`)
  })
})

describe('the name of a certificate file', () => {
  it('needs no quotes in a shell', () => {
    expect(pemFileName('intermediate', FINGERPRINT)).toBe('intermediate-abababab.pem')
  })
})

describe('the command that shows a chain', () => {
  it.each(['', 'a.example', '-a.example:443', 'a.example:443;id', '$(id):443', 'a.example:443\n', 'a b:443', 'a:x'])(
    'is not made of %j, which may come out of a storage that others wrote to',
    (name) => {
      for (const kind of SHELLS) expect(showCertificatesCommand(name, kind)).toBeNull()
    },
  )

  it('asks for the host by name, at its port, and ends by itself', () => {
    const hostAndPort = `${hostOf('https://Bücher.example:8443/x')}:8443`
    expect(showCertificatesCommand(hostAndPort, 'shell')).toBe(
      'openssl s_client -connect xn--bcher-kva.example:8443 -servername xn--bcher-kva.example -showcerts </dev/null',
    )
    expect(showCertificatesCommand(hostAndPort, 'powershell')).toBe(
      "'Q' | openssl s_client -connect 'xn--bcher-kva.example:8443' -servername 'xn--bcher-kva.example' -showcerts",
    )
  })

  /** What an attacker may want to have run. */
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom('a', 'b', '.', '-', '_', '1', 'example.com', ':443', '/', '@', ' '),
        fc.constantFrom(...Array.from(';|&$`"\'\\<>(){}[]*?!#~=%^\n\r\t,+')),
        fc.constantFrom('$(id)', '`id`', '-proxy', '＄', '；', '｜', '＆', '‘', '\u2028', 'ａ', 'é', '。'),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => parts.join(''))

  it('cannot hold anything that a shell or openssl would interpret, whatever was typed', () => {
    let accepted = 0
    fc.assert(
      fc.property(hostile, (typed) => {
        const clean = cleanHost(typed)
        if (!clean.ok) return
        accepted += 1
        expect(clean.value.host).toMatch(/^[a-z0-9_][a-z0-9._-]*$/)
        expect(Number.isInteger(clean.value.port)).toBe(true)
      }),
      { numRuns: 20_000 },
    )
    expect(accepted).toBeGreaterThan(300)
  })

  it('reaches openssl as the words it is written in', () => {
    const typed = [
      'example.com',
      'a_b.example.com',
      '_x.example',
      'xn--bcher-kva.example',
      '3--.-x.example',
      '0x.example',
    ]
    const hosts = typed.map(cleanHost).flatMap((clean) => (clean.ok ? [clean.value.host] : []))
    expect(hosts.length).toBeGreaterThan(3)
    for (const host of hosts) {
      const spoken = shell(`openssl() { printf '%s\\n' "$@"; }\n${showCertificatesCommand(`${host}:443`, 'shell')}`)
      expect(spoken.split('\n')).toEqual(['s_client', '-connect', `${host}:443`, '-servername', host, '-showcerts', ''])
    }
  })

  const words = fc.stringMatching(/^[a-z\d_][a-z\d._-]{0,20}$/)

  it('is for PowerShell a text, a pipe, and words that are plain or whole within quotes', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 65_535 }), (host, port) => {
        const command = showCertificatesCommand(`${host}:${port}`, 'powershell') ?? ''
        const quoted = [...command.matchAll(/'([^']*)'/g)].map(([, text]) => text)
        expect(quoted).toEqual(['Q', `${host}:${port}`, host])
        // What is not quoted has nothing that PowerShell 5.1 or 7 would take for more than a word.
        expect(command.replaceAll(/'[^']*'/g, 'TEXT')).toBe(
          'TEXT | openssl s_client -connect TEXT -servername TEXT -showcerts',
        )
      }),
    )
  })

  describe.skipIf(isMissing(openssl))('prints the chain of a server in a form that Pinsmith reads', () => {
    it('to a shell', async () => {
      const { sent, shown } = await throughOpenssl('TLSv1.3', (hostAndPort) =>
        runWith('', showCertificatesCommand(hostAndPort, 'shell') ?? ''),
      )
      expect(shown).toEqual(sent)
    })

    it.each(['TLSv1.2', 'TLSv1.3'] as const)(
      'to PowerShell, which pipes lines of Windows, with %s',
      async (version) => {
        const { sent, shown } = await throughOpenssl(version, async (hostAndPort) => {
          const command = showCertificatesCommand(hostAndPort, 'powershell') ?? ''
          const output = await runWith('Q\r\n', command.replace("'Q' | ", ''))
          return output.replaceAll('\n', '\r\n')
        })
        expect(shown).toEqual(sent)
      },
    )
  })
})

/** What a server sends, and what Pinsmith reads from the output of a command that asks it. */
async function throughOpenssl(version: SecureVersion, outputOf: (hostAndPort: string) => Promise<string>) {
  const { leaf, intermediate } = await issueServerChain()
  const { port } = await serveTls([leaf, intermediate], { minVersion: version, maxVersion: version })
  const output = await outputOf(`${hostOf('localhost')}:${port}`)
  const { certificates } = valueOf(await inspect(new TextEncoder().encode(output)))
  // The leaf stands once among the chain and once more by itself, under "Server certificate" (OpenSSL 1 and 3).
  const shown = new Set(certificates.map(({ der }) => Buffer.from(der).toString('base64')))
  return { sent: [leaf.base64, intermediate.base64], shown: [...shown] }
}

/** Runs what `sh` reads as PowerShell would. The input stays open, so the command must end by itself. */
async function runWith(input: string, command: string): Promise<string> {
  const running = promisify(execFile)('sh', ['-c', command], { timeout: 15_000 })
  running.child.stdin?.write(input)
  return (await running).stdout
}
