import type { Format, FormatSettings, Platform, Snippet, Stamp } from './format.ts'
import type { PinPlan } from '../pins/plan-pins.ts'
import { cronet } from './android/cronet.ts'
import { httpEngine } from './android/http-engine.ts'
import { ktorOkhttp } from './android/ktor-okhttp.ts'
import { networkSecurityConfig } from './android/network-security-config.ts'
import { capacitor } from './cross/capacitor.ts'
import { cordova } from './cross/cordova.ts'
import { dotnetMaui } from './cross/dotnet-maui.ts'
import { expoAndroid, expoIos } from './cross/expo.ts'
import { flutter } from './cross/flutter.ts'
import { reactNative } from './cross/react-native.ts'
import { unity } from './cross/unity.ts'
import { alamofire } from './ios/alamofire.ts'
import { xcodeGenerators } from './ios/xcode-generators.ts'
import { ktorDarwin } from './ios/ktor-darwin.ts'
import { okhttpJava } from './android/okhttp-java.ts'
import { okhttpKotlin } from './android/okhttp-kotlin.ts'
import { trustKitAndroid } from './android/trustkit-android.ts'
import { pinnedDomains } from './ios/pinned-domains.ts'
import { trustKit } from './ios/trustkit.ts'
import { urlSession } from './ios/urlsession.ts'
import { certificates } from './tools/certificates.ts'
import { curl } from './tools/curl.ts'
import { daneTlsa } from './tools/dane-tlsa.ts'
import { plainList } from './tools/plain-list.ts'
import { planJson } from './tools/plan-json.ts'

/** Every output, in the order of the menus. */
export const FORMATS = [
  networkSecurityConfig,
  okhttpJava,
  okhttpKotlin,
  ktorOkhttp,
  cronet,
  httpEngine,
  trustKitAndroid,
  pinnedDomains,
  xcodeGenerators,
  trustKit,
  urlSession,
  alamofire,
  ktorDarwin,
  reactNative,
  expoAndroid,
  expoIos,
  flutter,
  capacitor,
  cordova,
  dotnetMaui,
  unity,
  curl,
  planJson,
  plainList,
  daneTlsa,
  certificates,
] as const satisfies readonly Format[]

export type FormatId = (typeof FORMATS)[number]['id']

/**
 * Whose settings a project keeps: those of the formats, of the rotation planner, the review, the adviser and the table
 * of what pins survive, and what the app connects with.
 */
export type SettingsOwner = FormatId | 'review' | 'rotation' | 'stacks' | 'strategy' | 'survival'

/** What the user set for each of them. */
export type OutputSettings = Readonly<Partial<Record<SettingsOwner, FormatSettings>>>

export interface Output {
  readonly format: Format & { readonly id: FormatId }
  readonly snippets: readonly Snippet[]
}

/** Every format's snippets for one plan. */
export function renderAll(plan: PinPlan, settings: OutputSettings, stamp: Stamp): readonly Output[] {
  return FORMATS.map((format) => ({ format, snippets: format.render(plan, settings[settingsId(format)] ?? {}, stamp) }))
}

/** Under which id the settings of a format are kept. */
export function settingsId({ id, settingsOf }: Output['format']): FormatId {
  return FORMATS.find((format) => format.id === settingsOf)?.id ?? id
}

export function isForPlatform(format: Format, platform: Platform): boolean {
  return format.platforms.includes(platform)
}
