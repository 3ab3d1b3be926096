// A stand-in for `expo/config-plugins`, from its documentation: plugins leave mods in the configuration, and making the
// native project runs them, the dangerous ones first.

function withMod(config, platform, mod, action) {
  const before = config.mods?.[platform]?.[mod] ?? ((modConfig) => modConfig)
  const chained = async (modConfig) => action(await before(modConfig))
  return { ...config, mods: { ...config.mods, [platform]: { ...config.mods?.[platform], [mod]: chained } } }
}

const withDangerousMod = (config, [platform, action]) => withMod(config, platform, 'dangerous', action)
const withAndroidManifest = (config, action) => withMod(config, 'android', 'manifest', action)

function getMainApplicationOrThrow({ manifest }) {
  const application = manifest.application?.find((one) => one.$['android:name'].endsWith('.MainApplication'))
  if (!application) throw new Error('AndroidManifest.xml is missing the required MainApplication element')
  return application
}

module.exports = { AndroidConfig: { Manifest: { getMainApplicationOrThrow } }, withAndroidManifest, withDangerousMod }
