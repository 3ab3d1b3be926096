/** What `npx expo prebuild` does with a config plugin, as far as Android is concerned. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

interface ModConfig {
  readonly modResults: unknown
  readonly modRequest: { readonly platformProjectRoot: string }
}

interface PluggedConfig {
  readonly mods?: { readonly android?: Readonly<Record<'dangerous' | 'manifest', (config: ModConfig) => unknown>> }
}

export interface AndroidProject {
  /** By their path in the Android project. */
  readonly files: ReadonlyMap<string, string>
  readonly application: Readonly<Record<string, string>>
}

/** Runs the plugin as often as the project is made; its own files lie beside it. */
export async function prebuildAndroid(
  plugin: { readonly path: string; readonly content: string },
  projectFiles: Readonly<Record<string, string>>,
  times = 1,
): Promise<AndroidProject> {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-expo-'))
  try {
    const write = (path: string, content: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    write('package.json', '{}')
    write(plugin.path, plugin.content)
    for (const [path, content] of Object.entries(projectFiles)) write(path, content)
    mkdirSync(join(folder, 'node_modules/expo'), { recursive: true })
    copyFileSync(join(import.meta.dirname, 'config-plugins.cjs'), join(folder, 'node_modules/expo/config-plugins.js'))
    const path = join(folder, plugin.path)
    const withPins = createRequire(path)(path) as (config: object) => PluggedConfig
    const application = { 'android:name': '.MainApplication', 'android:allowBackup': 'true' }
    const manifest = { manifest: { application: [{ $: application }] } }
    const root = join(folder, 'android')
    for (let run = 0; run < times; run += 1) {
      const mods = withPins({ name: 'app' }).mods?.android
      const request = { modRequest: { platformProjectRoot: root } }
      await mods?.dangerous({ ...request, modResults: undefined })
      await mods?.manifest({ ...request, modResults: manifest })
    }
    return { files: filesBelow(root), application }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function filesBelow(root: string): ReadonlyMap<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.map(({ parentPath, name }) => {
      const file = join(parentPath, name)
      return [file.slice(root.length + 1), readFileSync(file, 'utf8')]
    }),
  )
}
