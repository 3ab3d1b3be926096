import { networkSecurityConfig } from './android/network-security-config.ts'
import type { Platform } from './format.ts'
import { pinnedDomains } from './ios/pinned-domains.ts'
import type { OutputSettings } from './registry.ts'

/** The configuration that each platform reads by itself, without any library. */
export const PLATFORM_OUTPUTS = {
  android: networkSecurityConfig.id,
  ios: pinnedDomains.id,
} as const satisfies Record<Platform, string>

/** What is chosen for Android's own configuration; what is not set has its initial value. */
export function androidValues(settings: OutputSettings): ReturnType<typeof networkSecurityConfig.valuesOf> {
  return networkSecurityConfig.valuesOf(settings[PLATFORM_OUTPUTS.android] ?? {})
}

/** The same for iOS. */
export function iosValues(settings: OutputSettings): ReturnType<typeof pinnedDomains.valuesOf> {
  return pinnedDomains.valuesOf(settings[PLATFORM_OUTPUTS.ios] ?? {})
}
