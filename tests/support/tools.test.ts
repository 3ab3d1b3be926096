import { X509Certificate, createHash } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { describe, expect, it, vi } from 'vitest'
import {
  aapt,
  aaptCompile,
  isMissing,
  openssl,
  opensslPin,
  plistlibRead,
  plparse,
  plparseAccepts,
  python,
  xmllint,
  xmllintAccepts,
} from './tools.ts'

const PLIST = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>a</key><true/></dict></plist>`

const CONFIG = `<?xml version="1.0" encoding="utf-8"?>
<network-security-config>
  <!-- a comment is not compiled -->
  <domain-config>
    <domain includeSubdomains="true">example.com</domain>
    <domain includeSubdomains="YES">say "hi" \\ &amp;</domain>
    <pin-set expiration="2027-01-01">
      <pin digest="SHA-256">C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=</pin>
    </pin-set>
  </domain-config>
</network-security-config>`

describe('a tool that is missing', () => {
  it('has its tests skipped with the reason printed', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const absent = { name: 'nonesuch', missing: 'nonesuch is not installed (apt-get install nonesuch)' }
    expect(isMissing({ name: 'present', missing: null }, absent)).toBe(true)
    expect(warn.mock.calls).toEqual([
      ['SKIPPED tests that need nonesuch: nonesuch is not installed (apt-get install nonesuch)'],
    ])
    warn.mockRestore()
  })

  it('is told from one that is there', () => {
    expect(isMissing({ name: 'present', missing: null })).toBe(false)
  })
})

describe.skipIf(isMissing(openssl))('the openssl pipeline', () => {
  it('gives the pin of a certificate', () => {
    const pem = rootCertificates[0] ?? ''
    const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
    expect(opensslPin(pem)).toEqual({ accepted: createHash('sha256').update(spki).digest('base64') })
  })

  it.each(['', 'no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
    'stops at %j instead of hashing nothing',
    (text) => {
      expect(opensslPin(text).problem).toMatch(/^openssl x509: /)
    },
  )
})

describe.skipIf(isMissing(xmllint))('xmllint', () => {
  it('accepts well-formed XML and fetches no document type', () => {
    expect(xmllintAccepts(PLIST)).toEqual({ accepted: true })
    expect(xmllintAccepts(CONFIG)).toEqual({ accepted: true })
  })

  it.each(['<a><b></a>', '<a>&nbsp;</a>', '<a><!-- -- --></a>', '<a>]]></a>', '<a b="<"/>', '<a/><b/>', ''])(
    'refuses %j',
    (xml) => {
      expect(xmllintAccepts(xml).problem).toBeDefined()
    },
  )
})

describe.skipIf(isMissing(python))("Python's plistlib", () => {
  it('reads a property list', () => {
    expect(plistlibRead(PLIST)).toEqual({ accepted: { a: true } })
  })

  it.each([
    PLIST.replace('<true/>', ''),
    PLIST.replace('<true/>', '<yes/>'),
    PLIST.replace('</dict>', ''),
    'a = b;',
    '',
  ])('refuses %j', (plist) => {
    expect(plistlibRead(plist).problem).toBeDefined()
  })

  it('reads one document after another, whatever their length', () => {
    for (const text of ['\n', 'é\r\n\t', 'x'.repeat(300_000), '']) {
      const plist = PLIST.replace('<true/>', `<string>${text.replace('\r', '&#13;')}</string>`)
      expect(plistlibRead(plist)).toEqual({ accepted: { a: text } })
      expect(plistlibRead('<plist').problem).toMatch(/^ExpatError: /)
    }
  })
})

describe.skipIf(isMissing(plparse))('plparse', () => {
  it('accepts a property list', () => {
    expect(plparseAccepts(PLIST)).toEqual({ accepted: true })
  })

  it.each([PLIST.replace('</dict>', ''), PLIST.replace('<true/>', '<string>x</strng>'), '<plist'])(
    'refuses %j',
    (plist) => {
      expect(plparseAccepts(plist).problem).toBeDefined()
    },
  )
})

describe.skipIf(isMissing(aapt))('aapt', () => {
  it('compiles a config with its manifest and shows what became of them', () => {
    const { accepted, problem } = aaptCompile({ networkSecurityConfig: CONFIG })
    expect(problem).toBeUndefined()
    expect(accepted?.config).toEqual({
      name: 'network-security-config',
      attributes: {},
      text: [],
      children: [
        {
          name: 'domain-config',
          attributes: {},
          text: [],
          children: [
            {
              name: 'domain',
              attributes: { includeSubdomains: { type: 0x12, value: '0xffffffff' } },
              text: ['example.com'],
              children: [],
            },
            {
              name: 'domain',
              attributes: { includeSubdomains: { type: 0x03, value: 'YES' } },
              text: ['say "hi" \\ &'],
              children: [],
            },
            {
              name: 'pin-set',
              attributes: { expiration: { type: 0x03, value: '2027-01-01' } },
              text: [],
              children: [
                {
                  name: 'pin',
                  attributes: { digest: { type: 0x03, value: 'SHA-256' } },
                  text: ['C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M='],
                  children: [],
                },
              ],
            },
          ],
        },
      ],
    })
    const application = accepted?.manifest.children.find(({ name }) => name === 'application')
    expect(application?.attributes['android:networkSecurityConfig']?.type).toBe(0x01)
  })

  it('refuses XML that is not well formed, by file and line', () => {
    const { problem } = aaptCompile({ networkSecurityConfig: CONFIG.replace('</domain>', '') })
    expect(problem).toMatch(/^res\/xml\/network_security_config\.xml:\d+: error/)
  })

  it('refuses a manifest that refers to another config, or has an unknown attribute', () => {
    const elsewhere = 'android:networkSecurityConfig="@xml/another"'
    expect(aaptCompile({ networkSecurityConfig: CONFIG, applicationAttributes: elsewhere }).problem).toBeDefined()
    const unknown = 'android:networkSecurityConfiguration="@xml/network_security_config"'
    expect(aaptCompile({ networkSecurityConfig: CONFIG, applicationAttributes: unknown }).problem).toBeDefined()
  })

  it('knows the raw resources that are there', () => {
    const networkSecurityConfig = `<network-security-config><base-config><trust-anchors>
      <certificates src="@raw/ca"/></trust-anchors></base-config></network-security-config>`
    expect(aaptCompile({ networkSecurityConfig, raw: { 'ca.pem': 'x' } }).problem).toBeUndefined()
    expect(aaptCompile({ networkSecurityConfig }).problem).toContain('@raw/ca')
  })
})
