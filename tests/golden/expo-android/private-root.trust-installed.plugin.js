// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for intranet.example.com
const { copyFile, mkdir, writeFile } = require('fs/promises')
const { join } = require('path')
const { AndroidConfig, withAndroidManifest, withDangerousMod } = require('expo/config-plugins')

const CONFIG = [
  '<?xml version="1.0" encoding="utf-8"?>',
  '<!-- Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for intranet.example.com -->',
  '<network-security-config>',
  '    <domain-config>',
  '        <domain includeSubdomains="false">intranet.example.com</domain>',
  '        <trust-anchors>',
  '            <certificates src="user"/>',
  '        </trust-anchors>',
  '        <pin-set>',
  '            <!-- root: Example Private Root, valid until 2040-01-01 -->',
  '            <pin digest="SHA-256">e7cSOxjPiLX45mzvsyNKFsVV0I37M2sAT5ow1AgqSlc=</pin>',
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
