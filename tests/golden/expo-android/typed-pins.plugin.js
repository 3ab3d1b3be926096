// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 5 keys for api.example.com and unknown.example.org
const { copyFile, mkdir, writeFile } = require('fs/promises')
const { join } = require('path')
const { AndroidConfig, withAndroidManifest, withDangerousMod } = require('expo/config-plugins')

const CONFIG = [
  '<?xml version="1.0" encoding="utf-8"?>',
  '<!-- Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 5 keys for api.example.com and unknown.example.org -->',
  '<network-security-config>',
  '    <domain-config>',
  '        <domain includeSubdomains="false">api.example.com</domain>',
  '        <pin-set>',
  '            <!-- leaf: api.example.com, valid until 2027-03-31 -->',
  '            <pin digest="SHA-256">veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=</pin>',
  '            <!-- typed in: leaf pin -->',
  '            <pin digest="SHA-256">tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=</pin>',
  '            <!-- intermediate: Example TLS CA 1, valid until 2029-03-12, also typed in -->',
  '            <pin digest="SHA-256">60/1M3gj3DukCQ4gAbawCTq20ByosLepwA5qhuui30k=</pin>',
  '            <!-- typed in: CA pin, the key of Other Root X1 -->',
  '            <pin digest="SHA-256">Im4O16kVDBwjxcFRQ9bmRLJ2IkZ0RfcSfQO1LqT0xnE=</pin>',
  '            <!-- typed in: leaf or CA pin, nobody said which -->',
  '            <pin digest="SHA-256">836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg=</pin>',
  '        </pin-set>',
  '    </domain-config>',
  '    <domain-config>',
  '        <domain includeSubdomains="false">unknown.example.org</domain>',
  '        <pin-set>',
  '            <!-- typed in: leaf or CA pin, nobody said which -->',
  '            <pin digest="SHA-256">836JXsjbYGXrFDhvF52L8afVdw3Gb1l6VvNCiJK2iBg=</pin>',
  '        </pin-set>',
  '    </domain-config>',
  '</network-security-config>',
  '',
].join('\n')

const CERTIFICATES = [
]

// Debug builds load their code over plain HTTP; the pins are the same.
const DEBUG_CONFIG = CONFIG.replace(
  '<network-security-config>',
  '<network-security-config>\n    <base-config cleartextTrafficPermitted="true"/>',
)

async function writeFiles(androidRoot) {
  for (const [build, content] of [['main', CONFIG], ['debug', DEBUG_CONFIG]]) {
    const folder = join(androidRoot, 'app/src', build, 'res/xml')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'network_security_config.xml'), content)
  }
  for (const name of CERTIFICATES) {
    const folder = join(androidRoot, 'app/src/main/res/raw')
    await mkdir(folder, { recursive: true })
    await copyFile(join(__dirname, 'certificates', name), join(folder, name))
  }
}

module.exports = function withCertificatePins(config) {
  const withFiles = withDangerousMod(config, [
    'android',
    async (modConfig) => {
      await writeFiles(modConfig.modRequest.platformProjectRoot)
      return modConfig
    },
  ])
  return withAndroidManifest(withFiles, (modConfig) => {
    const application = AndroidConfig.Manifest.getMainApplicationOrThrow(modConfig.modResults)
    application.$['android:networkSecurityConfig'] = '@xml/network_security_config'
    return modConfig
  })
}
