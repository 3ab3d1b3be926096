// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for api.example.com
const { copyFile, mkdir, writeFile } = require('fs/promises')
const { join } = require('path')
const { AndroidConfig, withAndroidManifest, withDangerousMod } = require('expo/config-plugins')

const CONFIG = [
  '<?xml version="1.0" encoding="utf-8"?>',
  '<!-- Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 3 keys for api.example.com -->',
  '<network-security-config>',
  '    <domain-config>',
  '        <domain includeSubdomains="false">api.example.com</domain>',
  '        <pin-set>',
  '            <!-- leaf: api.example.com, valid until 2027-03-31 -->',
  '            <pin digest="SHA-256">veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=</pin>',
  '            <!-- backup key: certificate request CN=api.example.com,O=Example -->',
  '            <pin digest="SHA-256">dYxBeowYyCo/53rFyv549ja4EFgxx976fPr/gRxcpwI=</pin>',
  '            <!-- root: Example Root R1, valid until 2035-06-04 -->',
  '            <pin digest="SHA-256">VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=</pin>',
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
