import { xmlComment } from '../escape.ts'
import { stampText, type Stamp, type SwitchOption, type TextSnippet } from '../format.ts'

const FILE_NAME = 'network_security_config_debug.xml'
const FOLDER = 'app/src/debug/res'

/** What debuggable builds trust besides. */
export interface DebugTrust {
  readonly debugUserCas: boolean
  readonly debugProjectCa: boolean
}

export const DEBUG_OPTIONS = {
  debugUserCas: {
    kind: 'switch',
    label: 'In debug builds, trust the CAs that the user of the device installed',
    effect:
      'For proxies such as Charles or mitmproxy: what they present then passes without a pin. It goes into a second file that no release contains.',
    initial: false,
    isRare: true,
  },
  debugProjectCa: {
    kind: 'switch',
    label: 'In debug builds, trust a CA whose certificate lies in the project',
    effect: 'The same for emulators and test devices on which nobody installs a CA.',
    initial: false,
    isRare: true,
  },
} as const satisfies Readonly<Record<keyof DebugTrust, SwitchOption>>

const PLACES = {
  ours: `Save it as ${FOLDER}/xml/${FILE_NAME}: debug, not main, so that no release contains it. Android finds it by the name of the main file with _debug behind it, and reads it only if the main file has no debug-overrides; lint stops the release build when both have them.`,
  'of-the-app': `Save it in ${FOLDER}/xml: debug, not main, so that no release contains it. Android finds it by its name alone, which has to be that of the file in AndroidManifest.xml with _debug behind it: my_config_debug.xml where android:networkSecurityConfig is @xml/my_config. If your file has debug-overrides, move what they trust into this one and take them out there: Android does not read this one beside them, and lint stops the release build when both have them.`,
} as const

/**
 * A file beside the main one, under its name with `_debug`: the platform looks for it in debuggable builds alone, and
 * when the main file has no `debug-overrides` (platforms.md A.1). Lint counts these over both files (A.11), so the main
 * one never has them.
 *
 * @param mainFile whether the main file is ours, or one that the app has, whose name is not known here
 */
export function debugFile(
  { debugUserCas, debugProjectCa }: DebugTrust,
  mainFile: 'ours' | 'of-the-app',
  stamp: Stamp,
): readonly TextSnippet[] {
  const sources = [...(debugUserCas ? ['user'] : []), ...(debugProjectCa ? ['@raw/debug_ca'] : [])]
  if (sources.length === 0) return []
  const certificate = debugProjectCa
    ? ` Put the CA’s certificate beside it as ${FOLDER}/raw/debug_ca.der, or debug builds do not compile.`
    : ''
  return [
    {
      kind: 'text',
      id: 'debug',
      title: 'Configuration for debug builds',
      ...(mainFile === 'ours'
        ? { path: `${FOLDER}/xml/${FILE_NAME}`, fileName: FILE_NAME }
        : { path: 'The name of that file with _debug behind it', fileName: 'debug-overrides.xml' }),
      language: 'xml',
      content: [
        '<?xml version="1.0" encoding="utf-8"?>',
        xmlComment(stampText(stamp)),
        xmlComment('Never in a release: chains that end at these CAs pass without a pin.'),
        '<network-security-config>',
        '    <debug-overrides>',
        '        <trust-anchors>',
        ...sources.map((src) => `            <certificates src="${src}"/>`),
        '        </trust-anchors>',
        '    </debug-overrides>',
        '</network-security-config>',
        '',
      ].join('\n'),
      place: `${PLACES[mainFile]}${certificate} Test the pins themselves in a build without this file.`,
    },
  ]
}
